from datetime import date, timedelta

import pytest

from components.changes import Amount
from components.chart_style import ChartStyle, chart_style, rate_digits
from components.trend_charts import Row, Today, build_bars, build_by_day, build_by_hour
from components.trend_frames import build_days, build_hours
from data_access.domain.periods import Period
from data_access.domain.words import Language
from data_access.language import translator
from data_access.trends import DayCount, DayHours, HourCount

FIRST = date(2026, 11, 2)
WEEKS = Period(FIRST, FIRST + timedelta(days=13))
NAME = "<script>alert('x')</script> \"x\""


def style_of(theme: str = "dark", language: Language = Language.RUSSIAN) -> ChartStyle:
    return chart_style(theme, language, translator(language))


def days(events: int):  # type: ignore[no-untyped-def]
    counts = [DayCount(FIRST + timedelta(days=n), "x", events) for n in range(14)]
    hours = [DayHours(FIRST + timedelta(days=n), 100.0) for n in range(14)]
    return build_days(counts, hours, WEEKS, FIRST)


def test_a_name_that_looks_like_a_program_is_drawn_letter_by_letter() -> None:
    chart = build_bars([Row(NAME, Amount(3, 0), None)], style_of(), rate=False)
    assert "&lt;script&gt;" in chart.layout.yaxis.ticktext[0]
    assert "<script" not in chart.to_json().replace("&lt;", "")


def test_two_places_of_one_name_stay_two_bars() -> None:
    rows = [Row("Двор", Amount(5, 0), None), Row("Двор", Amount(3, 0), None)]
    chart = build_bars(rows, style_of(), rate=False)
    assert list(chart.data[0].y) == [0, 1]
    assert list(chart.data[0].x) == [5, 3]


def test_bars_carry_their_number_and_their_change() -> None:
    rows = [Row("A", Amount(1200, 0), Amount(1000, 0)), Row("B", Amount(11, 0), Amount(10, 0))]
    chart = build_bars(rows, style_of(), rate=False)
    words = [note.text for note in chart.layout.annotations]
    assert "1\u202f200" in words[0]
    assert "▲ 20%" in words[0]
    assert "≈ ▲ 10%" in words[1]
    assert list(chart.data[1].x) == [1000, 10]


def test_where_nothing_earlier_is_known_no_mark_is_drawn() -> None:
    chart = build_bars([Row("A", Amount(12, 0), None)], style_of(), rate=False)
    assert len(chart.data) == 1


def test_the_day_that_is_not_over_stands_apart_and_in_no_average() -> None:
    today = Today(FIRST + timedelta(days=14), 2, "14:05")
    chart = build_by_day(days(10), days(8), today, style_of(), rate=False)
    outline = chart.data[-1]
    assert list(outline.y) == [2]
    assert outline.marker.pattern.shape == "/"
    assert [float(v) for v in chart.data[2].y[6:]] == [10.0] * 8
    assert any("14:05" in note.text for note in chart.layout.annotations)


def test_a_rate_has_no_bar_for_a_day_that_is_not_over() -> None:
    today = Today(FIRST + timedelta(days=14), 2, "14:05")
    chart = build_by_day(days(10), days(8), today, style_of(), rate=True)
    assert len(chart.data) == 3
    assert chart.data[0].y[0] == 100.0


def test_lines_are_named_at_their_ends_and_there_is_no_legend() -> None:
    chart = build_by_day(days(10), days(8), None, style_of(), rate=False)
    assert chart.layout.showlegend is False
    assert [note.text for note in chart.layout.annotations] == ["Среднее за 7 дней", "Раньше"]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_charts_speak_the_readers_language_in_the_readers_theme(
    theme: str, language: Language
) -> None:
    style = style_of(theme, language)
    hours = build_hours([HourCount(0, 8, 6)], WEEKS)
    chart = build_by_hour(hours, style)
    said = chart.data[0].customdata[0][8]
    monday = {Language.RUSSIAN: "пн", Language.KAZAKH: "дс", Language.ENGLISH: "Mon"}[language]
    assert chart.data[0].y[0] == monday
    assert said.startswith(f"{monday}, 8:00")
    assert (" on average" in said) is (language is Language.ENGLISH)
    assert chart.data[0].colorscale[1][1] == style.colours.accent
    mark = "." if language is Language.ENGLISH else ","
    assert style.number(1234.5, 1) == f"1\u202f234{mark}5"


@pytest.mark.parametrize(("value", "digits"), [(0, 0), (0.034, 3), (0.51, 2), (2.7, 1), (34.0, 0)])
def test_rates_show_two_telling_digits(value: float, digits: int) -> None:
    assert rate_digits(value) == digits


def test_an_axis_keeps_its_last_day_among_few_words() -> None:
    many = [FIRST + timedelta(days=n) for n in range(364)]
    places, names = style_of().days(many)
    assert places[-1] == many[-1]
    assert len(places) == len(names) <= 9
