# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What pages read: comparisons and the reasons why there is none, on the real figures."""

import pytest

from samenspel.figures.service import UnknownArea, UnknownIndicator, current_municipalities, list_indicators
from samenspel.outcomes.service import (
    Change,
    Comparison,
    NoComparison,
    Verdict,
    change,
    compared_indicators,
    comparison,
    comparisons,
    model_summary,
    parts,
    similar,
    why_not_similar,
)

pytestmark = pytest.mark.usefixtures("results")

ZWOLLE, AMSTERDAM = "GM0193", "GM0363"


def test_comparison_of_zwolle_stands_as_published() -> None:
    found = comparison(ZWOLLE, "wmo_clients_per_1000")
    assert isinstance(found, Comparison)
    # CBS 2022: 88 of 1,000 of 130,668 residents, rounded to a whole number after the count was rounded to 5.
    assert found.period == "2022"
    assert found.base == 130_668
    assert found.observed_bounds == (87.5 * 130.668 // 1 + 1 - 2, 88.5 * 130.668 // 1 + 2)
    assert found.observed_interval.lower < found.observed_bounds[0] < found.observed < found.observed_bounds[1]
    assert found.expected_range.lower < found.expected < found.expected_range.upper


def test_every_municipality_of_today_has_a_comparison_or_a_sentence() -> None:
    for area in current_municipalities():
        found = comparisons(area.code)
        assert [one.indicator for one in found] == compared_indicators()
        for one in found:
            if isinstance(one, NoComparison):
                assert one.sentence.endswith(".") and area.name.split(" ")[0] in one.sentence + area.name
            else:
                assert one.expected_range.lower <= one.expected <= one.expected_range.upper
                assert one.ratio_interval.lower <= one.ratio <= one.ratio_interval.upper
                assert 1 <= one.places[0] <= one.places[1] <= one.compared_areas
                assert one.expected >= 5
                if one.flagged:
                    assert one.verdict is not Verdict.WITHIN and one.probability_that_matters >= 0.95


def test_most_municipalities_are_compared() -> None:
    missing = [
        one for area in current_municipalities() for one in comparisons(area.code) if isinstance(one, NoComparison)
    ]
    assert len(missing) < 0.05 * 342 * len(compared_indicators()), missing


@pytest.mark.parametrize(
    ("area", "indicator", "reason"),
    [
        (ZWOLLE, "lonely", "model_estimate"),
        (ZWOLLE, "population", "not_an_outcome"),
        (ZWOLLE, "social_assistance", "see_rate"),
        (ZWOLLE, "deaths_per_1000", "not_an_outcome"),
        ("PV23", "wmo_clients_per_1000", "not_a_municipality"),
        ("GM1992", "wmo_clients_per_1000", "not_existing"),
        ("GM0114", "wmo_clients_per_1000", "no_figure"),
    ],
)
def test_no_comparison_says_why(area: str, indicator: str, reason: str) -> None:
    found = comparison(area, indicator)
    assert isinstance(found, NoComparison)
    assert found.reason == reason
    assert found.sentence.endswith(".")


def test_every_model_estimate_is_barred_everywhere() -> None:
    for passport in list_indicators():
        if passport.model_estimate:
            for ask in (comparison, change, parts):
                found = ask(ZWOLLE, passport.key)
                assert isinstance(found, NoComparison) and found.reason == "model_estimate"


def test_unknown_area_and_indicator_raise() -> None:
    with pytest.raises(UnknownIndicator):
        comparison(ZWOLLE, "happiness")
    with pytest.raises(UnknownArea):
        comparison("GM9999", "wmo_clients_per_1000")
    with pytest.raises(LookupError, match="lonely"):
        model_summary("lonely")


def test_each_characteristic_has_a_range_and_all_its_values() -> None:
    found = comparison(ZWOLLE, "wmo_clients_per_1000")
    assert isinstance(found, Comparison)
    groups = {one.group: one for one in found.characteristics}
    assert [value.key for value in groups["Wonen"].values] == ["social_rent", "woz"]
    assert len(groups["Leeftijd"].values) == 3
    for one in found.characteristics:
        assert one.factor_interval.lower <= one.factor <= one.factor_interval.upper
    income = groups["Inkomen"].values[0]
    assert income.computed, "the country has no published value of it"
    assert not groups["Wonen"].values[0].computed


def test_a_value_beyond_those_learnt_from_and_a_doubtful_effect_are_marked() -> None:
    """Rozendaal: fewer people with little education than anywhere; its effect runs through nothing."""
    found = comparison("GM0277", "youth_care_share")
    assert isinstance(found, Comparison)
    education = next(one for one in found.characteristics if one.key == "education")
    assert education.outside and education.may_be_nothing
    social = comparison(ZWOLLE, "social_assistance_per_1000")
    assert isinstance(social, Comparison)
    assert next(one for one in social.characteristics if one.key == "education").against_published


def test_a_year_that_is_missing_is_named_with_its_reason() -> None:
    for code, why in (("GM0917", "De gemeente leverde geen cijfer"), ("GM0277", "Wij missen: inkomen")):
        found = comparison(code, "youth_care_share" if code == "GM0277" else "wmo_clients_per_1000")
        assert isinstance(found, Comparison) and found.period == "2021"
        assert "2022" in found.notes[0] and why in found.notes[0] and "Daarom staat hier 2021." in found.notes[0]
        assert "te weinig mensen" not in found.notes[0]
    assert comparison("GM0917", "wmo_clients_per_1000", "2021").notes == ()  # type: ignore[union-attr]


def test_the_published_denominator_is_known() -> None:
    """28.8 per 1,000 residents; 43.2 per 1,000 people of 15 to 64 would be another figure under the same name."""
    found = comparison(ZWOLLE, "social_assistance_per_1000")
    assert isinstance(found, Comparison)
    assert found.published_base_label == "inwoners" and found.published_base > found.base
    assert round(1000 * found.observed / found.published_base, 1) == 28.8


def test_how_many_lie_within_their_range_is_counted() -> None:
    for indicator in compared_indicators():
        every = [comparison(area.code, indicator, model_summary(indicator).period) for area in current_municipalities()]
        found = [one for one in every if isinstance(one, Comparison)]
        inside = sum(one.verdict is Verdict.WITHIN for one in found)
        model = model_summary(indicator)
        # Municipalities that were merged since belong to the model, not to the map of today.
        assert inside <= model.within <= inside + model.compared - len(found)
        assert {one.areas_within for one in found} == {model.within}


def test_a_municipality_without_alike_ones_says_why() -> None:
    assert why_not_similar(ZWOLLE) is None
    for code in ("GM0277", "GM0088"):
        why = why_not_similar(code)
        assert why is not None and similar(code) == [] and "Wij missen: inkomen" in why.sentence


def test_change_is_given_where_boundaries_stayed() -> None:
    assert isinstance(change(ZWOLLE, "wmo_clients_per_1000"), Change)
    merged = change("GM1982", "youth_care_share")  # Land van Cuijk, formed in 2022
    assert isinstance(merged, NoComparison) and merged.reason == "break"
    only_one_year = change(ZWOLLE, "unemployment_benefit_per_1000")
    assert isinstance(only_one_year, NoComparison) and only_one_year.reason == "one_period"


def test_districts_add_up_to_their_municipality() -> None:
    found = parts(AMSTERDAM, "social_assistance_per_1000")
    assert not isinstance(found, NoComparison)
    for part in found:
        assert part.shrunken_interval.lower <= part.shrunken <= part.shrunken_interval.upper
        assert part.interval.lower <= part.value <= part.interval.upper
    missing = parts(ZWOLLE, "social_assistance_per_1000")
    assert isinstance(missing, NoComparison) and missing.reason == "no_districts_here"


def test_similar_municipalities_have_reasons() -> None:
    found = similar(ZWOLLE)
    assert len(found) == 10
    assert [one.distance for one in found] == sorted(one.distance for one in found)
    assert all(one.reasons and one.code != ZWOLLE and 0 <= one.stability <= 1 for one in found)
    assert similar("PV23") == []
