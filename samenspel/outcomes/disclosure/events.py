# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written to the audit trail about releases: which family and which key, never a number or a person."""

from django.utils.translation import gettext_lazy as _

from samenspel.platform.service import audit

OPENED = "disclosure.family_opened"
RELEASED = "disclosure.released"

audit.register_action(OPENED, _("{actor} legde vast hoe de cijfers van {object} worden beschermd."), detail=("method",))
audit.register_action(
    RELEASED,
    _("{actor} publiceerde {object} voor {period}."),
    detail=("family", "period", "number", "computed", "why", "key"),
)
