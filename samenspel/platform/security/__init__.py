# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Headers on every answer, refusals in words, and error pages that say what to do."""
