# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of a contribution: every step, who may take it, and that words are where they belong and nowhere else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.outcomes.contributions import actions, queries, subjects
from samenspel.outcomes.contributions.codes import code_from
from samenspel.outcomes.contributions.kinds import KINDS, Kind
from samenspel.outcomes.contributions.models import Consent, Contribution, Decision, Report
from samenspel.outcomes.contributions.policies import Holder
from samenspel.outcomes.contributions.states import (
    APPEAL_TERM,
    KEEP_REFUSED,
    SHOWN,
    STEPS,
    UNDO_TERM,
    Reason,
    ReportReason,
    State,
    Use,
)
from samenspel.platform.service import Refusal, accounts, audit
from samenspel.voice import service as voice
from tests.outcomes.contributions.conftest import SECRET, Role, draft, holder

Story = Callable[..., Contribution]
TABLES = (
    "contributions_contribution",
    "contributions_decision",
    "contributions_report",
    "audit_event",
    "access_log",
    "answers_question",
)


def everything_stored() -> str:
    """All that the database holds about contributions, as text."""
    parts = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            parts += [row[0] for row in cursor.fetchall()]
    return "\n".join(parts)


def age(contribution: Contribution, by: timedelta) -> Contribution:
    Contribution.objects.filter(pk=contribution.pk).update(
        state_since=contribution.state_since - by, wait_until=contribution.wait_until - by
    )
    return Contribution.objects.get(pk=contribution.pk)


def test_a_text_waits_encrypted_and_its_code_finds_it(clerk: accounts.Actor) -> None:
    sent = actions.send(by=accounts.NOBODY, draft=draft(), token="one form")
    found = sent.contribution
    assert found.state == State.WAITING
    assert timedelta(days=6, hours=23) < found.wait_until - timezone.now() <= timedelta(days=7)
    stored = everything_stored()
    assert SECRET not in stored and "halfjaar" not in stored
    assert sent.code not in stored and sent.code.replace("-", "") not in stored
    assert queries.by_code(sent.code) == found
    assert queries.by_code(sent.code.lower().replace("-", " ")) == found
    assert queries.by_code("0000-0000-0000-0000") is None
    assert actions.words_of(found).text == SECRET


def test_the_same_form_sent_twice_is_one_text_with_one_code(clerk: accounts.Actor) -> None:
    first = actions.send(by=accounts.NOBODY, draft=draft(), token="one form")
    again = actions.send(by=accounts.NOBODY, draft=draft(), token="one form")
    assert again == first
    assert Contribution.objects.count() == 1
    assert actions.send(by=accounts.NOBODY, draft=draft(), token="another form").code != first.code


def test_codes_are_80_bits_that_nobody_misreads() -> None:
    codes = {code_from(str(number)) for number in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 19 and not set(code) & set("OILU") for code in codes)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_sent_and_published(story: Story, kind: Kind) -> None:
    parts = {part.slug: "Een zin over wat ik zie." for part in KINDS[kind].parts}
    found = story(published=True, kind=kind, parts=parts)
    assert found.published is not None
    assert found.published["parts"] == parts


def test_what_the_database_cannot_hold_is_left_out_before_it_is_published(story: Story) -> None:
    found = story(published=True, parts={"text": " Een\x00 zin.\r\n\r\nNog een. "})
    assert actions.words_of(found).text == "Een zin.\n\nNog een."


def test_nothing_can_be_sent_where_nobody_would_read_it(municipality: accounts.Organisation) -> None:
    with pytest.raises(Refusal, match="griffie van deze gemeente is hier nog niet"):
        actions.send(by=accounts.NOBODY, draft=draft(), token="a")
    with pytest.raises(Refusal, match="doet hier nog niet mee"):
        actions.send(by=accounts.NOBODY, draft=draft(subject_id="GM0363:lonely"), token="b")
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"consents": frozenset()}, "toestemming"),
        ({"consents": frozenset({Use.PAPERS})}, "toestemming"),
        ({"parts": {"text": "  "}}, "Vul nog in"),
        ({"parts": {"text": "a" * 4001}}, "te lang"),
        ({"signed": " "}, "genoemd wilt worden"),
        ({"signed": "a" * 81}, "genoemd wilt worden"),
        ({"parts": {"text": "Bel mij op 06-12345678"}}, "een telefoonnummer"),
        ({"parts": {"text": "Bel 06-12345678"}, "confirmed": {"phone": "mag wel"}}, "een telefoonnummer"),
        ({"parts": {"text": "Mevrouw Voorbeeld kwam langs"}}, "een naam"),
        ({"parts": {"text": "Mevrouw Voorbeeld kwam langs"}, "confirmed": {"name": " "}}, "een naam"),
        ({"signed": "Jan Voorbeeld"}, "een naam"),
        ({"as_role": "professional"}, "Deze rol heeft u nu niet"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_words(clerk: accounts.Actor, changes: dict[str, object], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        actions.send(by=accounts.NOBODY, draft=draft(**changes), token="a")
    assert not Contribution.objects.exists() and not Consent.objects.exists()


def test_a_name_may_stand_with_a_reason_that_the_moderator_reads(story: Story, clerk: accounts.Actor) -> None:
    found = story(parts={"text": "Wethouder Voorbeeld zei het in de raad."}, confirmed={"name": "Zij is wethouder."})
    assert actions.look(by=clerk, contribution=found).words.confirmed == {"name": "Zij is wethouder."}


@pytest.mark.parametrize("subject", ["BU01930110:lonely", "NL00:lonely", "GM0193:nothing", "GM9999:lonely", "", "x"])
def test_there_is_no_story_about_a_neighbourhood_or_nothing(clerk: accounts.Actor, subject: str) -> None:
    with pytest.raises(subjects.UnknownSubject):
        actions.send(by=accounts.NOBODY, draft=draft(subject_id=subject), token="a")


def test_a_district_must_have_a_thousand_inhabitants() -> None:
    from samenspel.figures.service import AreaLevel, children, latest

    seen = set()
    for district in children("GM0193", AreaLevel.DISTRICT):
        people = latest(district, "population")
        large = people is not None and people.value is not None and people.value >= 1000
        seen.add(large)
        if large:
            assert subjects.find_subject("figure", f"{district.code}:population").municipality == "GM0193"
        else:
            with pytest.raises(subjects.UnknownSubject):
                subjects.find_subject("figure", f"{district.code}:population")
    assert seen == {True, False} or seen == {True}


def test_other_storeys_register_what_can_be_spoken_about(clerk: accounts.Actor) -> None:
    def resolve(id: str) -> subjects.Subject:
        return subjects.Subject("test_claim", id, "Wij doen wat wij beloven", "Zwolle", "GM0193", "/")

    subjects.register_subject_kind("test_claim", resolve)
    subjects.register_subject_kind("test_claim", resolve)
    with pytest.raises(ValueError, match="registered twice"):
        subjects.register_subject_kind("test_claim", lambda id: resolve(id))
    sent = actions.send(by=accounts.NOBODY, draft=draft(subject_kind="test_claim", subject_id="7"), token="a")
    assert (sent.contribution.municipality, sent.contribution.subject_id) == ("GM0193", "7")
    del subjects._kinds["test_claim"]


def test_about_an_indicator_the_teller_says_for_which_municipality(clerk: accounts.Actor) -> None:
    about = {"kind": Kind.DOUBT, "subject_kind": "indicator", "subject_id": "lonely"}
    sent = actions.send(by=accounts.NOBODY, draft=draft(**about, municipality="GM0193"), token="a")
    assert sent.contribution.municipality == "GM0193"
    with pytest.raises(Refusal):
        actions.send(by=accounts.NOBODY, draft=draft(**about), token="b")


def test_the_teller_changes_the_text_as_long_as_it_waits(story: Story) -> None:
    found = story(waiting=True)
    changed = actions.change(by=holder(found), contribution=found, draft=draft(parts={"text": "Toch anders."}))
    assert actions.words_of(changed).text == "Toch anders."
    with pytest.raises(Refusal, match="niet van u"):
        actions.change(by=Holder(), contribution=found, draft=draft())
    with pytest.raises(Refusal, match="niet van u"):
        actions.change(by=Holder(opened=uuid4()), contribution=found, draft=draft())
    with pytest.raises(Refusal, match="telefoonnummer"):
        actions.change(by=holder(found), contribution=found, draft=draft(parts={"text": "Bel 06 12345678"}))
    late = age(changed, timedelta(days=8))
    with pytest.raises(Refusal, match="bedenktijd is voorbij"):
        actions.change(by=holder(late), contribution=late, draft=draft())


def test_nobody_reads_it_before_the_wait_is_over_and_then_without_a_worker(story: Story, clerk: accounts.Actor) -> None:
    found = story(waiting=True)
    with pytest.raises(Refusal, match="bedenktijd"):
        actions.look(by=clerk, contribution=found)
    assert not queries.to_review(clerk).exists()
    due = age(found, timedelta(days=7, seconds=1))
    assert queries.state_of(due) is State.TO_REVIEW
    assert list(queries.to_review(clerk)) == [due]
    looked = actions.look(by=clerk, contribution=due)
    assert looked.words.text == SECRET
    done = actions.publish(by=clerk, contribution=looked.contribution, version=looked.contribution.version)
    assert done.state == State.PUBLISHED


def test_every_look_is_logged_and_who_may_not_look_sees_nothing(
    story: Story, clerk: accounts.Actor, auditor: accounts.Actor, make_actor: Callable[..., accounts.Actor]
) -> None:
    found = story()
    actions.look(by=clerk, contribution=found)
    actions.look(by=clerk, contribution=found)
    assert [one.actor_id for one in audit.looks_at(found)] == [str(clerk.public_id)] * 2
    elsewhere = accounts.add_organisation(
        by=None, name="Gemeente Kampen", kind=accounts.OrganisationKind.MUNICIPALITY, area_code="GM0166"
    )
    others = [
        accounts.NOBODY,
        auditor,
        make_actor("admin", Role.ADMINISTRATOR),
        make_actor("raad", Role.COUNCILLOR),
        make_actor("kampen", Role.CLERK, organisation=elsewhere),
    ]
    for other in others:
        with pytest.raises(Refusal):
            actions.look(by=other, contribution=found)
        with pytest.raises(Refusal):
            actions.publish(by=other, contribution=found, version=found.version)
        assert not queries.to_review(other).exists()
    assert audit.looks_at(found).count() == 2


def test_nobody_judges_their_own_text(story: Story, clerk: accounts.Actor, second: accounts.Actor) -> None:
    found = story(by=clerk)
    assert not queries.to_review(clerk).exists()
    assert list(queries.to_review(second)) == [found]
    with pytest.raises(Refusal, match="eigen tekst"):
        actions.publish(by=clerk, contribution=found, version=found.version)


def test_refusal_appeal_and_a_second_pair_of_eyes(
    story: Story, clerk: accounts.Actor, second: accounts.Actor, auditor: accounts.Actor
) -> None:
    found = story()
    with pytest.raises(Refusal, match="eigen woorden"):
        actions.refuse(by=clerk, contribution=found, version=found.version, reason=Reason.INSULTS, words=" ")
    refused = actions.refuse(
        by=clerk, contribution=found, version=found.version, reason=Reason.INSULTS, words="U scheldt hier."
    )
    assert "U scheldt hier" not in everything_stored()
    with pytest.raises(Refusal, match="niet van u"):
        actions.appeal(by=Holder(), contribution=refused, words="Nee hoor.")
    actions.appeal(by=holder(refused), contribution=refused, words="Nee hoor.")
    waits = Contribution.objects.get(pk=found.pk)
    assert actions.words_of(waits).appeal == "Nee hoor."
    assert not queries.to_review(clerk).exists()
    assert list(queries.to_review(second)) == list(queries.to_review(auditor)) == [waits]
    with pytest.raises(Refusal, match="zelf geweigerd"):
        actions.uphold_appeal(by=clerk, contribution=waits, version=waits.version)
    assert actions.look(by=auditor, contribution=waits).words.text == SECRET
    done = actions.uphold_appeal(by=auditor, contribution=waits, version=waits.version)
    assert done.state == State.PUBLISHED
    with pytest.raises(Refusal, match="na een bezwaar"):
        actions.reopen(by=clerk, contribution=done, version=done.version)


def test_refused_for_good_and_erased_after_a_while(story: Story, clerk: accounts.Actor, second: accounts.Actor) -> None:
    found = story()
    found = actions.refuse(by=clerk, contribution=found, version=found.version, reason=Reason.TWICE, words="Dubbel.")
    actions.appeal(by=holder(found), contribution=found, words="")
    waits = Contribution.objects.get(pk=found.pk)
    done = actions.reject_appeal(
        by=second, contribution=waits, version=waits.version, reason=Reason.TWICE, words="Echt dubbel."
    )
    assert done.state == State.REFUSED_FOR_GOOD
    assert actions.move_on() == 0
    assert actions.move_on(now=timezone.now() + KEEP_REFUSED) == 1
    assert actions.move_on(now=timezone.now() + KEEP_REFUSED) == 0
    gone = Contribution.objects.get(pk=found.pk)
    assert gone.sealed is None and not Decision.objects.filter(sealed_words__isnull=False).exists()


def test_the_term_of_an_appeal_ends(story: Story, clerk: accounts.Actor) -> None:
    found = story()
    found = actions.refuse(by=clerk, contribution=found, version=found.version, reason=Reason.TWICE, words="Dubbel.")
    late = age(found, APPEAL_TERM)
    with pytest.raises(Refusal, match="zes weken"):
        actions.appeal(by=holder(late), contribution=late, words="")
    assert actions.move_on() == 1
    assert Contribution.objects.get(pk=found.pk).state == State.REFUSED_FOR_GOOD


def test_a_decision_can_be_undone_for_a_short_time(story: Story, clerk: accounts.Actor) -> None:
    found = story(published=True)
    again = actions.reopen(by=clerk, contribution=found, version=found.version)
    assert again.state == State.TO_REVIEW and again.published is None
    assert SECRET not in everything_stored()
    found = actions.publish(by=clerk, contribution=again, version=again.version)
    late = age(found, UNDO_TERM)
    with pytest.raises(Refusal, match="een uur lang"):
        actions.reopen(by=clerk, contribution=late, version=late.version)
    refused = actions.refuse(by=clerk, contribution=story(), version=2, reason=Reason.TWICE, words="Dubbel.")
    assert actions.reopen(by=clerk, contribution=refused, version=refused.version).state == State.TO_REVIEW


def test_a_report_does_not_silence_a_text(story: Story, clerk: accounts.Actor) -> None:
    found = story(published=True)
    shown = actions.report(contribution=found, reason=ReportReason.UNTRUE, words="Dat was anders.")
    assert shown.state == State.UNDER_REVIEW and shown.state in SHOWN and shown.published is not None
    kept = actions.keep(by=clerk, contribution=shown, version=shown.version)
    assert kept.state == State.PUBLISHED
    hidden = actions.report(contribution=kept, reason=ReportReason.IDENTIFIES)
    assert hidden.state == State.HIDDEN and hidden.published is None and queries.published(found.public_id) is None
    kept = actions.keep(by=clerk, contribution=hidden, version=hidden.version)
    assert kept.published is not None
    again = actions.report(contribution=kept, reason=ReportReason.IDENTIFIES)
    assert again.state == State.UNDER_REVIEW, "a moderator looked already: it stays to be seen"
    gone = actions.remove(
        by=clerk, contribution=again, version=again.version, reason=Reason.IDENTIFIES, words="Nu zie ik het."
    )
    assert gone.state == State.REFUSED and gone.published is None
    assert Report.objects.filter(handled_at__isnull=True).count() == 0
    actions.appeal(by=holder(gone), contribution=gone, words="")


def test_what_is_not_published_cannot_be_reported(story: Story) -> None:
    with pytest.raises(Refusal):
        actions.report(contribution=story(), reason=ReportReason.OTHER)


STATES_TO_WITHDRAW_FROM = [state for state in State if state in STEPS["withdrawn"].sources]


@pytest.mark.parametrize("state", STATES_TO_WITHDRAW_FROM)
def test_withdrawing_erases_the_text_from_every_state(
    story: Story, clerk: accounts.Actor, second: accounts.Actor, state: State
) -> None:
    found = in_state(state, story, clerk, second)
    assert found.state == state
    actions.withdraw(by=holder(found), contribution=found)
    gone = Contribution.objects.get(pk=found.pk)
    assert gone.state == State.WITHDRAWN
    assert gone.sealed is None and gone.published is None and gone.teller_id is None
    assert SECRET not in everything_stored()
    assert not Decision.objects.filter(sealed_words__isnull=False).exists()
    assert not Report.objects.filter(sealed_words__isnull=False).exists()
    assert queries.published(found.public_id) is None and queries.own(found.public_id) is None
    with pytest.raises(Refusal):
        actions.withdraw(by=holder(found), contribution=found)
    for look in (clerk, second):
        with pytest.raises(Refusal):
            actions.look(by=look, contribution=gone)


def in_state(state: State, story: Story, clerk: accounts.Actor, second: accounts.Actor) -> Contribution:
    if state is State.WAITING:
        return story(waiting=True)
    if state in (State.PUBLISHED, State.UNDER_REVIEW, State.HIDDEN):
        found = story(published=True)
        if state is State.PUBLISHED:
            return found
        reason = ReportReason.OTHER if state is State.UNDER_REVIEW else ReportReason.IDENTIFIES
        return actions.report(contribution=found, reason=reason, words=SECRET)
    found = story()
    if state is State.TO_REVIEW:
        return found
    found = actions.refuse(by=clerk, contribution=found, version=found.version, reason=Reason.TWICE, words=SECRET)
    if state is State.REFUSED:
        return found
    actions.appeal(by=holder(found), contribution=found, words=SECRET)
    found = Contribution.objects.get(pk=found.pk)
    if state is State.APPEALED:
        return found
    return actions.reject_appeal(
        by=second, contribution=found, version=found.version, reason=Reason.TWICE, words=SECRET
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["publish", "refuse", "appeal", "uphold", "report", "hide", "keep", "remove",
                                       "reopen", "withdraw"]), max_size=8))  # fmt: skip
def test_words_are_open_exactly_while_shown_whatever_happens(
    steps: list[str], story: Story, clerk: accounts.Actor, second: accounts.Actor
) -> None:
    with transaction.atomic():
        found = story()
        for step in steps:
            try:
                with transaction.atomic():
                    take(step, found, clerk, second)
            except Refusal:
                pass
            found = Contribution.objects.get(pk=found.pk)
            assert (found.published is not None) == (found.state in SHOWN)
            assert (SECRET in everything_stored()) == (found.state in SHOWN)
        transaction.set_rollback(True)


def take(step: str, found: Contribution, clerk: accounts.Actor, second: accounts.Actor) -> None:
    judged = {"contribution": found, "version": found.version}
    no = {"reason": Reason.TWICE, "words": "Dubbel."}
    match step:
        case "publish":
            actions.publish(by=clerk, **judged)
        case "refuse":
            actions.refuse(by=clerk, **judged, **no)
        case "appeal":
            actions.appeal(by=holder(found), contribution=found, words="")
        case "uphold":
            actions.uphold_appeal(by=second, **judged)
        case "report":
            actions.report(contribution=found, reason=ReportReason.OTHER)
        case "hide":
            actions.report(contribution=found, reason=ReportReason.IDENTIFIES)
        case "keep":
            actions.keep(by=clerk, **judged)
        case "remove":
            actions.remove(by=clerk, **judged, **no)
        case "reopen":
            actions.reopen(by=clerk, **judged)
        case "withdraw":
            actions.withdraw(by=holder(found), contribution=found)


def test_the_database_itself_refuses_open_words_that_nobody_decided_on(story: Story) -> None:
    found = story()
    for changes in ({"published": {"parts": {}}}, {"state": State.PUBLISHED}, {"state": State.WITHDRAWN}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.filter(pk=found.pk).update(**changes)


def test_consent_is_added_never_changed(story: Story) -> None:
    found = story(published=True, consents=frozenset({Use.SITE, Use.PAPERS}))
    assert queries.for_papers(queries.shown()) == [found]
    actions.set_consent(by=holder(found), contribution=found, use=Use.PAPERS, given=False)
    assert queries.for_papers(queries.shown()) == []
    kept = list(Consent.objects.filter(use=Use.PAPERS).order_by("pk"))
    assert [one.given for one in kept] == [True, False]
    assert all("gemeenteraad" in one.text and one.text_version for one in kept)
    with pytest.raises(Refusal, match="Trek de tekst dan in"):
        actions.set_consent(by=holder(found), contribution=found, use=Use.SITE, given=False)


def test_the_trail_tells_each_step_and_nothing_of_the_text(
    story: Story, make_actor: Callable[..., accounts.Actor]
) -> None:
    teller = make_actor("teller")
    found = story(published=True, by=teller)
    actions.withdraw(by=Holder(actor=teller), contribution=found)
    events = list(audit.AuditEvent.objects.filter(object_id=str(found.public_id)).order_by("id"))
    assert [one.action.removeprefix("contribution.") for one in events] == ["sent", "offered", "published", "withdrawn"]
    assert str(teller.public_id) not in "".join(one.actor_id + one.detail for one in events)


def test_a_counter_story_stands_beside_a_published_one(story: Story) -> None:
    first = story(published=True)
    counter = story(
        published=True, kind=Kind.COUNTER_STORY, beside=first.public_id, parts={"text": "Bij mij ging het goed."}
    )
    assert queries.beside([first]) == {first.pk: [counter]}
    assert (counter.subject_id, counter.municipality) == (first.subject_id, first.municipality)
    hidden = story()
    with pytest.raises(Refusal, match="staat er niet meer"):
        actions.send(by=accounts.NOBODY, draft=draft(kind=Kind.COUNTER_STORY, beside=hidden.public_id), token="x")
    actions.withdraw(by=holder(first), contribution=first)
    assert queries.published(counter.public_id) == counter, "it has a teller of its own"


def test_numbers_on_moderation_only_from_ten(story: Story, clerk: accounts.Actor) -> None:
    for number in range(10):
        assert queries.moderation_numbers() is None
        found = story()
        if number < 3:
            actions.refuse(by=clerk, contribution=found, version=found.version, reason=Reason.TWICE, words="Dubbel.")
        else:
            actions.publish(by=clerk, contribution=found, version=found.version)
    numbers = queries.moderation_numbers("GM0193")
    assert numbers is not None
    assert (numbers.received, numbers.published, numbers.refused) == (10, 7, {Reason.TWICE: 3})
    assert 0 <= numbers.median_days < 1
    assert queries.moderation_numbers("GM0166") is None


def test_the_list_is_searched_by_word_place_and_subject(story: Story) -> None:
    first, other = story(published=True), story(published=True, parts={"text": "De buurt is gezellig."})
    assert list(queries.listed()) == [other, first]
    assert list(queries.listed(search="GEZELLIG buurt")) == [other]
    assert list(queries.listed(search="%")) == []
    assert list(queries.listed(municipality="GM0166")) == []
    assert list(queries.listed(subject=("figure", "GM0193:lonely"), kinds=[Kind.STORY])) == [other, first]
    assert list(queries.about_figure("lonely", "GM0193")) == [other, first]


def test_publication_puts_a_duty_to_answer_without_words_of_the_teller(story: Story, clerk: accounts.Actor) -> None:
    found = story(published=True)
    owed = voice.answers_for("story", [found.public_id])[str(found.public_id)]
    assert (str(owed.id), owed.owner, owed.municipality) == (found.owed_answer, "Gemeente Zwolle", "GM0193")
    assert "huishouden" not in owed.question
    assert (owed.due_on - owed.asked_on).days >= 42
    again = actions.keep(**reported(found, clerk))
    assert again.owed_answer == found.owed_answer, "owed once, however often it is looked at"
    actions.withdraw(by=holder(found), contribution=found)
    assert voice.answers_for("story", [found.public_id]) == {}


def test_the_duty_goes_with_the_text_and_comes_back_with_it(
    story: Story, clerk: accounts.Actor, second: accounts.Actor
) -> None:
    found = story(published=True, kind=Kind.DOUBT)
    gone = actions.remove(**reported(found, clerk), reason=Reason.TWICE, words="Dubbel.")
    assert voice.answers_for("doubt", [found.public_id]) == {}
    actions.appeal(by=holder(gone), contribution=gone, words="")
    waits = Contribution.objects.get(pk=gone.pk)
    actions.uphold_appeal(by=second, contribution=waits, version=waits.version)
    assert len(voice.answers_for("doubt", [found.public_id])) == 1


def test_a_counter_story_asks_for_no_answer_of_its_own(story: Story) -> None:
    assert story(published=True, kind=Kind.COUNTER_STORY).owed_answer == ""


def reported(found: Contribution, clerk: accounts.Actor) -> dict[str, Any]:
    shown = actions.report(contribution=found, reason=ReportReason.OTHER)
    return {"by": clerk, "contribution": shown, "version": shown.version}


def test_consent_cannot_be_rewritten_in_the_database(story: Story) -> None:
    found = story()
    for change in (lambda: found.consents.update(given=True), lambda: found.consents.all().delete()):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            change()
