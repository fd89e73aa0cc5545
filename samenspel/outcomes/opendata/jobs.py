# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The job that makes a release when figures or comparisons changed, so that nobody needs to think of it."""

from datetime import timedelta

import structlog
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenspel.figures.service import NoStore
from samenspel.outcomes.opendata.releases import is_released, make_release
from samenspel.platform.service import jobs, public

log = structlog.get_logger(__name__)

# After a start: the first visitors go before a release.
PAUSE = timedelta(seconds=20)


@jobs.job(
    "opendata.release",
    title=_("Een uitgave van de cijfers maken als er iets veranderd is"),
    policy=public("Copies what is public already, and only when it changed; whoever asks learns nothing."),
    retry=jobs.Retry(times=3, wait=1800),
    # After the nightly refresh of the figures, which may take an hour.
    every="53 5 * * *",
    once_waiting=True,
    one_at_a_time=True,
)
def release_changes() -> None:
    """Make a release when the newest one is not of the figures and comparisons of now."""
    try:
        made = make_release(timezone.localdate())
    except NoStore:
        log.info("no release made", reason="there are no figures")
        return
    if made is None:
        log.info("no release made", reason="nothing changed")
    else:
        log.info("release made", files=len(made.files))


def ask_for_release() -> None:
    """Put the job in the queue when there is something to release; each web process does when it starts."""
    try:
        if is_released():
            return
    except NoStore:
        return  # `samenspel check` says so
    jobs.enqueue(release_changes, by=None, at=timezone.now() + PAUSE)
