"""Days of evidence as they are typed: read as meant, or refused with the kind they were for."""

import pytest

from components.retention_days import read, titles, warning, written
from data_access.domain.events import EVENT_KINDS, Response
from data_access.domain.evidence import Retention
from data_access.domain.words import Language
from data_access.language import translator
from data_access.retention import ALL, Shortening

BEFORE = Retention(90, {"violation": 36500}, {"bus_lane": 30})
RU = translator(Language.RUSSIAN)


def typing(
    changes: dict[str, str], language: Language = Language.RUSSIAN
) -> tuple[Retention | None, list[str]]:
    return read(written(BEFORE) | changes, language, translator(language))


def test_every_kind_has_a_field_and_what_is_written_is_read_back() -> None:
    assert written(BEFORE).keys() == titles(RU).keys() == {ALL, *map(str, Response), *EVENT_KINDS}
    for language in Language:
        assert typing({}, language) == (BEFORE, [])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-5", "Доказательства хранятся от 1 до 36500 дней"),
        ("0", "Доказательства хранятся от 1 до 36500 дней"),
        ("36501", "Доказательства хранятся от 1 до 36500 дней"),
        ("1000000000", "Доказательства хранятся от 1 до 36500 дней"),
        ("1e9", "«1e9» — не число. Запишите его цифрами, например 90."),
        ("1e400", "«1e400» — не число"),
        ("5a", "«5a» — не число"),
        ("3 65", "«3 65» — не число"),
        ("nan", "«nan» — не число"),
        ("90,5", "«90,5» — не целое число. Запишите, например, 90."),
    ],
)
@pytest.mark.parametrize("name", [ALL, "violation", "red_light"])
def test_days_that_cannot_be_are_refused_by_their_name_and_nothing_is_read(
    name: str, typed: str, sentence: str
) -> None:
    days, (said,) = typing({name: typed})
    assert days is None
    assert said.startswith(f"{titles(RU)[name]}: {sentence}")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("typed", ["0", "-5", "abc", "1e400", "90.5"])
def test_every_refusal_is_said_in_the_readers_language(typed: str, language: Language) -> None:
    _, (said,) = typing({"red_light": typed}, language)
    _, (english,) = typing({"red_light": typed}, Language.ENGLISH)
    assert (said == english) is (language is Language.ENGLISH)
    assert "{" not in said


def test_several_refused_days_are_each_said() -> None:
    days, said = typing({ALL: "x", "violation": "365", "crowd": "0", "red_light": "-1"})
    assert days is None and len(said) == 3


def test_an_empty_field_takes_the_days_above_it_and_only_all_has_to_be_typed() -> None:
    assert typing({"violation": " ", "bus_lane": ""}) == (Retention(90), [])
    assert typing({ALL: ""}) == (None, ["Все доказательства: Одного из чисел нет. Введите его."])


def test_days_may_have_a_gap_before_the_thousands() -> None:
    assert typing({"crowd": "36 500", "bus_lane": "+60"})[0] == Retention(
        90, {"violation": 36500}, {"crowd": 36500, "bus_lane": 60}
    )


SHORTER = [
    Shortening(kind, 90, 5, events)
    for kind, events in (("red_light", 1200), ("crowd", 34), ("bus_lane", 0), ("weapon", 0))
]


def test_what_deletes_earlier_is_said_in_numbers() -> None:
    said = warning(SHORTER, RU)
    red_light = RU(EVENT_KINDS["red_light"].name)
    assert f"раньше прежнего: {red_light} — через 5 дн., а не 90; " in said
    assert "и ещё видов: 1." in said
    assert said.endswith(
        "Сразу удалятся доказательства по событиям: 1\u202f234; вернуть их нельзя."
    )


def test_a_single_kind_with_nothing_over_its_days_says_so() -> None:
    said = warning(SHORTER[2:3], RU)
    assert "и ещё" not in said
    assert said.endswith("Срок пока ни у чего не вышел: сразу ничего не удалится.")
