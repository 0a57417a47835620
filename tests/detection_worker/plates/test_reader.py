"""Reading plates with the weights of the wheel."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from detection_worker.frames import Image
from detection_worker.plates.finder import Quadrangle, TextFinder
from detection_worker.plates.forms import PlateText
from detection_worker.plates.photograph import open_photograph
from detection_worker.plates.reader import MOST_LINES_TOGETHER, PlateReader
from detection_worker.plates.recogniser import Recogniser, Spelling


class Words(TextFinder):
    """Finds so many words in whatever it is shown."""

    def __init__(self, count: int) -> None:
        self.count, self.looks = count, 0

    def find(self, image: Image, short_side_px: int) -> list[Quadrangle]:
        self.looks += 1
        return [np.array([(9, 9), (99, 9), (99, 39), (9, 39)], np.float32)] * self.count


class Wordy(Recogniser):
    """Reads the same word in every strip."""

    def __init__(self) -> None:
        pass

    def read(self, strips: Sequence[Image]) -> list[Spelling]:
        return [Spelling("MARKET", "MARKET", (0.99,) * 6)] * len(strips)


@pytest.fixture(scope="module")
def reader() -> PlateReader:
    return PlateReader(threads=1)


def a_street_with(*lines: tuple[str, tuple[int, int]]) -> Image:
    """White signs with black letters on grey."""
    image = np.full((360, 640, 3), 110, np.uint8)
    for text, (x, y) in lines:
        width = 24 * len(text) + 20
        cv2.rectangle(image, (x - 10, y - 44), (x + width, y + 14), (240, 240, 240), -1)
        cv2.putText(
            image, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (20, 20, 20), 3, cv2.LINE_AA
        )
    return image


def test_a_local_plate_is_read_with_its_region_and_place(reader: PlateReader) -> None:
    (reading,) = reader.read(a_street_with(("123ABC02", (200, 200))))
    assert reading.plate == PlateText("123ABC02", "KZ", "02")
    assert reading.confidence > 0.8
    left, top, right, bottom = reading.box_xyxy
    assert 180 < left < 215
    assert 150 < top < 175
    assert right > 360
    assert 195 < bottom < 220


def test_words_clocks_dates_and_telephones_are_no_plates(reader: PlateReader) -> None:
    street = a_street_with(
        ("MARKET", (60, 60)), ("06:46:42", (330, 60)), ("2014-06-16", (60, 160)),
        ("647-0604", (60, 260)), ("P 30 min", (330, 260)),
    )  # fmt: skip
    assert reader.read(street) == []


def test_an_empty_street_has_no_plates(reader: PlateReader) -> None:
    assert reader.read(np.full((240, 320, 3), 90, np.uint8)) == []


def test_a_tiny_picture_has_no_plates(reader: PlateReader) -> None:
    assert reader.read(np.full((16, 16, 3), 90, np.uint8)) == []


@pytest.mark.parametrize(
    ("words", "looks"),
    [(0, 9), (3, 9), (16, 9), (60, 3)],
    ids=["an empty street", "a street", "some shops", "a wall full of posters"],
)
def test_a_picture_full_of_text_is_looked_at_less_often(words: int, looks: int) -> None:
    finder = Words(words)
    assert PlateReader(finder=finder, recogniser=Wordy()).read(a_street_with()) == []
    assert finder.looks == looks
    assert (looks - 1) * words <= MOST_LINES_TOGETHER


@pytest.mark.shared
@pytest.mark.parametrize("name", ["car14", "us2", "wts-lg-000165"])
def test_photographed_plates_are_read_as_they_are(
    shared_folder: Path, reader: PlateReader, name: str
) -> None:
    written = (shared_folder / f"plates/us/{name}.txt").read_text().split()[-1]
    readings = reader.read(open_photograph(shared_folder / f"plates/us/{name}.jpg"))
    assert [reading.plate.text for reading in readings] == [written]
