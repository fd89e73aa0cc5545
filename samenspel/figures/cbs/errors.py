# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why an update stopped. Every message says what happened, that nothing was lost, and what to do."""


class UpdateProblem(Exception):
    """The update of a table stopped; the figures in the store are as they were.

    `what` happened, in one English sentence without its full stop; `advice`: what the operator can do.
    """

    advice = "Try again later."
    resumable = True

    def __init__(self, what: str, advice: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        if advice is not None:
            self.advice = advice

    def __str__(self) -> str:
        kept = " What was downloaded is kept, so the next run goes on from there." if self.resumable else ""
        return f"{self.what}. The figures you had are unchanged.{kept} {self.advice}"


class Unreachable(UpdateProblem):
    """No answer could be had: no network, a timeout, or an error that stays after every attempt."""

    advice = (
        "Check this machine's connection and proxy (HTTPS_PROXY), or whether the source has a fault, "
        "and run the command again. Without a connection the figures that came with Samenspel stay in use."
    )


class Refused(UpdateProblem):
    """The source answered that it will not serve this request (4xx other than "later")."""

    advice = "Check the address (--base-url) and the table's id; CBS writes ids with exact capitals."

    def __init__(self, what: str, status: int, advice: str | None = None) -> None:
        super().__init__(what, advice)
        self.status = status


class Garbled(UpdateProblem):
    """An answer stayed unreadable after every attempt: cut off, no JSON, or pages that make no sense."""


class Incomplete(UpdateProblem):
    """What arrived is not the whole table, or not once."""

    resumable = False
    advice = "The downloaded part is thrown away. Run the command again; tell CBS (infoservice@cbs.nl) if it stays so."


class TableChanging(UpdateProblem):
    """CBS published a new version of the table while it was being downloaded, again and again."""

    resumable = False
    advice = "CBS is publishing this table right now; try again in an hour."


class SchemaChanged(UpdateProblem):
    """The table no longer means what our mapping says: a measure, unit or dimension changed."""

    resumable = False
    advice = (
        "Compare the table with samenspel/figures/cbs/tables.yaml (docs/how-to/refresh-figures.md) before importing."
    )


class AlreadyRunning(UpdateProblem):
    """Another update of this installation is at work."""

    resumable = False
    advice = "Wait until it is ready."
