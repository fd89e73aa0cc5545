# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads of comparisons: of an area, of a model, of the years, of alike municipalities, of districts.

All are of the current version of the figures. Where there is no comparison the answer says why, in a Dutch sentence.
"""

from dataclasses import replace

from samenspel.figures.service import (
    AreaLevel,
    Passport,
    Topic,
    get_area,
    get_indicator,
    series,
    snapshot_today,
)
from samenspel.outcomes.comparing import store
from samenspel.outcomes.comparing.build import version_of_results
from samenspel.outcomes.comparing.plain import from_plain
from samenspel.outcomes.comparing.specs import specs
from samenspel.outcomes.comparing.types import (
    Change,
    Comparison,
    ModelSummary,
    NoComparison,
    PartEstimate,
    SimilarArea,
)

# Topics that say who lives somewhere and what is there, not how people fare or what help they use.
_CONTEXT = frozenset({Topic.POPULATION, Topic.HOUSEHOLDS, Topic.HOUSING, Topic.AMENITIES, Topic.ENVIRONMENT})


def comparing_version() -> str:
    """A hash over figures, method and specifications: cache key and ETag. Raises NoStore."""
    return version_of_results()


def compared_indicators() -> list[str]:
    """The keys of the indicators that are compared, in the order in which they are shown."""
    return list(specs().outcomes)


def comparison(area: str, indicator: str, period: str | None = None) -> Comparison | NoComparison:
    """One outcome of one municipality beside what its residents lead one to expect.

    `period` None: the most recent one in which this municipality can be compared; a note says so when that is not the
    last year that others are compared in. Raises UnknownArea and UnknownIndicator, and NoStore without figures.
    """
    passport, place = get_indicator(indicator), get_area(area)
    barred = _barred(area, passport)
    if barred is not None:
        return barred
    if place.level is not AreaLevel.MUNICIPALITY:
        sentence = f"Wij vergelijken alleen gemeenten. {place.name} is geen gemeente."
        return NoComparison(area, indicator, "not_a_municipality", sentence)
    found = store.results()["comparisons"].get(area, {}).get(indicator, {})
    wanted = max(found, default=None) if period is None else period
    if wanted in found:
        made = from_plain(Comparison, found[wanted])
        latest = max(specs().outcomes[indicator].periods)
        if period is not None or made.period == latest:
            return made
        missing = _why_not(area, place.name, passport, latest)
        note = f"Over {latest} kunnen wij niet vergelijken. {missing.sentence} Daarom staat hier {made.period}."
        return replace(made, notes=(note, *made.notes))
    return _why_not(area, place.name, passport, period)


def comparisons(area: str) -> list[Comparison | NoComparison]:
    """Every compared indicator for one municipality, in the order of `compared_indicators`. Raises as `comparison`."""
    return [comparison(area, indicator) for indicator in compared_indicators()]


def model_summary(indicator: str, period: str | None = None) -> ModelSummary:
    """How the model behind an indicator was made and how far it reaches; `period` None: the most recent one.

    Raises LookupError, naming it, for an indicator or period without a model.
    """
    summaries = store.results()["summaries"]
    periods = [name.split(" ")[1] for name in summaries if name.split(" ")[0] == indicator]
    wanted = max(periods, default=None) if period is None else period
    if wanted not in periods:
        raise LookupError(f"there is no model of {indicator} {period or ''}".rstrip())
    return from_plain(ModelSummary, summaries[f"{indicator} {wanted}"])


def model_summaries() -> list[ModelSummary]:
    """The models of all outcomes and years, in the order of `compared_indicators`."""
    return [from_plain(ModelSummary, one) for one in store.results()["summaries"].values()]


def change(area: str, indicator: str) -> Change | NoComparison:
    """The change of observed / expected of one municipality between the first and the last year compared.

    No change where boundaries or the definition changed in between. Raises as `comparison`.
    """
    passport, place = get_indicator(indicator), get_area(area)
    barred = _barred(area, passport)
    if barred is not None:
        return barred
    periods = specs().outcomes[passport.key].periods
    if len(periods) < 2:
        sentence = "Er is maar één jaar met vergelijkbare cijfers. Of er iets verandert, is dus niet te zeggen."
        return NoComparison(area, indicator, "one_period", sentence)
    first, last = periods[0], periods[-1]
    for between in series(place, passport.key).breaks:
        if first < between.period <= last:
            sentence = f"Deze jaren zijn niet te vergelijken. {between.reason}"
            return NoComparison(area, indicator, "break", sentence)
    found = store.results()["changes"].get(indicator, {}).get(area)
    if found is not None:
        return from_plain(Change, found)
    for period in (first, last):
        there = comparison(area, indicator, period)
        if isinstance(there, NoComparison):
            return there
    return NoComparison(area, indicator, "no_change", f"Van {place.name} zijn deze jaren niet te vergelijken.")


def similar(area: str, count: int = 10) -> list[SimilarArea]:
    """Up to `count` (at most 10) municipalities with alike residents, nearest first; none for other areas.

    Raises UnknownArea.
    """
    found = store.results()["similar"].get(get_area(area).code, [])
    return [from_plain(SimilarArea, one) for one in found[:count]]


def why_not_similar(area: str) -> NoComparison | None:
    """Why a municipality has no municipalities with alike residents beside it; None where it has.

    `indicator` of the answer is empty: it holds for all of them. Raises UnknownArea.
    """
    place = get_area(area)
    if store.results()["similar"].get(place.code):
        return None
    lacking = store.results()["unplaced"].get(place.code, [])
    if lacking:
        labels = ", ".join(specs().characteristics[key].label.lower() for key in lacking[:2])
        sentence = f"Wij weten te weinig van wie er in {place.name} wonen om gelijkende gemeenten te zoeken. "
        return NoComparison(area, "", "no_characteristics", f"{sentence}Wij missen: {labels}.")
    sentence = f"Er zijn geen andere gemeenten met ongeveer zoveel inwoners als {place.name}."
    return NoComparison(area, "", "no_areas_of_this_size", sentence)


def parts(municipality: str, indicator: str) -> list[PartEstimate] | NoComparison:
    """The districts of a municipality, by code, or why there are none. Raises as `comparison`."""
    passport, place = get_indicator(indicator), get_area(municipality)
    barred = _barred(municipality, passport)
    if barred is not None:
        return barred
    found = store.results()["parts"].get(indicator, {})
    if not found:
        sentence = "Van dit onderwerp zijn er geen cijfers per wijk."
        return NoComparison(municipality, indicator, "no_districts", sentence)
    if municipality not in found:
        sentence = f"Van {place.name} hebben wij van dit onderwerp geen cijfers per wijk."
        return NoComparison(municipality, indicator, "no_districts_here", sentence)
    return [from_plain(PartEstimate, one) for one in found[municipality]]


def _barred(area: str, passport: Passport) -> NoComparison | None:
    """Why an indicator is compared for no municipality at all; None when it is compared."""
    if passport.key in specs().outcomes:
        return None
    if passport.model_estimate:
        return NoComparison(
            area,
            passport.key,
            "model_estimate",
            "Het rekenmodel achter dit cijfer gaat vooral uit van wie er wonen. Als wij het vergelijken met wat wij "
            "bij deze bewoners verwachten, vergelijken wij het met zichzelf. Daarom doen wij dat niet.",
        )
    rate = f"{passport.key}_per_1000"
    if rate in specs().outcomes:
        title = get_indicator(rate).title
        sentence = f"Dit is een aantal. U vindt de vergelijking bij: {title}."
        return NoComparison(area, passport.key, "see_rate", sentence)
    if passport.topic in _CONTEXT:
        sentence = "Dit cijfer zegt wie er wonen of wat er is. Daarbij is er geen aantal dat wij kunnen verwachten."
        return NoComparison(area, passport.key, "not_an_outcome", sentence)
    sentence = "Voor dit cijfer hebben wij geen manier gevonden om gemeenten eerlijk te vergelijken."
    return NoComparison(area, passport.key, "no_model", sentence)


_LACKING = {
    "figure": "Van {name} is er over {period} geen cijfer. De gemeente leverde geen cijfer, of het werd niet "
    "gepubliceerd.",
    "base": "Wij weten niet hoeveel mensen er in {period} in {name} woonden.",
}


def _why_not(area: str, name: str, passport: Passport, period: str | None) -> NoComparison:
    """Why this municipality is not among the compared ones."""
    held = store.results()
    wanted = period or max((p for p in specs().outcomes[passport.key].periods), default="")
    key = f"{passport.key} {wanted}"
    if key not in held["summaries"]:
        sentence = "Er zijn van te weinig gemeenten cijfers om te kunnen vergelijken."
        return NoComparison(area, passport.key, "too_few_areas", sentence)
    if area in held["small"][key]:
        sentence = (
            f"In {name} verwachten wij minder dan vijf mensen met deze hulp of uitkering. Dat zijn er te weinig om te "
            "vergelijken: het verschil kan toeval zijn."
        )
        return NoComparison(area, passport.key, "too_small", sentence)
    lacking = held["without"][key].get(area)
    if lacking is None:
        return NoComparison(area, passport.key, "not_existing", _not_existing(area, name, passport.key, wanted))
    if lacking[0] in _LACKING:
        return NoComparison(area, passport.key, "no_figure", _LACKING[lacking[0]].format(name=name, period=wanted))
    labels = ", ".join(specs().characteristics[term].label.lower() for term in lacking[:2])
    sentence = f"Wij weten te weinig van wie er in {name} wonen om te kunnen vergelijken. Wij missen: {labels}."
    return NoComparison(area, passport.key, "no_characteristics", sentence)


def _not_existing(area: str, name: str, indicator: str, period: str) -> str:
    """Why a municipality has no figure of a year in which it was not there (so)."""
    rows = [row for row in snapshot_today(indicator, period).iter_rows(named=True) if row["area"] == area]
    if rows and rows[0]["reason"]:
        return str(rows[0]["reason"])
    return f"De gemeente {name} bestond in {period} niet, of toen met andere grenzen."
