# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Directions of effect that others published, held against our figures: a check that anybody can repeat."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict

from samenspel.methods.expected import Published, design, fit, linear
from samenspel.outcomes.comparing.characteristics import Array, Municipalities
from samenspel.outcomes.comparing.modelling import bounds, prepare
from samenspel.outcomes.comparing.specs import CharacteristicSpec, specs

FILE = Path(__file__).with_name("published_effects.yaml")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EffectSource(_Strict):
    """A publication, and what its own effects were adjusted for."""

    title: str
    adjusted: str


class Effect(_Strict):
    """One published direction: more of the characteristic goes with more (1) or less (-1) of the outcome."""

    source: str
    outcome: str
    period: str
    characteristic: str
    sign: Literal[-1, 1]
    adjusted_for: tuple[str, ...] = ()


class Effects(_Strict):
    """All of `published_effects.yaml`."""

    ages_all: tuple[str, ...]
    ages_working: tuple[str, ...]
    sources: Mapping[str, EffectSource]
    effects: tuple[Effect, ...]


class Tried(NamedTuple):
    """A published effect on our figures: the coefficient for one standard deviation more, with its 95 % interval."""

    effect: Effect
    estimate: float
    lower: float
    upper: float
    areas: int

    @property
    def holds(self) -> bool:
        """Whether the sign is the published one."""
        return self.estimate * self.effect.sign > 0

    @property
    def contradicted(self) -> bool:
        """Whether the whole interval lies on the other side."""
        return max(self.lower * self.effect.sign, self.upper * self.effect.sign) < 0


@lru_cache(maxsize=1)
def published_effects() -> Effects:
    """The list that comes with the program."""
    return Effects.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def try_effects(figures: Municipalities, effects: Sequence[Effect] | None = None) -> list[Tried]:
    """Each effect in a model of its own: the outcome on the characteristic and on what it is adjusted for.

    The family and the rounding are those of the outcome's model; there is no penalty and no cross-fitting, as in the
    publications. Characteristics that are no longer shares or money (densities, values of dwellings) are logarithms.
    """
    wanted = published_effects().effects if effects is None else effects
    return [_try(figures, effect) for effect in wanted]


def _try(figures: Municipalities, effect: Effect) -> Tried:
    outcome = specs().outcomes[effect.outcome]
    frame = figures.outcome(effect.outcome, effect.period).filter(pl.col("area").str.starts_with("GM"))
    codes = frame["area"].to_list()
    base = figures.base(specs().bases[outcome.base], codes, effect.period)
    among = figures.base(specs().bases[outcome.count.among or outcome.base], codes, effect.period)
    counted = bounds(outcome.count, frame, among, effect.period)
    keys = (effect.characteristic, *effect.adjusted_for)
    values = {key: _values(figures, key, codes, effect.period) for key in keys}
    use = np.isfinite(counted.lower) & np.isfinite(base) & np.all([np.isfinite(x) for x in values.values()], axis=0)
    values = {key: x[use] for key, x in values.items()}
    made = design([linear(key, x) for key, x in values.items()], values)
    model = fit(made, Published(counted.lower[use], counted.upper[use]), base[use], outcome.family)
    lower, upper = model.intervals()
    at = made.where(effect.characteristic).start
    numbers = (float(limits[at]) for limits in (model.coefficients, lower, upper))
    estimate, below, above = numbers
    return Tried(effect, estimate, below, above, int(use.sum()))


def _values(figures: Municipalities, key: str, codes: Sequence[str], period: str) -> Array:
    """A characteristic of `specs.yaml`, or any other indicator of municipalities."""
    known = specs().characteristics.get(key)
    if known is not None:
        return prepare(key, figures.characteristic(known, codes, period).values)
    spec = CharacteristicSpec(label=key, unit="percent", of=key)
    values = figures.characteristic(spec, codes, period).values
    return np.log(values) if key in ("woz_value", "address_density", "standardised_income_mean") else values
