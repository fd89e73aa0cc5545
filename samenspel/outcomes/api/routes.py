# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The router of the comparisons, the links to the figures, and what every operation here checks."""

from ninja import Router

from samenspel.figures.service import (
    Area,
    NoStore,
    Passport,
    UnknownArea,
    UnknownIndicator,
    find_areas,
    get_area,
    get_indicator,
    near_indicators,
)
from samenspel.outcomes.comparing.queries import comparing_version
from samenspel.platform.service import api, public

router = Router()

WHY_PUBLIC = public("computed from published statistics, open to everybody")
COMPARISONS = f"{api.BASE_PATH}/vergelijkingen"
MODELS = f"{api.BASE_PATH}/modellen"
AREAS = f"{api.BASE_PATH}/gebieden"
INDICATORS = f"{api.BASE_PATH}/indicatoren"


def comparisons_version() -> str:
    """The version of figures and method, by which answers are cached. ApiProblem 503 when there are no figures."""
    try:
        return comparing_version()
    except NoStore:
        raise api.ApiProblem(503, "Er zijn nog geen cijfers ingelezen. Probeer het later opnieuw.") from None


def area_link(area: Area) -> api.Link:
    """To an area."""
    return api.Link(href=f"{AREAS}/{area.code}", titel=area.name)


def passport_link(passport: Passport) -> api.Link:
    """To what an indicator is."""
    return api.Link(href=f"{INDICATORS}/{passport.key}", titel=passport.title)


def areas_suggested(code: str) -> list[api.Suggestion]:
    """Up to five areas that may be meant with a code that does not exist."""
    return [
        api.Suggestion(code=match.area.code, naam=match.area.name, href=area_link(match.area).href)
        for match in find_areas(code, limit=5)
    ]


def areas_and_passports(codes: list[str], keys: list[str]) -> tuple[list[Area], list[Passport]]:
    """What the query parameters `gebied` and `indicator` name, each once. ApiProblem 400 with all that is wrong."""
    errors = []
    suggestions: list[api.Suggestion] = []
    areas: dict[str, Area] = {}
    passports: dict[str, Passport] = {}
    for index, code in enumerate(codes):
        try:
            area = get_area(code)
        except UnknownArea as error:
            errors.append(api.invalid_query("gebied", str(error), code="unknown_area", index=index))
            suggestions += areas_suggested(code)
        else:
            areas[area.code] = area
    for index, key in enumerate(keys):
        try:
            passports[key] = get_indicator(key)
        except UnknownIndicator as error:
            errors.append(api.invalid_query("indicator", str(error), index=index))
            suggestions += [
                api.Suggestion(code=near, naam=get_indicator(near).title, href=f"{INDICATORS}/{near}")
                for near in near_indicators(key)
            ]
    if errors:
        raise api.ApiProblem(400, errors=errors, suggestions=suggestions)
    return list(areas.values()), list(passports.values())


def rounded(value: float) -> float:
    """In four decimals, which is more than any figure here means."""
    return round(value, 4)
