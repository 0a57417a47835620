"""Average speed, as a table of passages and of clocks."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.sections import PassageRead, Section, SectionPassage, TravelTimes
from detection_worker.rules.section_speed import Params, evaluate, fault, read_speed

NOON = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)


def a_section(**changes: float) -> Section:
    return Section(7, "Bypass", 1, 2, **({"length_m": 1000.0, "limit_kmh": 60} | changes))  # type: ignore[arg-type]


def a_passage(travel_s: float, section: Section | None = None) -> SectionPassage:
    entry = PassageRead(UUID(int=1), NOON, 0.9)
    left = PassageRead(UUID(int=2), NOON + timedelta(seconds=travel_s), 0.9)
    return SectionPassage(section or a_section(), "123ABC02", entry, left)


@pytest.mark.parametrize(
    ("what", "travel_s", "section", "found"),
    [
        ("ninety where sixty is allowed", 40.0, a_section(), True),
        ("at the limit", 60.0, a_section(), False),
        ("over it by less than the fines begin at", 52.0, a_section(), False),
        ("over it by hardly more than that", 51.3, a_section(), False),
        ("surely over it", 50.0, a_section(), True),
        ("too short a time for clocks like these", 40.0, a_section(clock_error_s=3.0), False),
        ("no time at all", 0.0, a_section(), False),
        ("out before in", -40.0, a_section(), False),
        ("no length", 40.0, a_section(length_m=0.0), False),
        ("the exit's clock is ahead", 45.0, a_section(clock_offset_s=5.0), True),
    ],
)  # fmt: skip
def test_a_passage_with(what: str, travel_s: float, section: Section, found: bool) -> None:
    assert (evaluate(a_passage(travel_s, section), Params()) is not None) is found


def test_the_error_holds_the_clocks_and_the_length() -> None:
    section = a_section(clock_error_s=0.4, length_error_m=10.0)
    reading = read_speed(a_passage(40.0, section))
    assert reading is not None
    assert reading.speed_kmh == pytest.approx(90.0)
    assert reading.error_kmh == pytest.approx(90.0 * 2**0.5 * 0.01)


@given(
    st.floats(300, 20000), st.floats(20, 200), st.floats(-0.2, 0.2), st.floats(-3, 3)
)  # fmt: skip
def test_the_truth_lies_within_the_error(
    length_m: float, speed_kmh: float, clock_off_s: float, length_off_m: float
) -> None:
    travel_s = (length_m + length_off_m) / speed_kmh * 3.6 + clock_off_s
    reading = read_speed(a_passage(travel_s, a_section(length_m=length_m)))
    assert reading is not None
    # Both errors at their 95 % at once are beyond the sum of their squares, by √2 at most.
    assert abs(reading.speed_kmh - speed_kmh) <= reading.error_kmh * 1.6 + 0.01


@pytest.mark.parametrize(
    ("what", "median_s", "pairs", "sentence"),
    [
        ("usual times", 62.0, 50, None),
        ("fast drivers", 45.0, 50, None),
        ("a traffic jam", 700.0, 50, None),
        ("few passages, whatever they say", -60.0, 3, None),
        ("swapped cameras", -60.0, 50, "at its exit 60 s before its entry; swap its two cameras"),
        ("clocks an hour apart", 3660.0, 50, "the clocks are about 60 min apart"),
        ("clocks an hour apart the other way", -3540.0, 50, "about 60 min apart"),
        ("clocks half a minute apart", 30.0, 50, "about 30 s apart. Set both by the same time"),
    ],
)  # fmt: skip
def test_a_section_with(what: str, median_s: float, pairs: int, sentence: str | None) -> None:
    found = fault(TravelTimes(a_section(), pairs, median_s), Params())
    assert (found is None) if sentence is None else (found is not None and sentence in found)


def test_a_section_without_length_is_said_to_have_none() -> None:
    found = fault(TravelTimes(a_section(length_m=0.0), 0, 0.0), Params())
    assert (
        found == "Section “Bypass”: its length is 0 m; measure it and enter its length in metres."
    )
