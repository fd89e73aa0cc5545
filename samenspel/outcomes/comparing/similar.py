# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities whose residents are alike, and in what: to learn from, not to be measured by."""

from collections.abc import Mapping, Sequence

import numpy as np

from samenspel.figures.service import current_municipalities
from samenspel.methods.peers import Reason, mixed_weights, peers, reasons, standardised
from samenspel.outcomes.comparing.characteristics import POPULATION, Municipalities
from samenspel.outcomes.comparing.modelling import Fitted, prepare
from samenspel.outcomes.comparing.specs import specs
from samenspel.outcomes.comparing.types import SimilarArea

# Stability is how often a neighbour stays among this many.
MOST = 10


def similar_of_all(figures: Municipalities, fitted: Sequence[Fitted]) -> dict[str, list[SimilarArea]]:
    """The most similar municipalities of each municipality of today, nearest first.

    Characteristics of residents only, those of `specs.yaml` with words for being alike. A characteristic weighs half
    the same as every other and half by how much it matters for expected use, on average over the models `fitted`.
    Characteristics of one block (ages; income and wealth) are taken together, so that they do not count twice.
    """
    codes = [area.code for area in current_municipalities()]
    year = max(model.period for model in fitted)
    keys = [key for key, spec in specs().characteristics.items() if spec.alike is not None]
    rows = [prepare(key, figures.characteristic(specs().characteristics[key], codes, year).values) for key in keys]
    context = np.column_stack(rows)
    people, _ = figures.values(POPULATION, codes, year)
    weights = mixed_weights(np.array([_importance(key, fitted) for key in keys]))
    blocks = _blocks(keys)
    found = peers(context, people, weights, blocks, count=MOST)
    scaled = standardised(context)
    result: dict[str, list[SimilarArea]] = {}
    for row, code in enumerate(codes):
        result[code] = [
            SimilarArea(
                code=codes[other],
                distance=float(found.distance[row, place]),
                stability=float(found.stability[row, place]),
                mutual=bool(found.mutual[row, place]),
                reasons=_in_words(reasons(scaled, row, int(other), weights, blocks=blocks), keys),
            )
            for place, other in enumerate(found.neighbour[row])
            if other >= 0
        ]
    return result


def unplaced(figures: Municipalities, fitted: Sequence[Fitted]) -> dict[str, list[str]]:
    """Municipalities of today of which a characteristic is not known, and which: they are alike to none."""
    codes = [area.code for area in current_municipalities()]
    year = max(model.period for model in fitted)
    lacking: dict[str, list[str]] = {}
    for key, spec in specs().characteristics.items():
        if spec.alike is not None:
            values = figures.characteristic(spec, codes, year).values
            for code, value in zip(codes, values, strict=True):
                if not np.isfinite(value):
                    lacking.setdefault(code, []).append(key)
    return lacking


def _importance(key: str, fitted: Sequence[Fitted]) -> float:
    """The mean over models of the largest standardised coefficient in the group that this characteristic is in."""
    sizes = []
    for model in fitted:
        whole = model.model.whole
        groups = [group for group in model.spec.groups if key == group.shown or key in group.terms]
        sizes += [max(abs(float(whole.coefficients[whole.design.where(t)][0])) for t in g.terms) for g in groups]
    return float(np.mean(sizes)) if sizes else 0.0


def _blocks(keys: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    names = [specs().characteristics[key].block or key for key in keys]
    number: Mapping[str, int] = {name: at for at, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], dtype=np.intp)


def _in_words(found: Sequence[Reason], keys: Sequence[str]) -> tuple[str, ...]:
    sentences = []
    for reason in found:
        alike = specs().characteristics[keys[reason.variable]].alike
        if alike is not None:
            sentences.append(getattr(alike, reason.level.value))
    return tuple(sentences)
