# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of health; each app may hold a `health.py` that registers its checks."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HealthConfig(AppConfig):
    """Probes and checks."""

    name = "samenspel.platform.health"
    label = "health"

    def ready(self) -> None:
        """Import the platform's own checks and each app's `health.py`."""
        from samenspel.platform.health import checks  # noqa: F401

        autodiscover_modules("health")
