# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which outcomes are compared and with what: `specs.yaml`, read and checked."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FILE = Path(__file__).with_name("specs.yaml")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Alike(_Strict):
    """What to say of two municipalities that are alike in a characteristic, by where both stand."""

    high: Annotated[str, Field(min_length=10)]
    middle: Annotated[str, Field(min_length=10)]
    low: Annotated[str, Field(min_length=10)]


class CharacteristicSpec(_Strict):
    """One characteristic of residents: an indicator, or ages (`parts` of `whole`; by default of everybody).

    With `alike` it counts in finding similar municipalities, together with others of its `block`.
    """

    label: Annotated[str, Field(min_length=4)]
    unit: Literal["percent", "per_1000", "euro", "per_km2"]
    of: str
    parts: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    logarithm: bool = False
    block: str = ""
    alike: Alike | None = None


class BaseSpec(_Strict):
    """Among whom is counted; `ages`: what share of each age group belongs to it (empty: all residents)."""

    label: Annotated[str, Field(min_length=4)]
    ages: Mapping[str, float] = Field(default_factory=dict)


class CountSpec(_Strict):
    """How the published figure comes from a count.

    `per` how many it is given, in steps of `step` by period (a period without a step has the count itself in the
    store), after the count was rounded to a multiple of `rounded_to`. `among`: the base of the published figure, where
    that is another one than the comparison's.
    """

    per: float
    step: Mapping[str, float]
    rounded_to: int
    among: str | None = None


class GroupSpec(_Strict):
    """Characteristics that are shown as one; `shown` is the one whose value stands beside it."""

    key: str
    label: Annotated[str, Field(min_length=4)]
    shown: str
    terms: Annotated[tuple[str, ...], Field(min_length=1)]


class OutcomeSpec(_Strict):
    """One outcome that is compared: an indicator, its periods, the family and the characteristics of its model."""

    periods: Annotated[tuple[str, ...], Field(min_length=1)]
    family: Literal["negative_binomial", "beta_binomial"]
    base: str
    count: CountSpec
    groups: Annotated[tuple[GroupSpec, ...], Field(min_length=1)]

    @property
    def terms(self) -> tuple[str, ...]:
        """The keys of all characteristics in the model."""
        return tuple(term for group in self.groups for term in group.terms)


class Specs(_Strict):
    """All of `specs.yaml`."""

    characteristics: Mapping[str, CharacteristicSpec]
    bases: Mapping[str, BaseSpec]
    outcomes: Mapping[str, OutcomeSpec]

    @model_validator(mode="after")
    def _complete(self) -> "Specs":
        for key, outcome in self.outcomes.items():
            for name in {*outcome.terms, *(group.shown for group in outcome.groups)}:
                if name not in self.characteristics:
                    raise ValueError(f"{key}: there is no characteristic {name!r}")
                if self.characteristics[name].of == key:
                    raise ValueError(f"{key}: an outcome cannot explain itself")
            for base in (outcome.base, outcome.count.among or outcome.base):
                if base not in self.bases:
                    raise ValueError(f"{key}: there is no base {base!r}")
            if len(set(outcome.terms)) != len(outcome.terms):
                raise ValueError(f"{key}: a characteristic appears twice")
        return self


@lru_cache(maxsize=1)
def specs() -> Specs:
    """The specifications that come with the program."""
    return Specs.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
