# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a session knows of how somebody logged in: strength, representation, demo, and when it was last used."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from samenspel.platform.accounts.models import User

REPRESENTS = "samenspel_represents"
DEMO = "samenspel_demo"
SEEN = "samenspel_seen"


def has_second_factor(request: HttpRequest) -> bool:
    """Did this session begin with something stronger than a password?

    A second factor or passkey counts; so does an identity provider whose settings say that it asks for one itself;
    so does stepping in as an example person of the demo, which holds no real data.
    """
    if is_demo(request) and getattr(request.user, "is_example", False):
        return True
    trusted = {one.id for one in settings.IDENTITY_PROVIDERS if one.second_factor_by_provider}
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return any(
        record.get("method") == "mfa" or (record.get("method") == "socialaccount" and record.get("provider") in trusted)
        for record in records
    )


def is_demo(request: HttpRequest) -> bool:
    """Is somebody stepped in as an example person? Never outside demo mode, whatever an old session says."""
    return bool(settings.DEMO and request.session.get(DEMO))


def method(request: HttpRequest, user: User) -> str:
    """How this session began, in slugs for the audit trail: "password+totp", "passkey", "oidc:digid"."""
    names: list[str] = []
    for found in get_authentication_records(request, user):
        if found.get("method") == "mfa":
            names.append("passkey" if found.get("passwordless") else str(found.get("type", "mfa")))
        elif found.get("method") == "socialaccount":
            names.append(f"oidc:{found.get('provider', '')}")
        else:
            names.append(str(found.get("method", "")))
    return "+".join(dict.fromkeys(names)) or "unknown"
