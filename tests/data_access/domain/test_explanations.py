"""Explanations of all kinds, in three languages, with whatever facts there are."""

import re
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.events import EVENT_KINDS
from data_access.domain.explanations import EXPLANATIONS, WORD_NAMES, explain, label_name
from data_access.domain.words import Language
from data_access.language import translator


def english(text: str) -> str:
    return text


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_kind_of_event_is_explained() -> None:
    assert set(EXPLANATIONS) == set(EVENT_KINDS)


@pytest.mark.parametrize("kind", EXPLANATIONS)
def test_each_kind_has_a_sentence_that_needs_no_facts(kind: str) -> None:
    assert names_in(EXPLANATIONS[kind][-1]) == set()
    assert explain(kind, {}, english) == EXPLANATIONS[kind][-1]


@pytest.mark.parametrize("language", [Language.RUSSIAN, Language.KAZAKH])
@pytest.mark.parametrize("kind", EXPLANATIONS)
def test_translations_keep_the_facts(kind: str, language: Language) -> None:
    text = translator(language)
    for template in EXPLANATIONS[kind]:
        assert names_in(text(template)) == names_in(template)
        assert text(template) != template or re.fullmatch(r"[{}\w.]+", template)


def test_the_most_telling_sentence_is_chosen_whose_facts_are_there() -> None:
    facts = {"speed_kmh": 83.42, "limit_kmh": 60, "length_m": 31.0}
    assert explain("spot_speed", facts, english) == "83.4 km/h where 60 km/h is allowed."
    said = explain("spot_speed", facts | {"error_kmh": 1.2}, english)
    assert said == "83.4 km/h where 60 km/h is allowed; measured over 31 m, error ±1.2 km/h."


def test_numbers_and_words_are_the_readers_own() -> None:
    facts = {"label": "bus", "distance_m": 12.5, "duration_s": 2.0}
    said = explain("wrong_way", facts, translator(Language.RUSSIAN))
    assert said == "Автобус: 12,5 м против разрешённого направления за 2 с."


def test_a_fact_that_is_none_is_missing() -> None:
    assert explain("no_stopping", {"label": "car", "stood_s": None}, english) == (
        "Stood where stopping is forbidden."
    )


def test_a_class_that_nobody_named_is_said_as_the_model_says_it() -> None:
    assert label_name("forklift", translator(Language.RUSSIAN)) == "forklift"
    assert explain("object_present", {"label": "forklift"}, english).startswith("forklift:")


@pytest.mark.parametrize(
    ("density", "said"), [(0.04, "0.04 per"), (0.5, "0.5 per"), (2.0, "2 per"), (10.25, "10.2 per")]
)
def test_a_small_number_is_not_rounded_to_nothing(density: float, said: str) -> None:
    facts = {"people": 6, "limit_people": 5, "density_per_m2": density, "area_m2": 156}
    assert said in explain("crowd", facts, english)


def test_an_unknown_kind_is_no_error() -> None:
    assert explain("levitation", {}, english) == "levitation"


@pytest.mark.parametrize("language", list(Language))
def test_every_word_of_ours_is_translated(language: Language) -> None:
    text = translator(language)
    for names in WORD_NAMES.values():
        assert all(text(name) for name in names.values())


@given(
    st.sampled_from(sorted(EXPLANATIONS)),
    st.dictionaries(
        st.sampled_from(sorted({n for ts in EXPLANATIONS.values() for t in ts for n in names_in(t)})),
        st.one_of(st.none(), st.integers(), st.floats(allow_nan=True), st.text(), st.lists(st.integers())),
    ),
)  # fmt: skip
def test_whatever_the_facts_there_is_a_sentence(kind: str, facts: dict[str, object]) -> None:
    assert explain(kind, facts, english)
