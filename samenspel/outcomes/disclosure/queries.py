# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads: what was published, the list of releases, and the proof which release was drawn from which key."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from samenspel.methods import disclosure as methods
from samenspel.outcomes.disclosure import storing
from samenspel.outcomes.disclosure.models import Family, NoiseKey, Release, Spending
from samenspel.platform.service import keys


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One line of the ledger: nothing in it tells of people."""

    family: str
    method: str
    number: int
    period: str
    computed: int
    key_id: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeyUse:
    """Which releases show numbers drawn from a key, and whether the sealed key still is the one with that id."""

    key_id: str
    family: str
    drawn_at: datetime
    releases: tuple[int, ...]
    intact: bool


def families() -> list[str]:
    """The keys of all families, alphabetically."""
    return list(Family.objects.order_by("key").values_list("key", flat=True))


def releases(family: str | None = None) -> list[ReleaseRow]:
    """All releases, or those of one family, in order."""
    rows = Release.objects.select_related("family").order_by("family__key", "number")
    if family is not None:
        rows = rows.filter(family__key=family)
    return [
        ReleaseRow(r.family.key, r.family.method, r.number, r.period, r.computed, r.key_id, r.why, r.at) for r in rows
    ]


def published(family: str, number: int | None = None) -> methods.Release | None:
    """What everybody may see of a family: its latest release, or the one with this number. None when there is none."""
    rows = Release.objects.filter(family__key=family)
    row = rows.filter(number=number).first() if number is not None else rows.order_by("-number").first()
    if row is None:
        return None
    source = row if row.computed == row.number else rows.get(number=row.computed)
    return methods.Release(
        family,
        row.number,
        row.period,
        row.computed,
        row.key_id,
        methods.Why(row.why),
        storing.cells_from(source.cells),
    )


def key_uses(family: str | None = None) -> list[KeyUse]:
    """Every key with the releases that show its numbers. A key whose secret was changed or lost is not intact."""
    rows = NoiseKey.objects.select_related("family").order_by("family__key", "id")
    if family is not None:
        rows = rows.filter(family__key=family)
    found = []
    for row in rows:
        numbers = Release.objects.filter(family=row.family, key_id=row.key_id).order_by("number")
        found.append(
            KeyUse(
                row.key_id,
                row.family.key,
                row.drawn_at,
                tuple(numbers.values_list("number", flat=True)),
                _is_intact(row),
            )
        )
    return found


def _is_intact(row: NoiseKey) -> bool:
    try:
        secret = storing.opened_secret(storing.NOISE, bytes(row.sealed))
        return methods.Keys(secret, bytes(len(secret))).key_id == row.key_id
    except (ValueError, keys.KeyFault):
        return False


def budget_left(population: str, year: int) -> Fraction:
    """What is left of the year's epsilon for one population."""
    spent = Spending.objects.filter(population=population, year=year).values_list("epsilon", flat=True)
    return methods.Budget().limit - sum((Fraction(one) for one in spent), Fraction(0))
