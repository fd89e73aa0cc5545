# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which text somebody opened with its code: for half an hour, in their session."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

KEY = "contributions_opened"
OPEN_FOR = timedelta(minutes=30)
"""The text may be read on a shared computer: after this time of doing nothing the code is asked again."""


def open_text(request: HttpRequest, public_id: UUID) -> None:
    """From here on this visitor is the teller of this text. The session gets a new key, as at log-in."""
    request.session.cycle_key()
    request.session[KEY] = {"id": str(public_id), "at": timezone.now().timestamp()}


def opened(request: HttpRequest) -> UUID | None:
    """The text that is open, and half an hour more for it; None when there is none or it took too long."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    now = timezone.now().timestamp()
    if now - kept["at"] > OPEN_FOR.total_seconds():
        close_text(request)
        return None
    request.session[KEY] = {**kept, "at": now}
    return UUID(kept["id"])


def close_text(request: HttpRequest) -> None:
    """Nobody at this computer is the teller any more."""
    request.session.pop(KEY, None)
