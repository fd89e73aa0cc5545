# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the outcome page shows of a comparison: charts, tables and sentences, section by section."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samenspel.figures.service import Area, Passport, Unit, get_indicator
from samenspel.outcomes.service import Change, Characteristic, Coefficient, Comparison, ModelSummary, NoComparison
from samenspel.pages import queries
from samenspel.pages.addresses import figure_address
from samenspel.pages.presenters import cards, charts
from samenspel.pages.presenters import characteristics as of_residents
from samenspel.pages.presenters import comparison as words
from samenspel.pages.presenters.comparison import InWords
from samenspel.pages.presenters.words import dutch as in_dutch
from samenspel.pages.queries import Alike, Outcome
from samenspel.platform.service import charts as kit
from samenspel.platform.service import components, dutch

# The limits of a funnel, in standard errors: 95 and 99.8 in a hundred.
USUAL, STRICT = 1.959964, 3.090232
LIMITS = 40


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """One comparison as it is shown everywhere: only by the tag `comparison`, with what the SCP says beside it."""

    key: str
    title: str
    address: str
    words: InWords
    chart: SafeString
    places: str
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class WhyView:
    """What who lives here has to do with the difference from the country, and how much is left.

    `net` is for all characteristics together, `sentences` (name, the rest) for those that surely make a difference.
    """

    net: str
    sentences: Sequence[tuple[str, str]]
    unsure: str
    little: str
    outside: str
    explained: str
    coefficients: components.Table
    facts: Sequence[tuple[str, str]]
    funnel: SafeString


@dataclass(frozen=True, slots=True)
class SimilarPlace:
    """One municipality with alike residents: how alike, in what, its figure with its range, and what is expected."""

    name: str
    address: str
    how_alike: str
    value: str
    expected: str
    reasons: str


@dataclass(frozen=True, slots=True)
class SimilarView:
    """Municipalities with alike residents, by name. `per` says what their figures are; `none` why there are none."""

    per: str
    places: Sequence[SimilarPlace]
    chart: SafeString
    none: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """The sections of an outcome page that a comparison gives."""

    comparison: ComparisonView
    why: WhyView
    similar: SimilarView
    change: str


def outcome_view(area: Area, passport: Passport) -> OutcomeView | None:
    """All sections of the comparison of this figure; None without a comparison."""
    return _drawn(queries.version(), get_language() or "nl", area, passport.key)


# Drawing takes longer than all other work for the page; a few hundred views of about 30 kB are kept.
@lru_cache(maxsize=400)
def _drawn(version: str, language: str, area: Area, key: str) -> OutcomeView | None:
    passport = get_indicator(key)
    compared = queries.comparison_of(area, passport)
    if isinstance(compared, NoComparison):
        return None
    found = queries.outcome(area, passport, compared)
    return OutcomeView(
        comparison=comparison_view(found.area, found.passport, found.comparison),
        why=_why(found),
        similar=_similar(found),
        change=_change(found),
    )


def comparison_view(area: Area, passport: Passport, found: Comparison, *, chart: bool = True) -> ComparisonView:
    """One comparison in words, with its chart; without the chart for a card."""
    return ComparisonView(
        key=passport.key,
        title=cards.question(passport),
        address=figure_address(area, passport.key),
        words=words.in_words(passport, found),
        chart=kit.figure(expected_chart(area, passport, found), name=f"{passport.key}-expected")
        if chart
        else SafeString(""),
        places=words.places_sentence(found),
        notes=[in_dutch(note) for note in found.notes],
    )


def expected_chart(area: Area, passport: Passport, found: Comparison) -> kit.ExpectedRange:
    """What was counted beside what is expected. Whoever shows it shows `words.no_judgement` beside it."""
    low, high = words.round_range(found)
    counted = _("%(place)s: geschat") if passport.model_estimate else _("%(place)s: geteld")
    return kit.ExpectedRange(
        title=_("%(title)s in %(place)s, %(period)s")
        % {"title": cards.title(passport), "place": area.name, "period": found.period},
        unit=kit.Unit(words.people(passport)),
        here=counted % {"place": area.name},
        band=_("Verwacht bij deze inwoners"),
        periods=(
            kit.ExpectedPeriod(
                name=found.period,
                observed=words.round_observed(found),
                low=found.observed_interval.lower,
                high=found.observed_interval.upper,
                expected=found.expected,
                expected_low=low,
                expected_high=high,
            ),
        ),
        label=words.within_sentence(found),
    )


def funnel_chart(found: Outcome) -> kit.FunnelPlot:
    """All municipalities beside what is expected of each; limits as in Spiegelhalter (2005), Stat Med 24:1185.

    The log ratio of an area with E expected has the standard error sqrt(1/E + tau^2); tau is the ordinary spread
    between municipalities that chance does not explain.
    """
    here = found.comparison
    sizes = [expected for expected, _ratio in found.all_areas] + [here.expected]
    low, high = math.log(min(sizes)), math.log(max(sizes))
    limits = []
    for step in range(LIMITS + 1):
        expected = math.exp(low + (high - low) * step / LIMITS)
        error = math.sqrt(1 / expected + found.model.between_areas_sd**2)
        limits.append(kit.FunnelLimit(expected, *(math.exp(z * error) for z in (-USUAL, USUAL, -STRICT, STRICT))))
    return kit.FunnelPlot(
        title=_("%(title)s in alle gemeenten, naast wat wij verwachten") % {"title": cards.title(found.passport)},
        areas=_("gemeenten"),
        points=tuple(kit.FunnelPoint(expected, ratio) for expected, ratio in found.all_areas),
        limits=tuple(limits) if high > low else (),
        here=kit.FunnelPoint(here.expected, here.ratio),
        here_name=found.area.name,
    )


def _why(found: Outcome) -> WhyView:
    every = found.comparison.characteristics
    shifting, unsure = of_residents.shifting(every), of_residents.unsure(every)
    little = [one for one in every if one not in shifting and one not in unsure]
    period = found.comparison.period
    return WhyView(
        net=words.residents_sentence(found.comparison),
        sentences=[(of_residents.name_of(one), of_residents.shift_sentence(one, period)) for one in shifting],
        unsure=_named(_("Van deze kenmerken weten wij niet of zij hier verschil maken: %(labels)s."), unsure, period),
        outside=_named(
            _(
                "Geen van de gemeenten waarvan wij leerden, heeft zulke waarden als hier bij: %(labels)s. Onze "
                "verwachting is hier dus onzekerder dan de band laat zien."
            ),
            [one for one in every if one.outside],
            period,
        ),
        little=_named(_("Deze kenmerken maken hier weinig verschil: %(labels)s."), little, period),
        explained=words.explained_sentence(found.model),
        coefficients=_coefficients(found.model),
        facts=_facts(found.model),
        funnel=kit.figure(funnel_chart(found), name=f"{found.passport.key}-funnel"),
    )


def _named(sentence: str, found: Sequence[Characteristic], period: str) -> str:
    labels = ", ".join(of_residents.short_name(one, period) for one in found)
    return sentence % {"labels": labels} if found else ""


def _coefficients(model: ModelSummary) -> components.Table:
    years = {one.key: one.period for one in model.characteristics}
    return components.Table(
        caption=_("Wat elk kenmerk doet met het verwachte aantal"),
        columns=[
            components.Column(_("Kenmerk")),
            components.Column(_("Jaar"), numeric=True),
            components.Column(_("Eén stap meer geeft"), numeric=True),
            components.Column(_("Waarschijnlijk tussen"), numeric=True),
        ],
        rows=[
            [of_residents.label(one.label), years.get(one.key, ""), _effect(one.estimate), _between(one)]
            for one in model.coefficients
        ],
        note=_(
            "Een stap is één standaardafwijking: ongeveer het verschil tussen een gewone gemeente en een die op dit "
            "kenmerk wat hoger uitkomt. De andere kenmerken blijven daarbij gelijk."
        ),
        name="kenmerken",
    )


def _effect(log_ratio: float) -> str:
    shift = (math.exp(log_ratio) - 1) * 100
    shown = dutch.percent(shift, 1)
    return f"+{shown}" if shift > 0 else shown


def _between(one: Coefficient) -> str:
    return _("%(low)s en %(high)s") % {"low": _effect(one.lower), "high": _effect(one.upper)}


_FAMILIES = {
    "negative_binomial": gettext_lazy("negatief-binomiaal (aantallen met meer spreiding dan toeval)"),
    "beta_binomial": gettext_lazy("bèta-binomiaal (aandelen met meer spreiding dan toeval)"),
}


def _facts(model: ModelSummary) -> list[tuple[str, str]]:
    """How the model was made and how well it fits, for who wants to judge it."""
    spread = dutch.percent((math.exp(model.between_areas_sd) - 1) * 100, 0)
    explained = _("%(elsewhere)s als de verwachting elders is geleerd; %(inside)s als de gemeente zelf meetelt.") % {
        "elsewhere": dutch.percent(100 * model.explained, 0),
        "inside": dutch.percent(100 * model.explained_in_sample, 0),
    }
    return [
        (_("Gemeenten in de berekening"), dutch.number(model.areas)),
        (_("Jaar"), model.period),
        (_("Onder wie wij tellen"), of_residents.label(model.base_label)),
        (_("Soort model"), str(_FAMILIES.get(model.family, model.family))),
        (_("Verklaart"), explained),
        (
            _("IJking"),
            _("%(slope)s. Bij 1 klopt de verwachting even goed waar zij laag is als waar zij hoog is.")
            % {"slope": dutch.number(model.calibration_slope, 2)},
        ),
        (
            _("Gewone spreiding tussen gemeenten"),
            _("%(spread)s, naast het toeval. De banden houden hier rekening mee.") % {"spread": spread},
        ),
        (_("Duidelijk anders dan verwacht"), words.stand_out(model)),
        (
            _("Lijken buren op elkaar?"),
            _("Moran’s I van wat overblijft: %(moran)s. Boven 0 lijken gemeenten op hun buren, ook na de berekening.")
            % {"moran": dutch.number(model.residual_moran, 2)},
        ),
        (_("Versie van de methode"), model.method_version),
    ]


def _similar(found: Outcome) -> SimilarView:
    """The municipalities that are alike, by name: the order says nothing of their figures."""
    if not found.similar:
        why = queries.why_not_similar(found.area)
        return SimilarView("", (), SafeString(""), in_dutch(why.sentence) if why else "")
    nearest = min(one.found.distance for one in found.similar)
    by_name = sorted(found.similar, key=lambda one: one.area.name.casefold())
    places = [
        SimilarPlace(
            name=one.area.name,
            address=figure_address(one.area, found.passport.key),
            how_alike=words.distance_in_words(one.found, nearest),
            value=_rate_in_words(found.passport, one.comparison),
            expected=_expected_in_words(found.passport, one.comparison),
            reasons="; ".join(of_residents.label(reason) for reason in one.found.reasons),
        )
        for one in by_name
    ]
    return SimilarView(per=_per_base(found), places=places, chart=_similar_chart(found, by_name))


def _similar_chart(found: Outcome, by_name: Sequence[Alike]) -> SafeString:
    passport = found.passport
    places = [(one.area.name, one.comparison, False) for one in by_name]
    places.append((found.area.name, found.comparison, True))
    bars = []
    for name, one, here in sorted(places, key=lambda place: place[0].casefold()):
        if isinstance(one, NoComparison):
            bars.append(kit.IntervalBar(name, None))
            continue
        seen = one.observed_interval
        value, low, high = (
            words.published_rate(passport, one, count) for count in (one.observed, seen.lower, seen.upper)
        )
        expected = words.published_rate(passport, one, one.expected)
        bars.append(kit.IntervalBar(name, value, low, high, here=here, expected=expected))
    chart = kit.IntervalBars(
        title=_("%(title)s waar mensen wonen die op elkaar lijken") % {"title": cards.title(passport)},
        unit=charts.chart_unit(passport),
        area=_("Gemeente"),
        bars=tuple(bars),
        value=cards.title(passport),
        expected=_("verwacht bij de inwoners daar"),
        label=_("Het streepje laat zien hoe ver toeval het cijfer kan verschuiven."),
    )
    return kit.figure(chart, name=f"{passport.key}-similar", table=False)


def _per_base(found: Outcome) -> str:
    """What the figures of alike municipalities are: a number per so many of whom is counted."""
    here = found.comparison
    base = of_residents.label(here.published_base_label or here.base_label or "inwoners")
    if found.passport.unit is Unit.PER_1000:
        return format_html(_("aantal per 1.000 {base}"), base=base)
    return format_html(_("aantal per 100 {base}"), base=base)


def _rate_in_words(passport: Passport, found: Comparison | NoComparison) -> str:
    """The figure of a municipality with its range: "88 per 1.000 (tussen 86 en 90)"."""
    if isinstance(found, NoComparison):
        return _("geen cijfer")
    unit = charts.chart_unit(passport)
    seen = found.observed_interval
    value, low, high = (
        unit.write(words.published_rate(passport, found, count)) for count in (found.observed, seen.lower, seen.upper)
    )
    return _("%(value)s (tussen %(low)s en %(high)s)") % {"value": value, "low": low, "high": high}


def _expected_in_words(passport: Passport, found: Comparison | NoComparison) -> str:
    """What is expected there, in the unit of the figure: without it only the figures are laid beside each other."""
    if isinstance(found, NoComparison):
        return ""
    value = charts.chart_unit(passport).write(words.published_rate(passport, found, found.expected))
    return _("verwacht: %(value)s") % {"value": value}


def _change(found: Outcome) -> str:
    if found.change is None:
        return words.no_trend(found.passport)
    if isinstance(found.change, NoComparison):
        return in_dutch(found.change.sentence)
    assert isinstance(found.change, Change)
    return words.change_sentence(found.change)
