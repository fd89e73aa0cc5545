# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of logging in, second factors, and people with their roles.

django-allauth's views are placed one by one, each with the policy that `allauth_policies.py` gives it; what is not
listed there does not exist. The names are those that django-allauth looks up.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from samenspel.platform.accounts import demo_views, views
from samenspel.platform.accounts.allauth_policies import with_policy
from samenspel.platform.accounts.oidc import views as oidc

urlpatterns = [
    path("inloggen/", with_policy("account_login", account.login), name="account_login"),
    path("uitloggen/", with_policy("account_logout", account.logout), name="account_logout"),
    path("inloggen/gesloten/", with_policy("account_inactive", account.account_inactive), name="account_inactive"),
    path(
        "inloggen/bevestigen/",
        with_policy("account_reauthenticate", account.reauthenticate),
        name="account_reauthenticate",
    ),
    path("inloggen/code/", with_policy("mfa_authenticate", mfa.authenticate), name="mfa_authenticate"),
    path("inloggen/passkey/", with_policy("mfa_login_webauthn", webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "inloggen/wachtwoord-vergeten/",
        with_policy("account_reset_password", account.password_reset),
        name="account_reset_password",
    ),
    path(
        "inloggen/wachtwoord-vergeten/verstuurd/",
        with_policy("account_reset_password_done", account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^inloggen/wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        with_policy("account_reset_password_from_key", account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "inloggen/wachtwoord/klaar/",
        with_policy("account_reset_password_from_key_done", account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("inloggen/via/<slug:provider_id>/", oidc.login, name="oidc_login"),
    path("inloggen/via/<slug:provider_id>/terug/", oidc.callback, name="oidc_callback"),
    path(
        "mijn-account/wachtwoord/",
        with_policy("account_change_password", account.password_change),
        name="account_change_password",
    ),
    path("mijn-account/tweede-stap/", views.second_factor, name="accounts-second-factor"),
    path("mijn-account/inloggen/", with_policy("mfa_index", mfa.index), name="mfa_index"),
    path(
        "mijn-account/inloggen/bevestigen/code/",
        with_policy("mfa_reauthenticate", mfa.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path(
        "mijn-account/inloggen/bevestigen/passkey/",
        with_policy("mfa_reauthenticate_webauthn", webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("mijn-account/inloggen/app/", with_policy("mfa_activate_totp", totp.activate_totp), name="mfa_activate_totp"),
    path(
        "mijn-account/inloggen/app/weg/",
        with_policy("mfa_deactivate_totp", totp.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "mijn-account/inloggen/reservecodes/",
        with_policy("mfa_view_recovery_codes", codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "mijn-account/inloggen/reservecodes/nieuw/",
        with_policy("mfa_generate_recovery_codes", codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "mijn-account/inloggen/reservecodes/bewaren/",
        with_policy("mfa_download_recovery_codes", codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(
        "mijn-account/inloggen/passkeys/",
        with_policy("mfa_list_webauthn", webauthn.list_webauthn),
        name="mfa_list_webauthn",
    ),
    path(
        "mijn-account/inloggen/passkeys/nieuw/",
        with_policy("mfa_add_webauthn", webauthn.add_webauthn),
        name="mfa_add_webauthn",
    ),
    path(
        "mijn-account/inloggen/passkeys/<int:pk>/",
        with_policy("mfa_edit_webauthn", webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "mijn-account/inloggen/passkeys/<int:pk>/weg/",
        with_policy("mfa_remove_webauthn", webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    # Names that django-allauth reverses; nobody signs up, sets a first password here or connects accounts.
    path("inloggen/aanmelden/", views.closed, name="account_signup"),
    path("inloggen/aanmelden/extern/", views.closed, name="socialaccount_signup"),
    path("inloggen/adres-bevestigen/", views.closed, name="account_email_verification_sent"),
    path("mijn-account/eerste-wachtwoord/", views.closed, name="account_set_password"),
    path("mijn-account/adres/", views.closed, name="account_email"),
    path("mijn-account/gekoppeld/", views.closed, name="socialaccount_connections"),
    path("beheer/mensen/", views.people, name="accounts-people"),
    path("beheer/mensen/nieuw/", views.add_person, name="accounts-add-person"),
    path("beheer/mensen/rollen.csv", views.export_roles, name="accounts-export-roles"),
    path("beheer/mensen/<uuid:public_id>/", views.person, name="accounts-person"),
    path("beheer/mensen/<uuid:public_id>/rol/", views.grant_role, name="accounts-grant-role"),
    path("beheer/mensen/<uuid:public_id>/sluiten/", views.close_person, name="accounts-close-person"),
    path("beheer/mensen/<uuid:public_id>/openen/", views.reopen_person, name="accounts-reopen-person"),
    path("beheer/rollen/<uuid:public_id>/einde/", views.end_role, name="accounts-end-role"),
    path("demo/", demo_views.people, name="demo-people"),
    path("demo/stap-in/<slug:key>/", demo_views.step_in, name="demo-step-in"),
    path("demo/stap-uit/", demo_views.step_out, name="demo-step-out"),
]
