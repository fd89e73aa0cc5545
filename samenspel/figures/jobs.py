# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The nightly refresh of the figures, for installations that chose it."""

from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenspel.platform.service import jobs, public

if TYPE_CHECKING:
    from samenspel.figures.cbs.transport import Asker

log = structlog.get_logger(__name__)


def refresh(asker: "Asker") -> None:
    """Refresh all tables. Raises JobProblem, with the tables that could not be refreshed; the others are."""
    from samenspel.figures.cbs.errors import AlreadyRunning
    from samenspel.figures.cbs.installation import at, surroundings
    from samenspel.figures.cbs.mapping import mapping
    from samenspel.figures.cbs.reporting import Silent
    from samenspel.figures.cbs.update import update

    catalogues, tables = mapping()
    if settings.CBS_URL:
        catalogues = at(settings.CBS_URL, catalogues)
    watcher = Silent()
    try:
        outcomes = update(tables.values(), catalogues, asker, surroundings(), watcher)
    except AlreadyRunning:
        log.info("figures update skipped", reason="another update is at work")
        return
    for note in watcher.notes:
        log.info("figures update note", note=note)
    for outcome in outcomes:
        log.info(
            "figures update",
            table=outcome.table,
            state=outcome.state,
            cells=outcome.cells,
            problem=outcome.problem.what if outcome.problem else "",
        )
    failed = [outcome.table for outcome in outcomes if outcome.problem is not None]
    if failed:
        raise jobs.JobProblem(
            gettext(
                "De cijfers van deze tabellen zijn niet ververst: %(tables)s. De cijfers die er waren, staan er nog. "
                "De reden staat in het logboek."
            )
            % {"tables": ", ".join(failed)}
        )


@jobs.job(
    "figures.update",
    title=_("Cijfers verversen bij het CBS"),
    policy=public("Fetches published statistics; whoever asks learns nothing that is not on the pages already."),
    retry=jobs.Retry(times=3, wait=1800),
    every="23 4 * * *",
    once_waiting=True,
    one_at_a_time=True,
)
def update_figures() -> None:
    """Refresh the figures when this installation chose to (SAMENSPEL_FIGURES_UPDATE)."""
    if not settings.FIGURES_UPDATE:
        return
    from samenspel.figures.cbs.transport import Asker

    with Asker() as asker:
        refresh(asker)
