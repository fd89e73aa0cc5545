# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages: telling without an account, one's own text with a code, reading, reporting, moderation."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from samenspel.outcomes.contributions import actions, presenters, queries, sessions
from samenspel.outcomes.contributions.kinds import Kind
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.states import Reason, ReportReason, State, Use
from samenspel.outcomes.contributions.views import own, reading, telling
from samenspel.platform.service import accounts
from tests.outcomes.contributions.conftest import SECRET, Role, holder

Story = Callable[..., Contribution]
TELL = "/verhalen/vertellen/?over=figure:GM0193:lonely"


@pytest.fixture
def as_person() -> Callable[[accounts.Actor], Client]:
    """A browser of somebody who stepped in as in the demo, which counts as two factors."""

    def browser(actor: accounts.Actor) -> Client:
        client = Client()
        accounts.User.objects.filter(pk=actor.person_id).update(is_example=True)
        client.force_login(
            accounts.User.objects.get(pk=actor.person_id), "allauth.account.auth_backends.AuthenticationBackend"
        )
        session = client.session
        session["samenspel_demo"] = True
        session.save()
        return client

    return browser


def filled(**changes: str) -> dict[str, str]:
    return {
        "text": SECRET,
        "signed": "een inwoner",
        "consent_site": "on",
        "token": uuid4().hex,
        "gekeken": "on",
        "stap": "bekijk",
        **changes,
    }


def send(client: Client, address: str = TELL, **changes: str) -> str:
    """Tell a story as a browser does, and give the code."""
    shown = client.post(address, filled(**changes, stap="verstuur"))
    assert shown.status_code == 200, shown.content.decode()
    found = re.search(r"<code>([0-9A-Z-]{19})</code>", shown.content.decode())
    assert found is not None
    return found.group(1)


def test_telling_without_an_account_from_form_to_withdrawal(client: Client, clerk: accounts.Actor) -> None:
    page = client.get(TELL)
    assert page.status_code == 200 and "Voelen mensen zich eenzaam?" in page.content.decode()
    preview = client.post(TELL, filled(stap="bekijk"))
    assert "Klopt het zo?" in preview.content.decode() and "Ik wacht al een halfjaar" in preview.content.decode()
    assert not Contribution.objects.exists(), "looking at it sends nothing"
    again = client.post(TELL, filled(stap="wijzig"))
    assert SECRET in again.content.decode()
    code = send(client)
    stranger = Client()
    typed = stranger.post("/verhalen/mijn-verhaal/", {"code": code.lower().replace("-", " ")}, follow=True)
    html = typed.content.decode()
    assert "In bedenktijd" in html and "Ik wacht al een halfjaar" in html
    assert code not in typed.redirect_chain[-1][0]
    address = typed.redirect_chain[-1][0]
    changed = stranger.post(f"{address}veranderen/", {"text": "Toch anders.", "signed": "een buur"}, follow=True)
    assert "Toch anders." in changed.content.decode()
    given = stranger.post(f"{address}toestemming/", {"papers": "ja"}, follow=True)
    assert "U gaf hiervoor toestemming" in given.content.decode()
    assert "Wilt u uw tekst intrekken?" in stranger.get(f"{address}intrekken/").content.decode()
    gone = stranger.post(f"{address}intrekken/")
    assert "Uw tekst is gewist" in gone.content.decode()
    assert Contribution.objects.get().state == State.WITHDRAWN
    assert stranger.get(address).status_code == 404
    wrong = stranger.post("/verhalen/mijn-verhaal/", {"code": code})
    assert wrong.status_code == 400 and "hoort geen tekst" in wrong.content.decode()


def test_pressing_twice_gives_the_same_code(client: Client, clerk: accounts.Actor) -> None:
    token = uuid4().hex
    assert send(client, token=token) == send(client, token=token)
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": ""}, "Schrijf hier nog iets op"),
        ({"consent_site": ""}, "Zonder uw toestemming"),
        ({"text": "Bel 06-12345678"}, "een telefoonnummer: “06-12345678”"),
        ({"text": "Mevrouw Voorbeeld kwam."}, "Waarom kan dat blijven staan?"),
        ({"signed": "kees@voorbeeld.nl"}, "een e-mailadres"),
        ({"website": "koop nu"}, "door een programma ingevuld"),
        ({"token": ""}, "fout"),
    ],
)
@pytest.mark.parametrize("step", ["bekijk", "verstuur"])
def test_nothing_typed_is_lost_on_an_error(
    client: Client, clerk: accounts.Actor, step: str, changes: dict[str, str], says: str
) -> None:
    typed = filled(signed="een buurman van de overkant", text="Dit is <b>mijn</b> verhaal.", stap=step)
    if says == "fout":
        changes, says = {**changes}, "buurman"
    shown = client.post(TELL, {**typed, **changes})
    html = shown.content.decode()
    assert shown.status_code == 400 and says in html
    assert ("Dit is &lt;b&gt;mijn&lt;/b&gt; verhaal." in html) == ("text" not in changes)
    assert ("een buurman van de overkant" in html) == ("signed" not in changes)
    assert not Contribution.objects.exists()


def test_a_name_stands_with_a_reason(client: Client, clerk: accounts.Actor) -> None:
    text = "Wethouder Voorbeeld zei het in de raad."
    shown = client.post(TELL, filled(text=text, reden_name="Zij is wethouder."))
    assert "Klopt het zo?" in shown.content.decode() and 'name="reden_name"' in shown.content.decode()
    send(client, text=text, reden_name="Zij is wethouder.")


def test_where_nobody_takes_part_the_page_says_so(client: Client, municipality: accounts.Organisation) -> None:
    for address in (TELL, "/verhalen/vertellen/?over=figure:GM0363:lonely", "/verhalen/vertellen/?over=x:y"):
        shown = client.get(address)
        assert shown.status_code == 404 and "Hier kan nu geen verhaal bij" in shown.content.decode()
    assert "Er doet hier nog geen gemeente mee" in client.get("/verhalen/vertellen/").content.decode()


def test_choosing_a_figure_leads_to_the_form(client: Client, clerk: accounts.Actor) -> None:
    assert "Voelen mensen zich eenzaam?" in client.get("/verhalen/vertellen/").content.decode()
    chosen = client.get("/verhalen/vertellen/?plaats=GM0193&cijfer=lonely")
    assert chosen.status_code == 302 and chosen["Location"] == TELL


def test_the_open_text_closes_after_half_an_hour_and_by_a_button(client: Client, clerk: accounts.Actor) -> None:
    send(client)
    address = f"/verhalen/mijn-verhaal/{Contribution.objects.get().public_id}/"
    assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + sessions.OPEN_FOR + timedelta(seconds=1)):
        assert client.get(address).status_code == 302
    client.post("/verhalen/mijn-verhaal/", {"code": send(client)})
    client.post("/verhalen/mijn-verhaal/sluiten/")
    for path in ("", "veranderen/", "intrekken/"):
        assert client.get(address + path).status_code == 302
    for path in ("veranderen/", "intrekken/", "toestemming/", "bezwaar/"):
        client.post(address + path, {"papers": "ja"})
    assert not Contribution.objects.filter(state=State.WITHDRAWN).exists()


def test_attempts_are_counted(client: Client, clerk: accounts.Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "ATTEMPTS", "2/1h/ip")
    monkeypatch.setattr(telling, "SENDS", "1/1h/ip")
    monkeypatch.setattr(reading, "REPORTS", "0/1h/ip")
    code = send(client)
    shown = client.post(TELL, filled(stap="verstuur"))
    assert shown.status_code == 400 and "te vaak" in shown.content.decode() and SECRET in shown.content.decode()
    for _ in range(2):
        assert "hoort geen tekst" in client.post("/verhalen/mijn-verhaal/", {"code": "0"}).content.decode()
    assert "te vaak" in client.post("/verhalen/mijn-verhaal/", {"code": code}).content.decode()


def test_my_stories_when_logged_in(
    as_person: Callable[..., Client], make_actor: Callable[..., accounts.Actor], clerk: accounts.Actor
) -> None:
    anna, other = make_actor("anna", Role.RESIDENT), make_actor("bert", Role.RESIDENT)
    client = as_person(anna)
    send(client, keep="on")
    send(client, text="Niet bij mijn account.")
    html = client.get("/verhalen/mijn-verhalen/").content.decode()
    assert "Ik wacht al een halfjaar" in html and "Niet bij mijn account" not in html
    address = f"/verhalen/mijn-verhaal/{Contribution.objects.get(teller=anna.person_id).public_id}/"
    assert client.get(address).status_code == 200
    assert as_person(other).get(address).status_code == 302
    assert "nog niets verteld" in as_person(other).get("/verhalen/mijn-verhalen/").content.decode()
    assert Client().get("/verhalen/mijn-verhalen/").status_code == 302


def test_reading_with_a_counter_story_and_the_answer_beside(client: Client, story: Story) -> None:
    assert "Er zijn nog geen verhalen" in client.get("/verhalen/").content.decode()
    first = story(published=True, parts={"text": "<script>alert(1)</script> Zo ging het.\n\nEn verder."})
    story(published=True, kind=Kind.COUNTER_STORY, beside=first.public_id, parts={"text": "Bij mij ging het goed."})
    for address in ("/verhalen/", f"/verhalen/{first.public_id}/"):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html
        assert "Bij mij ging het goed." in html and "Tegenverhaal" in html
        assert "Antwoord uiterlijk" in html
    assert "Geen verhalen gevonden" in client.get("/verhalen/?zoek=zeppelin").content.decode()
    assert "Bij mij ging" in client.get("/verhalen/?zoek=goed&plaats=GM0193&soort=counter_story").content.decode()
    assert (
        "U ziet alleen wat bij dit cijfer hoort" in client.get("/verhalen/?over=figure:GM0193:lonely").content.decode()
    )
    answer = client.get(f"/verhalen/vertellen/?bij={first.public_id}").content.decode()
    assert "even groot" in answer and "Zo ging het." in answer


def test_what_is_not_published_is_not_to_be_read(client: Client, story: Story) -> None:
    waiting, to_review = story(waiting=True), story()
    for one in (waiting, to_review):
        assert client.get(f"/verhalen/{one.public_id}/").status_code == 404
    shown = story(published=True)
    assert SECRET.split(",")[0] in client.get(f"/verhalen/{shown.public_id}/").content.decode()
    actions.withdraw(by=holder(shown), contribution=shown)
    gone = client.get(f"/verhalen/{shown.public_id}/")
    assert gone.status_code == 410 and "halfjaar" not in gone.content.decode()
    assert "halfjaar" not in client.get("/verhalen/").content.decode()


def test_reporting(client: Client, story: Story) -> None:
    found = story(published=True)
    address = f"/verhalen/{found.public_id}/melden/"
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 400
    assert client.post(address, {"reason": "other", "website": "x"}).status_code == 400
    assert client.post(address, {"reason": "untrue", "words": "Nee."}).status_code == 302
    assert "Een lezer heeft iets gemeld" in client.get(f"/verhalen/{found.public_id}/").content.decode()
    assert client.post(address, {"reason": "identifies"}).status_code == 302
    assert client.get(address).status_code == 410


def test_the_rules_give_numbers_only_from_ten(client: Client, story: Story, clerk: accounts.Actor) -> None:
    html = client.get("/verhalen/regels/").content.decode()
    assert "minder dan 10 teksten besloten" in html and all(str(reason.label) in html for reason in Reason)
    for _ in range(10):
        found = story()
        actions.refuse(by=clerk, contribution=found, version=found.version, reason=Reason.TWICE, words="Dubbel.")
    assert "Er kwamen 10 teksten binnen" in client.get("/verhalen/regels/").content.decode()


def decide(client: Client, found: Contribution, besluit: str, **more: str) -> Any:
    version = Contribution.objects.get(pk=found.pk).version
    address = f"/verhalen/beoordelen/{found.public_id}/besluit/"
    return client.post(address, {"besluit": besluit, "versie": str(version), **more}, follow=True)


def test_moderation_from_list_to_undo(as_person: Callable[..., Client], story: Story, clerk: accounts.Actor) -> None:
    client = as_person(clerk)
    assert "Er wacht niets" in client.get("/verhalen/beoordelen/").content.decode()
    found = story(parts={"text": "Wethouder Voorbeeld zei nee."}, confirmed={"name": "Zij is wethouder."})
    listing = client.get("/verhalen/beoordelen/").content.decode()
    assert "Wethouder" not in listing and str(found.public_id) in listing
    assert "niemand anders die over een bezwaar" in listing
    page = client.get(f"/verhalen/beoordelen/{found.public_id}/").content.decode()
    assert "<mark>Wethouder Voorbeeld</mark>" in page and "Zij is wethouder." in page
    missing = decide(client, found, "refuse", words="Te scherp.")
    assert missing.status_code == 400 and "Te scherp." in missing.content.decode()
    stale = client.post(
        f"/verhalen/beoordelen/{found.public_id}/besluit/",
        {"besluit": "refuse", "versie": "1", "reason": "twice", "words": "Dubbel, zie boven."},
    )
    assert stale.status_code == 409 and "Iemand anders was u net voor" in stale.content.decode()
    assert "Dubbel, zie boven." in stale.content.decode(), "what was typed stays"
    assert decide(client, found, "iets").status_code == 400
    done = decide(client, found, "publish").content.decode()
    assert "staat op de website" in done and "Draai dit terug" in done
    assert "wacht weer op controle" in decide(client, found, "reopen").content.decode()
    refused = decide(client, found, "refuse", reason="insults", words="U scheldt.").content.decode()
    assert "De verteller leest waarom" in refused


def test_an_appeal_goes_to_somebody_else(
    as_person: Callable[..., Client], story: Story, clerk: accounts.Actor, auditor: accounts.Actor
) -> None:
    found = story()
    first, other = as_person(clerk), as_person(auditor)
    first.get(f"/verhalen/beoordelen/{found.public_id}/")
    decide(first, found, "refuse", reason="insults", words="U scheldt.")
    teller = Client()
    session = teller.session
    session[sessions.KEY] = {"id": str(found.public_id), "at": timezone.now().timestamp()}
    session.save()
    address = f"/verhalen/mijn-verhaal/{found.public_id}/"
    html = teller.get(address).content.decode()
    assert "U scheldt." in html and "Vraag om een tweede oordeel" in html and "1 keer" in html
    assert teller.post(f"{address}bezwaar/", {"words": "x" * 2001}).status_code == 400
    teller.post(f"{address}bezwaar/", {"words": "Dat is geen schelden."})
    assert "zelf geweigerd" in decide(first, found, "uphold").content.decode()
    page = other.get(f"/verhalen/beoordelen/{found.public_id}/").content.decode()
    assert "Dat is geen schelden." in page and "U scheldt." in page
    assert "toch op de website" in decide(other, found, "uphold").content.decode()


def test_moderation_is_for_clerks_of_that_place(
    as_person: Callable[..., Client], story: Story, make_actor: Callable[..., accounts.Actor]
) -> None:
    found = story()
    address = f"/verhalen/beoordelen/{found.public_id}/"
    for role in (Role.RESIDENT, Role.POLICY_OFFICER, Role.COUNCILLOR, Role.ADMINISTRATOR):
        client = as_person(make_actor(role.value, role))
        assert client.get("/verhalen/beoordelen/").status_code == 403
        assert client.get(address).status_code == 403
        assert client.post(f"{address}besluit/", {"besluit": "publish", "versie": "2"}).status_code == 403
    assert Client().get(address).status_code == 302
    elsewhere = accounts.add_organisation(
        by=None, name="Gemeente Kampen", kind=accounts.OrganisationKind.MUNICIPALITY, area_code="GM0166"
    )
    kampen = as_person(make_actor("kampen", Role.CLERK, organisation=elsewhere))
    shown = kampen.get(address, follow=True)
    assert "halfjaar" not in shown.content.decode() and "niet voor deze gemeente" in shown.content.decode()


def test_beside_a_figure(story: Story) -> None:
    empty = presenters.stories_beside("lonely", "GM0193")
    assert empty is not None and empty.cards == () and empty.closed == ""
    assert "Nog niemand vertelde hier iets" in render_to_string("contributions/beside.html", {"beside": empty})
    for number in range(6):
        story(published=True, parts={"text": f"Verhaal {number}. En meer."}, consents=frozenset({Use.SITE}))
    beside = presenters.stories_beside("lonely", "GM0193")
    assert beside is not None and len(beside.cards) == 4 and beside.total == 6
    html = render_to_string("contributions/beside.html", {"beside": beside})
    assert "Verhaal 5." in html and "Lees alle 6 verhalen" in html and "soort=doubt" in html
    assert presenters.stories_beside("lonely", "BU01930110") is None
    elsewhere = presenters.stories_beside("lonely", "GM0363")
    assert elsewhere is not None and "doet hier nog niet mee" in elsewhere.closed
    assert "doet hier nog niet mee" in render_to_string("contributions/beside.html", {"beside": elsewhere})
    assert next(card.first for card in presenters.contributions_about("lonely", "GM0193")) == "Verhaal 5."


def test_cards_cost_the_same_number_of_queries_however_many(story: Story, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        first = story(published=True)
        story(published=True, kind=Kind.COUNTER_STORY, beside=first.public_id)
    with django_assert_max_num_queries(4):
        presenters.cards(list(queries.shown()))


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("Kort.", "Kort.", ""),
        ("Een zin. Nog een.", "Een zin.", "Nog een."),
        ("Zonder punt\nen verder", "Zonder punt", "en verder"),
        ("Wat?! “Ja.” Goed.", "Wat?!", "“Ja.” Goed."),
        (f"{'woord ' * 60}", "woord " * 39 + "woord", "woord " * 19 + "woord"),
    ],
)
def test_the_first_sentence_stands_large(text: str, first: str, rest: str) -> None:
    assert presenters.first_and_rest(text) == (first, rest)


def test_report_reasons_have_words() -> None:
    assert all(str(reason.label) for reason in ReportReason)


def test_who_tells_looks_once_more_for_others_before_sending(client: Client, clerk: accounts.Actor) -> None:
    unlooked = client.post(TELL, {**filled(stap="verstuur"), "gekeken": ""})
    page = unlooked.content.decode()
    assert unlooked.status_code == 400 and "Kan iemand aan uw tekst zien wie een ander is?" in page
    assert not Contribution.objects.exists()
    assert client.post(TELL, filled(stap="verstuur")).status_code == 200 and Contribution.objects.exists()


def test_a_field_that_must_be_filled_in_is_not_called_optional(client: Client, clerk: accounts.Actor) -> None:
    page = client.post(TELL, filled(text="Mijn buurvrouw heeft kanker.")).content.decode()
    question = page[page.index("Waarom kan dat blijven staan?") :][:60]
    assert "mag u overslaan" not in question and "Laat dit veld leeg (mag" not in page
    named = client.post(TELL, filled(signed="mevrouw De Vries")).content.decode()
    assert "Bij “Hoe wilt u genoemd worden?” staat een naam" in named


def test_consent_is_asked_and_kept_in_the_language_of_the_page(client: Client, clerk: accounts.Actor) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(TELL).content.decode()
    assert "My text may be on this website." in page and "Mijn tekst mag" not in page
    assert client.post(TELL, filled(stap="verstuur")).status_code == 200
    kept = Contribution.objects.get().consents.get(use=Use.SITE)
    assert kept.text.startswith("My text may be on this website.")


def test_who_answers_reads_the_whole_story(
    story: Story, as_person: Callable[[accounts.Actor], Client], make_actor: Callable[..., accounts.Actor]
) -> None:
    long = "Het begint hier. " + "En toen ging het verder. " * 30 + "Zo liep het af."
    told = story(published=True, parts={"text": long})
    page = as_person(make_actor("joris", Role.POLICY_OFFICER)).get(f"/beheer/antwoorden/{told.owed_answer}/")
    assert "Zo liep het af." in page.content.decode() and "Verhaal: “Het begint hier.”" in page.content.decode()


def test_nobody_is_invited_where_nobody_reads(client: Client, clerk: accounts.Actor) -> None:
    assert "Ik twijfel aan dit cijfer" in client.get("/gemeente/zwolle/cijfers/lonely/").content.decode()
    for address in ("/gemeente/kampen/cijfers/lonely/",):
        page = client.get(address).content.decode()
        assert "Ik twijfel aan dit cijfer" not in page and "Vertel uw verhaal" not in page
