"""Readings vote sign by sign, and say how likely look-alikes are."""

import pytest

from detection_worker.plates.choice import LEAST_CONFIDENCE, SURE
from detection_worker.plates.confidence import calibrated
from detection_worker.plates.recogniser import Spelling
from detection_worker.plates.voting import vote


def spelt(text: str, sure: float = 0.9, alike: float = 0.01) -> Spelling:
    return Spelling(text, text, (sure,) * len(text), (alike,) * len(text))


def test_a_look_alike_is_as_likely_as_the_readings_say() -> None:
    result = vote([spelt("AYO9"), spelt("AYO9"), spelt("AY09")])
    assert result.text == "AYO9"
    a, y, o, nine = result.alike
    assert (a, y, nine) == (0, 0, 0)
    assert o == pytest.approx((0.9 + 0.01 + 0.01) / (0.9 + 0.9 + 0.01))


def test_readings_without_likelihoods_vote_too() -> None:
    bare = Spelling("O1", "O1", (0.9, 0.9))
    assert vote([bare, bare]).alike == (0, 0)


@pytest.mark.parametrize(
    ("steps", "breaks"),
    [
        ((2, 6, 14, 18, 22, 27, 31), {2}),  # BC, a crest, LK046
        ((2, 6, 10, 14, 18, 22, 26), set()),
        ((2, 6, 10, 12, 14, 18, 22), set()),  # a narrow 1 or I makes no gap
    ],
)
def test_a_wide_step_is_a_gap_though_nothing_is_written_there(
    steps: tuple[int, ...], breaks: set[int]
) -> None:
    one = Spelling("BCLK046", "BCLK046", (0.9,) * 7, (0.0,) * 7, steps)
    assert vote([one, one]).breaks == breaks


@pytest.mark.parametrize(
    ("known", "length", "surely"),
    [(True, 7, True), (False, 7, True), (True, 9, True), (False, 9, False), (False, 4, False)],
    ids=["a plate", "of no known form", "a long form", "a telephone", "a house number"],
)
def test_what_no_form_knows_is_sure_at_a_plates_usual_length_alone(
    known: bool, length: int, surely: bool
) -> None:
    assert (calibrated(1.0, 1.0, 0.95, known, length) >= SURE) is surely


@pytest.mark.parametrize(
    ("agreed", "weakest", "sure", "were_right"),
    [
        (1.0, 1.0, 0.9996, 1.0), (1.0, 1.0, 0.9953, 0.96), (0.99, 0.99, 0.9819, 0.94),
        (0.99, 0.99, 0.9582, 0.92), (0.82, 0.82, 0.9802, 0.92), (0.8, 0.8, 0.9576, 0.88),
        (0.78, 0.8, 0.9196, 0.64), (0.59, 0.6, 0.9544, 0.75), (0.51, 0.53, 0.9189, 0.52),
        (0.48, 0.55, 0.8678, 0.29),
    ],
)  # fmt: skip
def test_what_is_said_is_how_many_such_rendered_plates_were_right(
    agreed: float, weakest: float, sure: float, were_right: float
) -> None:
    said = calibrated(agreed, weakest, sure, known=True, length=8)
    assert said == pytest.approx(were_right, abs=0.12)


def test_the_surer_a_reading_is_the_more_a_little_doubt_weighs() -> None:
    surest, sure, unsure, doubtful = (
        calibrated(0.9, 0.9, each, known=True, length=8) for each in (1.0, 0.96, 0.92, 0.88)
    )
    assert surest - sure > sure - unsure > unsure - doubtful > 0


@pytest.mark.parametrize("sure", [0.9, 0.97, 1.0])
def test_a_word_of_no_known_form_is_a_guess_however_sure_it_is_read(sure: float) -> None:
    assert calibrated(1.0, 1.0, sure, known=False, length=6, word=True) < LEAST_CONFIDENCE


def test_a_sign_that_is_surer_than_sure_is_no_error() -> None:
    assert calibrated(1.0, 1.0, 1.0 + 1e-6, known=True, length=8) < 1
