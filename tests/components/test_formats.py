"""Numbers, money and times as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from components import formats
from data_access.domain.words import Language
from data_access.language import translator

NOW = datetime(2026, 11, 21, 9, 5, 38, tzinfo=UTC)
RU, KK, EN = Language.RUSSIAN, Language.KAZAKH, Language.ENGLISH


@pytest.mark.parametrize(
    ("value", "digits", "language", "written"),
    [
        (0, 0, RU, "0"),
        (999, 0, RU, "999"),
        (1472, 0, RU, "1\u202f472"),
        (120_000, 0, EN, "120\u202f000"),
        (2_300_000_000, 0, KK, "2\u202f300\u202f000\u202f000"),
        (1234.56, 1, RU, "1\u202f234,6"),
        (1234.56, 1, EN, "1\u202f234.6"),
        (-12, 0, RU, "−12"),
        (-0.2, 0, RU, "0"),
        (0.5, 1, KK, "0,5"),
    ],
)
def test_thousands_stand_apart(value: float, digits: int, language: Language, written: str) -> None:
    assert formats.number(value, digits, language) == written


def test_a_share_is_written_in_percent() -> None:
    assert formats.percent(0.12) == "12%"
    assert formats.percent(-0.125, 1, RU) == "−12,5%"


def test_money_is_in_whole_tenge() -> None:
    assert formats.money_tenge(43_250) == "43\u202f250\u00a0₸"


@pytest.mark.parametrize(
    ("seconds", "ru", "kk", "en"),
    [
        (-30, "только что", "жаңа ғана", "just now"),
        (59, "только что", "жаңа ғана", "just now"),
        (60, "1 мин назад", "1 мин бұрын", "1 min ago"),
        (12 * 60 + 59, "12 мин назад", "12 мин бұрын", "12 min ago"),
        (3600, "1 ч назад", "1 сағ бұрын", "1 h ago"),
        (86_399, "23 ч назад", "23 сағ бұрын", "23 h ago"),
        (86_400 * 3, "3 дн. назад", "3 күн бұрын", "3 d ago"),
    ],
)
def test_how_long_ago_in_three_languages(seconds: int, ru: str, kk: str, en: str) -> None:
    at = NOW - timedelta(seconds=seconds)
    said = [formats.ago(at, NOW, translator(language)) for language in (RU, KK, EN)]
    assert said == [ru, kk, en]


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0:00"), (38.9, "0:38"), (725, "12:05"), (3725, "1:02:05"), (-5, "0:00")],
)
def test_who_waits_sees_a_clock(seconds: float, written: str) -> None:
    assert formats.elapsed(seconds) == written


def test_times_are_those_of_kazakhstan() -> None:
    assert formats.clock(NOW) == "14:05"
    assert formats.clock(datetime(2026, 11, 21, 20, 0, tzinfo=UTC)) == "01:00"


def test_a_moment_belongs_to_its_local_day() -> None:
    late = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    assert formats.day(late, RU) == "22 ноября 2026\u202fг."
    assert formats.day(date(2026, 11, 21), EN) == "November 21, 2026"
    assert "қараша" in formats.day(late, KK)
    assert formats.short_day(late, RU) == "22 нояб."


def test_the_exact_time_has_seconds_for_the_hover() -> None:
    assert formats.moment(NOW, RU).endswith("14:05:38")
    assert formats.moment(NOW, EN).startswith("21 Nov 2026")
