# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often something may be asked without logging in, counted in the database as attempts to log in are."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samenspel.platform.policies import Refusal


def check_not_too_often(request: HttpRequest, action: str, rates: str, *, key: str = "") -> None:
    """Count this request and raise Refusal when there were too many.

    `action` names what is counted ("contributions.send"); `rates` are limits as in "20/1h/ip,5/5m/key": times, per
    period, for each address or for each `key`. A town hall shares one address: keep limits per address wide. Only POST
    requests count. What is asked stays unwritten: a key is hashed by the counter.
    """
    config = {action: rates}
    if not ratelimit.consume(request, app="samenspel.platform.security", action=action, config=config, key=key or None):
        raise Refusal(_("Dit is vanaf deze plek te vaak gedaan. Wacht een uur en probeer het dan nog eens."))
