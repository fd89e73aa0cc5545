# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The router of the figures, and the links between their resources."""

from ninja import Router

from samenspel.figures.areas.versions import NoAreas
from samenspel.figures.queries import store_version
from samenspel.figures.store import NoStore
from samenspel.figures.types import Area
from samenspel.platform.service import api

router = Router()

AREAS = f"{api.BASE_PATH}/gebieden"
INDICATORS = f"{api.BASE_PATH}/indicatoren"
FIGURES = f"{api.BASE_PATH}/cijfers"
SOURCES = f"{api.BASE_PATH}/bronnen"


def area_link(area: Area) -> api.Link:
    """To one area."""
    return api.Link(href=f"{AREAS}/{area.code}", titel=area.name)


def figures_version() -> str:
    """The version of the figures, by which answers are cached. Raises ApiProblem 503 when there are none yet."""
    try:
        return store_version()
    except (NoStore, NoAreas):
        raise api.ApiProblem(503, "Er zijn nog geen cijfers ingelezen. Probeer het later opnieuw.") from None
