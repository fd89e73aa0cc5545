# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens around logging in: the audit trail, the strength of the session, the language of the person."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from samenspel.platform.accounts import sessions
from samenspel.platform.accounts.models import User, normalise_email
from samenspel.platform.audit.service import ObjectRef, record


@receiver(user_logged_in, dispatch_uid="samenspel logged in")
def logged_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Remember for whom a representative acts, and record how the person logged in."""
    sociallogin = kwargs.get("sociallogin")
    request.session.pop(sessions.DEMO, None)
    request.session[sessions.REPRESENTS] = sociallogin.state.get("represents", "") if sociallogin else ""
    with transaction.atomic():
        record(by=user, action="login.done", on=user, detail={"method": sessions.method(request, user)})


@receiver(user_login_failed, dispatch_uid="samenspel login failed")
def login_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record a failure about the account it was meant for; an unknown address is not kept."""
    person = User.objects.filter(email=normalise_email(credentials.get("email"))).first()
    about = person if person is not None else ObjectRef("accounts.user", "unknown")
    with transaction.atomic():
        record(by=None, action="login.failed", on=about, detail={"known": person is not None})


@receiver(user_logged_out, dispatch_uid="samenspel logged out")
def logged_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Record the end of a session."""
    if isinstance(user, User):
        with transaction.atomic():
            record(by=user, action="login.ended", on=user, detail={"why": getattr(request, "logout_reason", "self")})


@receiver(authenticator_added, dispatch_uid="samenspel factor added")
def factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """The person just showed the new app or passkey, so this session is a strong one from now on."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        request.session.cycle_key()
    with transaction.atomic():
        record(by=user, action="second_factor.added", on=user, detail={"type": authenticator.type})


@receiver(authenticator_removed, dispatch_uid="samenspel factor removed")
def factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record the removal."""
    with transaction.atomic():
        record(by=user, action="second_factor.removed", on=user, detail={"type": authenticator.type})


@receiver([password_changed, password_set, password_reset], dispatch_uid="samenspel password changed")
def password_was_changed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Record the change."""
    with transaction.atomic():
        record(by=user, action="password.changed", on=user)
