# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The checks that `samenspel check` and /health/ready run. A part adds its own in `health.py`."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

import structlog

from samenspel.platform.failures import sentence_for
from samenspel.platform.logging import describe

log = structlog.get_logger(__name__)


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a sentence, and what to do about it (empty when all is well)."""

    level: Level
    sentence: str
    to_do: str = ""


Run = Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check."""

    name: str
    title: str
    run: Run
    ready: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check and what it found."""

    name: str
    title: str
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def level(self) -> Level:
        """The worst of the findings."""
        levels = [finding.level for finding in self.findings]
        return next((level for level in (Level.ERROR, Level.WARNING) if level in levels), Level.OK)


_checks: dict[str, Check] = {}


def register_check(name: str, title: str, *, ready: bool = False) -> Callable[[Run], Run]:
    """Decorate a function that yields Findings. `ready`: without an OK or WARNING here no requests should come in.

    The sentences are English, for whoever runs the installation, and hold no secrets and no personal data.
    Registering a name again replaces the check.
    """

    def decorate(run: Run) -> Run:
        _checks[name] = Check(name, title, run, ready)
        return run

    return decorate


def ok(sentence: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, sentence)


def warning(sentence: str, to_do: str) -> Finding:
    """It works, but somebody should look at it."""
    return Finding(Level.WARNING, sentence, to_do)


def error(sentence: str, to_do: str) -> Finding:
    """It does not work, or it is not safe."""
    return Finding(Level.ERROR, sentence, to_do)


def run_checks(*, ready_only: bool = False) -> list[Outcome]:
    """Run the checks in the order of registration. One that raises becomes an error that says so."""
    outcomes = []
    for check in _checks.values():
        if ready_only and not check.ready:
            continue
        begin = time.perf_counter()
        try:
            findings = tuple(check.run())
        except Exception as raised:
            known = sentence_for(raised)
            if known is None:
                log.error("check failed", check=check.name, exc_info=raised)
                findings = (error(f"The check itself failed: {describe(raised)['type']}.", "Look in the log."),)
            else:
                # What to do is not part of the probe's public answer, and may name the server.
                findings = (error("Not known: what it needs cannot be used.", known),)
        outcomes.append(Outcome(check.name, check.title, findings, time.perf_counter() - begin))
    return outcomes
