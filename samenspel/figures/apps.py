# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The Django app of figures."""

    name = "samenspel.figures"
    label = "figures"
