# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which areas are alike in who lives there, how firm that is, and why.

Only characteristics of residents and place belong in the context: no outcomes and no policy, or the comparison explains
away what it should show. Steps (Dutch use: degree of urbanisation by size class; CIPFA and ONS: plain Euclid on
standardised metrics):

1. each variable is winsorised at 1 % on both sides, then rank-normal (normal scores of the ranks) or logged, and
   standardised to mean 0 and standard deviation 1;
2. within a block of related variables (ages, incomes) the variables are whitened symmetrically, `u = z R^(-1/2)` (ZCA:
   Kessy, Lewin & Strimmer 2018, American Statistician 72:309), with R the correlations drawn 10 % to the identity so
   that near copies do not blow up. What two variables share then counts once: with equal weights the distance within a
   block is the Mahalanobis distance;
3. `distance = sqrt(sum_v w_v (u_iv - u_jv)^2 / sum_v w_v)`, only between areas within a factor 4 in size;
4. stability: the share of 200 resamples, each without a random 20 % of the variables, in which the neighbour is among
   the neighbours again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from samenspel.methods.threads import one_thread

Array = NDArray[np.float64]
Transform = Literal["rank", "log", "none"]
_DRAWN = 0.1  # how far correlations within a block are drawn to the identity
_APART = 0.5  # standard deviations from the mean: beyond it high or low, within it ordinary


class Peers(NamedTuple):
    """Per area its neighbours, nearest first; all arrays areas x count.

    `neighbour`: row numbers, -1 where there are no more areas of about this size. `distance` (1.4 is that of two
    areas picked at random, roughly), `stability` (0-1): NaN there. `mutual`: whether the area is also among the
    neighbours of its neighbour.
    """

    neighbour: NDArray[np.intp]
    distance: Array
    stability: Array
    mutual: NDArray[np.bool_]


class Level(StrEnum):
    """Where two areas that are alike both stand, beside all areas."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Reason:
    """A variable that makes two areas alike; `level` holds for both of them.

    `here` and `there` are standard deviations from the mean. `closer`: how much less this variable adds to the square
    of the distance to the neighbour than to that of the average area (times the sum of the weights).
    """

    variable: int
    level: Level
    here: float
    there: float
    closer: float


def standardised(context: ArrayLike, transform: Transform | Sequence[Transform] = "rank") -> Array:
    """Step 1: the context (areas x variables) on one scale; a variable that is the same everywhere becomes 0.

    `transform`, one or one per variable: "rank" (normal scores), "log" (needs values above 0) or "none". Areas with a
    NaN stay NaN in that variable and do not take part in its scale. Raises ValueError for another shape or transform,
    an infinite value, or a log of 0 or less.
    """
    values = np.asarray(context, np.float64)
    if values.ndim != 2:
        raise ValueError(f"context must be areas x variables, not {values.ndim}-dimensional")
    if np.isinf(values).any():
        raise ValueError("context must be finite, not inf")
    kinds = [transform] * values.shape[1] if isinstance(transform, str) else list(transform)
    if len(kinds) != values.shape[1]:
        raise ValueError(f"transform must be one per variable ({values.shape[1]}), not {len(kinds)}")
    result = np.full(values.shape, np.nan)
    for column, kind in enumerate(kinds):
        known = ~np.isnan(values[:, column])
        if known.any():
            result[known, column] = _one(values[known, column], kind)
    return result


def _one(values: Array, kind: Transform) -> Array:
    if kind == "log" and values.min() <= 0:
        raise ValueError(f"context must be above 0 for a log, not {values.min()}")
    values = np.clip(values, *np.quantile(values, (0.01, 0.99)))
    if kind == "log":
        values = np.log(values)
    elif kind == "rank":
        values = ndtri((rankdata(values) - 0.5) / values.size)
    elif kind != "none":
        raise ValueError(f"transform must be rank, log or none, not {kind}")
    spread = values.std()
    # Rounding leaves a constant variable a spread of some 1e-16 of its size.
    constant = spread <= 1e-12 * np.abs(values).max()
    return np.zeros_like(values) if constant else np.asarray((values - values.mean()) / spread)


def mixed_weights(coefficients: ArrayLike) -> Array:
    """Weights with mean 1, half equal and half by the size of the standardised coefficients of expected use.

    So the match is on what matters for use, without letting one model decide all. All coefficients 0: equal weights.
    """
    size = np.abs(np.asarray(coefficients, np.float64))
    total = size.sum()
    return np.asarray(0.5 + 0.5 * size * size.size / total) if total > 0 else np.ones_like(size)


def peers(
    context: ArrayLike,
    size: ArrayLike,
    weights: ArrayLike | None = None,
    blocks: ArrayLike | None = None,
    *,
    transform: Transform | Sequence[Transform] = "rank",
    count: int = 10,
    size_factor: float = 4.0,
    resamples: int = 200,
    drop: float = 0.2,
    seed: int = 200,
) -> Peers:
    """The `count` most similar areas of each area.

    `context`: areas x variables. `size`: inhabitants per area, above 0. `weights`: per variable, 0 or more (default
    equal). `blocks`: a block number per variable (default: each variable its own block, so plain weighted Euclid).
    An area with a NaN in the context or the size has no neighbours and is nobody's neighbour. Deterministic by seed;
    areas at exactly equal distance keep the order of the input.

    Raises ValueError for shapes that do not fit, a negative or all-zero weight, a size not above 0, a count below 1,
    a size_factor below 1, or a drop outside (0, 1).
    """
    scaled = standardised(context, transform)
    areas, variables = scaled.shape
    people = np.asarray(size, np.float64)
    heavy = np.ones(variables) if weights is None else np.asarray(weights, np.float64)
    block = np.arange(variables) if blocks is None else np.asarray(blocks)
    _check(areas, variables, people, heavy, block)
    if count < 1 or size_factor < 1 or not 0 < drop < 1 or resamples < 0:
        raise ValueError(
            "count and size_factor must be at least 1, drop between 0 and 1, resamples at least 0, not "
            f"{count}, {size_factor}, {drop}, {resamples}"
        )
    with one_thread():
        return _peers(scaled, people, heavy, block, count, size_factor, resamples, drop, seed)


def _peers(
    scaled: Array,
    people: Array,
    heavy: Array,
    block: NDArray[np.generic],
    count: int,
    size_factor: float,
    resamples: int,
    drop: float,
    seed: int,
) -> Peers:
    areas, variables = scaled.shape
    known = ~(np.isnan(scaled).any(axis=1) | np.isnan(people))
    allowed = _allowed(people, known, size_factor)
    scaled = np.where(known[:, np.newaxis], scaled, 0.0)
    distance = _distances(scaled, heavy, block, known)
    neighbour = _nearest(distance, allowed, count)
    found = neighbour >= 0
    rows = np.arange(areas)[:, np.newaxis]
    member = _members(neighbour, areas)
    stays = np.zeros((areas, count))
    rng = np.random.default_rng(seed)
    keep = max(1, variables - max(1, round(drop * variables)))
    for _ in range(resamples):
        some = np.sort(rng.permutation(variables)[:keep])
        if heavy[some].sum() == 0:
            some = np.arange(variables)
        other = _nearest(_distances(scaled[:, some], heavy[some], block[some], known), allowed, count)
        stays += _members(other, areas)[rows, neighbour]
    near = np.where(found, distance[rows, neighbour], np.nan)
    stability = np.where(found, stays / resamples if resamples else np.nan, np.nan)
    return Peers(neighbour, near, stability, found & member[neighbour, rows])


def _check(areas: int, variables: int, size: Array, weights: Array, blocks: NDArray[np.generic]) -> None:
    if size.shape != (areas,):
        raise ValueError(f"size must be one per area ({areas}), not {size.shape}")
    if (size <= 0).any() or np.isinf(size).any():
        raise ValueError(f"size must be finite and above 0, not {size[(size <= 0) | np.isinf(size)][0]}")
    if weights.shape != (variables,):
        raise ValueError(f"weights must be one per variable ({variables}), not {weights.shape}")
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise ValueError(f"weights must be finite, not below 0 and not all 0, not {weights.tolist()}")
    if blocks.shape != (variables,):
        raise ValueError(f"blocks must be one per variable ({variables}), not {blocks.shape}")


def _allowed(size: Array, known: NDArray[np.bool_], factor: float) -> NDArray[np.bool_]:
    logs = np.log(np.where(known, size, 1.0))
    near = np.abs(logs[:, np.newaxis] - logs) <= np.log(factor) * (1 + 1e-12)
    np.fill_diagonal(near, False)
    return np.asarray(near & known & known[:, np.newaxis])


def _distances(scaled: Array, weights: Array, blocks: NDArray[np.generic], known: NDArray[np.bool_]) -> Array:
    white = _whitened(scaled, blocks, known) * np.sqrt(weights / weights.sum())
    squares = (white**2).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(squares[:, np.newaxis] + squares - 2 * white @ white.T, 0.0)))


def _whitened(scaled: Array, blocks: NDArray[np.generic], known: NDArray[np.bool_]) -> Array:
    """Step 2, with the correlations of the `known` areas."""
    white = scaled.copy()
    for block in np.unique(blocks):
        of = np.flatnonzero(blocks == block)
        if of.size > 1 and known.sum() > 1:
            own = scaled[np.ix_(known, of)]
            together = own.T @ own / own.shape[0]
            together = (1 - _DRAWN) * together + _DRAWN * np.eye(of.size)
            values, vectors = np.linalg.eigh(together)
            white[:, of] = scaled[:, of] @ (vectors / np.sqrt(values)) @ vectors.T
    return white


def _nearest(distance: Array, allowed: NDArray[np.bool_], count: int) -> NDArray[np.intp]:
    """Row numbers of the nearest allowed areas, -1 where there are fewer than `count`."""
    barred = np.where(allowed, distance, np.inf)
    order = np.argsort(barred, axis=1, kind="stable")[:, :count]
    order = np.where(np.isfinite(np.take_along_axis(barred, order, axis=1)), order, -1)
    missing = count - order.shape[1]
    return np.pad(order, ((0, 0), (0, missing)), constant_values=-1) if missing else order


def _members(neighbour: NDArray[np.intp], areas: int) -> NDArray[np.bool_]:
    """Areas x areas: whether the column is among the neighbours of the row."""
    member = np.zeros((areas, areas), dtype=bool)
    rows, places = np.nonzero(neighbour >= 0)
    member[rows, neighbour[rows, places]] = True
    return member


def reasons(
    scaled: ArrayLike,
    area: int,
    neighbour: int,
    weights: ArrayLike | None = None,
    most: int = 3,
    *,
    blocks: ArrayLike | None = None,
) -> tuple[Reason, ...]:
    """The variables that make two areas alike, the strongest first; `scaled` is what `standardised` gives.

    Give the `weights` and `blocks` that `peers` was given: `closer` then takes its distance apart,
    `w (u_i^2 - (u_i - u_j)^2)` with u the whitened values, which adds up over the variables to the squared distance of
    the area to the average less that to the neighbour (times the sum of the weights).

    A variable is a reason as "high" or "low" when both areas lie more than half a standard deviation from the mean, on
    one side, nearer to each other than either is to the mean, and `closer` is above 0. So a shared peculiarity is a
    reason and a shared ordinariness is not; only if there is none, the variables in which both lie within half a
    standard deviation of the mean and of each other are given, nearest first, as "middle". Empty when there are none
    either, and for an area with a NaN in all variables.

    Raises ValueError for an area or neighbour that is no row (the -1 of `Peers.neighbour` is none), and for weights or
    blocks that are not one per variable.
    """
    values = np.asarray(scaled, np.float64)
    if values.ndim != 2:
        raise ValueError(f"scaled must be areas x variables, not {values.ndim}-dimensional")
    areas, variables = values.shape
    for name, row in (("area", area), ("neighbour", neighbour)):
        if not 0 <= row < areas:
            raise ValueError(f"{name} must be a row from 0 to {areas - 1}, not {row}")
    heavy = np.ones(variables) if weights is None else np.asarray(weights, np.float64)
    block = np.arange(variables) if blocks is None else np.asarray(blocks)
    _check(areas, variables, np.ones(areas), heavy, block)
    white = _whitened(values, block, np.asarray(~np.isnan(values).any(axis=1)))
    here, there = values[area], values[neighbour]
    gap, nearest = np.abs(here - there), np.minimum(np.abs(here), np.abs(there))
    closer = heavy * (white[area] ** 2 - (white[area] - white[neighbour]) ** 2)
    peculiar = (np.sign(here) == np.sign(there)) & (nearest > _APART) & (gap < nearest) & (closer > 0)
    if peculiar.any():
        order = np.lexsort((np.arange(variables), np.where(peculiar, -closer, np.inf)))
        chosen = order[: min(most, int(peculiar.sum()))]
    else:
        ordinary = (np.maximum(np.abs(here), np.abs(there)) <= _APART) & (gap < _APART) & (heavy > 0)
        order = np.lexsort((np.arange(variables), np.where(ordinary, gap, np.inf)))
        chosen = order[: min(most, int(ordinary.sum()))]
    return tuple(Reason(int(v), _level(here[v]), float(here[v]), float(there[v]), float(closer[v])) for v in chosen)


def _level(value: float) -> Level:
    if abs(value) <= _APART:
        return Level.MIDDLE
    return Level.HIGH if value > 0 else Level.LOW


def in_words(why: Sequence[Reason], labels: Sequence[str], templates: Mapping[Level, str]) -> tuple[str, ...]:
    """Each reason as a sentence: the template of its level with `{label}` filled in, in the language of the caller.

    For instance `{Level.HIGH: "Allebei veel {label}", ...}`. Raises ValueError when a level has no template.
    """
    for reason in why:
        if reason.level not in templates:
            raise ValueError(f"templates must have one for {reason.level.value}, not only {sorted(templates)}")
    return tuple(templates[reason.level].format(label=labels[reason.variable]) for reason in why)
