# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes all comparisons from the figures: models, comparisons, changes, similar municipalities, districts."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import structlog

from samenspel import methods
from samenspel.figures.service import one_version, store_version
from samenspel.methods.expected import NotConverged, calibration_slope, morans_i, share_explained
from samenspel.methods.threads import one_thread
from samenspel.outcomes.comparing import neighbours
from samenspel.outcomes.comparing.changes import changes_of
from samenspel.outcomes.comparing.characteristics import Municipalities, TooFewAreas
from samenspel.outcomes.comparing.districts import parts_of_all
from samenspel.outcomes.comparing.modelling import Fitted, fit_outcome
from samenspel.outcomes.comparing.plain import to_plain
from samenspel.outcomes.comparing.similar import similar_of_all, unplaced
from samenspel.outcomes.comparing.specs import specs
from samenspel.outcomes.comparing.types import Change, Coefficient, Comparison, ModelSummary, UsedCharacteristic
from samenspel.outcomes.comparing.weighing import FEWEST_EXPECTED, Weighed, areas_within, comparisons_of, weigh

log = structlog.get_logger(__name__)

# What people see as the version of the method; goes up when the numbers do.
METHOD_VERSION = "2026.1"

Progress = Callable[[str, int, int], None]


def no_progress(step: str, done: int, of: int) -> None:
    """Say nothing."""


class Made(NamedTuple):
    """One outcome in one year: the model and what came of it."""

    fitted: Fitted
    weighed: Weighed
    comparisons: Sequence[Comparison]
    summary: ModelSummary


def version_of_results() -> str:
    """A hash of all that decides the results: figures, specifications, method and program. Raises NoStore."""
    content = f"{store_version()} {METHOD_VERSION} {program_digest()}"
    return hashlib.sha256(content.encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def program_digest() -> str:
    """A hash of this folder and of the methods: results of another program are made anew, also while it is written."""
    digest = hashlib.sha256()
    for folder in (Path(__file__).parent, Path(methods.__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".yaml"):
                digest.update(f"{path.relative_to(folder).as_posix()} ".encode() + path.read_bytes())
    return digest.hexdigest()


def make_outcome(figures: Municipalities, indicator: str, period: str) -> Made:
    """Fit, weigh and summarise one outcome in one year."""
    fitted = fit_outcome(figures, indicator, period)
    weighed = weigh(fitted)
    comparisons = comparisons_of(fitted, weighed, METHOD_VERSION)
    return Made(fitted, weighed, comparisons, summary_of(fitted, weighed, figures))


def make_all(progress: Progress = no_progress) -> dict[str, Any]:
    """All results as plain JSON, of the current version of the figures. Raises NoStore without figures."""
    wanted = [(key, period) for key, outcome in specs().outcomes.items() for period in outcome.periods]
    steps = len(wanted) + 2
    made: list[Made] = []
    with one_version(), one_thread():
        figures = Municipalities()
        for number, (indicator, period) in enumerate(wanted):
            progress(f"{indicator} {period}", number, steps)
            try:
                made.append(make_outcome(figures, indicator, period))
            except (TooFewAreas, NotConverged) as problem:
                log.warning("outcome not compared", indicator=indicator, period=period, why=str(problem))
        progress("similar municipalities", steps - 2, steps)
        latest = _latest(made)
        similar = similar_of_all(figures, list(latest.values())) if latest else {}
        progress("districts", steps - 1, steps)
        parts = {indicator: parts_of_all(indicator) for indicator in latest}
        progress("", steps, steps)
        return {
            "version": version_of_results(),
            "comparisons": _by_area(made),
            "without": {f"{m.fitted.indicator} {m.fitted.period}": m.fitted.without for m in made},
            "small": {f"{m.fitted.indicator} {m.fitted.period}": _small(m) for m in made},
            "summaries": {m.summary.indicator + " " + m.summary.period: to_plain(m.summary) for m in made},
            "similar": to_plain(similar),
            "unplaced": unplaced(figures, list(latest.values())) if latest else {},
            "parts": to_plain(parts),
            "changes": to_plain(_changes(made)),
        }


def _latest(made: Sequence[Made]) -> Mapping[str, Fitted]:
    """The model of the last year of each outcome."""
    return {m.fitted.indicator: m.fitted for m in sorted(made, key=lambda m: m.fitted.period)}


def _changes(made: Sequence[Made]) -> Mapping[str, Mapping[str, Change]]:
    """Indicator -> area -> the change between the first and the last year of that outcome."""
    found = {}
    for indicator, outcome in specs().outcomes.items():
        models = {m.fitted.period: m.fitted for m in made if m.fitted.indicator == indicator}
        first, last = models.get(outcome.periods[0]), models.get(outcome.periods[-1])
        if first is not None and last is not None and first is not last:
            found[indicator] = changes_of(first, last)
    return found


def _small(made: Made) -> list[str]:
    small = made.fitted.model.expected < FEWEST_EXPECTED
    return [code for code, is_small in zip(made.fitted.codes, small, strict=True) if is_small]


def _by_area(made: Sequence[Made]) -> dict[str, dict[str, dict[str, Any]]]:
    """Area -> indicator -> period -> comparison."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for one in made:
        for comparison in one.comparisons:
            of_area = found.setdefault(comparison.area, {}).setdefault(comparison.indicator, {})
            of_area[comparison.period] = to_plain(comparison)
    return found


def summary_of(fitted: Fitted, weighed: Weighed, figures: Municipalities) -> ModelSummary:
    """How far the model of an outcome reaches."""
    model, whole = fitted.model, fitted.model.whole
    enough = model.expected >= FEWEST_EXPECTED
    observed, base = fitted.observed[enough], fitted.base[enough]
    lower, upper = whole.intervals()
    moran = morans_i(np.where(enough, weighed.log_ratio, np.nan), neighbours.pairs(fitted.codes, figures.borders))
    characteristics = specs().characteristics
    coefficients = []
    for term in fitted.spec.terms:
        at = whole.design.where(term).start
        values = (float(numbers[at]) for numbers in (whole.coefficients, lower, upper))
        coefficients.append(Coefficient(term, characteristics[term].label, *values))
    return ModelSummary(
        indicator=fitted.indicator,
        period=fitted.period,
        family=fitted.spec.family,
        areas=len(fitted.codes),
        explained=share_explained(observed, model.expected[enough], base),
        calibration_slope=calibration_slope(observed, model.expected[enough], base).slope,
        between_areas_sd=weighed.tau,
        residual_moran=moran.statistic,
        coefficients=tuple(coefficients),
        method_version=METHOD_VERSION,
        explained_in_sample=share_explained(observed, whole.expected[enough], base),
        base_label=specs().bases[fitted.spec.base].label,
        flagged=int(weighed.flagged.sum()),
        chance_flags=weighed.chance_flags,
        characteristics=tuple(
            UsedCharacteristic(term, characteristics[term].label, characteristics[term].of, fitted.columns[term].period)
            for term in fitted.spec.terms
        ),
        residual_moran_p=moran.p_value,
        without=len(fitted.without),
        within=areas_within(fitted, weighed),
        compared=int(enough.sum()),
    )
