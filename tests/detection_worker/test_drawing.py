"""What is drawn on live pictures says the same in every language."""

import numpy as np
import pytest

from detection_worker.drawing import draw
from detection_worker.frames import Image
from detection_worker.pictograms import has_pictogram
from detection_worker.pipeline import SeenPicture
from detection_worker.tracking.tracks import Track

BOX = (200.0, 150.0, 320.0, 330.0)


def drawn(label: str, number: int = 7, width: int = 640) -> Image:
    image = np.full((360, width, 3), 70, np.uint8)
    draw(image, SeenPicture(tracks=(Track(number, label, 0.9, BOX, ()),)), (width, 360))
    return image


@pytest.mark.parametrize("label", ["person", "car", "truck", "bus", "bicycle"])
def test_each_kind_of_thing_has_a_sign_of_its_own(label: str) -> None:
    others = {"person", "car", "truck", "bus", "bicycle"} - {label}
    assert all(not np.array_equal(drawn(label), drawn(other)) for other in others)


def test_what_is_only_like_a_person_or_a_vehicle_has_the_same_sign() -> None:
    assert np.array_equal(drawn("person_like"), drawn("person"))
    assert np.array_equal(drawn("vehicle_like"), drawn("car"))


def test_a_class_that_no_sign_is_known_for_shows_its_number_alone() -> None:
    assert not has_pictogram("fire")
    assert np.array_equal(drawn("fire"), drawn("smoke"))
    assert not np.array_equal(drawn("fire", 7), drawn("fire", 8))


def test_a_tile_has_room_for_the_number_alone() -> None:
    assert np.array_equal(drawn("person", width=400), drawn("bus", width=400))


def test_a_sign_at_the_edge_of_the_picture_is_survived() -> None:
    image = np.zeros((360, 640, 3), np.uint8)
    tracks = tuple(
        Track(number, "car", 0.9, box, ())
        for number, box in enumerate([(-20.0, -20.0, 30.0, 30.0), (620.0, 340.0, 700.0, 400.0)])
    )
    draw(image, SeenPicture(tracks=tracks), (640, 360))
    assert image.any()
