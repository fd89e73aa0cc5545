# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A comparison in words, as plain text: for pages, the report and whoever else shows one.

Number and range, never "better" or "worse". Readers keep their trust in numbers with a range and lose it over vague
words (Van der Bles et al., PNAS 2020), so uncertainty is always said in numbers.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspel.figures.service import Passport, Topic, Unit
from samenspel.outcomes.service import (
    Change,
    Characteristic,
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

# Below this a characteristic shifts the expected number by less than one in a hundred: not worth a sentence.
MATTERS = 0.01


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
    """ "Bij deze inwoners verwacht je ongeveer 410 mensen met hulp via de Wmo (meestal tussen 370 en 450)." """
    low, high = written_range(found)
    return _("Bij deze inwoners verwacht je ongeveer %(expected)s %(people)s (meestal tussen %(low)s en %(high)s).") % {
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
            "observed": about(found.observed, Interval(first, last)),
        }
    return _("In %(period)s waren het er %(observed)s.") % {
        "period": found.period,
        "observed": dutch.number(found.observed),
    }


def margin_sentence(found: Comparison) -> str:
    """How far chance may shift a number that was counted."""
    limits = found.observed_interval
    words = {"low": about(limits.lower, limits), "high": about(limits.upper, limits)}
    return _("Door toeval hadden het er ook %(low)s of %(high)s kunnen zijn.") % words


def is_within(found: Comparison) -> bool:
    """Whether the observed number lies where areas with these residents mostly lie."""
    return found.expected_range.lower <= found.observed <= found.expected_range.upper


def verdict_sentence(found: Comparison) -> str:
    """Whether the difference is clear. Outside the range is not yet clear: of many areas some always are."""
    if found.flagged and found.verdict is not Verdict.WITHIN:
        if found.verdict is Verdict.HIGHER:
            return _("Dat is duidelijk meer dan je zou verwachten.")
        return _("Dat is duidelijk minder dan je zou verwachten.")
    if is_within(found):
        return _("Dat valt binnen wat je verwacht.")
    if found.observed > found.expected:
        return _("Dat is wat meer dan je meestal ziet. Duidelijk is het verschil niet: het kan toeval zijn.")
    return _("Dat is wat minder dan je meestal ziet. Duidelijk is het verschil niet: het kan toeval zijn.")


def verdict_in_short(found: Comparison) -> str:
    """The verdict in a few words, for a card or a row of a table."""
    if found.flagged and found.verdict is not Verdict.WITHIN:
        return (
            _("Duidelijk meer dan verwacht") if found.verdict is Verdict.HIGHER else _("Duidelijk minder dan verwacht")
        )
    return _("Binnen wat je verwacht") if is_within(found) else _("Geen duidelijk verschil")


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
    """How many areas would stand out through chance alone, beside every area that stands out."""
    return _(
        "Van de %(areas)s gemeenten vallen er door toeval alleen al ongeveer %(chance)s buiten de ruimste band."
    ) % {"areas": dutch.number(found.compared_areas), "chance": dutch.number(found.chance_flags, 1)}


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
    )


def explained_sentence(model: ModelSummary) -> str:
    """How far the differences between municipalities go together with who lives there."""
    return _(
        "Wie er wonen, verklaart %(share)s van de verschillen tussen gemeenten (%(percent)s). De rest is beleid, "
        "cultuur, verschil in meten en toeval."
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


def shifting(characteristics: Sequence[Characteristic]) -> list[Characteristic]:
    """The characteristics that shift the expected number by at least one in a hundred, the largest shift first."""
    found = [one for one in characteristics if abs(math.log(one.factor)) >= math.log(1 + MATTERS)]
    return sorted(found, key=lambda one: -abs(math.log(one.factor)))


def characteristic_sentence(found: Characteristic) -> str:
    """What one characteristic of the residents does to the expected number, with its name.

    Several characteristics of one group (ages) count together: then the value is that of the one it is named after.
    """
    return f"{found.label}: {shift_sentence(found)}"


def shift_sentence(found: Characteristic) -> str:
    """The same without the name of the characteristic, which is Dutch in every language."""
    words = {
        "here": in_unit(found.here, found.unit),
        "country": in_unit(found.country, found.unit),
        "shift": dutch.percent(abs(found.factor - 1) * 100, 0),
    }
    if found.factor > 1:
        return _("hier %(here)s, in Nederland %(country)s. Daardoor verwacht je %(shift)s meer.") % words
    return _("hier %(here)s, in Nederland %(country)s. Daardoor verwacht je %(shift)s minder.") % words


def in_unit(value: float, unit: str) -> str:
    """The value of a characteristic with its unit."""
    match unit:
        case "percent":
            return dutch.percent(value, 1)
        case "euro":
            return dutch.money(value)
        case "per_1000":
            return _("%(number)s per 1.000") % {"number": dutch.number(value)}
        case "per_km2":
            return _("%(number)s per km²") % {"number": dutch.number(value)}
        case _:
            return dutch.number(value, 0 if abs(value) >= 100 else 1)


def stand_out(model: ModelSummary) -> str:
    """How many municipalities stand out, beside how many chance alone would make stand out."""
    return _("%(found)s van de %(areas)s gemeenten. Door toeval alleen zijn het er ongeveer %(chance)s.") % {
        "found": dutch.number(model.flagged),
        "areas": dutch.number(model.areas),
        "chance": dutch.number(model.chance_flags, 1),
    }


def change_sentence(found: Change) -> str:
    """How the number moved against what is expected, beside the country, and whether that is clear."""
    words = {
        "first": found.first,
        "last": found.last,
        "change": _movement(found.ratio),
        "low": _movement(found.interval.lower),
        "high": _movement(found.interval.upper),
        "country": _movement(found.country_ratio),
    }
    shown = (
        _(
            "Van %(first)s tot %(last)s ging het aantal hier, vergeleken met wat je verwacht, %(change)s. "
            "Waarschijnlijk ligt dat tussen %(low)s en %(high)s. In heel Nederland ging het aantal %(country)s."
        )
        % words
    )
    if found.clear:
        return shown + " " + _("Dat is een duidelijke verandering. Waardoor het komt, zegt dit cijfer niet.")
    return shown + " " + _("Er is geen duidelijke verandering te zien.")


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
        return _("Lijkt het meest")
    return _("Lijkt veel") if found.distance <= 1.75 * nearest else _("Lijkt redelijk")


def rate(passport: Passport, count: float, base: float) -> float:
    """A number of people in the unit of the passport: per hundred or per thousand of the base; NaN without a base."""
    if not base > 0:
        return math.nan
    return count / base * (1000 if passport.unit is Unit.PER_1000 else 100)


def round_observed(found: Comparison) -> int:
    """The observed number as rough as the rounding of its publisher makes it."""
    first, last = found.observed_bounds
    return _rounded(found.observed, Interval(first, last)) if last - first > 1 else round(found.observed)


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
