# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings for every installation; differences between municipalities come from the environment."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from samenspel.platform.settings.database import database_from
from samenspel.platform.settings.identity_providers import identity_provider_origins
from samenspel.platform.settings.login import *  # noqa: F403
from samenspel.platform.settings.login import IDENTITY_PROVIDERS
from samenspel.platform.settings.mail import *  # noqa: F403
from samenspel.platform.settings.paths import data_folder, repository_root
from samenspel.platform.settings.security import *  # noqa: F403

env = environ.Env()

DEBUG = False
DEMO = env.bool("SAMENSPEL_DEMO", default=False)
DATA_FOLDER = data_folder()
SOURCES_FOLDER = Path(env("SAMENSPEL_SOURCES", default="") or repository_root() / "data").expanduser().resolve()
FIGURES_UPDATE = env.bool("SAMENSPEL_FIGURES_UPDATE", default=False)
CBS_URL = env("SAMENSPEL_CBS_URL", default="")

SECRET_KEY = env("SECRET_KEY", default="")  # filled from DATA_FOLDER by samenspel.platform.settings.secrets
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "samenspel.platform.database",
    "samenspel.platform.accounts",
    "samenspel.platform.accounts.oidc",
    "samenspel.platform.security",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "samenspel.platform.audit",
    "samenspel.platform.jobs",
    "samenspel.platform.health",
    "samenspel.platform.api",
    "samenspel.platform.ui",
    "django.forms",  # after ui, which draws some of its widgets
    "samenspel.figures",
    "samenspel.voice.answers",
    "samenspel.outcomes.comparing",
    "samenspel.outcomes.contributions",
    "samenspel.outcomes.debate",
    "samenspel.outcomes.disclosure",
    "samenspel.outcomes.opendata",
    "samenspel.pages",
]

MIDDLEWARE = [
    "samenspel.platform.security.proxies.ProxyMiddleware",
    "samenspel.platform.request_log.RequestLogMiddleware",
    "samenspel.platform.api.middleware.ApiMiddleware",
    "samenspel.platform.ui.transfer.CompressedPages",
    "samenspel.platform.ui.transfer.UnchangedPages",
    "samenspel.figures.current.one_version_per_request",
    "samenspel.platform.security.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samenspel.platform.ui.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "samenspel.platform.security.middleware.RefusalMiddleware",
    "samenspel.platform.accounts.middleware.ActorMiddleware",
    "samenspel.platform.accounts.middleware.IdleMiddleware",
    "samenspel.platform.accounts.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "samenspel.pages.root_urls"
WSGI_APPLICATION = "samenspel.pages.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

FORM_RENDERER = "samenspel.platform.ui.forms.NldsRenderer"

# How many days somebody can think a story over before anybody reads it; at least 1.
CONTRIBUTIONS_WAIT_DAYS = env.int("SAMENSPEL_WAIT_DAYS", default=7)

# What every page shows of this municipality; empty: a general text.
ORGANISATION_NAME = env("SAMENSPEL_ORGANISATION", default="")
# Who publishes, in the catalogue of open data: an address such as that of a municipality in TOOI; empty: our own.
PUBLISHER_URI = env("SAMENSPEL_PUBLISHER_URI", default="")
HELP_PHONE = env("SAMENSPEL_HELP_PHONE", default="")
HELP_HOURS = env("SAMENSPEL_HELP_HOURS", default="")
HELP_DESK = env("SAMENSPEL_HELP_DESK", default="")
HELP_URL = env("SAMENSPEL_HELP_URL", default="")
# The municipality's own NL Design System theme: one CSS file anywhere on disk; empty: Voorbeeld.
THEME_FILE = env("SAMENSPEL_THEME", default="")

# Without DATABASE_URL the backend starts the embedded PostgreSQL at the first connection.
DATABASES = {"default": database_from(env("DATABASE_URL", default=""))}
DATABASES["default"]["ENGINE"] = "samenspel.platform.database.backend"
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["ATOMIC_REQUESTS"] = False

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [repository_root() / "samenspel" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A form that begins a log-in leads on to the identity provider, and browsers check the redirect too.
        "form-action": [SELF, *identity_provider_origins(IDENTITY_PROVIDERS)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# All logging goes through samenspel.platform.logging; Django's own set-up would mail whole requests to administrators.
LOGGING_CONFIG = "samenspel.platform.logging.configure"
LOGGING = {
    "level": env("SAMENSPEL_LOG_LEVEL", default="INFO"),
    "loggers": {"httpx": "WARNING", "httpcore": "WARNING", "procrastinate": "WARNING"},
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # each app declares its jobs in jobs.py

# The API: the routers of the parts, and who answers questions about it.
API_ROUTERS = ["samenspel.figures.api.router", "samenspel.outcomes.api.router"]
API_CONTACT = {
    "name": env("API_CONTACT_NAME", default="Beheerder van deze Samenspel-installatie"),
    "email": env("API_CONTACT_EMAIL", default="beheer@samenspel.example"),
    "url": env("API_CONTACT_URL", default="https://samenspel.example/api/"),
}
