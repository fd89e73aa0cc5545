# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part 4: the say of people. So far only the duty to answer, which other storeys put on their subjects."""
