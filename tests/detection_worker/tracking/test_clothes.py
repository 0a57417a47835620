"""What people wear, as numbers."""

import numpy as np
import pytest

from detection_worker.tracking.clothes import NUMBERS, unlike, worn

RED, BLUE, GREY = (30, 30, 200), (200, 60, 40), (120, 120, 120)
BOX = (100.0, 50.0, 140.0, 150.0)


def picture(
    coat: tuple[int, int, int], trousers: tuple[int, int, int], scale: int = 1
) -> np.ndarray:
    """Somebody stands in ``BOX`` before grey walls."""
    image = np.full((200, 240, 3), GREY, np.uint8)
    image[50:104, 108:132], image[104:150, 108:132] = coat, trousers
    return image.repeat(scale, axis=0).repeat(scale, axis=1)


def test_the_same_clothes_look_alike_wherever_somebody_stands() -> None:
    before, after = picture(RED, BLUE), np.roll(picture(RED, BLUE), 60, axis=1)
    (first,) = worn(before, [BOX])
    (second,) = worn(after, [(160.0, 50.0, 200.0, 150.0)])
    assert unlike(first, second) == pytest.approx(0, abs=0.5)


def test_another_coat_is_told_even_where_the_trousers_are_alike() -> None:
    (first,), (second,) = worn(picture(RED, BLUE), [BOX]), worn(picture(BLUE, BLUE), [BOX])
    assert unlike(first, second) > 30


def test_a_larger_picture_shows_the_same() -> None:
    (first,) = worn(picture(RED, BLUE), [BOX])
    left, top, right, bottom = (value * 4 for value in BOX)
    (second,) = worn(picture(RED, BLUE, scale=4), [(left, top, right, bottom)])
    assert unlike(first, second) < 2


def test_what_the_picture_does_not_hold_is_not_known() -> None:
    (half,) = worn(picture(RED, BLUE), [(100.0, 120.0, 140.0, 240.0)])
    assert np.isnan(half).any()
    assert not np.isnan(half).all()
    (nothing,) = worn(picture(RED, BLUE), [(500.0, 50.0, 540.0, 150.0)])
    assert np.isnan(nothing).all()
    assert unlike(half, nothing) == float("inf")


def test_a_box_without_extent_is_a_pixel() -> None:
    assert worn(picture(RED, BLUE), [(120.0, 60.0, 120.0, 60.0)]).shape == (1, NUMBERS)


def test_of_nobody_nothing_is_known() -> None:
    assert worn(picture(RED, BLUE), []).shape == (0, NUMBERS)
