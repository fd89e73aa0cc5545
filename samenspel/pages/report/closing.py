# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The last sections: the districts, what is not known, how to take part, where the figures come from."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from samenspel.figures.service import Area, AreaLevel, Passport, get_indicator, period_years, sources
from samenspel.outcomes import service as outcomes
from samenspel.pages import queries
from samenspel.pages.presenters import cards, charts
from samenspel.pages.presenters.ranges import how_certain
from samenspel.pages.selection import AGES, FACTS, HOUSEHOLDS, SECTIONS
from samenspel.platform.service import charts as kit
from samenspel.platform.service import components, pdf

# What the report shows by district: who lives where, how people are, and whether money is tight.
DISTRICT_MAPS = ("age_65_plus_share", "lonely", "making_ends_meet_difficult")
# A figure this many years older than the newest of the report is named as old: a council term.
OLD_AFTER_YEARS = 4


def shown_indicators() -> list[Passport]:
    """Every indicator of which the report shows a value, in the order of the report."""
    keys = [*FACTS, *(key for key, _name in (*AGES, *HOUSEHOLDS)), *(key for one in SECTIONS for key in one.indicators)]
    return [get_indicator(key) for key in dict.fromkeys([*keys, *DISTRICT_MAPS])]


def districts(area: Area) -> list[pdf.Block]:
    """Maps of the districts with their values in a table; a sentence where there is no map."""
    blocks: list[pdf.Block] = [
        pdf.Heading(_("Hoe is het in de wijken?")),
        pdf.Paragraph(
            _(
                "De wijken staan op volgorde van naam. Een verschil van een paar punten tussen twee wijken zegt "
                "meestal niets: vaak is het toeval, of een rekenmodel dat vooral naar de samenstelling van de wijk "
                "kijkt."
            )
        ),
    ]
    drawn: list[tuple[Passport, kit.AreaMap]] = []
    missing = []
    for passport in map(get_indicator, DISTRICT_MAPS):
        chart = charts.district_chart(area, passport)
        if chart is None:
            missing.append(cards.title(passport))
        else:
            drawn.append((passport, chart))
    maps = [chart for _passport, chart in drawn]
    for left, right in zip(maps[::2], maps[1::2], strict=False):
        blocks.append(pdf.SideBySide(left, right))
    if len(maps) % 2:
        blocks.append(pdf.Drawing(maps[-1], table=False, small=True))
    if drawn:
        blocks.append(_district_table(area, drawn))
    # What the other two do not say stands with them, in the section on how people are.
    already = {key for section in SECTIONS for key in section.indicators}
    for passport in (one for one, _chart in drawn if one.key not in already):
        label = _("Wat “%(title)s” niet zegt:") % {"title": cards.title(passport)}
        blocks.append(pdf.Note(passport.does_not_say, label=label, language="nl"))
    if missing:
        words = _("Hierover zijn voor twee of meer wijken geen cijfers: %(titles)s.")
        blocks.append(pdf.Paragraph(words % {"titles": ", ".join(missing)}))
    return blocks


def _district_table(area: Area, drawn: Sequence[tuple[Passport, kit.AreaMap]]) -> components.Table:
    """The districts by name with the values of all maps."""
    values = [{one.code: one.value for one in chart.values} for _passport, chart in drawn]
    return components.Table(
        caption=_("De wijken van %(place)s") % {"place": area.name},
        columns=[
            components.Column(_("Wijk")),
            *(components.Column(cards.title(passport), numeric=True) for passport, _chart in drawn),
        ],
        rows=[
            [
                part.name,
                *(chart.unit.write(known.get(part.code)) for known, (_p, chart) in zip(values, drawn, strict=True)),
            ]
            for part in queries.parts_by_name(area, AreaLevel.DISTRICT)
        ],
        note=" ".join(f"{cards.title(passport)}: {how_certain(passport)}" for passport, _chart in drawn),
    )


def not_known(area: Area) -> list[pdf.Block]:
    """What the report cannot say: missing figures, old figures, estimates, and what nobody measures."""
    figures = queries.compare(area, [one.key for one in shown_indicators() if area.level in one.levels])
    missing = [cards.title(one.passport) for one in figures if cards.latest_value(one.here) is None]
    last = [(one.passport, period_years(p.period)[1]) for one in figures if (p := cards.latest_value(one.here))]
    newest = max((year for _passport, year in last), default=0)
    old = [f"{cards.title(passport)} ({year})" for passport, year in last if year <= newest - OLD_AFTER_YEARS]
    modelled = [cards.title(passport) for passport, _year in last if passport.model_estimate]
    items = []
    if missing:
        items.append(_("Hierover is voor deze gemeente geen cijfer: %(titles)s.") % {"titles": ", ".join(missing)})
    if old:
        words = _("Deze cijfers zijn oud, nieuwere hebben wij niet: %(titles)s.")
        items.append(words % {"titles": ", ".join(old)})
    if modelled:
        words = _(
            "Dit zijn schattingen met een rekenmodel, zonder marge van de bron: %(titles)s. Zij laten niet zien of "
            "het beleid van de gemeente iets verandert."
        )
        items.append(words % {"titles": ", ".join(modelled)})
    items += [
        _("Wie hulp nodig heeft en die niet krijgt of niet vraagt, staat in geen enkel cijfer."),
        _("Of de hulp mensen verder hielp, is hier nog niet gemeten."),
        _(
            "Mensen die de taal niet goed lezen, ernstig ziek zijn of geen vast adres hebben, ontbreken vaak in de "
            "cijfers."
        ),
    ]
    return [
        pdf.Heading(_("Wat weten wij niet?")),
        pdf.Paragraph(_("Dit is net zo belangrijk als wat wij wel weten.")),
        pdf.Items(items),
    ]


def taking_part(area: Area) -> list[pdf.Block]:
    """How to contradict, and where to find everything on the site."""
    if outcomes.contributions.why_closed(area.code):
        ways = [
            _(
                "%(place)s doet nog niet mee op deze website. U kunt er nu geen verhaal vertellen. Bel of mail uw "
                "gemeente als u iets wilt zeggen over deze cijfers."
            )
            % {"place": area.name}
        ]
    else:
        ways = [
            _("Bij elk cijfer op de website kunt u uw verhaal vertellen of zeggen dat u aan het cijfer twijfelt."),
            _("Wie over het cijfer gaat, moet u binnen zes weken antwoord geven. Vraag en antwoord zijn openbaar."),
        ]
    items = [
        *ways,
        _(
            "Alle cijfers staan op de website, met hun bereik, hun bron en wat zij niet zeggen. Iedereen mag ze "
            "gebruiken."
        ),
    ]
    if settings.HELP_PHONE:
        items.append(_("Liever bellen? Dat kan: %(phone)s.") % {"phone": settings.HELP_PHONE})
    return [pdf.Heading(_("Hoe praat u mee?")), pdf.Items(items)]


def where_figures_come_from() -> list[pdf.Block]:
    """The tables behind the figures of this report, with publisher and licence."""
    used = {key for passport in shown_indicators() for key in passport.tables}
    rows = [[table.title, table.publisher, table.licence] for table in sources() if table.key in used]
    return [
        pdf.Heading(_("Waar komen de cijfers vandaan?")),
        components.Table(
            caption=_("Bronnen van dit verslag"),
            columns=[components.Column(_("Bron")), components.Column(_("Uitgever")), components.Column(_("Licentie"))],
            rows=rows,
        ),
    ]
