"""Photographs of cars that never were: repeatable, with the plate that the truth says."""

import re

import numpy as np
import pytest

from demo.plate_photographs.countries import CONTINENTS, EUROPE, TWO_LINES, Country
from demo.plate_photographs.faces import MM, bare, face, random_text
from demo.plate_photographs.hardships import HARDSHIPS, LETTER_PX
from demo.plate_photographs.photograph import photograph
from demo.plate_photographs.street import SIZE_WH
from detection_worker.plates.abroad import all_forms

COUNTRIES = [
    country
    for continents in (CONTINENTS, TWO_LINES)
    for countries in continents.values()
    for country in countries
]


@pytest.mark.parametrize("continent", CONTINENTS)
def test_the_same_numbers_make_the_same_photograph(continent: str) -> None:
    one, other = (photograph(continent, np.random.default_rng(4), ["sans"]) for _ in range(2))
    assert one.text == other.text
    assert (one.image == other.image).all()
    assert one.image.shape == (SIZE_WH[1], SIZE_WH[0], 3)
    assert LETTER_PX[0] <= one.letter_px <= LETTER_PX[1]


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.name)
def test_a_plate_has_the_size_of_its_country_and_ink_of_its_colour(country: Country) -> None:
    chance = np.random.default_rng(2)
    text = random_text(country, chance)
    drawn = face(country, text, "sans", chance)
    width, height = country.wh_mm
    assert drawn.shape == (round(height * MM), round(width * MM), 3)
    inked = (np.abs(drawn.astype(int) - country.ink) < 12).all(axis=2).mean()
    assert 0.05 < inked < 0.5
    assert re.fullmatch("[0-9A-Z]{4,9}", bare(text))


@pytest.mark.parametrize("country", EUROPE, ids=lambda country: country.name)
def test_the_plates_of_europe_have_forms_that_the_reader_knows(country: Country) -> None:
    known = {form.signs.upper() for form in all_forms()}
    for layout in country.layouts:
        assert bare(layout) in known


@pytest.mark.parametrize("name", HARDSHIPS)
def test_a_hardship_is_repeatable_and_shows_in_the_picture(name: str) -> None:
    one, other = (
        photograph("brazil", np.random.default_rng(4), ["sans"], HARDSHIPS[name]) for _ in range(2)
    )
    assert (one.image == other.image).all()
    low, high = HARDSHIPS[name].letter_px
    assert low <= one.letter_px <= high
    usual = photograph("brazil", np.random.default_rng(4), ["sans"])
    assert name == "usual" or (one.image != usual.image).any()


def test_a_plate_of_two_lines_has_one_above_the_other() -> None:
    for country in TWO_LINES["brazil"]:
        text = random_text(country, np.random.default_rng(2))
        assert re.fullmatch("[A-Z]{3}/[0-9][0-9A-Z][0-9]{2}", text)
        assert "/" not in bare(text)
