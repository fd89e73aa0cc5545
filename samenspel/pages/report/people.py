# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first sections: how to read this, who lives here, how people are doing, which help is used."""

from django.utils.translation import gettext as _

from samenspel.figures.service import Area
from samenspel.pages import queries
from samenspel.pages.presenters import cards, charts
from samenspel.pages.presenters.area import offered
from samenspel.pages.presenters.numbers import cell
from samenspel.pages.presenters.ranges import heading as range_heading
from samenspel.pages.presenters.ranges import range_cell
from samenspel.pages.selection import AGES, FACTS, HOUSEHOLDS, SECTIONS
from samenspel.platform.service import charts as kit
from samenspel.platform.service import components, pdf


def reading_guide(area: Area) -> list[pdf.Block]:
    """What this report is for, how to read a range, and what it must not be used for."""
    return [
        pdf.Heading(_("Hoe leest u dit verslag?")),
        pdf.Paragraph(
            _(
                "Dit verslag laat zien hoe het gaat met de mensen in %(place)s, welke hulp zij gebruiken, en wat wij "
                "niet weten. Het is voor inwoners, voor de gemeenteraad en voor wie hier werkt."
            )
            % {"place": area.name},
            lead=True,
        ),
        pdf.Items(
            [
                _("Het is bedoeld om van te leren en over te praten. Het is geen rapportcijfer en geen ranglijst."),
                _(
                    "Bij een cijfer staat waar het mogelijk is een bereik: “waarschijnlijk tussen 43 en 49”. Het "
                    "echte aantal ligt dan in ongeveer 95 van de 100 gevallen tussen die twee."
                ),
                _("Is er geen bereik, dan staat erbij waarom niet."),
                _(
                    "Een cijfer vertelt nooit het hele verhaal. Daarom staat steeds erbij wat het niet zegt, en wat "
                    "mensen erover vertellen."
                ),
                _("Klopt iets niet voor u? Aan het eind leest u hoe u dat zegt en wie u antwoord geeft."),
            ]
        ),
    ]


def who_lives_here(area: Area) -> list[pdf.Block]:
    """The population in a few facts, by age and by household, with the Netherlands beside it."""
    facts = [figure for figure in queries.compare(area, FACTS) if cards.latest_value(figure.here)]
    rows = []
    for figure in facts:
        point = cards.latest_value(figure.here)
        assert point is not None
        country = figure.country
        same = next((p for p in country.points if p.period == point.period), None) if country else None
        rows.append(
            [
                cards.title(figure.passport),
                cell(figure.passport, point),
                range_cell(figure.passport, point),
                cell(figure.passport, same),
                point.period,
            ]
        )
    unknown = any(row[3] == _("geen cijfer") for row in rows)
    drawings = [
        charts.composition_chart(
            title, queries.compare(area, [key for key, _name in shares]), [str(n) for _k, n in shares]
        )
        for title, shares in ((_("Leeftijd van de inwoners"), AGES), (_("Huishoudens"), HOUSEHOLDS))
    ]
    return [
        pdf.Heading(_("Wie wonen hier?")),
        components.Table(
            caption=_("%(place)s in het kort") % {"place": area.name},
            columns=[
                components.Column(_("Cijfer")),
                components.Column(area.name, numeric=True),
                components.Column(range_heading(), numeric=True),
                components.Column(_("Nederland"), numeric=True),
                components.Column(_("Jaar"), numeric=True),
            ],
            rows=rows,
            note=_("Geen cijfer: de bron heeft dit niet voor heel Nederland.") if unknown else "",
        ),
        *_beside([chart for chart in drawings if chart]),
    ]


def _beside(drawings: list[kit.BarChart]) -> list[pdf.Block]:
    if len(drawings) == 2:
        return [pdf.SideBySide(*drawings)]
    return [pdf.Drawing(chart) for chart in drawings]


def how_people_are(area: Area) -> list[pdf.Block]:
    """The six questions about how people are doing."""
    section = SECTIONS[0]
    blocks: list[pdf.Block] = [pdf.Heading(str(section.heading)), pdf.Paragraph(str(section.lead))]
    for figure in queries.compare(area, [passport.key for passport in offered(section.indicators, area)]):
        blocks += figure_blocks(figure)
    return blocks


def figure_blocks(figure: queries.Compared) -> list[pdf.Block]:
    """One figure as its card tells it: the question, the value in words, the comparison, the years, the limits."""
    card = cards.figure_card(figure)
    blocks: list[pdf.Leaf] = [pdf.Heading(card.question, level=2)]
    if card.missing:
        return [*blocks, pdf.Paragraph(_("Er is hier geen cijfer.")), pdf.Paragraph(card.missing)]
    blocks += [pdf.Paragraph(card.in_words, lead=True)]
    blocks.append(pdf.Paragraph(f"{card.range_in_words or card.no_range} {card.compared} {card.source}"))
    chart = charts.years_chart(figure)
    if chart:
        blocks.append(pdf.Drawing(chart, table=False, small=True))
    blocks.append(pdf.Note(figure.passport.does_not_say, label=_("Wat dit niet zegt:"), language="nl"))
    return [pdf.Together(blocks)]
