# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tellers and readers do: send, change, agree, withdraw, object, report."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.outcomes.contributions import policies, queries
from samenspel.outcomes.contributions.actions.steps import close_words, erase, keep_consent, locked, record, take
from samenspel.outcomes.contributions.checking import find_in, not_let_through
from samenspel.outcomes.contributions.codes import code_from, hash_of
from samenspel.outcomes.contributions.kinds import KINDS, LONGEST_SIGNATURE, Kind
from samenspel.outcomes.contributions.models import Contribution, Report
from samenspel.outcomes.contributions.owing import forget
from samenspel.outcomes.contributions.policies import Holder
from samenspel.outcomes.contributions.states import LEAST_WAIT_DAYS, ReportReason, Use
from samenspel.outcomes.contributions.subjects import Subject, find_subject
from samenspel.outcomes.contributions.words import Words, seal, seal_note, unseal
from samenspel.platform.service import Refusal, accounts, audit
from samenspel.voice.service import careful

place_names = careful.place_names


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to send. `parts` by the questions of the kind; `confirmed` gives, for each kind of find that
    may stand, the reason; `municipality` is needed only where the subject belongs to none; `beside` is the public id of
    the text that a counter-story stands beside; `as_role` the role in which somebody who is logged in speaks."""

    kind: Kind
    subject_kind: str
    subject_id: str
    parts: Mapping[str, str]
    signed: str
    consents: frozenset[Use]
    confirmed: Mapping[str, str] = field(default_factory=dict)
    municipality: str = ""
    beside: UUID | None = None
    as_role: str = ""
    is_example: bool = False

    def words(self) -> Words:
        """The words, trimmed; empty answers left out."""
        # The database keeps no NUL, and browsers send lines as two characters.
        whole = {slug: text.replace("\x00", "").replace("\r\n", "\n").strip() for slug, text in self.parts.items()}
        parts = {slug: text for slug, text in whole.items() if text}
        confirmed = {kind: reason.strip() for kind, reason in self.confirmed.items() if reason.strip()}
        return Words(parts=parts, signed=" ".join(self.signed.split()), confirmed=confirmed)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: the contribution, and the code that is shown once."""

    contribution: Contribution
    code: str


def wait_days() -> int:
    """How many days a teller can think it over before anybody reads the text; at least one."""
    return max(LEAST_WAIT_DAYS, int(settings.CONTRIBUTIONS_WAIT_DAYS))


def send(*, by: accounts.Actor, draft: Draft, token: str, keep_with_account: bool = True) -> Sent:
    """Take in a text. `token` is random, from the form: sending the same form again gives the same code, and one text.

    Raises Refusal when the municipality does not take part, a question is not answered or too long, consent for the
    site is missing, or the text may tell who somebody is; UnknownSubject when there is nothing to speak about.
    """
    code = code_from(token)
    before = Contribution.objects.filter(code_hash=hash_of(code)).first()
    if before is None:
        try:
            with transaction.atomic():
                before = _send(by=by, draft=draft, code=code, keep_with_account=keep_with_account)
        except IntegrityError:  # the same form, sent twice at the same moment
            before = Contribution.objects.filter(code_hash=hash_of(code)).first()
            if before is None:
                raise
    return Sent(before, code)


@audit.audited
def _send(*, by: accounts.Actor, draft: Draft, code: str, keep_with_account: bool) -> Contribution:
    subject, municipality, beside = _subject_of(draft)
    check_open(municipality)
    words = draft.words()
    check_words(draft.kind, words, municipality)
    if Use.SITE not in draft.consents:
        raise Refusal(_("Zonder uw toestemming kunnen wij de tekst niet plaatsen."))
    if draft.as_role and not by.holds(draft.as_role, municipality):
        raise Refusal(_("Deze rol heeft u nu niet in deze gemeente."))
    now = timezone.now()
    contribution = Contribution.objects.create(
        kind=draft.kind,
        subject_kind=subject.kind,
        subject_id=subject.id,
        municipality=municipality,
        beside=beside,
        sealed=seal(words),
        teller_id=by.person_id if keep_with_account or draft.as_role else None,
        confirmed_role=draft.as_role,
        code_hash=hash_of(code),
        sent_at=now,
        wait_until=now + timedelta(days=wait_days()),
        state_since=now,
        is_example=draft.is_example,
    )
    for use in Use:
        keep_consent(contribution, use, given=use in draft.consents, now=now)
    record(None, "sent", contribution)
    return contribution


def check_open(municipality: str) -> None:
    """Can a text about this municipality be sent here? Raises Refusal with the reason why not."""
    organisation = accounts.municipality(municipality)
    policies.check_takes_part(municipality, organisation, clerks=queries.clerks(organisation))


def check_words(kind: Kind, words: Words, municipality: str) -> None:
    """Are the questions answered, is nothing too long, and can nobody be recognised? Raises Refusal."""
    rule = KINDS[kind]
    known_parts = {part.slug: part for part in rule.parts}
    if unknown := set(words.parts) - set(known_parts):
        raise ValueError(f"parts: {sorted(unknown)} are no questions of {kind}")
    for part in rule.parts:
        text = words.parts.get(part.slug, "")
        if part.required and not text:
            raise Refusal(_("Vul nog in: {question}").format(question=part.question))
        if len(text) > part.longest:
            raise Refusal(
                _("Dit is te lang: {question} Er kunnen {most} tekens in; het zijn er {length}.").format(
                    question=part.question, most=part.longest, length=len(text)
                )
            )
    if not words.signed or len(words.signed) > LONGEST_SIGNATURE:
        raise Refusal(_("Schrijf in het kort hoe u genoemd wilt worden, bijvoorbeeld: een inwoner."))
    left = not_let_through(find_in(words.parts, words.signed, known=place_names(municipality)), words.confirmed)
    if left:
        raise Refusal(
            _("In de tekst staat nog: {finds}. Haal dat weg, dan kunt u de tekst versturen.").format(
                finds=", ".join(dict.fromkeys(find.in_words for find in left))
            )
        )


@audit.audited
def change(*, by: Holder, contribution: Contribution, draft: Draft) -> Contribution:
    """Change the words while the time to think it over lasts; the subject stays. Raises Refusal as `send` does."""
    found = locked(contribution)
    policies.check_changes(by, found, timezone.now())
    words = draft.words()
    check_words(Kind(found.kind), words, found.municipality)
    found.sealed = seal(words)
    take(None, "changed", found)
    return found


@audit.audited
def set_consent(*, by: Holder, contribution: Contribution, use: Use, given: bool) -> None:
    """Give or withdraw consent for one use. That for the site is withdrawn by withdrawing the text."""
    found = locked(contribution)
    policies.check_holds(by, found)
    if use is Use.SITE:
        raise Refusal(_("Wilt u niet meer dat uw tekst hier staat? Trek de tekst dan in."))
    keep_consent(found, use, given=given, now=timezone.now())
    take(None, "consent_changed", found, use=str(use), given=given)


@audit.audited
def withdraw(*, by: Holder, contribution: Contribution) -> None:
    """Erase the text at once: from the database with this transaction, from pages at the next request.

    What stays is the bare fact: that something of this kind about this subject was sent, and when.
    """
    found = locked(contribution)
    policies.check_holds(by, found)
    policies.check_step("withdrawn", found)
    erase(found)
    forget(found, by=None)
    found.owed_answer = ""
    found.teller = None
    found.confirmed_role = ""
    take(None, "withdrawn", found)


@audit.audited
def appeal(*, by: Holder, contribution: Contribution, words: str) -> None:
    """Ask that somebody else judges a refused text. `words`: why, at most 2,000 characters; may be empty."""
    found = locked(contribution)
    policies.check_appeals(by, found, timezone.now())
    if len(words) > 2000:
        raise Refusal(_("Uw uitleg is te lang. Er kunnen 2.000 tekens in."))
    assert found.sealed is not None
    found.sealed = seal(replace(unseal(bytes(found.sealed)), appeal=words.strip()))
    take(None, "appealed", found)


@audit.audited
def report(*, contribution: Contribution, reason: ReportReason, words: str = "") -> Contribution:
    """Somebody says that something is wrong. The text stays, and a moderator looks at it again.

    Only when somebody can be recognised it is hidden at once: that harm cannot be undone. After a moderator looked at
    such a report and kept the text, another one does not hide it again: nobody can silence a text by reporting it.
    """
    found = locked(contribution)
    policies.check_step("reported", found)
    if len(words) > 1000:
        raise Refusal(_("Uw uitleg is te lang. Er kunnen 1.000 tekens in."))
    Report.objects.create(contribution=found, reason=reason, sealed_words=seal_note(words.strip()))
    judged = Report.objects.filter(contribution=found, reason=ReportReason.IDENTIFIES, handled_at__isnull=False)
    if reason is ReportReason.IDENTIFIES and not judged.exists():
        close_words(found)
        take(None, "hidden", found, reason=str(reason))
    else:
        take(None, "reported", found, reason=str(reason))
    return found


def _subject_of(draft: Draft) -> tuple[Subject, str, Contribution | None]:
    """The subject, the municipality whose clerk will look, and what the text stands beside."""
    subject = find_subject(draft.subject_kind, draft.subject_id)
    municipality = subject.municipality or draft.municipality
    if draft.beside is None:
        return subject, municipality, None
    if not KINDS[draft.kind].beside_another:
        raise ValueError(f"beside: {draft.kind} does not stand beside another contribution")
    other = queries.published(draft.beside)
    if other is None:
        raise Refusal(_("Het verhaal waarbij u wilt schrijven, staat er niet meer."))
    return find_subject(other.subject_kind, other.subject_id), other.municipality, other
