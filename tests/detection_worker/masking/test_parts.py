"""A still picture is looked at as a whole and in parts."""

import numpy as np

from detection_worker.frames import Image
from detection_worker.masking.boxes import Boxes, no_boxes
from detection_worker.masking.parts import find_in_parts


def marks(image: Image) -> Boxes:
    """A finder that overlooks what is small in its picture: a box around the white in it."""
    rows, columns = np.flatnonzero(image.any(axis=(1, 2))), np.flatnonzero(image.any(axis=(0, 2)))
    if not len(rows) or len(columns) < image.shape[1] / 8:
        return no_boxes()
    return np.array([[columns[0], rows[0], columns[-1] + 1.0, rows[-1] + 1.0]])


def a_picture_with(left: int, right: int, width: int = 1000) -> Image:
    image = np.zeros((500, width, 3), np.uint8)
    image[440:460, left:right] = 255
    return image


def test_what_the_whole_hides_is_found_in_a_part_and_at_its_place() -> None:
    picture = a_picture_with(900, 990)
    assert not len(marks(picture))
    assert find_in_parts(marks, picture).tolist() == [[900, 440, 990, 460]]


def test_what_is_seen_twice_is_one_thing() -> None:
    assert find_in_parts(marks, a_picture_with(450, 600)).tolist() == [[450, 440, 600, 460]]


def test_an_empty_and_a_tiny_picture_have_nothing() -> None:
    assert find_in_parts(marks, np.zeros((500, 500, 3), np.uint8)).shape == (0, 4)
    assert find_in_parts(marks, np.zeros((1, 1, 3), np.uint8)).shape == (0, 4)
