# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ledger of releases: what is stored, what is secret, what cannot be changed, and the command that lists it."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from samenspel.methods.disclosure import Family, Memory, Method, Release, Why, weak_cells
from samenspel.outcomes.disclosure import actions, models, queries, storing
from samenspel.outcomes.disclosure.actions import Answer, DisclosureFault
from samenspel.outcomes.disclosure.cli import releases as command
from samenspel.platform.service import Refusal, accounts, audit, keys

pytestmark = pytest.mark.django_db

CALENDAR = audit.system_actor("test calendar")
LONELY = Family("lonely", ("yes", "no"), question="lonely")
ADULTS = {"BU1": 400, "BU2": 500}


def answers(
    count: int = 90, first: int = 0, submission: str = "1", choices: tuple[str, ...] = ("yes", "no")
) -> list[Answer]:
    numbers = np.random.default_rng(5)
    given = [str(numbers.choice(choices)) for _ in range(first + count)]
    return [
        Answer(f"person-{i}", ("GM1", "WK1", f"BU{1 + i % 2}"), given[i], submission)
        for i in range(first, first + count)
    ]


def opened(family: Family = LONELY) -> models.Family:
    return actions.open_family(family=family, by=CALENDAR)


def released(table: list[Answer], period: str, family: str = "lonely") -> Release:
    return actions.release(family=family, table=table, period=period, by=CALENDAR, adults=ADULTS)


def test_new_figures_after_ten_people_and_the_same_ones_before() -> None:
    opened()
    first = released(answers(), "2026-Q1")
    second = released(answers(81, 9), "2026-Q2")
    third = released([*answers(81, 9), *answers(1, 90)], "2026-Q3")
    assert (first.why, second.why, third.why) == (Why.BATCH, Why.WAITING, Why.BATCH)
    assert second.cells == first.cells and third.cells != first.cells
    assert [queries.published("lonely", number) for number in (1, 2, 3)] == [first, second, third]
    assert queries.published("lonely") == third
    assert models.Release.objects.get(number=2).cells == ""
    uses = queries.key_uses("lonely")
    assert [(use.key_id, use.releases, use.intact) for use in uses] == [
        (first.key_id, (1, 2), True),
        (third.key_id, (3,), True),
    ]


def test_who_answers_again_counts_also_with_the_same_answer() -> None:
    opened()
    released(answers(), "2026-Q1")
    again = [replace(one, submission="2") for one in answers(10)]
    assert released([*again[:9], *answers(81, 9)], "2026-Q2").repeats
    assert not released([*again, *answers(80, 10)], "2026-Q3").repeats


def test_a_period_comes_once_and_in_order() -> None:
    opened()
    released(answers(), "2026-Q2")
    for period in ("2026-Q2", "2026-Q1"):
        with pytest.raises(DisclosureFault, match="released for 2026-Q2 already"):
            released(answers(), period)
    with pytest.raises(DisclosureFault, match="no family"):
        released(answers(), "2026-Q3", "unknown")
    with pytest.raises(DisclosureFault, match="exists already"):
        opened(replace(LONELY, odds=5.0))


def test_a_table_that_adds_up_is_safe_over_its_stored_releases() -> None:
    family = Family("good", ("good", "fair", "bad"), Method.SUPPRESSION, question="good")
    opened(family)
    for number in range(2):
        released(answers(90, 8 * number, choices=family.answers), f"2026-Q{number + 1}", "good")
    released(answers(90, 30, choices=family.answers), "2026-Q3", "good")
    memory = storing.opened_memory(bytes(models.Family.objects.get(key="good").memory or b""))
    # A release that is not safe in time repeats the one before, and leaves no table of its own.
    computed = [one for one in queries.releases("good") if one.computed == one.number]
    assert len(memory.tables) == len(computed) >= 1
    assert weak_cells(memory.tables) == ()


def test_families_share_the_budget_of_their_population() -> None:
    sensitive = Family(
        "debt", ("yes", "no"), Method.LAPLACE, epsilon=Fraction(3, 4), population="panel", question="debt"
    )
    opened(sensitive)
    opened(replace(sensitive, key="violence", question="violence"))
    assert released(answers(), "2026-Q1", "debt").why is Why.BATCH
    assert queries.budget_left("panel", 2026) == Fraction(1, 4)
    refused = released(answers(), "2026-Q1", "violence")
    assert (refused.why, refused.cells, refused.key_id) == (Why.BUDGET, (), "")
    assert released(answers(), "2027-Q1", "violence").why is Why.BATCH


def test_families_of_one_question_share_its_coin() -> None:
    opened(replace(LONELY, method=Method.SUPPRESSION))
    opened(replace(LONELY, key="lonely again", method=Method.SUPPRESSION))
    one, two = (released(answers(), "2026-Q1", key) for key in ("lonely", "lonely again"))
    assert one.cell("GM1", "yes").count == two.cell("GM1", "yes").count is not None
    opened(replace(LONELY, key="elsewhere", question="another", method=Method.SUPPRESSION))
    coins = [storing.opened_secret(storing.COIN, bytes(row.coin)) for row in models.Family.objects.order_by("pk")]
    assert coins[0] == coins[1] != coins[2]
    for other in (replace(LONELY, odds=5.0), replace(LONELY, answers=("no", "yes"))):
        with pytest.raises(DisclosureFault, match="other answers or odds"):
            opened(replace(other, key="a second look"))
    sensitive = replace(LONELY, key="a", method=Method.LAPLACE, population="panel")
    opened(sensitive)
    with pytest.raises(DisclosureFault, match="another population"):
        opened(replace(sensitive, key="b", population="the same panel"))


def test_neither_people_nor_keys_are_in_the_database() -> None:
    row = opened()
    released(answers(), "2026-Q1")
    row.refresh_from_db()
    stored = b" ".join(
        bytes(part)
        for part in (row.memory or b"", row.coin, row.definition.encode(), models.NoiseKey.objects.get().sealed)
    )
    hashed = keys.keyed_hash("disclosure.person.lonely", "person-1").encode()
    assert b"person-1" not in stored and hashed not in stored
    memory = storing.opened_memory(bytes(row.memory or b""))
    assert keys.keyed_hash("disclosure.person.lonely", "person-1") in memory.prints
    secret = storing.opened_secret(storing.COIN, bytes(row.coin))
    assert secret not in stored and secret.hex().encode() not in stored


def test_without_the_keys_of_the_platform_there_is_no_release(settings: object, tmp_path: Path) -> None:
    opened()
    released(answers(), "2026-Q1")
    before = models.Release.objects.count()
    settings.DATA_FOLDER = tmp_path  # type: ignore[attr-defined]
    with pytest.raises(keys.KeyFault), transaction.atomic():
        released(answers(60), "2026-Q2")
    assert models.Release.objects.count() == before
    assert [use.intact for use in queries.key_uses()] == [False]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disclosure_release SET cells = ''",
        "DELETE FROM disclosure_noise_key",
        "UPDATE disclosure_family SET definition = '{}'",
        "DELETE FROM disclosure_family",
    ],
)
def test_what_was_released_stays(statement: str) -> None:
    opened()
    released(answers(), "2026-Q1")
    with pytest.raises(DatabaseError, match="only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_release_is_in_the_audit_trail() -> None:
    opened()
    first = released(answers(), "2026-Q1")
    event = audit.AuditEvent.objects.get(action="disclosure.released")
    assert (event.object_kind, event.object_id) == ("disclosure.release", "lonely/1")
    assert json.loads(event.detail)["key"] == first.key_id
    assert "person" not in event.detail


def test_who_may_release() -> None:
    opened()
    for nobody in (None, accounts.NOBODY):
        with pytest.raises(Refusal):
            actions.release(family="lonely", table=answers(), period="2026", by=nobody)


def test_what_is_stored_comes_back_as_it_was() -> None:
    family = Family("score", ("0", "1"), values=(0.0, 1.0), epsilon=Fraction(1, 3), odds=9.0, question="score")
    assert storing.family_from(storing.family_text(family)) == family
    assert storing.opened_memory(storing.sealed_memory(Memory({"a": "b"}))) == Memory({"a": "b"})
    assert storing.opened_memory(None) == Memory()


def test_the_command_lists_the_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samenspel.platform.service.start_django", lambda: None)
    opened()
    first = released(answers(), "2026-Q1")
    released(answers(), "2026-Q2")
    told = CliRunner().invoke(command, ["--family", "lonely"])
    assert told.output.splitlines() == [
        f"lonely  1  2026-Q1  key {first.key_id}  new: ten or more respondents",
        f"lonely  2  2026-Q2  key {first.key_id}  repeated: fewer than ten respondents since (as release 1)",
    ]
    listed = json.loads(CliRunner().invoke(command, ["--format", "json"]).output)
    assert [row["computed"] for row in listed] == [1, 1]
    assert CliRunner().invoke(command, ["--family", "other"]).exit_code == 2
