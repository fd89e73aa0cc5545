# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings of logging in: django-allauth with our own pages, second factors, and identity providers."""

from typing import Any

import environ

from samenspel.platform.settings.identity_providers import read_identity_providers
from samenspel.platform.settings.paths import data_folder

env = environ.Env()
HTTPS = env.bool("SAMENSPEL_HTTPS", default=False)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Length and a list of common passwords, no rules about capitals and signs (NIST SP 800-63B-4, 3.1.1; NCSC).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # memory-hard, in the standard library
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 24 * 3600

# --- django-allauth ---
ACCOUNT_ADAPTER = "samenspel.platform.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "samenspel.platform.accounts.adapters.SocialAdapter"
MFA_ADAPTER = "samenspel.platform.accounts.adapters.SecondFactorAdapter"
_FORMS = "samenspel.platform.accounts.allauth_forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "reset_password": f"{_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKeyForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.CodeForm",
    "reauthenticate": f"{_FORMS}.CodeAgainForm",
    "activate_totp": f"{_FORMS}.ActivateAppForm",
    "add_webauthn": f"{_FORMS}.AddPasskeyForm",
    "edit_webauthn": f"{_FORMS}.EditPasskeyForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; an administrator adds people
ACCOUNT_EMAIL_VERIFICATION = "none"  # the administrator who adds a person vouches for the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# A town hall shares one address, so the limit per address is wide; the limit per account and address is narrow.
# The owner elsewhere is not locked out by it: twenty an hour from one address stays far under the fifty an hour of an
# account from all addresses together (AccountAdapter), so one address alone never brings an account there.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key,20/1h/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password_from_key": "20/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_TOTP_ISSUER = "Samenspel"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # a browser itself allows passkeys without https on localhost only

SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

IDENTITY_PROVIDERS = read_identity_providers(env("SAMENSPEL_OIDC_FILE", default=""), data_folder())
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "samenspel_oidc": {"APPS": [provider.as_allauth_app() for provider in IDENTITY_PROVIDERS]}
}

ALLAUTH_TRUSTED_PROXY_COUNT = 0  # REMOTE_ADDR is the visitor already (samenspel.platform.security.proxies)
