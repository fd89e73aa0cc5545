# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads of figures from the store of this installation: passports, series, snapshots and observations."""

import difflib
import hashlib
from collections.abc import Iterable

import polars as pl

from samenspel.figures.areas.queries import children
from samenspel.figures.areas.registry import registry_of
from samenspel.figures.current import areas, current
from samenspel.figures.importers.checks import PREFIXES, at_level
from samenspel.figures.passports import Passport, Topic, UnknownIndicator, passports, passports_digest
from samenspel.figures.same_place import without_other_places
from samenspel.figures.series import series_of
from samenspel.figures.sources import SourceTable
from samenspel.figures.store import CELLS, Held, Version
from samenspel.figures.today import on_municipalities_of_today
from samenspel.figures.types import Area, AreaLevel, Point, Series
from samenspel.figures.uncertainty import METHOD_VERSION


def store_version() -> str:
    """A hash over all figures, their ranges and their passports: cache key and ETag. Raises NoStore."""
    return hashlib.sha256(f"{current().hash} {passports_digest()} {METHOD_VERSION}".encode()).hexdigest()[:32]


def sources() -> list[SourceTable]:
    """The source tables in the store, in the order in which they take precedence. Raises NoStore."""
    return [table.source for table in current().tables]


def list_indicators(topic: Topic | str | None = None) -> list[Passport]:
    """The passports, by key; those of one topic when it is given. Raises ValueError for an unknown topic."""
    wanted = None if topic is None else Topic(topic)
    return [passport for passport in passports().values() if wanted is None or passport.topic is wanted]


def get_indicator(key: str) -> Passport:
    """The passport with this key. Raises UnknownIndicator, with a Dutch sentence that names near keys."""
    found = passports().get(key)
    if found is None:
        near = near_indicators(key)
        hint = f" Bedoelt u {' of '.join(near)}?" if near else ""
        raise UnknownIndicator(f"Er is geen cijfer met de naam {key[:60]!r}.{hint}")
    return found


def near_indicators(key: str) -> list[str]:
    """Up to three keys that look like this one, or whose key or title holds the word; best first."""
    word = key.strip().lower()
    alike = difflib.get_close_matches(word, list(passports()), n=3, cutoff=0.6)
    holding = [k for k, p in passports().items() if word and (word in k or word in p.title.lower())]
    return list(dict.fromkeys([*alike, *holding]))[:3]


def holdings(key: str) -> Held | None:
    """Periods, breakdowns and numbers of areas the store holds of an indicator; None when it holds nothing."""
    return current().inventory.get(key)


def _as_area(area: Area | str) -> Area:
    return area if isinstance(area, Area) else areas().get(area)


def series(area: Area | str, indicator: str, breakdown: str = "") -> Series:
    """The values of an indicator for an area by period, without points when there are none.

    For a municipality of today, values of the municipalities it was made of are added up where they are counts or come
    with numerator and denominator (`recoded`); otherwise the values are those of its own code and the breaks say what
    changed. Raises UnknownArea, UnknownIndicator and NoStore.
    """
    return all_series(area, [indicator], breakdown)[0]


def all_series(area: Area | str, indicators: Iterable[str], breakdown: str = "") -> list[Series]:
    """The series of several indicators for one area, in the order given, all from one version of the store.

    Cheaper than `series` one by one, which looks each time whether there is a new version. Raises as `series` does.
    """
    version = current()
    registry = registry_of(version)
    place = area if isinstance(area, Area) else registry.get(area)
    return [series_of(version, registry, place, get_indicator(key), breakdown) for key in indicators]


def latest(area: Area | str, indicator: str, breakdown: str = "") -> Point | None:
    """The most recent point with a value; when all are withheld the most recent of those; None without any."""
    points = series(area, indicator, breakdown).points
    return next((point for point in reversed(points) if point.value is not None), points[-1] if points else None)


def snapshot(
    indicator: str,
    period: str | None = None,
    level: AreaLevel = AreaLevel.MUNICIPALITY,
    within: Area | str | None = None,
    breakdown: str = "",
) -> pl.DataFrame:
    """One indicator for all areas of a level: area, period, value, numerator, denominator, status, source; by area.

    `period` None: the latest one with a value at this level (and within this area). `within`: only areas of today in
    that area. Areas are those of the period's division, not recoded. Nothing of when a code belonged to another place
    (Registry.other_place). Empty when there is nothing.
    Raises UnknownArea, UnknownIndicator and NoStore.
    """
    passport = get_indicator(indicator)
    inside = None if within is None else _as_area(within)
    frame = _at_level(current(), passport, level, inside)
    frame = frame.filter((pl.col("indicator") == passport.key) & (pl.col("breakdown") == breakdown))
    if period is None:
        with_value = frame.filter(pl.col("value").is_not_null())
        # Without any value there is no latest period, and so no row: comparing with nothing would only warn.
        frame = frame.filter(pl.col("period") == with_value["period"].max()) if with_value.height else frame.clear()
    else:
        frame = frame.filter(pl.col("period") == period)
    return frame.select("area", "period", "value", "numerator", "denominator", "status", "source")


def snapshot_today(indicator: str, period: str | None = None, breakdown: str = "") -> pl.DataFrame:
    """One indicator for every municipality of today: what a map of today shows, also of a year with other boundaries.

    Columns area, period, value, numerator, denominator, status, source (null where figures were put together), recoded
    and reason; a row for each, by area. Values are
    those of `series`: of the same municipality, also under the code it had before it was renamed, or put together
    (`recoded`) from the municipalities it was made of, where these add up. Otherwise a municipality that existed keeps
    its own value, and one that did not is withheld; `reason` says why, in a Dutch sentence (empty: nothing to say).
    `period` None: the latest one with a value. Empty when there is nothing. Raises UnknownIndicator and NoStore.
    """
    version = current()
    return on_municipalities_of_today(version, registry_of(version), get_indicator(indicator), period, breakdown)


def level_observations(
    indicators: Iterable[str],
    level: AreaLevel,
    within: Area | str | None = None,
    *,
    breakdowns: Iterable[str] | None = ("",),
) -> pl.DataFrame:
    """Cells of all areas of a level, as `observations` gives them: every period, not recoded, sorted the same.

    Nothing of when a code belonged to another place.

    `within`: only areas of today in that area; without it also areas that are gone. `breakdowns` None: all of them.
    Raises UnknownArea, UnknownIndicator and NoStore.
    """
    inside = None if within is None else _as_area(within)
    passports_ = [get_indicator(key) for key in dict.fromkeys(indicators)]
    frames = [_at_level(current(), passport, level, inside) for passport in passports_]
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=dict(CELLS))
    if breakdowns is not None:
        frame = frame.filter(pl.col("breakdown").is_in(list(breakdowns)))
    return frame.sort("area", "indicator", "breakdown", "period")


def every_cell(indicator: str) -> pl.DataFrame:
    """All cells of an indicator, of every area, period and breakdown, as `observations` gives them.

    Raises UnknownIndicator and NoStore.
    """
    version, passport = current(), get_indicator(indicator)
    held = version.inventory.get(passport.key)
    tables = held.tables if held is not None else ()
    frame = version.between("", "\x7f", indicators=[passport.key], tables=tables)
    return without_other_places(version, registry_of(version), frame)


def _at_level(version: Version, passport: Passport, level: AreaLevel, inside: Area | None) -> pl.DataFrame:
    """The indicator's cells of all areas of a level, within an area when one is given."""
    if level in (AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD):
        # Codes of one municipality begin alike, so that they lie together in the files.
        begin = PREFIXES[level][0]
        if inside is not None and inside.level is AreaLevel.MUNICIPALITY:
            begin += inside.code[2:]
        held = version.inventory.get(passport.key)
        tables = held.tables if held is not None else ()
        frame = version.between(begin, begin + "\x7f", indicators=[passport.key], tables=tables)
        frame = without_other_places(version, registry_of(version), frame)
    else:
        frame = version.large.filter((pl.col("indicator") == passport.key) & at_level(level))
    if inside is None or inside.level is AreaLevel.COUNTRY:
        return frame
    return frame.filter(pl.col("area").is_in([child.code for child in children(inside.code, level)]))


def observations(
    areas: Iterable[Area | str],
    indicators: Iterable[str],
    *,
    periods: Iterable[str] | None = None,
    breakdowns: Iterable[str] | None = ("",),
) -> pl.DataFrame:
    """Cells as published or derived, not recoded: indicator, area, period, breakdown, value, parts, status, source.

    Nothing of when a code belonged to another place.

    `periods` and `breakdowns` None: all of them. Sorted by area, indicator, breakdown, period. Raises UnknownArea,
    UnknownIndicator and NoStore.
    """
    version = current()
    codes = sorted({_as_area(area).code for area in areas})
    keys = [get_indicator(key).key for key in dict.fromkeys(indicators)]
    frames = [version.area(code) for code in codes]
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=dict(CELLS))
    keep = pl.col("indicator").is_in(keys)
    if periods is not None:
        keep &= pl.col("period").is_in(list(periods))
    if breakdowns is not None:
        keep &= pl.col("breakdown").is_in(list(breakdowns))
    return without_other_places(version, registry_of(version), frame.filter(keep))
