# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part 5: outcomes that can be compared fairly, with the stories and the doubts beside them."""
