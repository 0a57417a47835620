"""Readings vote sign by sign, and say how likely look-alikes are."""

import pytest

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
