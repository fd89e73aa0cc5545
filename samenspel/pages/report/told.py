# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The section with what people tell: stories, counter-stories and doubts, as far as their tellers allow it on paper."""

from django.utils.translation import gettext as _

from samenspel.figures.service import Area
from samenspel.outcomes.service import contributions
from samenspel.platform.service import pdf

# The newest, whole, until together they fill about two pages; the report says how many there are in all.
MOST = 6
LETTERS = 6_000


def what_people_tell(area: Area) -> list[pdf.Block]:
    """The newest stories and doubts with what was said against them, and the answers given or owed."""
    every = contributions.listed(municipality=area.code).select_related("beside")
    allowed = contributions.for_papers(every)
    printed = {one.public_id for one in allowed}
    # A counter-story whose story is printed stands beside that story.
    first = [one for one in allowed if one.beside is None or one.beside.public_id not in printed]
    blocks: list[pdf.Block] = [pdf.Heading(_("Wat vertellen mensen?"))]
    if not first:
        nobody = _("Over de cijfers van %(place)s vertelde nog niemand iets dat in dit verslag mag staan.")
        silence = _("Dat zegt niet dat alles goed gaat. Aan het eind leest u hoe u uw verhaal vertelt.")
        return [*blocks, pdf.Paragraph(f"{nobody % {'place': area.name}} {silence}")]
    blocks.append(pdf.Paragraph(_("Een verhaal is waar voor wie het vertelt. Een tegenverhaal is dat net zo goed.")))
    shown, letters = 0, 0
    for card in contributions.cards(first[:MOST], whole=True):
        letters += sum(len(one.first) + sum(map(len, one.rest)) for one in (card, *card.beside))
        if shown and letters > LETTERS:
            break
        shown += 1
        blocks += [pdf.Heading(card.about.text if card.about else card.kind_in_words, level=2), *_told(card)]
        for other in card.beside:
            if other.public_id in printed:
                blocks += _told(other)
            else:
                blocks.append(pdf.Paragraph(_("Op de website staat hier een tegenverhaal bij.")))
    total = every.count()
    if total > shown:
        blocks.append(pdf.Paragraph(_("Op de website staan er nu %(number)s.") % {"number": total}))
    return blocks


def _told(card: contributions.ContributionCard) -> list[pdf.Block]:
    """One text as its teller wrote it, who told it, and the answer."""
    blocks: list[pdf.Block] = [
        pdf.Paragraph(" – ".join(part for part in (card.kind_in_words, card.label) if part)),
        pdf.Quotation(" ".join([card.first, *card.rest]), card.by, language="nl"),
    ]
    blocks += [pdf.Paragraph(f"{question} {answer}", language="nl") for question, answer in card.more]
    if card.note:
        blocks.append(pdf.Paragraph(card.note))
    if card.answer is not None:
        blocks.append(pdf.Note(f"{card.answer.to} {card.answer.promise}", label=_("Antwoord gevraagd:")))
        for given in card.answer.answers:
            said = " ".join(part for part in (given.text, given.outcome, given.reason) if part)
            blocks.append(pdf.Quotation(said, given.heading, language="nl"))
    return blocks
