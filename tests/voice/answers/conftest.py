# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A kind of subject, people and a question for the tests of answers."""

from collections.abc import Callable, Collection, Iterator
from uuid import UUID

import pytest

from samenspel.platform.accounts.actors import NOBODY, Actor
from samenspel.platform.accounts.models import Organisation
from samenspel.voice import service as voice
from samenspel.voice.answers import registry
from tests.platform.accounts.conftest import (  # noqa: F401
    administrator,
    elsewhere,
    make,
    municipality,
    no_former_attempts,
    team,
)

KIND = "test_subject"
Ask = Callable[..., UUID]


def _resolve(ids: Collection[str]) -> dict[str, voice.Subject]:
    return {one: voice.Subject(f"Verhaal {one}", f"/verhaal/{one}/") for one in ids if one != "gone"}


@pytest.fixture(autouse=True)
def subject_kind() -> Iterator[None]:
    """The kind of subject that the tests ask about, with a term of six weeks."""
    registry.register_subject_kind(KIND, name="Verhaal", resolve=_resolve)
    yield
    registry._kinds.pop(KIND)


@pytest.fixture
def ask(municipality: Organisation) -> Ask:  # noqa: F811
    """ask("1") puts a question about subject 1 to the municipality; organisation=None to the administrators."""

    def put(
        subject: str = "1",
        *,
        by: Actor = NOBODY,
        organisation: Organisation | None = municipality,
        question: str = "Waarom is dit cijfer zo hoog?",
        code: str = "GM0193",
    ) -> UUID:
        return voice.owe_answer(
            subject_kind=KIND, subject_id=subject, owed_by=organisation, municipality=code, question=question, by=by
        )

    return put
