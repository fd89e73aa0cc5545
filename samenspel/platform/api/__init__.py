# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every API operation has in common: the NL API Design Rules, kept in one place."""
