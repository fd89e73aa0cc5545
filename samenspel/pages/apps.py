# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The Django app of pages."""

    name = "samenspel.pages"
    label = "pages"
