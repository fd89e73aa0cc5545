# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The job that does what time does to contributions."""

from django.utils.translation import gettext_lazy as _

from samenspel.outcomes.contributions.actions import move_on
from samenspel.platform.service import jobs, public


@jobs.job(
    "contributions.move_on",
    title=_("Bedenktijd en termijnen van verhalen bijhouden"),
    policy=public("Takes only steps whose date has come; whoever asks learns nothing and changes nothing else."),
    retry=jobs.Retry(times=3, wait=300),
    every="7 * * * *",
    once_waiting=True,
    one_at_a_time=True,
)
def contributions_move_on() -> None:
    """End waits, close terms of objection, erase old refused texts."""
    move_on()
