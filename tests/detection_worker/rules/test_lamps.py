"""What rendered lamps show, by day and night, and when nobody can know."""

import cv2
import numpy as np
import pytest

from detection_worker.rules.scene import SignalState
from detection_worker.rules.signals.lamp import read_lamp
from tests.detection_worker.rules.lamps import LOOKS, Look, draw

SEEDS = range(5)


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("state", ["red", "yellow", "green"])
def test_one_lit_lamp_is_read(name: str, state: str) -> None:
    read = [read_lamp(draw((state,), LOOKS[name], seed)) for seed in SEEDS]
    assert read == [state] * len(SEEDS)


@pytest.mark.parametrize("name", LOOKS)
def test_no_lit_lamp_is_unknown(name: str) -> None:
    read = [read_lamp(draw((), LOOKS[name], seed)) for seed in SEEDS]
    assert read == ["unknown"] * len(SEEDS)


@pytest.mark.parametrize("name", ["day", "small", "dusk", "night", "night, overexposed"])
def test_red_with_yellow_still_forbids(name: str) -> None:
    assert read_lamp(draw(("red", "yellow"), LOOKS[name])) == "red"


def test_red_and_green_together_are_a_fault_and_unknown() -> None:
    assert read_lamp(draw(("red", "green"))) == "unknown"


@pytest.mark.parametrize(
    ("what", "picture"),
    [
        ("in full glare", np.full((36, 14, 3), 253, np.uint8)),
        ("in the dark", np.full((36, 14, 3), 3, np.uint8)),
        ("under a black cover", np.full((36, 14, 3), 30, np.uint8)),
        ("under an orange cover", np.full((36, 14, 3), (20, 120, 240), np.uint8)),
        ("under a red cover", np.full((36, 14, 3), (40, 40, 220), np.uint8)),
        ("behind a leafy branch", np.full((36, 14, 3), (50, 140, 90), np.uint8)),
        ("of one pixel", np.full((1, 1, 3), (40, 40, 220), np.uint8)),
        ("in a flat line", np.full((1, 40, 3), (40, 40, 220), np.uint8)),
    ],
)
def test_lamps_that_cannot_be_seen_are_unknown(what: str, picture: np.ndarray) -> None:
    noise = np.random.default_rng(3).normal(0, 4, picture.shape)
    noisy = np.clip(picture + noise, 0, 255).astype(np.uint8)
    assert read_lamp(noisy) is SignalState.UNKNOWN


def test_a_covered_signal_beside_a_bright_sky_is_unknown() -> None:
    sack = draw((), Look(housing=90, lens=0.0, around=(245, 235, 225)))
    assert read_lamp(sack) == "unknown"


def test_a_signal_that_hangs_upside_down_is_read_when_that_is_said() -> None:
    picture = draw(("red",), LOOKS["night, overexposed"])[::-1].copy()
    assert read_lamp(picture, green_below=False) == "red"


@pytest.mark.parametrize("state", ["red", "yellow", "green"])
def test_a_single_lamp_is_read_by_its_colour(state: str) -> None:
    picture = np.full((10, 10, 3), 30, np.uint8)
    colour = {"red": (48, 52, 255), "yellow": (30, 190, 255), "green": (170, 255, 60)}[state]
    cv2.circle(picture, (5, 5), 3, colour, -1)
    assert read_lamp(picture) == state


def test_infrared_pictures_without_colour_are_unknown() -> None:
    grey = cv2.cvtColor(draw(("red",), LOOKS["night"]), cv2.COLOR_BGR2GRAY)
    assert read_lamp(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)) == "unknown"
