"""Rendered plates of Kazakhstan: their forms, their sizes, the same again from the same seed."""

import re

import numpy as np
import pytest

from data_access.domain.plates import REGION_NAMES
from demo.plate_pictures import FORMS, plate_picture, usual_conditions

SHAPES = {
    "since_2012": r"\d{3}[A-Z]{3}(\d{2})",
    "company": r"\d{3}[A-Z]{2}(\d{2})",
    "two_lines": r"\d{3}[A-Z]{3}(\d{2})",
    "motorcycle": r"\d{2}[A-Z]{3}(\d{2})",
    "before_2012": r"[A-Z]\d{3}[A-Z]{3}()",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_plate_has_the_signs_of_its_form_and_a_region_that_is_there(form: str) -> None:
    chance = np.random.default_rng(3)
    for _ in range(5):
        picture = plate_picture(form, 12.0, usual_conditions(chance), chance)
        found = re.fullmatch(SHAPES[form], picture.text)
        assert found is not None
        assert found[1] in {*REGION_NAMES, ""}


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_grows_with_its_letters_and_is_the_same_from_the_same_seed(form: str) -> None:
    small, large, again = (
        plate_picture(form, letter_px, usual_conditions(chance), chance)
        for letter_px in (10.0, 20.0, 10.0)
        for chance in [np.random.default_rng(8)]
    )
    assert large.image.shape[1] == pytest.approx(2 * small.image.shape[1], abs=6)
    assert small.text == again.text
    assert np.array_equal(small.image, again.image)
    assert small.image.dtype == np.uint8
