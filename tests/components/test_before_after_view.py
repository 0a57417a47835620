from datetime import date

import pytest

from components.before_after import BeforeAfter, Effect, Side
from components.before_after_view import (
    build_weeks,
    by_cameras,
    caution,
    conclusion,
    effect_words,
)
from components.chart_style import chart_style
from components.trend_reading import Comparison
from data_access.before_after import BeforeAfterPlan, BeforeAfterSums, WeekOfSites
from data_access.domain.words import Language, Names
from data_access.language import translator

STYLE = chart_style("light", Language.ENGLISH, translator(Language.ENGLISH))
FELL = Effect(0.6, 0.5, 0.8)
ROSE = Effect(1.5, 1.2, 1.9)
UNCLEAR = Effect(0.9, 0.6, 1.3)
PLAN = BeforeAfterPlan((1,), date(2026, 5, 20), (2,), ("call_102",))


def found(effect: Effect | None, placebo: Effect | None = None) -> BeforeAfter:
    side = Side(8, 80, 0.0)
    return BeforeAfter(side, side, side, side, effect, placebo, per_camera_hour=False)


@pytest.mark.parametrize(
    ("effect", "placebo", "words"),
    [
        (FELL, None, "It fell more than in the comparison group"),
        (FELL, UNCLEAR, "It fell more than in the comparison group"),
        (ROSE, UNCLEAR, "It rose more than in the comparison group"),
        (UNCLEAR, None, "chance alone may have done this"),
        (FELL, FELL, "already drifting apart"),
        (None, None, "too few weeks or events"),
    ],
)
def test_only_what_the_numbers_carry_is_concluded(
    effect: Effect | None, placebo: Effect | None, words: str
) -> None:
    assert words in conclusion(found(effect, placebo), STYLE)


def test_what_cannot_be_concluded_is_always_said() -> None:
    assert "not drawn by lot" in caution(STYLE)


def test_an_effect_stands_with_its_interval() -> None:
    assert effect_words(FELL, STYLE) == "−40% (95% interval: from −50% to −20%)"
    assert effect_words(ROSE, STYLE) == "+50% (95% interval: from +20% to +90%)"


def test_calls_of_people_are_not_divided_by_camera_hours() -> None:
    assert not by_cameras(PLAN)
    assert by_cameras(BeforeAfterPlan((1,), PLAN.on, (2,)))
    assert by_cameras(BeforeAfterPlan((1,), PLAN.on, (2,), ("call_102", "red_light")))


def test_both_groups_are_drawn_against_their_own_mean_with_the_day_of_the_change() -> None:
    weeks = tuple(WeekOfSites(n, 10, 0.0) for n in range(-8, 8))
    sums = BeforeAfterSums(True, weeks, weeks)
    names = {1: Names("a", "a", "a"), 2: Names("b", "b", "b")}
    chart = build_weeks(Comparison(PLAN, sums, names), found(FELL), STYLE)
    assert list(chart.data[0].y) == [100.0] * 16
    said = [note.text for note in chart.layout.annotations]
    assert "The change: 20 May" in said
    assert {"Comparison", "Changed sites"} <= set(said)
