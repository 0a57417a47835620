import pytest

from components.changes import Amount, Change, change, change_mark, change_words
from data_access.domain.words import Language


def same(text: str) -> str:
    return text


def test_a_change_of_counts_is_relative_to_the_earlier_one() -> None:
    found = change(Amount(1200, 0), Amount(1000, 0), rate=False)
    assert found == Change(pytest.approx(0.2), by_chance=False)


def test_more_camera_hours_explain_more_events_when_rates_are_compared() -> None:
    now, before = Amount(2000, 2000.0), Amount(1000, 1000.0)
    counted, rated = change(now, before, rate=False), change(now, before, rate=True)
    assert counted is not None
    assert counted.share == pytest.approx(1.0)
    assert rated is not None
    assert rated.share == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("now", "before", "by_chance"),
    [(110, 100, True), (1100, 1000, False), (20, 10, True), (40, 10, False)],
)
def test_small_numbers_may_differ_by_chance(now: int, before: int, by_chance: bool) -> None:
    found = change(Amount(now, 0), Amount(before, 0), rate=False)
    assert found is not None
    assert found.by_chance is by_chance


@pytest.mark.parametrize(("now", "before"), [(5, 0), (0, 5), (3, 4), (0, 0)])
def test_where_there_is_too_little_nothing_is_compared(now: int, before: int) -> None:
    assert change(Amount(now, 9), Amount(before, 9), rate=False) is None


def test_a_rate_needs_camera_hours_on_both_sides() -> None:
    assert change(Amount(100, 0), Amount(100, 50), rate=True) is None
    assert Amount(10, 0).per_thousand_hours() is None
    assert Amount(10, 2000).per_thousand_hours() == 5
    assert Amount(10, 0).worth(rate=True) == 0


@pytest.mark.parametrize(
    ("found", "words", "mark"),
    [
        (None, "", ""),
        (Change(0.123, by_chance=False), "▲ 12%", "▲ 12%"),
        (Change(-0.5, by_chance=False), "▼ 50%", "▼ 50%"),
        (Change(0.12, by_chance=True), "▲ 12%, may be chance", "≈ ▲ 12%"),
        (Change(0.001, by_chance=True), "as before", "≈ 0%"),
    ],
)
def test_changes_are_said_with_their_direction(found: Change | None, words: str, mark: str) -> None:
    assert change_words(found, Language.RUSSIAN, same) == words
    assert change_mark(found, Language.RUSSIAN) == mark
