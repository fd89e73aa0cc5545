# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The models of expected use on simulated areas: rounded and secret counts, coverage, who sets the norm."""

import time

import numpy as np
from numpy.typing import NDArray

from bench.methods._table import Table
from samenspel.methods.expected import (
    Published,
    area_rates,
    cross_fit,
    design,
    fit,
    linear,
    rounded,
    secret,
    share_explained,
)
from samenspel.methods.threads import one_thread

Floats = NDArray[np.float64]

NEIGHBOURHOODS = 14_000
RATE = 0.0601
MUNICIPALITIES = 342
RUNS = 200


def tables() -> list[Table]:
    """All tables of this module, in the order of the page."""
    with one_thread():
        return [_rounding(), _coefficients(), _norm()]


def as_published(counts: Floats) -> Published:
    """As CBS publishes clients of care: multiples of 5, 0 to 7 secret."""
    shown = rounded(np.where(counts > 7, 5 * np.round(counts / 5), np.nan), 5, lowest=8)
    hidden = secret(counts.shape)
    secret_here = counts <= 7
    return Published(np.where(secret_here, hidden.lower, shown.lower), np.where(secret_here, hidden.upper, shown.upper))


def _rounding() -> Table:
    """14,000 neighbourhoods with a median of 674 inhabitants, whose rates vary as a gamma or as a lognormal."""
    rows: list[tuple[object, ...]] = []
    for shape in ("gamma", "lognormal"):
        rng = np.random.default_rng(24)
        people = np.maximum(rng.lognormal(np.log(674), 0.95, NEIGHBOURHOODS).round(), 20.0)
        sd = 0.45
        levels = (
            rng.gamma(1 / sd**2, sd**2, NEIGHBOURHOODS)
            if shape == "gamma"
            else rng.lognormal(-(sd**2) / 2, sd, NEIGHBOURHOODS)
        )
        counts = rng.poisson(people * RATE * levels).astype(float)
        bounds, shown = as_published(counts), counts > 7
        publication = 5 * np.round(counts / 5)
        bare = design([], {}, areas=NEIGHBOURHOODS)
        begin = time.perf_counter()
        model = fit(bare, bounds, people)
        seconds = time.perf_counter() - begin
        naive = fit(design([], {}, areas=int(shown.sum())), publication[shown], people[shown])
        as_zero = fit(bare, np.where(shown, publication, 0.0), people)
        found = area_rates(bounds, model.expected, model.dispersion)
        truth = people * RATE * levels
        inside = (found.lower <= truth) & (truth <= found.upper)
        rows.append(
            (
                shape,
                f"{(~shown).mean():.1%}",
                f"{RATE * levels.mean() * 1000:.1f}",
                f"{(publication / people)[shown].mean() * 1000:.1f}",
                f"{np.exp(naive.coefficients[0]) * 1000:.1f}",
                f"{np.exp(as_zero.coefficients[0]) * 1000:.1f}",
                f"{np.exp(model.coefficients[0]) * 1000:.1f}",
                f"{model.dispersion**-0.5:.3f}",
                f"{inside.mean():.1%}",
                f"{inside[~shown].mean():.1%}",
                f"{seconds:.2f}",
            )
        )
    columns = (
        "rates vary as a", "secret", "true mean", "mean of published rates", "model, secret left out",
        "model, secret as 0", "model that knows", "sd found (0.45)", "95 % range holds the truth",
        "of secret areas", "seconds",
    )  # fmt: skip
    note = (
        "Use per 1,000 in 14,000 simulated neighbourhoods (median 674 inhabitants), rounded to 5 and secret up to 7. "
        "The model takes the variation between areas to be gamma; the second row is where that is wrong."
    )
    return Table("Rounded and secret counts", columns, rows, note)


def _coefficients() -> Table:
    """How often the 95 % interval of a coefficient holds the truth; 342 areas, 200 runs a family."""
    rows: list[tuple[object, ...]] = []
    for family, ridge in (("negative_binomial", ""), ("negative_binomial", "all"), ("beta_binomial", "")):
        inside, slopes = [], []
        for seed in range(RUNS):
            rng = np.random.default_rng(1000 + seed)
            values, truth, eta = _residents(rng)
            base = np.round(rng.lognormal(np.log(30_000), 0.8, MUNICIPALITIES))
            if family == "negative_binomial":
                counts = rng.poisson(base * np.exp(eta) * rng.gamma(50, 1 / 50, MUNICIPALITIES)).astype(float)
            else:
                share = 1 / (1 + np.exp(-eta))
                counts = rng.binomial(base.astype(int), rng.beta(share * 600, (1 - share) * 600)).astype(float)
            made = design([linear(key, x, ridge=ridge) for key, x in values.items()], values)
            model = fit(made, rounded(5 * np.round(counts / 5), 5), base, family)  # type: ignore[arg-type]
            lower, upper = model.intervals()
            scaled = truth * np.array([x.std() for x in values.values()])
            inside.append((lower[1:] <= scaled) & (scaled <= upper[1:]))
            slopes.append(model.dispersion)
        held = np.array(inside)
        target = 50 if family == "negative_binomial" else 1 / 601
        rows.append(
            (
                family.replace("_", " ") + (", ridge" if ridge else ""),
                f"{held.mean():.1%}",
                f"{held.mean(axis=0).min():.1%}",
                f"{held.mean(axis=0).max():.1%}",
                f"{np.median(slopes) / target:.3f}",
            )
        )
    columns = ("model", "coverage", "lowest coefficient", "highest coefficient", "dispersion found / true (median)")
    note = (
        f"{RUNS} runs of {MUNICIPALITIES} areas, ten correlated characteristics of which five matter, rounded to 5. "
        "With a ridge, intervals are those of a prior: they hold on average over coefficients, less for the largest."
    )
    return Table("Coverage of 95 % intervals of coefficients", columns, rows, note)


def _residents(rng: np.random.Generator) -> tuple[dict[str, Floats], Floats, Floats]:
    common = rng.normal(size=(MUNICIPALITIES, 2)) @ rng.normal(size=(2, 10))
    x = 0.6 * common + rng.normal(size=(MUNICIPALITIES, 10))
    truth = np.array([0.08, -0.06, 0.05, 0.04, -0.03, 0, 0, 0, 0, 0])
    return {f"x{i}": x[:, i] for i in range(10)}, truth, np.log(0.06) + x @ truth


def _norm() -> Table:
    """What changes when areas set their own norm, and when areas of a province share what is not in the model."""
    rows: list[tuple[object, ...]] = []
    for shared in (0.0, 0.1):
        found: dict[str, list[float]] = {name: [] for name in ("in", "loo", "province", "own in", "own province")}
        for seed in range(20):
            rng = np.random.default_rng(2000 + seed)
            values, _, eta = _residents(rng)
            province = rng.integers(0, 12, MUNICIPALITIES)
            base = np.round(rng.lognormal(np.log(30_000), 0.8, MUNICIPALITIES))
            level = eta + rng.normal(0, shared, 12)[province]
            counts = rng.poisson(base * np.exp(level) * rng.gamma(50, 1 / 50, MUNICIPALITIES)).astype(float)
            # One province uses twice what is expected: does it see that?
            counts[province == 0] *= 2
            made = design([linear(key, x, ridge="all") for key, x in values.items()], values)
            by_province = cross_fit(made, counts, base, groups=province)
            fifths = cross_fit(made, counts, base, groups=rng.permutation(np.arange(MUNICIPALITIES) % 12))
            own = province == 0
            found["in"].append(share_explained(counts, by_province.whole.expected, base))
            found["loo"].append(share_explained(counts, fifths.expected, base))
            found["province"].append(share_explained(counts, by_province.expected, base))
            for name, expected in (("own in", by_province.whole.expected), ("own province", by_province.expected)):
                found[name].append(float(np.exp(np.log(counts / expected)[own].mean())))
        rows.append((f"{shared:.2f}", *(f"{np.mean(values_):.2f}" for values_ in found.values())))
    columns = (
        "sd shared in a province", "explained in sample", "explained, random twelfths", "explained, by province",
        "ratio of the double province, in sample", "ratio, by province",
    )  # fmt: skip
    note = "20 runs. One province of twelve uses twice what its residents would elsewhere; the right ratio is 2."
    return Table("Who sets the norm", columns, rows, note)
