# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A figure as a card: a question, the value in words, what it is compared with, and what it does not say."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samenspel.figures.service import Passport, Point, Series, Status, period_years, uncertainty_of
from samenspel.outcomes.service import debate
from samenspel.pages.addresses import csv_address, figure_address
from samenspel.pages.presenters.numbers import compared as in_comparison
from samenspel.pages.presenters.numbers import in_sentence, with_unit
from samenspel.pages.presenters.ranges import no_range_in_words, range_in_words
from samenspel.pages.presenters.words import dutch, english, said
from samenspel.pages.queries import Compared
from samenspel.platform.service import components

# Marks that change how a value may be read; an ordinary published figure carries none.
_MARKED = (Status.MODEL_ESTIMATE, Status.PROVISIONAL)


@dataclass(frozen=True, slots=True)
class FigureCard:
    """What the figure card tag shows; texts are ready to read, `chart` is safe HTML.

    Raises ValueError for a value without the address of its passport, or without either its range or why it has none.
    """

    id: str
    question: str
    passport: str
    in_words: str
    range_in_words: str
    no_range: str
    compared: str
    label: str
    does_not_say: str
    source: str
    missing: str
    chart: str
    actions: tuple[components.Link, ...]

    def __post_init__(self) -> None:
        if self.in_words and not (self.passport and bool(self.range_in_words) != bool(self.no_range)):
            raise ValueError(f"{self.id}: a figure is shown with its passport, and with its range or why it has none")


def figure_card(figure: Compared, chart: str = "", *, doubts: bool = True) -> FigureCard:
    """The card of one figure of one area, in the language of the page; `doubts`: with the way to doubt it."""
    passport, here = figure.passport, figure.here
    point = latest_value(here)
    at = figure_address(here.area, passport.key)
    found = uncertainty_of(passport, point) if point else None
    links = (
        components.Link(_("Tabel en bron"), at),
        components.Link(_("CSV"), csv_address(passport.key, gebied=here.area.code)),
        *([debate.doubt_link(passport.key, here.area.code)] if doubts else []),
    )
    return FigureCard(
        id=passport.key,
        question=question(passport),
        passport=reverse("pages:indicator", args=[passport.key]),
        in_words=value_in_words(passport, point) if point else "",
        range_in_words=range_in_words(passport, found) if found else "",
        no_range=no_range_in_words(found) if found else "",
        compared=comparison(figure, point) if point else "",
        label=said(point.status) if point and point.status in _MARKED else "",
        does_not_say=dutch(passport.does_not_say) if point else "",
        source=_("Bron: %(publisher)s, %(period)s.") % {"publisher": passport.publisher, "period": point.period}
        if point
        else "",
        missing="" if point else why_missing(passport, here),
        chart=chart if point else "",
        actions=links if point else (),
    )


def question(passport: Passport) -> str:
    """The title of the card: the Dutch question, or the English title for who reads English."""
    return passport.title_en if english() else passport.question


def title(passport: Passport) -> str:
    """The indicator's title in the language of the page."""
    return passport.title_en if english() else passport.title


def value_in_words(passport: Passport, point: Point) -> str:
    """The value in the passport's own sentence; in English, which passports have no sentence in, with its unit."""
    assert point.value is not None
    if english():
        return with_unit(passport, point.value)
    return capitalised(passport.in_words(in_sentence(passport, point.value)))


def comparison(figure: Compared, point: Point) -> str:
    """The year of the value, the same year around here, and the earliest year that may be compared.

    A figure of the country that we computed says so: it may differ a little from what the publisher says of it.
    """
    passport = figure.passport
    sentences = [_("Dit cijfer gaat over %(period)s.") % {"period": point.period}]
    for other in figure.around:
        same = next((p for p in other.points if p.period == point.period and p.value is not None), None)
        if same is not None and same.value is not None:
            words = {"place": place(other), "value": in_comparison(passport, same.value)}
            ours = other.area.parent is None and same.status is Status.DERIVED
            form = _("%(place)s: %(value)s (door ons berekend).") if ours else _("%(place)s: %(value)s.")
            sentences.append(form % words)
    if point.status is Status.MODEL_ESTIMATE:
        sentences.append(_("Een verschil van een paar mensen zegt niets."))
    earlier = earliest_comparable(figure.here)
    if earlier is not None and earlier.value is not None and earlier.period != point.period:
        words = {"period": earlier.period, "value": in_comparison(passport, earlier.value)}
        sentences.append(_("Hier in %(period)s: %(value)s.") % words)
    return " ".join(sentences)


def place(series: Series) -> str:
    """How the area of a comparison is called at the start of a sentence."""
    return _("In heel Nederland") if series.area.parent is None else _("In %(name)s") % {"name": series.area.name}


def latest_value(series: Series) -> Point | None:
    """The last point that has a value."""
    return next((point for point in reversed(series.points) if point.value is not None), None)


def earliest_comparable(series: Series) -> Point | None:
    """The first point with a value after the last break: what lies before cannot be compared with the latest value."""
    since = max((one.period for one in series.breaks), default="")
    return next((point for point in series.points if point.value is not None and point.period >= since), None)


def why_missing(passport: Passport, series: Series) -> str:
    """Why there is no figure for this area."""
    area = series.area
    if series.points:
        return _("Hier is geen cijfer. Het is geheim, het zijn te weinig mensen of het is niet geleverd.")
    last = max((period_years(period)[1] for period in passport.periods), default=0)
    if area.valid_from > last:
        words = {"since": area.valid_from, "last": last}
        return _("Deze plaats bestaat zo sinds %(since)s. Het cijfer is van %(last)s, dus van daarvoor.") % words
    return _("De bron heeft dit cijfer niet voor deze plaats.")


def capitalised(sentence: str) -> str:
    """The sentence with a capital: a value in words ("minder dan 1") may stand first."""
    return sentence[:1].upper() + sentence[1:]
