# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes: opening a family, and releasing it. One transaction each, so that a key is used once or not at all."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import connection

from samenspel.methods import disclosure as methods
from samenspel.outcomes.disclosure import storing
from samenspel.outcomes.disclosure.events import OPENED, RELEASED
from samenspel.outcomes.disclosure.models import Family, NoiseKey, Release, Spending
from samenspel.outcomes.disclosure.policies import check_releases
from samenspel.platform.service import audit, keys

KEY_BYTES = 32


class DisclosureFault(ValueError):
    """A release that cannot be: an unknown or changed family, or a period that was released already."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's last answer. `person` is their lasting id, which is hashed at once and never stored.

    `areas` from the municipality inwards; `submission` differs each time the person answers, also the same.
    """

    person: str
    areas: tuple[str, ...]
    answer: str
    submission: str


@audit.audited
def open_family(*, family: methods.Family, by: Any) -> Family:
    """Lay down how a family is protected, with its lasting coin. Raises DisclosureFault when that cannot be.

    The definition stays as it is: another one under the same key would be a second look at the same answers. Families
    of one question share its coin, and so must have the same answers and odds, and with a budget the same population.
    """
    check_releases(by)
    with connection.cursor() as cursor:  # two families of a new question at once would draw two coins
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('samenspel disclosure families'))")
    if Family.objects.filter(key=family.key).exists():
        raise DisclosureFault(f"The family {family.key!r} exists already; its protection never changes.")
    coin = secrets.token_bytes(KEY_BYTES)
    for other in Family.objects.filter(question=family.question).order_by("pk"):
        known = storing.family_from(other.definition)
        if (known.answers, known.odds) != (family.answers, family.odds):
            raise DisclosureFault(f"{other.key!r} asks {family.question!r} too, with other answers or odds.")
        if known.method is family.method is methods.Method.LAPLACE and known.population != family.population:
            raise DisclosureFault(f"{other.key!r} asks {family.question!r} too, with another population's budget.")
        coin = storing.opened_secret(storing.COIN, bytes(other.coin))
    row = Family.objects.create(
        key=family.key,
        question=family.question,
        method=family.method.value,
        population=family.population or family.key,
        definition=storing.family_text(family),
        coin=storing.sealed_secret(storing.COIN, coin),
    )
    audit.record(by=by, action=OPENED, on=audit.ObjectRef(Family.audit_kind, family.key), detail={"method": row.method})
    return row


@audit.audited
def release(
    *, family: str, table: Iterable[Answer], period: str, by: Any, adults: Mapping[str, int] | None = None
) -> methods.Release:
    """Release a family for a period of the calendar: new figures after ten respondents, else the previous ones.

    `table` is everybody who takes part now, each once; who is missing has withdrawn. `adults` gives inhabitants of 18
    and over by neighbourhood. A period comes once and after the one before ("2026-Q4", "2027-Q1"), so that nobody can
    look more often. Two releases of one family wait for each other, and so do families that share a privacy budget; a
    release that ends halfway leaves nothing, its key included. Raises DisclosureFault, Refusal, and ValueError for what
    methods.disclosure.publish refuses.
    """
    check_releases(by)
    row = _locked(family)
    last = row.releases.order_by("-number").first()
    if last is not None and period <= last.period:
        raise DisclosureFault(f"{family} was released for {last.period} already; {period} does not come after it.")
    definition = storing.family_from(row.definition)
    people = [
        methods.Respondent(
            keys.keyed_hash(f"disclosure.person.{row.question}", one.person), one.areas, one.answer, one.submission
        )
        for one in table
    ]
    noise = secrets.token_bytes(KEY_BYTES)
    given = methods.Keys(noise, storing.opened_secret(storing.COIN, bytes(row.coin)))
    before = _ledger(row, definition)
    found, after = methods.publish(definition, people, ledger=before, keys=given, period=period, adults=adults)
    refreshed = found.key_id == given.key_id
    if refreshed:
        NoiseKey.objects.create(key_id=found.key_id, family=row, sealed=storing.sealed_secret(storing.NOISE, noise))
        row.memory = storing.sealed_memory(after.memory(family))
        row.save(update_fields=["memory"])
    stored = Release.objects.create(
        family=row,
        number=found.number,
        period=period,
        computed=found.computed,
        key_id=found.key_id,
        why=found.why.value,
        cells=storing.cells_text(found.cells) if not found.repeats else "",
    )
    for spending in after.budget.spendings[len(before.budget.spendings) :]:
        Spending.objects.create(
            release=stored, population=spending.population, year=spending.year, epsilon=str(spending.epsilon)
        )
    audit.record(
        by=by,
        action=RELEASED,
        on=audit.ObjectRef(Release.audit_kind, f"{family}/{found.number}"),
        detail={
            "family": family,
            "period": period,
            "number": found.number,
            "computed": found.computed,
            "why": found.why.value,
            "key": found.key_id,
        },
    )
    return found


def _locked(key: str) -> Family:
    """The family, with the row locks of all families of its population, taken in one order."""
    known = Family.objects.filter(key=key).first()
    if known is None:
        raise DisclosureFault(f"There is no family {key!r}. Open it first.")
    locked = list(Family.objects.select_for_update().filter(population=known.population).order_by("pk"))
    return next(row for row in locked if row.pk == known.pk)


def _ledger(row: Family, family: methods.Family) -> methods.Ledger:
    releases: list[methods.Release] = []
    cells: dict[int, tuple[methods.Cell, ...]] = {}
    for stored in row.releases.order_by("number"):
        if stored.computed == stored.number:
            cells[stored.number] = storing.cells_from(stored.cells)
        releases.append(
            methods.Release(
                row.key,
                stored.number,
                stored.period,
                stored.computed,
                stored.key_id,
                methods.Why(stored.why),
                cells[stored.computed],
            )
        )
    spent = Spending.objects.filter(population=row.population).select_related("release__family").order_by("id")
    spendings = tuple(methods.Spending(s.release.family.key, s.population, s.year, Fraction(s.epsilon)) for s in spent)
    return methods.Ledger(
        tuple(releases),
        {row.key: storing.opened_memory(None if row.memory is None else bytes(row.memory))},
        methods.Budget(spendings=spendings),
    )
