"""Numbers as they are typed: read as meant, or refused with a sentence."""

from math import inf, nan

import pytest

from components.typed_numbers import typed_fault, typed_number, written_number
from data_access.domain.words import Language
from data_access.language import translator


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("939,7", Language.RUSSIAN, 939.7),
        ("939.7", Language.KAZAKH, 939.7),
        ("939.7", Language.ENGLISH, 939.7),
        ("1 187,7", Language.RUSSIAN, 1187.7),
        ("1\u202f187,75", Language.KAZAKH, 1187.75),
        ("1\u00a0187", Language.RUSSIAN, 1187.0),
        ("−0,35", Language.RUSSIAN, -0.35),
        ("-0.35", Language.RUSSIAN, -0.35),
        ("+3600", Language.ENGLISH, 3600.0),
        (" 90 ", Language.KAZAKH, 90.0),
        ("1'000'000", Language.RUSSIAN, 1_000_000.0),
        ("1000 000", Language.RUSSIAN, None),
        ("3 65", Language.RUSSIAN, None),
        ("9 0", Language.RUSSIAN, None),
        ("- 5", Language.RUSSIAN, None),
        ("1,187", Language.ENGLISH, None),
        ("1.187,7", Language.RUSSIAN, None),
        ("1e400", Language.RUSSIAN, None),
        ("1e3", Language.RUSSIAN, None),
        ("nan", Language.RUSSIAN, None),
        ("inf", Language.ENGLISH, None),
        ("1_000", Language.RUSSIAN, None),
        ("٣", Language.RUSSIAN, None),
        ("--5", Language.RUSSIAN, None),
        ("5 м", Language.RUSSIAN, None),
        ("длинный", Language.RUSSIAN, None),
        ("9" * 400, Language.RUSSIAN, None),
        ("", Language.RUSSIAN, None),
        ("<b>1</b>", Language.RUSSIAN, None),
    ],
)
def test_a_number_is_read_as_it_is_written_in_the_language(
    typed: str, language: Language, value: float | None
) -> None:
    assert typed_number(typed, language) == value


@pytest.mark.parametrize(
    ("typed", "example", "sentence"),
    [
        ("abc", 939.7, "«abc» — не число. Запишите его цифрами, например 939,7."),
        ("1e9", 90, "«1e9» — не число. Запишите его цифрами, например 90."),
        ("60,5", 60, "«60,5» — не целое число. Запишите, например, 60."),
        ("60,0", 60, None),
        ("60,5", 0.5, None),
        ("-5", 60, None),  # a number: whether it can be is for its kind to say
        ("   ", 60, "Одного из чисел нет. Введите его."),
    ],
)
def test_what_is_no_number_is_said_with_an_example(
    typed: str, example: float, sentence: str | None
) -> None:
    said = typed_fault(typed, example, Language.RUSSIAN, translator(Language.RUSSIAN))
    assert said == sentence


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [(90, 0, "90"), (36500, 0, "36\u202f500"), (0.125, 1, "0,125"), (3.0, 1, "3,0"),
     (nan, 0, ""), (inf, 1, "")],
)  # fmt: skip
def test_a_number_is_written_with_the_digits_it_has(
    value: float, decimals: int, words: str
) -> None:
    assert written_number(value, decimals, Language.RUSSIAN) == words
