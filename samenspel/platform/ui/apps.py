# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ui kit as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Template tags, layout and static files."""

    name = "samenspel.platform.ui"
    label = "ui"
