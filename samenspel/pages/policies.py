# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may read these pages: everybody, without logging in."""

from samenspel.platform.service import public

OPEN_FIGURES = public("Figures about areas are open data; residents have a right to know (essay, part 5).")
