# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may read open data: everybody, without logging in."""

from samenspel.platform.service import public

OPEN_DATA = public("Figures about areas are open data, licensed by their publishers for everybody.")
