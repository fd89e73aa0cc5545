# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often the limits of directly standardised rates and indirect ratios hold the truth."""

import numpy as np

from bench.methods import Table
from samenspel.methods.inputs import STRICT, USUAL, FloatArray
from samenspel.methods.standardise import direct, indirect

DRAWS = 20_000
BANDS = 20
AGE = np.linspace(0, 1, BANDS)
STANDARD = 1.3 - AGE


def tables() -> list[Table]:
    """Direct, direct with several events per person, indirect."""
    return [_direct(), _several(), _indirect()]


def _direct() -> Table:
    chance = np.random.default_rng(1)
    rates = np.exp(3 * AGE)
    mixes = {
        "as the standard": STANDARD,
        "twice as old": 0.3 + AGE,
        "few of the very old": STANDARD * (1 - AGE**2) + 0.01,
    }
    rows: list[list[str | int | float]] = []
    for events in (15, 30, 100, 1_000):
        for name, mix in mixes.items():
            people = mix / mix.sum() * 10_000
            true = rates * events / (people @ rates)
            truth = float(STANDARD @ true / STANDARD.sum())
            count = chance.poisson(people * true, (DRAWS, BANDS)).astype(np.float64)
            rows.append([events, name, *_coverage(count, people, truth), 100 * float((count.sum(1) < 10).mean())])
    note = f"{DRAWS:,} draws each, seed 1; 20 age bands, rates that rise twentyfold with age. Under 10 events no rate."
    return Table(
        "Direct rates: % of cases in which the rate lies within Dobson's limits",
        ["events", "mix of ages", "95 %", "99.8 %", "% without a rate"],
        rows,
        note,
    )


def _coverage(count: FloatArray, people: FloatArray, truth: float, squares: FloatArray | None = None) -> list[float]:
    found = []
    for level in (USUAL, STRICT):
        rate, lower, upper = direct(count, people, STANDARD, level, squares=squares)
        known = ~np.isnan(rate)
        found.append(100 * float(((lower <= truth) & (truth <= upper))[known].mean()))
    return found


def _several() -> Table:
    """Persons are Poisson; who is in has 1 to 4 provisions."""
    chance = np.random.default_rng(2)
    often = np.array([0.5, 0.25, 0.15, 0.1])
    times = np.arange(1, 5)
    people = STANDARD / STANDARD.sum() * 10_000
    rows: list[list[str | int | float]] = []
    for persons in (30, 100, 1_000):
        rates = np.exp(3 * AGE) * persons / (people @ np.exp(3 * AGE))
        truth = float(STANDARD @ rates / STANDARD.sum() * (often @ times))
        who = chance.poisson((people * rates)[:, np.newaxis] * often, (DRAWS, BANDS, 4))
        count, squares = (np.asarray(who @ each, dtype=np.float64) for each in (times, times**2))
        without, with_squares = _coverage(count, people, truth), _coverage(count, people, truth, squares)
        rows.append([persons, without[0], with_squares[0], without[1], with_squares[1]])
    note = f"{DRAWS:,} draws each, seed 2; half of the persons have one provision, the others two to four."
    columns = ["persons", "95 %: as if alone", "95 %: with squares", "99.8 %: as if alone", "99.8 %: with squares"]
    return Table("Direct rates of provisions, where a person can have several", columns, rows, note)


def _indirect() -> Table:
    chance = np.random.default_rng(3)
    people = STANDARD / STANDARD.sum() * 10_000
    rows: list[list[str | int | float]] = []
    for expected in (1, 5, 10, 30, 100, 1_000):
        rates = np.exp(3 * AGE) * expected / (people @ np.exp(3 * AGE))
        for ratio in (0.7, 1.0, 1.5):
            count = chance.poisson(people * rates * ratio, (DRAWS, BANDS))
            row: list[str | int | float] = [expected, ratio]
            for level in (USUAL, STRICT):
                found = indirect(count, people, rates, level)
                row.append(100 * float(((found.lower <= ratio) & (ratio <= found.upper)).mean()))
            found = indirect(count, people, rates)
            rows.append([*row, float(np.median(found.upper / np.maximum(found.lower, 1e-9)))])
    note = (
        f"{DRAWS:,} draws each, seed 3. Below 5 expected a ratio is not shown: the last column says how wide it is. "
        "The expected number is taken as known."
    )
    columns = ["expected", "true ratio", "95 %", "99.8 %", "upper / lower limit (95 %)"]
    return Table("Indirect ratios: % of cases in which the ratio lies within the limits", columns, rows, note)
