"""Figures of linear sections as they are typed: read as meant, or refused with a sentence."""

from dataclasses import replace
from math import inf, nan

import pytest

from components.section_figures import FIGURES, SOUND, read, written
from data_access.domain.words import Language
from data_access.language import translator
from data_access.linear_sections import Measures

TITLES = {name: name for name in FIGURES}
BEFORE = Measures(939.7, 60, 0.0, 0.2, 3.0)


def typing(
    changes: dict[str, str], before: Measures = BEFORE, language: Language = Language.RUSSIAN
) -> tuple[Measures, list[str]]:
    typed = written(before, language) | changes
    return read(before, typed, TITLES, language, translator(language))


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("length_m", "0", "Участок длиннее 0 м"),
        ("length_m", "-5", "Участок длиннее 0 м"),
        ("length_m", "abc", "«abc» — не число. Запишите его цифрами, например 939,7."),
        ("length_m", "1e400", "«1e400» — не число"),
        ("length_m", "nan", "«nan» — не число"),
        ("length_m", "", "Одного из чисел нет"),
        ("length_m", "5000000", "Участок не длиннее 1 000 км"),
        ("limit_kmh", "3", "Ограничение скорости — от 5 до 150 км/ч"),
        ("limit_kmh", "60,5", "«60,5» — не целое число"),
        ("limit_kmh", "x", "«x» — не число. Запишите его цифрами, например 60."),
        ("clock_offset_s", "-99999", "его часы расходятся не больше чем на сутки"),
        ("clock_error_s", "-0,1", "Погрешность — 0 или больше"),
        ("clock_error_s", "999999999", "Погрешность длины — не больше 1 000 км, часов"),
        ("length_error_m", "1e9", "«1e9» — не число"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_and_nothing_is_changed_by_it(
    name: str, typed: str, sentence: str
) -> None:
    measures, (said,) = typing({name: typed})
    assert said.startswith(f"{name}: ")
    assert sentence in said
    assert measures == BEFORE


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("typed", ["0", "-5", "abc", "1e400", "nan", "", "5000000"])
def test_every_refusal_is_said_in_the_readers_language(typed: str, language: Language) -> None:
    _, (said,) = typing({"length_m": typed}, language=language)
    _, (english,) = typing({"length_m": typed}, language=Language.ENGLISH)
    assert (said == english) is (language is Language.ENGLISH)
    assert "{" not in said


def test_several_wrong_figures_are_each_said() -> None:
    _, said = typing({"length_m": "0", "limit_kmh": "fast", "length_error_m": "2,5"})
    assert [one.partition(":")[0] for one in said] == ["length_m", "limit_kmh"]


def test_what_was_not_touched_keeps_all_its_digits() -> None:
    exact = Measures(939.700123, 60, 0.123456, 0.2, 3.0)
    assert typing({"limit_kmh": "80"}, exact) == (replace(exact, limit_kmh=80), [])
    assert typing({}, exact) == (exact, [])


def test_figures_are_shown_with_the_digits_they_have() -> None:
    exact = Measures(1187.75, 60, -0.125, 0.2, 3.0)
    assert written(exact, Language.RUSSIAN) == {
        "length_m": "1\u202f187,75", "limit_kmh": "60", "clock_offset_s": "−0,125",
        "clock_error_s": "0,20", "length_error_m": "3,0",
    }  # fmt: skip
    assert written(SOUND, Language.ENGLISH)["length_m"] == "1\u202f000.0"


@pytest.mark.parametrize("wrong", [nan, inf])
def test_a_figure_from_before_that_is_none_is_empty_until_it_is_entered(wrong: float) -> None:
    before = replace(BEFORE, length_m=wrong)
    assert written(before, Language.RUSSIAN)["length_m"] == ""
    assert typing({}, before)[1] == []
    assert typing({"limit_kmh": "80"}, before)[1] == ["Одного из чисел нет. Введите его."]
    assert typing({"length_m": "900", "limit_kmh": "80"}, before) == (
        Measures(900.0, 80, 0.0, 0.2, 3.0), []
    )  # fmt: skip
