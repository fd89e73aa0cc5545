# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filters for numbers and dates; {% load dutch %}. See samenspel.platform.ui.dutch."""

from django import template

from samenspel.platform.ui import dutch

register = template.Library()

register.filter("number", dutch.number)
register.filter("percent", dutch.percent)
register.filter("large", dutch.large)
register.filter("money", dutch.money)
register.filter("per_hundred", dutch.per_hundred)
register.filter("long_date", dutch.date)
