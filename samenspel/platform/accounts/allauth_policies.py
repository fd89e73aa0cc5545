# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one table of django-allauth's views that exist here: who may reach each, and why that is right.

These views enforce log-in, re-authentication and login stages themselves; the policy here is checked before them.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from samenspel.platform.accounts.policies import LOGGED_IN
from samenspel.platform.policies import Policy, declares, public

_STAGE = "Halfway a log-in nobody is logged in yet; without a started log-in the view sends people to its beginning."

ALLAUTH_POLICIES: dict[str, Policy] = {
    "account_login": public("Everyone may try to log in; attempts are counted."),
    "account_logout": public("Leaving is always allowed; it happens by POST only."),
    "account_inactive": public("Says that an account is closed, of nobody in particular."),
    "account_reset_password": public("Who forgot a password is not logged in; the answer never tells who exists."),
    "account_reset_password_done": public("Says that a message was sent, if there is an account."),
    "account_reset_password_from_key": public("The key from the message is the proof; it works once, for a day."),
    "account_reset_password_from_key_done": public("Says that the password was changed."),
    "mfa_authenticate": public(_STAGE),
    "mfa_login_webauthn": public("Logging in with a passkey; the signature is the proof."),
    "account_reauthenticate": LOGGED_IN,
    "account_change_password": LOGGED_IN,
    "mfa_index": LOGGED_IN,
    "mfa_reauthenticate": LOGGED_IN,
    "mfa_reauthenticate_webauthn": LOGGED_IN,
    "mfa_activate_totp": LOGGED_IN,
    "mfa_deactivate_totp": LOGGED_IN,
    "mfa_view_recovery_codes": LOGGED_IN,
    "mfa_generate_recovery_codes": LOGGED_IN,
    "mfa_download_recovery_codes": LOGGED_IN,
    "mfa_list_webauthn": LOGGED_IN,
    "mfa_add_webauthn": LOGGED_IN,
    "mfa_edit_webauthn": LOGGED_IN,
    "mfa_remove_webauthn": LOGGED_IN,
}


def with_policy(name: str, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view of django-allauth with the policy of the table; raises KeyError for a view that is not in it."""

    def entry(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return declares(ALLAUTH_POLICIES[name])(entry)
