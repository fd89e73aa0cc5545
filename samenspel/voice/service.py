# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the duty to answer. Keep it small and stable."""
