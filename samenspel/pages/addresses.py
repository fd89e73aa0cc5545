# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The address of an area's page."""

from django.urls import reverse

from samenspel.figures.service import Area, AreaLevel, slug


def area_address(area: Area) -> str:
    """Where the page of this area is: readable for a municipality, by code for its parts.

    A municipality that is gone keeps the address with its code, where its successors are named. Areas above the
    municipality have no page of their own: they lead to the home page.
    """
    match area.level:
        case AreaLevel.MUNICIPALITY:
            return reverse("pages:municipality", args=[slug(area) if area.exists_today else area.code])
        case AreaLevel.DISTRICT:
            return reverse("pages:district", args=[area.code])
        case AreaLevel.NEIGHBOURHOOD:
            return reverse("pages:neighbourhood", args=[area.code])
        case _:
            return reverse("pages:home")


def figure_address(area: Area, key: str) -> str:
    """Where one figure of this area stands with its table and map; for a part of a municipality on the part's page."""
    if area.level is AreaLevel.MUNICIPALITY:
        return reverse("pages:figure", args=[slug(area), key])
    return f"{area_address(area)}#{key}"
