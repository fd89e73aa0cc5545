# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one gate through which every number from people's answers passes: `publish`."""

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from samenspel.methods.disclosure import estimates
from samenspel.methods.disclosure.coin import ODDS, Coin
from samenspel.methods.disclosure.laplace import BudgetSpent, KeyedSource, Spending, draw, scale_for, variance
from samenspel.methods.disclosure.ledger import Cell, Keys, Ledger, Memory, Release, Why
from samenspel.methods.disclosure.noise import VARIANCE, cell_key, perturbed, record_key, rounded
from samenspel.methods.disclosure.refresh import LEAST_BATCH, Outcome, decide, fingerprint
from samenspel.methods.disclosure.releases import OWN, SECONDS, Earlier, aligned, suppress_after, weak_cells
from samenspel.methods.disclosure.suppression import PROTECTION, CannotProtect
from samenspel.methods.disclosure.tables import TOTAL, Equation, LinearTable, Name, leaves
from samenspel.methods.disclosure.thresholds import (
    Level,
    Place,
    Reason,
    Status,
    check_hierarchy,
    is_small,
    is_unanimous,
    shown_places,
)

ROUNDING_VARIANCE = 4.0  # of random rounding to five, over the five rests
REST = "rest"


class Method(StrEnum):
    """How a family's numbers are made safe."""

    SUPPRESSION = "suppression"  # a small fixed table that adds up; cells are hidden
    CELL_KEY = "cell_key"  # shares with small noise
    ROUNDING = "rounding"  # shares from counts rounded to five at random
    LAPLACE = "laplace"  # sensitive outcomes, municipality only, with a budget


@dataclass(frozen=True, slots=True)
class Family:
    """Figures about the same people that are released together: one question over the areas.

    `question` names what was asked, the same in every family that counts the same answers: then their coins fall the
    same way, and a second family is no second look. `answers` are its possible answers; `values` (of the same length)
    what they count for, where a mean makes sense. `odds` bounds what can ever be learnt of one answer (see coin), at
    most ODDS; `least_batch` is ten or more. `epsilon` (more than 0, at most 1) is what one refresh costs with LAPLACE,
    divided over `tables` tables in which the same person is one record each; the year's budget is that of
    `population`, which names everybody who may be in it, and which LAPLACE requires. Raises ValueError otherwise.
    """

    key: str
    answers: tuple[str, ...]
    method: Method = Method.CELL_KEY
    values: tuple[float, ...] | None = None
    odds: float = ODDS
    least_batch: int = LEAST_BATCH
    protection: int = PROTECTION
    epsilon: Fraction = Fraction(1, 4)
    tables: int = 1
    population: str = ""
    question: str = field(kw_only=True)

    def __post_init__(self) -> None:
        if not self.question.strip():
            raise ValueError(f"question: {self.key} needs the name of what was asked")
        if not self.odds <= ODDS:
            raise ValueError(f"odds: {self.odds} is more than {ODDS}")
        if not isinstance(self.epsilon, Fraction) or not 0 < self.epsilon <= 1:
            raise ValueError(f"epsilon: {self.epsilon!r} is not a fraction above 0 and at most 1")
        if self.tables < 1:
            raise ValueError(f"tables: {self.tables} is less than 1")
        if self.method is Method.LAPLACE and not self.population.strip():
            raise ValueError(f"population: {self.key} needs one, because families of the same people share a budget")
        if len(set(self.answers)) != len(self.answers) or TOTAL in self.answers:
            raise ValueError(f"answers: {self.answers} must differ from each other and from {TOTAL!r}")
        if self.values is not None and len(self.values) != len(self.answers):
            raise ValueError(f"values: {len(self.values)} for {len(self.answers)} answers")
        if self.least_batch < LEAST_BATCH or self.protection < PROTECTION:
            raise ValueError(f"least_batch, protection: at least {LEAST_BATCH} and {PROTECTION}")
        Coin(len(self.answers), self.odds)

    @property
    def coin(self) -> Coin:
        """The lasting coin of this family's question."""
        return Coin(len(self.answers), self.odds)


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's last answer. `person` is a keyed hash, never a name, the same in every family of the question.

    `areas` from the municipality inwards. `submission` differs each time the person answers, also with the same answer.
    """

    person: str
    areas: tuple[str, ...]
    answer: str
    submission: str = ""


class Passed(NamedTuple):
    """The release for everybody, and the ledger with it added."""

    release: Release
    ledger: Ledger


class _Counted(NamedTuple):
    """A shown area: who is in it, by the answer that counts."""

    code: str
    people: tuple[str, ...]
    by_answer: tuple[tuple[str, ...], ...]


def publish(
    family: Family,
    people: Sequence[Respondent],
    *,
    ledger: Ledger,
    keys: Keys,
    period: str,
    adults: Mapping[str, int] | None = None,
) -> Passed:
    """Release a family's figures about these people (all who take part now), or repeat the previous ones.

    Freeze or refresh comes first; the previous cells are repeated as they are, whatever the arguments. Else every
    answer goes over the lasting coin, areas and cells below a threshold are withheld, and the family's method makes the
    rest safe. `keys.release` must be new; `adults` gives inhabitants of 18 and over by neighbourhood; `period` is
    "2026-Q4" or "2026". Raises ValueError for answers or areas that cannot be, two records of one person, and a key
    that was used before; nothing has been released then.
    """
    _check(family, people, keys, ledger, period)
    memory, last = ledger.memory(family.key), ledger.last(family.key)
    prints = {
        one.person: fingerprint(keys.coin, f"{one.answer}|{'/'.join(one.areas)}", one.submission) for one in people
    }
    decision = decide(memory.prints, prints, family.least_batch)
    if decision.outcome is Outcome.FREEZE:
        return _repeat(family, ledger, last, period, Why.WAITING)
    joined = decision.added + decision.changed
    left = decision.withdrawn + decision.changed
    falls = _falls(family, people, keys)
    counted, withheld = _count(family, people, falls, adults or {})
    budget, tables = ledger.budget, memory.tables
    if family.method is Method.SUPPRESSION:
        try:
            cells, tables = _suppressed(family, counted, people, falls, tables, (joined, left), keys)
        except CannotProtect:
            return _repeat(family, ledger, last, period, Why.EARLIER)
    elif family.method is Method.LAPLACE:
        try:
            budget = budget.charge(Spending(family.key, family.population, int(period[:4]), family.epsilon))
        except BudgetSpent:
            return _repeat(family, ledger, last, period, Why.BUDGET)
        cells = _with_laplace(family, counted, keys)
    else:
        cells = _with_keys(family, counted, keys)
    number = last.number + 1 if last else 1
    everything = tuple(sorted([*cells, *withheld], key=lambda cell: (cell.area, cell.answer or "")))
    release = Release(family.key, number, period, number, keys.key_id, Why.BATCH, everything)
    return Passed(release, ledger.after(release, Memory(prints, tables), budget))


def _check(family: Family, people: Sequence[Respondent], keys: Keys, ledger: Ledger, period: str) -> None:
    if not (period[:4].isascii() and period[:4].isdigit() and len(period[:4]) == 4):
        raise ValueError(f"period: {period!r} does not begin with a year")
    if len({one.person for one in people}) != len(people):
        raise ValueError("people: somebody is in it twice; one person is one record")
    for one in people:
        if one.answer not in family.answers:
            raise ValueError(f"people: {one.answer!r} is no answer of {family.key}")
    check_hierarchy(one.areas for one in people)
    if ledger.saw(keys.key_id):
        raise ValueError(f"keys: {keys.key_id} was used before")


def _repeat(family: Family, ledger: Ledger, last: Release | None, period: str, why: Why) -> Passed:
    if last is None:
        release = Release(family.key, 1, period, 1, "", why, ())
    else:
        release = Release(family.key, last.number + 1, period, last.computed, last.key_id, why, last.cells)
    return Passed(release, ledger.after(release))


def _falls(family: Family, people: Sequence[Respondent], keys: Keys) -> list[int]:
    """The answer that counts for each respondent, by its place among the family's answers."""
    coin = family.coin
    return [
        coin.exchanged(keys.coin, f"{family.question} {one.person} {one.submission}", family.answers.index(one.answer))
        for one in people
    ]


def _count(
    family: Family, people: Sequence[Respondent], falls: Sequence[int], adults: Mapping[str, int]
) -> tuple[list[_Counted], list[Cell]]:
    """The areas that may be shown, with the answers that count, and the cells of those that may not."""
    order = list(Level)
    members: dict[str, list[tuple[str, int]]] = {}
    parents: dict[str, tuple[str, Level]] = {}
    for one, answer in zip(people, falls, strict=True):
        for index, code in enumerate(one.areas):
            if family.method is Method.LAPLACE and index:
                break
            members.setdefault(code, []).append((one.person, answer))
            parents[code] = (one.areas[index - 1] if index else "", order[index])
    places = [
        Place(code, level, parent, len(members[code]), adults.get(code)) for code, (parent, level) in parents.items()
    ]
    counted, withheld = [], []
    for code, reason in shown_places(places).items():
        if reason is None:
            by_answer = tuple(
                tuple(person for person, given in members[code] if given == answer)
                for answer in range(len(family.answers))
            )
            counted.append(_Counted(code, tuple(person for person, _given in members[code]), by_answer))
        else:
            withheld += _withheld(family, code, reason)
    return counted, withheld


def _withheld(family: Family, area: str, reason: Reason) -> list[Cell]:
    return [Cell(area, answer, Status.WITHHELD, reason) for answer in (None, *family.answers)]


# --- noise ------------------------------------------------------------------------------------------------------------


def _with_keys(family: Family, counted: Sequence[_Counted], keys: Keys) -> list[Cell]:
    noise = perturbed if family.method is Method.CELL_KEY else rounded
    size = VARIANCE if family.method is Method.CELL_KEY else ROUNDING_VARIANCE
    records = {person: record_key(keys.release, person) for area in counted for person in area.people}
    cells: list[Cell] = []
    for area in counted:
        groups = [area.people, *area.by_answer]
        true = [len(group) for group in groups]
        base, *found = (int(n) for n in noise(true, [cell_key(records[p] for p in group) for group in groups]))
        alike = any(is_unanimous(n, true[0]) for n in true[1:]) or any(is_unanimous(n, base) for n in found)
        cells += (
            _withheld(family, area.code, Reason.FEW)
            if alike
            else _estimated(family, area.code, base, found, size, base_variance=size)
        )
    return cells


def _with_laplace(family: Family, counted: Sequence[_Counted], keys: Keys) -> list[Cell]:
    scale = scale_for(family.epsilon, tables=family.tables, cells_changed=2)
    size = variance(scale)
    cells: list[Cell] = []
    for area in counted:
        source = KeyedSource(keys.release, f"laplace {area.code}")
        found = [len(group) + draw(scale, source) for group in area.by_answer]
        base = sum(found)
        if base < 1:  # noise larger than the number of people: there is nothing to say
            cells += _withheld(family, area.code, Reason.FEW)
            continue
        cells += _estimated(family, area.code, base, found, size, size * len(found), scale=float(scale))
    return cells


def _estimated(
    family: Family,
    area: str,
    base: int,
    found: Sequence[int],
    size: float,
    base_variance: float,
    scale: float | None = None,
) -> list[Cell]:
    """The cells of one area from noisy counts: `size` is the variance of the noise of each answer's count.

    `scale` is that of discrete Laplace noise, where it is that. How many gave an answer is not published, but the noisy
    count of it, after the coin, can be computed from share and base where the base is small; see the explanation.
    """
    people = max(base, 1)
    mean = estimates.mean(family.coin, people, found, size, family.values) if family.values else None
    cells = [
        Cell(
            area,
            None,
            Status.SHOWN,
            count=people,
            variance=base_variance,
            mean=mean.value if mean else None,
            lower=mean.lower if mean else None,
            upper=mean.upper if mean else None,
        )
    ]
    for number, (answer, count) in enumerate(zip(family.answers, found, strict=True)):
        share = estimates.in_per_cent(
            estimates.share(family.coin, people, count, size, base_variance)
            if scale is None
            else estimates.share_with_laplace(family.coin, found, number, scale)
        )
        cells.append(
            Cell(
                area,
                answer,
                Status.SHOWN,
                variance=size,
                share=share.value,
                lower=share.lower,
                upper=share.upper,
            )
        )
    return cells


# --- suppression ------------------------------------------------------------------------------------------------------


def _suppressed(
    family: Family,
    counted: Sequence[_Counted],
    people: Sequence[Respondent],
    falls: Sequence[int],
    earlier: Sequence[Earlier],
    moves: tuple[int, int],
    keys: Keys,
) -> tuple[list[Cell], tuple[Earlier, ...]]:
    """The cells of an additive table of areas by answers, exact where shown, and the tables to remember.

    Raises CannotProtect, also when the audit finds a cell that the suppression left open or is not finished in time,
    and when the earlier releases cannot be compared with this one.
    """
    made = _additive(family, {area.code for area in counted}, people, falls, earlier)
    small = {name for name, count in made.table.counts.items() if is_small(count)} - made.known
    until = time.monotonic() + SECONDS
    try:
        before = aligned(earlier, made.table)
        found, _how = suppress_after(
            before,
            made.table,
            small,
            key=keys.release,
            joined=moves[0],
            left=moves[1],
            never=made.never,
            known=made.known,
            protection=family.protection,
            seconds=SECONDS / 2,
        )
        weak = weak_cells((*before, found), family.protection, until - time.monotonic())
    except (ValueError, TimeoutError) as fault:
        raise CannotProtect(str(fault)) from fault
    if weak:
        raise CannotProtect(f"the audit could compute {len(weak)} cells too closely")
    cells: list[Cell] = []
    for area in counted:
        shown = {answer: (area.code, answer) not in found.hidden for answer in (TOTAL, *family.answers)}
        base = len(area.people)
        for answer, group in zip((None, *family.answers), (area.people, *area.by_answer), strict=True):
            if not shown[answer or TOTAL]:
                cells.append(Cell(area.code, answer, Status.WITHHELD, Reason.FEW))
            elif answer is None or not shown[TOTAL]:
                cells.append(Cell(area.code, answer, Status.SHOWN, count=len(group)))
            else:
                share = estimates.in_per_cent(estimates.share(family.coin, base, len(group), 0.0, 0.0))
                cells.append(
                    Cell(
                        area.code,
                        answer,
                        Status.SHOWN,
                        count=len(group),
                        share=share.value,
                        lower=share.lower,
                        upper=share.upper,
                    )
                )
    return cells, (*before, found)


class _Additive(NamedTuple):
    """A table that adds up: `never` is not published, `known` is zero because nobody is there, as everybody knows."""

    table: LinearTable
    never: frozenset[Name]
    known: frozenset[Name]


def _additive(
    family: Family,
    shown: Collection[str],
    people: Sequence[Respondent],
    falls: Sequence[int],
    earlier: Sequence[Earlier],
) -> _Additive:
    """Areas by answers with their sums, for every area that anybody ever took part in, whether it is shown or not.

    An area that is not shown has its own cells, so that its answers are followed when it is shown in another release.
    What is not shown of an area that is, together, is its rest.
    """
    labels = (TOTAL, *family.answers)
    groups: dict[Name, Counter[str]] = {}  # (area,) and, for who belongs to no part of it, (area, OWN)
    parent = _seen(earlier)
    for one, fall in zip(people, falls, strict=True):
        for index, code in enumerate(one.areas):
            groups.setdefault((code,), Counter())[family.answers[fall]] += 1
            parent[code] = one.areas[index - 1] if index else ""
    parts: dict[str, list[Name]] = {code: [] for code in sorted(parent)}
    for code in sorted(parent):
        groups.setdefault((code,), Counter())
        if parent[code]:
            parts[parent[code]].append((code,))
    for one, fall in zip(people, falls, strict=True):
        if parts[one.areas[-1]]:
            groups.setdefault((one.areas[-1], OWN), Counter())[family.answers[fall]] += 1
    then = leaves(earlier[-1].table) if earlier else frozenset()
    for code, inner in parts.items():
        # Also who was there earlier, without a part or before the area had any.
        if inner and ((code, family.answers[0], OWN) in then or (code, family.answers[0]) in then):
            groups.setdefault((code, OWN), Counter())
        if (code, OWN) in groups:
            inner.append((code, OWN))

    counts: dict[Name, int] = {}
    equations: list[Equation] = []
    never: set[Name] = set()
    known: set[Name] = set()

    def cell(group: Name, label: str) -> Name:
        return (group[0], label, *group[1:])

    def add(group: Name, found: Counter[str], is_shown: bool) -> None:
        names = [cell(group, label) for label in labels]
        counts.update(zip(names, (found.total(), *(found[answer] for answer in family.answers)), strict=True))
        equations.append(Equation(names[0], tuple(names[1:])))
        if not found.total():
            known.update(names)
        elif not is_shown:
            never.update(names)

    for group, found in sorted(groups.items()):
        add(group, found, group[-1] in shown)
    for code, inner in parts.items():
        hidden = [part for part in inner if part[-1] not in shown and groups[part].total()]
        if code in shown and len(hidden) > 1:
            add((code, REST), sum((groups[part] for part in hidden), Counter()), is_shown=False)
            for label in labels:
                equations.append(Equation((code, label, REST), tuple(cell(part, label) for part in hidden)))
            inner = [*(part for part in inner if part not in hidden), (code, REST)]
        if inner:
            for label in labels:
                equations.append(Equation((code, label), tuple(cell(part, label) for part in inner)))
    return _Additive(LinearTable(counts, tuple(equations)), frozenset(never), frozenset(known))


def _seen(earlier: Sequence[Earlier]) -> dict[str, str]:
    """Every area of earlier releases, with the area around it ("" for the top). The latest one knows them all."""
    if not earlier:
        return {}
    table = earlier[-1].table
    found = {name[0]: "" for name in table.counts}
    for equation in table.equations:
        for part in equation.parts:
            if part[0] != equation.total[0]:
                found[part[0]] = equation.total[0]
    return found
