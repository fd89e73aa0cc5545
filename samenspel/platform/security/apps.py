# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of security: its templates."""

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    """Has no tables."""

    name = "samenspel.platform.security"
    label = "security"
