# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the releases of statistics."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The ledger of releases and the keys of their noise."""

    name = "samenspel.outcomes.disclosure"
    label = "disclosure"
