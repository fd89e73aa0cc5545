# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sections that compare: help used beside what is expected, similar municipalities, how it was computed."""

from django.utils.translation import gettext as _

from samenspel.figures.service import Area, get_area, get_indicator, store_version
from samenspel.outcomes.service import (
    Change,
    Comparison,
    change,
    compared_indicators,
    comparing_version,
    comparison,
    model_summary,
    similar,
)
from samenspel.pages import queries
from samenspel.pages.presenters import cards
from samenspel.pages.presenters import characteristics as of_residents
from samenspel.pages.presenters import comparison as words
from samenspel.pages.presenters.outcome import expected_chart
from samenspel.pages.report.people import figure_blocks
from samenspel.pages.selection import SECTIONS
from samenspel.platform.service import components, dutch, pdf

# How many characteristics are named with each comparison; the page of the figure has them all.
CHARACTERISTICS = 4


def help_used(area: Area) -> list[pdf.Block]:
    """Which help and benefits are used, and how many one would expect with these residents."""
    section = SECTIONS[1]
    compared = compared_indicators()
    keys = list(dict.fromkeys([*section.indicators, *compared]))
    blocks: list[pdf.Block] = [
        pdf.Heading(_("Welke hulp wordt gebruikt?")),
        pdf.Paragraph(str(section.lead)),
        pdf.Paragraph(
            _(
                "In een gemeente met veel oude mensen of lage inkomens gebruiken meer mensen hulp. Daarom staat hier "
                "ook hoeveel mensen wij verwachten bij de inwoners van %(place)s."
            )
            % {"place": area.name}
        ),
    ]
    for figure in queries.compare(area, [key for key in keys if area.level in get_indicator(key).levels]):
        passport = figure.passport
        found = comparison(area.code, passport.key)
        if isinstance(found, Comparison):
            blocks += _compared(area, figure, found)
        else:
            blocks += [*figure_blocks(figure), pdf.Paragraph(found.sentence)]
    return blocks


def _compared(area: Area, figure: queries.Compared, found: Comparison) -> list[pdf.Block]:
    passport = figure.passport
    said = words.in_words(passport, found)
    model = model_summary(passport.key)
    named = of_residents.shifting(found.characteristics)[:CHARACTERISTICS]
    because = [of_residents.characteristic_sentence(one, found.period) for one in named]
    net = words.residents_sentence(found)
    moved = change(area.code, passport.key)
    blocks: list[pdf.Block] = [
        pdf.Heading(cards.question(passport), level=2),
        *(pdf.Note(note, language="nl") for note in found.notes),
        pdf.Paragraph(f"{said.expected} {said.observed} {said.verdict}", lead=True),
        pdf.Drawing(expected_chart(area, passport, found), table=False, small=True),
        pdf.Note(said.no_judgement, label=_("Geen oordeel (naar het Sociaal en Cultureel Planbureau):")),
    ]
    if said.chance:
        blocks.append(pdf.Paragraph(said.chance))
    if net:
        blocks.append(pdf.Paragraph(net))
    if because:
        blocks += [pdf.Paragraph(_("Wie er wonen, telt zo mee:")), pdf.Items(because)]
    blocks.append(pdf.Paragraph(words.explained_sentence(model)))
    if isinstance(moved, Change):
        blocks.append(pdf.Paragraph(words.change_sentence(moved)))
    words_of_source = {"publisher": passport.publisher, "period": found.period}
    return [
        *blocks,
        pdf.Note(passport.does_not_say, label=_("Wat dit niet zegt:"), language="nl"),
        pdf.Paragraph(_("Bron: %(publisher)s, %(period)s. De verwachting is onze berekening.") % words_of_source),
    ]


def similar_places(area: Area) -> list[pdf.Block]:
    """Municipalities with residents alike, by name, with why they are alike: to talk with, not to compare marks."""
    found = sorted(similar(area.code), key=lambda one: get_area(one.code).name)
    blocks: list[pdf.Block] = [pdf.Heading(_("Welke gemeenten lijken op %(place)s?") % {"place": area.name})]
    if not found:
        return [*blocks, pdf.Paragraph(_("Er zijn geen gemeenten waarvan de inwoners genoeg op die van hier lijken."))]
    nearest = min(one.distance for one in found)
    rows = [[get_area(one.code).name, words.distance_in_words(one, nearest), _reasons(one.reasons)] for one in found]
    return [
        *blocks,
        pdf.Paragraph(
            _(
                "Hier wonen mensen die in veel opzichten lijken op de mensen in %(place)s. Met deze gemeenten kunt u "
                "ervaringen delen. Zij staan op volgorde van naam."
            )
            % {"place": area.name}
        ),
        components.Table(
            caption=_("Gemeenten met dezelfde soort inwoners"),
            columns=[
                components.Column(_("Gemeente")),
                components.Column(_("Hoeveel")),
                components.Column(_("Waarin vooral")),
            ],
            rows=rows,
        ),
    ]


def _reasons(reasons: tuple[str, ...]) -> str:
    text = "; ".join(of_residents.label(reason) for reason in reasons)
    return text[:1].upper() + text[1:] + "." if text else ""


def how_computed() -> list[pdf.Block]:
    """The models behind what is expected, in a table, and how many areas chance alone makes stand out."""
    rows = []
    for key in compared_indicators():
        model = model_summary(key)
        rows.append(
            [
                cards.title(get_indicator(key)),
                model.period,
                dutch.number(model.areas),
                dutch.percent(100 * model.explained, 0),
                dutch.number(model.calibration_slope, 2),
            ]
        )
    return [
        pdf.Heading(_("Voor wie meer wil weten: hoe is dit berekend?")),
        pdf.Paragraph(
            _(
                "Hoeveel mensen wij ergens verwachten, berekenen wij uit wie er wonen: leeftijd, huishoudens, inkomen, "
                "opleiding, herkomst en woning. Nooit uit wat een gemeente doet. De rekenregel voor een gemeente is "
                "gemaakt met de gemeenten van andere provincies, zodat geen gemeente haar eigen norm bepaalt."
            )
        ),
        pdf.Paragraph(
            _(
                "Een verschil noemen wij pas duidelijk als het buiten de band valt waar 998 van de 1.000 gemeenten in "
                "vallen, als het waarschijnlijk meer dan 10 % is, en als wij minstens 5 mensen verwachten."
            )
        ),
        components.Table(
            caption=_("De berekeningen achter de verwachtingen"),
            columns=[
                components.Column(_("Cijfer")),
                components.Column(_("Jaar"), numeric=True),
                components.Column(_("Gemeenten"), numeric=True),
                components.Column(_("Verklaard"), numeric=True),
                components.Column(_("IJking"), numeric=True),
            ],
            rows=rows,
            note=_(
                "Verklaard: welk deel van de verschillen tussen gemeenten samengaat met wie er wonen. IJking: 1 "
                "betekent dat hoge en lage verwachtingen gemiddeld uitkomen."
            ),
        ),
        pdf.Paragraph(
            _("Versie van de cijfers: %(figures)s. Versie van de berekening: %(comparing)s.")
            % {"figures": store_version()[:12], "comparing": comparing_version()[:24]}
        ),
    ]
