# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statistics from people's answers: what was released, from which key, kept for good. The rules are in methods."""
