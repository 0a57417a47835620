"""Settings of a zone as they are typed: read as meant, refused, or left with all their digits."""

import pytest

from components.zone_settings import number_fault, typed_value
from data_access.domain.rule_faces import RuleSetting
from data_access.domain.words import Language
from data_access.language import translator

PEOPLE = RuleSetting("people", 20)
SHARE = RuleSetting("share", 0.0015)
RU = Language.RUSSIAN


@pytest.mark.parametrize(
    ("setting", "typed", "value"),
    [
        (PEOPLE, "20", 20),
        (PEOPLE, "1 000", 1000),
        (PEOPLE, "0", 0),
        (SHARE, "0,0015", 0.0015),
        (SHARE, "0.25", 0.25),
        (SHARE, "1", 1.0),
        (RuleSetting("labels", ["car"]), ["bus"], ["bus"]),
    ],
)
def test_a_setting_is_read_as_it_was_typed(
    setting: RuleSetting, typed: object, value: object
) -> None:
    read = typed_value(setting, {}, typed, RU)
    assert read == value and type(read) is type(value)


def test_what_was_left_as_it_is_written_keeps_all_its_digits() -> None:
    kept = {"share": 0.123456789}
    assert typed_value(SHARE, kept, "0,123457", RU) == 0.123456789
    assert number_fault(SHARE, kept, "0,123457", RU, translator(RU)) is None
    assert typed_value(SHARE, kept, "0,12346", RU) == 0.12346


@pytest.mark.parametrize(
    ("setting", "typed", "sentence"),
    [
        (PEOPLE, "1e2", "«1e2» — не число. Запишите его цифрами, например 20."),
        (PEOPLE, "20,5", "«20,5» — не целое число. Запишите, например, 20."),
        (PEOPLE, "-5", "«-5» меньше 0. Введите 0 или больше."),
        (PEOPLE, "", "Одного из чисел нет. Введите его."),
        (SHARE, "1e400", "«1e400» — не число. Запишите его цифрами, например 0,0015."),
        (SHARE, "−0,5", "«−0,5» меньше 0. Введите 0 или больше."),
        (SHARE, "0,5", None),
    ],
)
def test_a_setting_that_cannot_be_has_a_sentence(
    setting: RuleSetting, typed: str, sentence: str | None
) -> None:
    assert number_fault(setting, {}, typed, RU, translator(RU)) == sentence
