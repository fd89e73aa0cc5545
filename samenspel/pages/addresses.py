# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The address of an area's page."""

from urllib.parse import urlencode

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


def all_figures_address(area: Area) -> str:
    """Where all figures of this area stand in short."""
    match area.level:
        case AreaLevel.DISTRICT:
            return reverse("pages:all_figures_of_district", args=[area.code])
        case AreaLevel.NEIGHBOURHOOD:
            return reverse("pages:all_figures_of_neighbourhood", args=[area.code])
        case _:
            return reverse("pages:all_figures", args=[slug(area)])


def figure_address(area: Area, key: str) -> str:
    """Where one figure of this area stands with its years, its source and, for a municipality, its map."""
    match area.level:
        case AreaLevel.DISTRICT:
            return reverse("pages:figure_of_district", args=[area.code, key])
        case AreaLevel.NEIGHBOURHOOD:
            return reverse("pages:figure_of_neighbourhood", args=[area.code, key])
        case _:
            return reverse("pages:figure", args=[slug(area), key])


def outcomes_address(area: Area) -> str:
    """Where all comparisons of a municipality stand together."""
    return reverse("pages:outcomes", args=[slug(area)])


def csv_address(key: str, **chosen: str) -> str:
    """The address of these figures as CSV, which is the same as the open API gives."""
    return "/api/v1/cijfers?" + urlencode({**chosen, "indicator": key, "formaat": "csv"})
