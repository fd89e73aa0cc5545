# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How django-allauth is bent to our rules: who may come in, how attempts are counted, how secrets are kept."""

import time
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthError
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenspel.platform.accounts import actions, keys, queries
from samenspel.platform.accounts.models import User, normalise_email
from samenspel.platform.accounts.oidc.claims import Rejected
from samenspel.platform.accounts.oidc.errors import reject
from samenspel.platform.accounts.roles import Role
from samenspel.platform.settings.identity_providers import IdentityProvider

FRESH_SECONDS = 5 * 60
# However many addresses an attacker uses. Wide, so that nobody is locked out by some mistakes, and more than twice what
# one address may do in an hour (ACCOUNT_RATE_LIMITS): it takes three addresses to close the password of somebody else.
# A passkey and the municipality's own identity provider stay open meanwhile.
ATTEMPTS_PER_ACCOUNT = {"login_failed_account": "50/1h/key"}


log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Local accounts: nobody signs up, mails stay in Dutch, and attempts are counted per account and address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk of u alles goed typte."
        ),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "enter_current_password": _("Dit wachtwoord klopt niet."),
        "too_many_login_attempts": _(
            "U heeft het te vaak geprobeerd. Wacht vijf minuten en probeer het dan nog eens. "
            "Lukt het dan nog niet? Wacht dan een uur."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An administrator adds people."""
        return False

    def clean_email(self, email: str) -> str:
        """One address is one person, whatever capitals are typed."""
        return normalise_email(super().clean_email(email)) or ""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # The address is part of the key: whoever guesses from elsewhere does not lock the owner of the account out.
        return f"{self._login_of(credentials)}|{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when there were too many failures, from this address or from all together."""
        super().pre_authenticate(request, **credentials)
        self._account_usage = ratelimit.consume(
            request,
            app="samenspel.platform.accounts",
            action="login_failed_account",
            config=ATTEMPTS_PER_ACCOUNT,
            key=self._login_of(credentials),
        )
        if not self._account_usage:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        usage = getattr(self, "_account_usage", None)
        if usage:
            usage.rollback()

    @staticmethod
    def _login_of(credentials: dict[str, Any]) -> str:
        return normalise_email(credentials.get("email")) or ""

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Not to somebody who logs in at the identity provider: a password would be a second, weaker door."""
        if not SocialAccount.objects.filter(user=user).exists():
            super().send_password_reset_mail(user, email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or note that it failed.

        A visitor gets the same answer either way, so that the page does not tell who has an account; who adds a person
        looks at `mail_failure` of the request and tells the administrator.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's errors are OSErrors
            log.error("mail not sent", kind=template_prefix, error=type(error).__name__)
            if self.request is not None:
                self.request.mail_failure = error

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """The ways to show that it is still you, in our words."""
        words = {
            "reauthenticate": _("Gebruik uw wachtwoord"),
            "mfa_reauthenticate": _("Gebruik een code uit uw app"),
            "mfa_reauthenticate:webauthn": _("Gebruik een passkey"),
        }
        return [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within some minutes of logging in: nobody is asked the same password twice in a row."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1].get("at", 0) < FRESH_SECONDS:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are encrypted with a key outside the database; the last one of staff stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Deze code klopt niet. Kijk in uw app welke code er nu staat."),
        "cannot_delete_authenticator": _("Dit is uw laatste tweede stap. Voeg eerst een andere toe."),
        "cannot_generate_recovery_codes": _("Stel eerst een app met codes of een passkey in."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner gives it a name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)

    def encrypt(self, text: str) -> str:
        """Encrypt for the database."""
        return keys.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt from the database."""
        return keys.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A staff member keeps at least one app or passkey; first add another, then remove this one."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        others = (
            Authenticator.objects.filter(user=authenticator.user)
            .exclude(pk=authenticator.pk)
            .exclude(type=Authenticator.Type.RECOVERY_CODES)
        )
        staff = queries.has_staff_role(authenticator.user)
        return others.exists() or not staff

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name under which a passkey is kept on the device."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Samenspel"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Whose passkey it is, as the device shows it. django-allauth finds the person back by the id it gives."""
        shown = {"display_name": user.display_name, "name": user.email or user.display_name}
        return {**super().get_public_key_credential_user_entity(user), **shown}


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """People who come from an identity provider."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Staff must have been added by an administrator; residents may be new."""
        provider = _configuration(sociallogin)
        identity = sociallogin.identity
        sociallogin.state["represents"] = identity.represents
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise ImmediateHttpResponse(reject(request, "closed"))
            return
        if provider.kind == "residents":
            return
        address = normalise_email(identity.email)
        person = User.objects.filter(email=address, is_active=True).first() if address else None
        # An account that is tied to another person at this provider is not handed to a second one with its address.
        if person is None or SocialAccount.objects.filter(user=person, provider=provider.id).exists():
            raise ImmediateHttpResponse(reject(request, "unknown"))
        sociallogin.connect(request, person)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Only residents, who come by the broker, become people by themselves."""
        return _configuration(sociallogin).kind == "residents"

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No form in between."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """A new resident: a name if the broker gave one, and no address."""
        user = sociallogin.user
        assert isinstance(user, User)
        user.email = None
        user.display_name = (data.get("name") or "").strip() or str(_("Inwoner"))
        return user

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """Store the new resident with the role of resident of the municipality whose broker this is."""
        provider = _configuration(sociallogin)
        municipality = queries.municipality(provider.area_code)
        if municipality is None:
            raise Rejected("municipality")
        person = actions.add_person(by=None, email=None, display_name=sociallogin.user.display_name)
        sociallogin.user = person
        sociallogin.account.user = person
        sociallogin.account.save()
        actions.grant_role(
            by=None, person=person, role=Role.RESIDENT, organisation=municipality, reason="Ingelogd via de makelaar."
        )
        return person

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Our own page, which says what happened and what to do."""
        code = "cancelled" if error == AuthError.CANCELLED else "answer"
        raise ImmediateHttpResponse(reject(request, code))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail about being connected: the administrator who added the person arranged it."""


def _configuration(sociallogin: Any) -> IdentityProvider:
    found = sociallogin.provider.app.settings["provider"]
    assert isinstance(found, IdentityProvider)
    return found
