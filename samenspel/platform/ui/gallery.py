# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up content for the gallery page: every component in every state, also the awkward ones."""

import math
from dataclasses import replace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samenspel.platform.ui.charts import (
    AreaMap,
    AreaValue,
    Bar,
    BarChart,
    Distribution,
    ExpectedPeriod,
    ExpectedRange,
    FunnelLimit,
    FunnelPlot,
    FunnelPoint,
    Gap,
    IntervalBar,
    IntervalBars,
    Line,
    LineChart,
    LinePoint,
    Unit,
    figure,
    shapes_from_geojson,
)
from samenspel.platform.ui.components import Column, Link, Table
from samenspel.platform.ui.pdf import Document, Drawing, Heading, Items, Paragraph


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Hoe heet u?"), help_text=_("Uw voornaam is genoeg."))
    email = forms.EmailField(label=_("E-mailadres"), required=False)
    story = forms.CharField(label=_("Wat wilt u vertellen?"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    place = forms.ChoiceField(label=_("Waar woont u?"), choices=[("zwolle", "Zwolle"), ("oss", "Oss")])
    contact = forms.ChoiceField(
        label=_("Hoe wilt u antwoord?"),
        choices=[("phone", _("Bel mij")), ("mail", _("Stuur een e-mail"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Waar gaat het over?"),
        choices=[("home", _("Wonen")), ("money", _("Geld")), ("health", _("Gezondheid"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label=_("Mijn verhaal mag met mijn naam op deze website"))


PERCENT = Unit("procent van de inwoners van 18 jaar en ouder", "percent", 1)


def example_charts() -> tuple[LineChart, BarChart, Distribution, AreaMap, ExpectedRange, FunnelPlot, IntervalBars]:
    """One chart of each kind, with gaps, ranges, missing and uncertain values."""
    return (*_plain_charts(), *_charts_of_comparisons())


def _plain_charts() -> tuple[LineChart, BarChart, Distribution, AreaMap]:
    here = [(2012, 38.9), (2013, None), (2016, 42.1), (2020, 46.3), (2022, 48.0), (2024, 47.2)]
    country = [(2012, 39.6), (2016, 43.4), (2020, 47.0), (2022, 48.9), (2024, 46.1)]
    lines = LineChart(
        title="Voelen mensen zich eenzaam?",
        unit=PERCENT,
        lines=(
            Line("Voorbeeldstad", tuple(LinePoint(y, v, v and v - 2.5, v and v + 2.5) for y, v in here), here=True),
            Line("Nederland", tuple(LinePoint(y, v) for y, v in country)),
        ),
        gaps=(Gap(2022, "De vragen zijn veranderd. Vergelijk de jaren ervoor en erna niet met elkaar."),),
        label="Geschat met een model.",
    )
    bars = BarChart(
        title="Hoe oud zijn de inwoners?",
        unit=Unit("procent van de inwoners", "percent", 1),
        bars=(
            Bar("0 tot 15 jaar", 16.1, 15.2),
            Bar("15 tot 25 jaar", 13.9, 12.3),
            Bar("25 tot 45 jaar", 27.0, 25.3),
            Bar("45 tot 65 jaar", 24.7, 26.6),
            Bar("65 jaar en ouder", 18.3, 20.5),
            Bar("Leeftijd niet bekend", None, 0.1),
        ),
        here="Voorbeeldstad",
        others="Nederland",
    )
    spread = Distribution(
        title="Hoe verschilt dit in Nederland?",
        unit=PERCENT,
        values=tuple(round(46 + 7 * math.sin(i * 2.4) * math.cos(i * 0.7), 1) for i in range(342)),
        areas="gemeenten",
        here=47.2,
        here_name="Voorbeeldstad",
        country=46.1,
    )
    shapes, height = shapes_from_geojson(example_boundaries())
    numbers = [None if i == 7 else 38.0 + i * 1.1 for i in range(len(shapes))]
    chart = AreaMap(
        title="Eenzaamheid per wijk",
        unit=PERCENT,
        shapes=shapes,
        values=tuple(
            AreaValue(s.code, n, uncertain=i in (2, 9), url="#kaart")
            for i, (s, n) in enumerate(zip(shapes, numbers, strict=True))
        ),
        height=height,
        area="Wijk",
        here=shapes[5].code,
    )
    return lines, bars, spread, chart


def _charts_of_comparisons() -> tuple[ExpectedRange, FunnelPlot, IntervalBars]:
    expected = ExpectedRange(
        title="Hoeveel mensen krijgen hulp uit de Wmo?",
        unit=Unit("inwoners", "number"),
        here="Voorbeeldstad: geteld",
        band="Verwacht bij deze inwoners",
        periods=(
            ExpectedPeriod("2023", 432, 393, 474, 410, 370, 450),
            ExpectedPeriod("2024", 489, 447, 534, 418, 377, 460),
        ),
        label="De band laat zien waar gemeenten met zulke inwoners meestal liggen.",
    )
    sizes = [10 * 1.26**i for i in range(30)]
    spreads = [math.sqrt(1 / size + 0.01) for size in sizes]
    funnel = FunnelPlot(
        title="Hoe verschilt dit van wat wij verwachten?",
        areas="gemeenten",
        points=tuple(
            FunnelPoint(size * 1.1, math.exp(spread * 1.7 * math.sin(i * k * 2.4)))
            for k in (1, 3, 5)
            for i, (size, spread) in enumerate(zip(sizes, spreads, strict=True))
        ),
        limits=tuple(
            FunnelLimit(size, *(math.exp(z * spread) for z in (-1.96, 1.96, -3.09, 3.09)))
            for size, spread in zip(sizes, spreads, strict=True)
        ),
        here=FunnelPoint(410, 1.05),
        here_name="Voorbeeldstad",
    )
    districts = [
        IntervalBar(f"Wijk {n}", 40 + n, 37 + n, 43.5 + n, 36 + 2.0 * n, 28 + 2.0 * n, 45 + 2.0 * n, uncertain=n == 3)
        for n in range(1, 5)
    ]
    bars = IntervalBars(
        title="Mensen met hulp per wijk",
        unit=PERCENT,
        area="Wijk",
        bars=(*districts, IntervalBar("Wijk zonder cijfer", None)),
        value="berekend met de wijken eromheen",
        raw="zoals gepubliceerd",
        reference=43.0,
        reference_name="Nederland",
    )
    return expected, funnel, bars


def example_boundaries() -> dict[str, Any]:
    """Fourteen made-up districts: a honeycomb somewhere in the Netherlands."""
    features = []
    for i in range(14):
        x, y = 6.0 + (i % 4) * 0.026 + (i // 4 % 2) * 0.013, 52.5 + (i // 4) * 0.0139
        corners = [
            (x + 0.015 * math.cos(a * math.pi / 3 + 0.5236), y + 0.0093 * math.sin(a * math.pi / 3 + 0.5236))
            for a in range(7)
        ]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": f"WK{i:06}", "name": f"Wijk {i + 1}"},
                "geometry": {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def example_document() -> Document:
    """A document with every kind of block."""
    charts = [block for chart in example_charts() for block in (Heading(chart.title, level=2), Drawing(chart))]
    return Document(
        title="Voorbeeldstad in cijfers",
        description="Een voorbeeld van een document, met cijfers die niet echt zijn",
        blocks=[
            Paragraph(
                "Dit document is gemaakt om te laten zien hoe een document eruitziet. De cijfers zijn niet echt."
            ),
            Heading("Wie wonen hier?"),
            Items(["133.000 inwoners", "62.000 huishoudens", "24.210 mensen van 65 jaar en ouder"]),
            example_table(),
            Heading("Hoe gaat het hier?"),
            *charts,
        ],
    )


def example_table() -> Table:
    """A table with numbers."""
    return Table(
        caption="Inwoners van Voorbeeldstad naar leeftijd",
        columns=[Column("Leeftijd"), Column("Inwoners", numeric=True), Column("Deel", numeric=True)],
        rows=[
            ["0 tot 15 jaar", "21.345", "16,1 %"],
            ["15 tot 65 jaar", "87.002", "65,6 %"],
            ["65 jaar en ouder", "24.210", "18,3 %"],
        ],
        note="Stand op 1 januari 2025.",
    )


def examples(request: HttpRequest) -> dict[str, Any]:
    """Everything that the gallery page shows."""
    return {
        "crumbs": [("Start", "/"), ("Gemeente Voorbeeldstad", "/ui/"), ("Wijk Noord", "")],
        "actions": [Link("Tabel", "#tabel"), Link("Bron", "#bron"), Link("Cijfers als CSV", "#csv")],
        "table": example_table(),
        "pairs": [
            ("Bron", "Centraal Bureau voor de Statistiek"),
            ("Bijgewerkt", "15 mei 2026"),
            ("Betekenis", "Hoeveel mensen op 1 januari in de gemeente wonen."),
        ],
        "empty_form": ExampleForm(prefix="leeg"),
        "wrong_form": ExampleForm(
            {"fout-email": "geen adres", "fout-story": "<script>alert(1)</script>"}, prefix="fout"
        ),
        "page": Paginator(range(200), 10).get_page(7),
        "charts": [figure(chart) for chart in example_charts()],
        "small_chart": figure(replace(example_charts()[0], label=""), name="card", caption=False),
        "story_rest": [
            "Elke week bel ik. Elke week is er iemand anders die mij niet kent.",
            "<b>Vijandige</b> tekst ook.",
        ],
        "owed_about": Link("Het verhaal van een buurman", "#vraag-open"),
        "owed_answers": [
            {
                "heading": "Antwoord van Gemeente Voorbeeldstad, 2 mei 2026",
                "text": "Op de eerste zondag van de maand gaat het buurthuis open.\n\nVaker kan nog niet.",
                "outcome": "Wij doen een deel",
                "reason": "Er zijn nu vier vrijwilligers die op zondag kunnen.",
            },
            {
                "heading": "Aanvulling van Gemeente Voorbeeldstad, 9 juni 2026",
                "text": "Er kwamen twee vrijwilligers bij. Vanaf juli is het elke zondag.",
                "outcome": "Wij doen dit",
                "reason": "",
            },
        ],
        "hostile": "<script>alert('x')</script> & \"aanhaling\"",
        "long_word": "Meervoudigeondersteuningsbehoeftenonderzoekscommissievergadering",
    }
