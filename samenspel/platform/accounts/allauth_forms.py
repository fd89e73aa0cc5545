# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of django-allauth in our words: full labels, help where it helps, no text that vanishes while typing."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "login": _("E-mailadres"),
    "email": _("E-mailadres"),
    "password": _("Wachtwoord"),
    "oldpassword": _("Uw wachtwoord nu"),
    "password1": _("Nieuw wachtwoord"),
    "password2": _("Nog een keer het nieuwe wachtwoord"),
    "code": _("Code"),
    "name": _("Naam van deze passkey"),
    "passwordless": _("Met deze passkey log ik in zonder wachtwoord"),
}
HELP: dict[str, Promise] = {
    "name": _("Bijvoorbeeld: mijn telefoon."),
    "passwordless": _(
        "Zet dit uit als uw apparaat geen vinger, gezicht of pincode vraagt, zoals een oude USB-sleutel."
    ),
}


class InOurWords:
    """Put before a form of django-allauth."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in LABELS:
                field.label = LABELS[name]  # type: ignore[assignment]
                field.help_text = HELP.get(name, "")  # type: ignore[assignment]
                field.widget.attrs.pop("placeholder", None)
        if "passwordless" in self.fields:
            self.fields["passwordless"].initial = True


class LoginForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the message."""


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, after the message."""


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, knowing the old one."""


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class CodeForm(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step."""


class CodeAgainForm(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""


class ActivateAppForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""


class EditPasskeyForm(InOurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""
