# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A comparison in words, as plain text: for pages, the report and whoever else shows one.

Number and range, never "better" or "worse". Readers keep their trust in numbers with a range and lose it over vague
words (Van der Bles et al., PNAS 2020), so uncertainty is always said in numbers.
"""

import math
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenspel.figures.service import Passport, Topic, Unit
from samenspel.outcomes.service import (
    Change,
    Comparison,
    Interval,
    ModelSummary,
    SimilarArea,
    Verdict,
)
from samenspel.platform.service import dutch

# Who is counted, so that a number can be followed by what it is a number of.
NOUNS: dict[str, str | Promise] = {
    "wmo_clients_per_1000": gettext_lazy("mensen met hulp via de Wmo"),
    "youth_care_share": gettext_lazy("kinderen en jongeren met jeugdzorg"),
    "social_assistance_per_1000": gettext_lazy("mensen met bijstand"),
    "disability_benefit_per_1000": gettext_lazy("mensen met een uitkering door ziekte of handicap"),
    "unemployment_benefit_per_1000": gettext_lazy("mensen met een WW-uitkering"),
    "lonely": gettext_lazy("mensen die zich eenzaam voelen"),
    "strongly_lonely": gettext_lazy("mensen die zich sterk eenzaam voelen"),
    "emotionally_lonely": gettext_lazy("mensen die een hechte band missen"),
    "socially_lonely": gettext_lazy("mensen die contact met anderen missen"),
    "volunteering": gettext_lazy("vrijwilligers"),
    "informal_carers": gettext_lazy("mantelzorgers"),
    "self_direction": gettext_lazy("mensen die zelf richting geven aan hun leven"),
    "health_good": gettext_lazy("mensen die hun gezondheid goed vinden"),
    "making_ends_meet_difficult": gettext_lazy("mensen die moeilijk rondkomen"),
    "anxiety_depression_high": gettext_lazy("mensen met veel kans op angst of somberheid"),
    "limited_by_health": gettext_lazy("mensen die door hun gezondheid minder kunnen"),
    "low_income_households": gettext_lazy("huishoudens met een laag inkomen"),
}

# Numbers this near to each other count as the same.
SAME = 0.02


@dataclass(frozen=True, slots=True)
class InWords:
    """One comparison in words. Who shows one part of it shows `no_judgement` too.

    `verdict` is a sentence and `short` the same in a few words, for a card. `margin` is empty where `observed` holds
    its range already. `chance` is empty unless the difference is clear: then it says how many areas chance alone would
    make stand out.
    """

    expected: str
    observed: str
    verdict: str
    short: str
    margin: str
    no_judgement: str
    chance: str
    source: str

    def sentences(self) -> tuple[str, ...]:
        """All of it in the order in which it is read: what is expected, what is counted, and what that means."""
        every = (self.expected, self.observed, self.verdict, self.margin, self.no_judgement, self.chance)
        return tuple(sentence for sentence in every if sentence)


def in_words(passport: Passport, found: Comparison) -> InWords:
    """The comparison of one area in words."""
    return InWords(
        expected=expected_sentence(passport, found),
        observed=observed_sentence(passport, found),
        verdict=verdict_sentence(found),
        short=verdict_in_short(found),
        margin="" if passport.model_estimate else margin_sentence(found),
        no_judgement=no_judgement(passport, found),
        chance=chance_sentence(found) if found.flagged else "",
        source=JUDGEMENT_SOURCE,
    )


def people(passport: Passport) -> str:
    """Whom a number is about: "mensen met hulp via de Wmo"."""
    noun = NOUNS.get(passport.key)
    if noun is not None:
        return str(noun)
    return _("huishoudens") if passport.unit is Unit.HOUSEHOLDS else _("mensen")


def expected_sentence(passport: Passport, found: Comparison) -> str:
    """ "Bij deze inwoners verwachten wij ongeveer 410 mensen met hulp via de Wmo (meestal tussen 370 en 450)." """
    low, high = written_range(found)
    return _(
        "Bij deze inwoners verwachten wij ongeveer %(expected)s %(people)s (meestal tussen %(low)s en %(high)s)."
    ) % {
        "expected": about(found.expected, found.expected_range),
        "people": people(passport),
        "low": low,
        "high": high,
    }


def observed_sentence(passport: Passport, found: Comparison) -> str:
    """What was counted; about, where the publisher rounded it; what was estimated, with its range."""
    if passport.model_estimate:
        limits = found.observed_interval
        low, observed, high = (about(value, limits) for value in (limits.lower, found.observed, limits.upper))
        words = {"period": found.period, "observed": observed, "low": low, "high": high}
        return (
            _("In %(period)s waren het er naar schatting %(observed)s, waarschijnlijk tussen %(low)s en %(high)s.")
            % words
        )
    first, last = found.observed_bounds
    if last - first > 1:
        return _("In %(period)s waren het er ongeveer %(observed)s.") % {
            "period": found.period,
            "observed": dutch.number(round_observed(found)),
        }
    return _("In %(period)s waren het er %(observed)s.") % {
        "period": found.period,
        "observed": dutch.number(found.observed),
    }


def margin_sentence(found: Comparison) -> str:
    """How far chance may shift a number that was counted."""
    limits = found.observed_interval
    words = {"low": about(limits.lower, limits), "high": about(limits.upper, limits)}
    return _("Door toeval kan het ook tussen %(low)s en %(high)s liggen.") % words


def is_within(found: Comparison) -> bool:
    """Whether the observed number lies where areas with these residents mostly lie."""
    return found.expected_range.lower <= found.observed <= found.expected_range.upper


def verdict_sentence(found: Comparison) -> str:
    """Whether the difference is clear. Outside the range is not yet clear: of many areas some always are."""
    if found.flagged and found.verdict is not Verdict.WITHIN:
        if found.verdict is Verdict.HIGHER:
            return _("Dat is duidelijk meer dan wij verwachten.")
        return _("Dat is duidelijk minder dan wij verwachten.")
    if is_within(found):
        return _("Dat valt binnen wat wij verwachten.")
    more = found.observed > found.expected
    if found.ratio_interval.lower <= 1 <= found.ratio_interval.upper:
        if more:
            return _("Dat is meer dan wij meestal zien. Duidelijk is het verschil niet: het kan toeval zijn.")
        return _("Dat is minder dan wij meestal zien. Duidelijk is het verschil niet: het kan toeval zijn.")
    if more:
        return _(
            "Dat is meer dan wij meestal zien. Duidelijk noemen wij het niet: gemeenten verschillen vaker zo veel."
        )
    return _("Dat is minder dan wij meestal zien. Duidelijk noemen wij het niet: gemeenten verschillen vaker zo veel.")


def verdict_in_short(found: Comparison) -> str:
    """The verdict in a few words, for a card or a row of a table."""
    if found.flagged and found.verdict is not Verdict.WITHIN:
        return (
            _("Duidelijk meer dan verwacht") if found.verdict is Verdict.HIGHER else _("Duidelijk minder dan verwacht")
        )
    return _("Binnen wat wij verwachten") if is_within(found) else _("Geen duidelijk verschil")


JUDGEMENT_SOURCE = "https://digitaal.scp.nl/jeugdhulp-in-de-wijk/"


def no_judgement(passport: Passport, found: Comparison) -> str:
    """High or low is neither good nor bad, in our words after the note that the SCP sets beside such figures.

    Sociaal en Cultureel Planbureau, Jeugdhulp in de wijk: neither use nor its difference from the expected number shows
    good or bad policy; a large difference points to characteristics that are not in the model.
    """
    if passport.topic is not Topic.SUPPORT_USE:
        return _(
            "Meer of minder dan verwacht is niet goed of slecht beleid. Een groot verschil betekent vooral dat er iets "
            "meespeelt wat wij niet meetellen. Praat mee over wat dat kan zijn."
        )
    if found.observed >= found.expected:
        return _(
            "Meer is niet goed of slecht. Het kan betekenen dat veel mensen hulp nodig hebben, of dat de gemeente "
            "mensen goed bereikt. Er kan ook iets meespelen wat wij niet meetellen. Praat mee over de reden."
        )
    return _(
        "Minder is niet goed of slecht. Het kan betekenen dat weinig mensen hulp nodig hebben, of dat mensen hulp "
        "missen. Er kan ook iets meespelen wat wij niet meetellen. Praat mee over de reden."
    )


def chance_sentence(found: Comparison) -> str:
    """How many areas stand out and how many would through chance alone, beside every area that stands out."""
    return stand_out_sentence(found.flagged_areas, found.compared_areas, found.chance_flags)


def stand_out_sentence(flagged: int, areas: int, by_chance: float) -> str:
    """ "9 van de 333 gemeenten zijn duidelijk anders; door toeval zou dat er nog geen één zijn." """
    found = ngettext(
        "%(found)s van de %(areas)s gemeenten is duidelijk anders dan wij verwachten.",
        "%(found)s van de %(areas)s gemeenten zijn duidelijk anders dan wij verwachten.",
        flagged,
    ) % {"found": dutch.number(flagged), "areas": dutch.number(areas)}
    if by_chance < 1:
        return found + " " + _("Door toeval alleen zou dat er nog geen één zijn.")
    words = {"chance": dutch.number(by_chance)}
    return found + " " + _("Door toeval alleen zouden dat er ongeveer %(chance)s zijn.") % words


def within_sentence(found: Comparison) -> str:
    """How many areas lie where 95 in a hundred should: whether ranges are as wide as they claim; or empty."""
    if not found.areas_within:
        return ""
    return _(
        "%(within)s van de %(areas)s gemeenten liggen binnen hun eigen band. Wij zouden er %(awaited)s verwachten."
    ) % {
        "within": dutch.number(found.areas_within),
        "areas": dutch.number(found.compared_areas),
        "awaited": dutch.number(0.95 * found.compared_areas),
    }


def places_sentence(found: Comparison) -> str:
    """Which places the uncertainty leaves open. Never one place."""
    first, last = found.places
    words = {"first": first, "last": last, "areas": dutch.number(found.compared_areas)}
    if first == last:
        return _("Deze gemeente staat rond plaats %(first)s van %(areas)s.") % words
    return (
        _(
            "Deze gemeente staat ergens tussen plaats %(first)s en %(last)s van %(areas)s. Een precieze plaats is niet "
            "te geven."
        )
        % words
    ) + (" " + _("Dus wij weten het niet.") if last - first > 0.8 * found.compared_areas else "")


def explained_sentence(model: ModelSummary) -> str:
    """How far the differences between municipalities go together with who lives there."""
    return _(
        "Wie er wonen, verklaart %(share)s van de verschillen tussen gemeenten (%(percent)s). De rest kan "
        "komen door beleid, cultuur, verschil in meten en toeval."
    ) % {"share": share_in_words(model.explained), "percent": dutch.percent(100 * model.explained, 0)}


def share_in_words(share: float) -> str:
    """A part of a whole in words: 0.52 gives "ongeveer de helft"."""
    steps = (
        (0.07, _("bijna niets")),
        (0.29, _("een klein deel")),
        (0.42, _("ongeveer een derde")),
        (0.58, _("ongeveer de helft")),
        (0.71, _("ongeveer twee derde")),
        (0.88, _("een groot deel")),
    )
    return next((words for limit, words in steps if share < limit), _("bijna alles"))


def residents_sentence(found: Comparison) -> str:
    """What who lives here has to do with the difference from the country: part of it, none of it, or the opposite.

    Four numbers that can each be checked: what was counted, what is expected, and what it would be with the use per
    head of the whole country. Within one or two in a hundred counts as the same. Empty where the country is not known.
    """
    if not found.country_use > 0:
        return ""
    limits = found.expected_range
    words = {"country": about(found.country_use, limits), "expected": about(found.expected, limits)}
    shown = _("Met het gemiddelde van Nederland zouden het er hier ongeveer %(country)s zijn.") % words
    awaited, seen = _side(found.expected / found.country_use), _side(found.observed / found.country_use)
    if awaited == 0:
        return shown + " " + _("Wie hier wonen, maakt alles bij elkaar bijna geen verschil.")
    if awaited > 0:
        shown += " " + _("Met deze inwoners verwachten wij er meer: ongeveer %(expected)s.") % words
        if seen > 0:
            return shown + " " + _part(found.observed > found.expected)
        if seen < 0:
            return shown + " " + _("Dat het er hier juist minder zijn, komt dus niet door wie hier wonen.")
        return shown + " " + _("Toch zijn het er niet meer dan gemiddeld.")
    shown += " " + _("Met deze inwoners verwachten wij er juist minder: ongeveer %(expected)s.") % words
    if seen < 0:
        return shown + " " + _part(found.observed < found.expected)
    if seen > 0:
        return shown + " " + _("Dat het er hier meer zijn, komt dus niet door wie hier wonen.")
    return shown + " " + _("Toch zijn het er niet minder dan gemiddeld.")


def _part(beyond: bool) -> str:
    """Whether the number goes further than the residents lead one to expect, or not as far."""
    if beyond:
        return _("Een deel van het verschil met Nederland past dus bij wie hier wonen.")
    return _("Dat verschil met Nederland past dus bij wie hier wonen. Wij zouden zelfs een groter verschil verwachten.")


def _side(ratio: float) -> int:
    return 0 if abs(math.log(max(ratio, 1e-9))) < math.log(1 + SAME) else 1 if ratio > 1 else -1


def stand_out(model: ModelSummary) -> str:
    """How many municipalities stand out, beside how many chance alone would make stand out."""
    return stand_out_sentence(model.flagged, model.compared or model.areas, model.chance_flags)


def change_sentence(found: Change) -> str:
    """How the number moved against what is expected, whether that is clear, and beside it the figure of the country."""
    words = {
        "first": found.first,
        "last": found.last,
        "change": _movement(found.ratio),
        "low": _movement(found.interval.lower),
        "high": _movement(found.interval.upper),
        "country": _movement(found.country_ratio),
    }
    sentences = [
        _(
            "Van %(first)s tot %(last)s ging het aantal hier, vergeleken met wat wij verwachten, %(change)s. "
            "Waarschijnlijk ligt dat tussen %(low)s en %(high)s."
        )
    ]
    if found.clear:
        sentences.append(_("Dat is een duidelijke verandering. Waardoor het komt, zegt dit cijfer niet."))
    else:
        sentences.append(_("Er is geen duidelijke verandering te zien."))
    if found.first.isdigit() and found.last.isdigit() and int(found.last) - int(found.first) == 1:
        sentences.append(_("Dit gaat over één jaar. Of het zo doorgaat, weten wij niet."))
    sentences.append(
        _("Dit is iets anders dan het cijfer zelf. Het cijfer zelf ging in heel Nederland in die tijd %(country)s.")
    )
    return " ".join(sentence % words for sentence in sentences)


def no_trend(passport: Passport) -> str:
    """Why a model estimate is not tested for change; empty for other figures."""
    if not passport.model_estimate:
        return ""
    return _(
        "Dit cijfer is een schatting uit een rekenmodel, die vooral volgt uit wie er wonen. Daarom kijken wij niet of "
        "het hier veranderde: een verschil kan ook van het model komen."
    )


def distance_in_words(found: SimilarArea, nearest: float) -> str:
    """How alike a municipality is, next to the one that is most alike (its distance is `nearest`)."""
    if found.distance <= 1.25 * nearest:
        return _("Heel veel overeenkomst")
    return _("Veel overeenkomst") if found.distance <= 1.75 * nearest else _("Enige overeenkomst")


def rate(passport: Passport, count: float, base: float) -> float:
    """A number of people in the unit of the passport: per hundred or per thousand of the base; NaN without a base."""
    if not base > 0:
        return math.nan
    return count / base * (1000 if passport.unit is Unit.PER_1000 else 100)


def round_observed(found: Comparison) -> int:
    """The observed number as rough as its range allows where its publisher rounded it; on its side of the expected."""
    first, last = found.observed_bounds
    if last - first <= 1:
        return round(found.observed)
    low, high = round_range(found)
    step = _step(found.observed_interval.upper - found.observed_interval.lower)
    while step > 1:
        rounded = round(found.observed / step) * step
        if (low <= rounded <= high) is is_within(found):
            return rounded
        step = step // 2 if step % 10 == 0 else step // 5
    return round(found.observed)


def published_rate(passport: Passport, found: Comparison, count: float) -> float:
    """A number of people in the unit of the passport, among those among whom the published figure is given."""
    return rate(passport, count, found.published_base or found.base)


def about(value: float, within: Interval) -> str:
    """A number as rough as its range allows: 1.234 in a range of 300 wide gives "1.230"."""
    return dutch.number(_rounded(value, within))


def _rounded(value: float, within: Interval) -> int:
    step = _step(within.upper - within.lower)
    return round(value / step) * step


def written_range(found: Comparison) -> tuple[str, str]:
    """The expected range in round numbers."""
    low, high = round_range(found)
    return dutch.number(low), dutch.number(high)


def round_range(found: Comparison) -> tuple[int, int]:
    """The expected range, rounded so that the observed number stays on the side of it where it lies."""
    limits = found.expected_range
    step = _step(limits.upper - limits.lower)
    while step > 1:
        low, high = round(limits.lower / step) * step, round(limits.upper / step) * step
        if (low <= found.observed <= high) is is_within(found):
            return low, high
        step = step // 2 if step % 10 == 0 else step // 5
    # Whole numbers within the range: a whole observed number is in the one exactly when it is in the other.
    return math.ceil(limits.lower), math.floor(limits.upper)


def _step(width: float) -> int:
    """To which round number values in a range of this width are rounded: a tenth to a fiftieth of it, at least 1."""
    if not width > 0:
        return 1
    power = 10 ** max(math.floor(math.log10(width / 10)), 0)
    return int(power * 5) if width / (power * 5) >= 15 else int(power)


def _movement(ratio: float) -> str:
    """A ratio as a movement: 1.06 gives "6 % omhoog"."""
    shift = (ratio - 1) * 100
    if abs(shift) < 0.5:
        return _("bijna niet omhoog of omlaag")
    words = {"percent": dutch.percent(abs(shift), 0)}
    return _("%(percent)s omhoog") % words if shift > 0 else _("%(percent)s omlaag") % words
