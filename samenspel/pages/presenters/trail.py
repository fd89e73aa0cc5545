# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a page about an area stands: the links from home to it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from samenspel.figures.service import Area
from samenspel.pages import queries
from samenspel.pages.addresses import area_address


def trail(area: Area) -> list[tuple[str, str]]:
    """The way from home to this area; the area itself last, without an address."""
    above = [(one.name, area_address(one)) for one in queries.ancestors(area)]
    return [(_("Begin"), reverse("pages:home")), *above, (area.name, "")]
