# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The answer that is owed after publication, by whoever is responsible for the figure.

The question holds no words of the teller: it is public and has a life of its own, and a text that is hidden or
withdrawn must not live on in it.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samenspel.outcomes.contributions.kinds import KINDS, Kind
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.states import SHOWN
from samenspel.outcomes.contributions.subjects import UnknownSubject, find_subject
from samenspel.outcomes.contributions.words import Words, first_and_rest
from samenspel.platform.service import Refusal, accounts
from samenspel.voice import service as voice

OWING = tuple(kind for kind, rule in KINDS.items() if rule.owes_answer)


def register_kinds() -> None:
    """Make the kinds about which an answer is owed known to the duty to answer; run once when Django starts."""
    for kind in OWING:
        voice.register_subject_kind(kind.value, name=kind.label, resolve=_shown_subjects)


def owe(contribution: Contribution, *, by: accounts.Actor) -> str:
    """Put the duty to answer on the owner; gives the id of the question, or "" for a kind that asks for no answer."""
    if contribution.kind not in OWING:
        return ""
    with override("nl"):  # it is kept as it is written, whatever language the moderator reads
        question = _question(contribution)
    return str(
        voice.owe_answer(
            subject_kind=contribution.kind,
            subject_id=str(contribution.public_id),
            owed_by=voice.owner_for(contribution.municipality),
            municipality=contribution.municipality,
            question=question,
            by=by,
        )
    )


def forget(contribution: Contribution, *, by: Any) -> None:
    """The text is gone, so nobody owes an answer to it any more."""
    if not contribution.owed_answer:
        return
    try:
        voice.withdraw_question(question=UUID(contribution.owed_answer), why=voice.Withdrawal.SUBJECT_GONE, by=by)
    except Refusal:  # it was withdrawn before
        return


def _question(contribution: Contribution) -> str:
    try:
        about = find_subject(contribution.subject_kind, contribution.subject_id).title
    except UnknownSubject:
        about = contribution.subject_id
    texts = {
        Kind.STORY: _("Iemand vertelde een verhaal bij “{about}”. Wat leest de gemeente erin, en wat doet zij ermee?"),
        Kind.DOUBT: _("Iemand twijfelt aan het cijfer bij “{about}”. Klopt de twijfel, en wat gebeurt ermee?"),
        Kind.BEHAVIOUR: _(
            "Iemand ziet dat mensen anders gaan werken door het cijfer bij “{about}”. Herkent de gemeente "
            "dat, en wat doet zij ermee?"
        ),
        Kind.PROPOSAL: _(
            "Iemand stelt een ander cijfer voor bij “{about}”. Wordt het voorstel overgenomen, en waarom?"
        ),
    }
    return str(texts[Kind(contribution.kind)]).format(about=about)


def _shown_subjects(ids: Collection[str]) -> Mapping[str, voice.Subject]:
    shown = Contribution.objects.filter(public_id__in=[UUID(one) for one in ids], state__in=SHOWN).order_by("pk")
    return {str(one.public_id): _subject(one) for one in shown}


def _subject(shown: Contribution) -> voice.Subject:
    """The text with its first sentence as title, and all parts of it for who must answer."""
    assert shown.published is not None
    words = Words(**shown.published)
    kind = KINDS[Kind(shown.kind)]
    parts = [(part, words.parts[part.slug]) for part in kind.parts if part.slug in words.parts]
    whole = [text if index == 0 else f"{part.question}\n{text}" for index, (part, text) in enumerate(parts)]
    first = first_and_rest(words.text)[0]
    return voice.Subject(
        f"{Kind(shown.kind).label}: “{first}”", reverse("contributions:one", args=[shown.public_id]), "\n\n".join(whole)
    )
