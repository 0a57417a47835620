"""The drawing shows on any background, in the picture's own size, and hides nothing of it."""

from dataclasses import replace

import numpy as np
import pytest

from data_access.domain.watch import Zone, ZoneShape
from detection_worker.evidence.case import Sighting
from detection_worker.evidence.drawing import draw_case
from detection_worker.frames import Image
from detection_worker.rules.scene import Finding, Mark
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.items import NOON, an_event

LINE = Mark(((50, 100), (590, 100)))
FINDING = Finding("spot_speed", "track 7", 1, (7,), 0.9, {}, marks=(LINE,))
SIGHTING = Sighting(FINDING, NOON, (640, 360), camera_code="K-1")
EVENT = an_event(kind="spot_speed", facts={"speed_kmh": 84.0, "limit_kmh": 60})

BACKGROUNDS: dict[str, Image] = {
    "snow": np.full((360, 640, 3), 250, np.uint8),
    "night": np.full((360, 640, 3), 5, np.uint8),
    "asphalt": np.full((360, 640, 3), 120, np.uint8),
    "the line's own colour": np.tile(np.array([0x66, 0x75, 0xFF], np.uint8), (360, 640, 1)),
    "noise": np.random.default_rng(1).integers(0, 255, (360, 640, 3), np.uint8),
}


@pytest.mark.parametrize("name", BACKGROUNDS)
def test_a_line_has_a_bright_core_and_a_dark_edge_on_any_background(name: str) -> None:
    image = BACKGROUNDS[name]
    drawn = draw_case(image, EVENT, SIGHTING).astype(int)
    grey = drawn[96:105, 60:580].mean(axis=2)
    assert (grey.max(axis=0) - grey.min(axis=0)).min() > 90
    assert np.array_equal(draw_case(image, EVENT, SIGHTING)[150:360], image[150:360])


def test_the_numbers_stand_below_the_picture() -> None:
    image = BACKGROUNDS["asphalt"]
    drawn = draw_case(image, EVENT, SIGHTING)
    strip = drawn[360:]
    assert drawn.shape[1] == 640 and strip.shape[0] > 40
    assert (strip > 200).any()
    other = draw_case(image, replace(EVENT, facts={"speed_kmh": 99.0, "limit_kmh": 60}), SIGHTING)
    assert not np.array_equal(strip, other[360:])


def test_marks_of_a_smaller_analysed_picture_stand_where_they_belong_on_a_larger_one() -> None:
    large = np.full((1080, 1920, 3), 120, np.uint8)
    drawn = draw_case(large, EVENT, SIGHTING)
    assert not np.array_equal(drawn[300, 200:1700], large[300, 200:1700])
    assert np.array_equal(drawn[100, 200:1700], large[100, 200:1700])


def test_a_box_is_drawn_only_on_the_picture_that_it_was_found_in() -> None:
    path = (TrackPoint(NOON, 320, 300),)
    track = Track(7, "car", 0.9, (280, 220, 360, 300), path)
    image = BACKGROUNDS["asphalt"]
    with_box = draw_case(image, EVENT, replace(SIGHTING, tracks=(track,)))
    assert not np.array_equal(with_box[200:310], image[200:310])
    earlier = replace(SIGHTING, tracks=(track,), found_at=NOON.replace(hour=6))
    assert np.array_equal(draw_case(image, EVENT, earlier)[200:310], image[200:310])


def test_the_zone_and_spots_at_the_very_edge_are_survived() -> None:
    zone = Zone(1, "Полоса", "spot_speed", ZoneShape.POLYGON, ((0, 0), (1, 0), (1, 1), (0, 1)))
    marks = (
        Mark(((-50, -50),), "вне кадра"), Mark(((639, 359),), "в углу"),
        Mark((), "нигде"), Mark(((float("nan"), 5), (5, 5)), "не число"), Mark(((1e12, -1e12), (5, 5)), "далеко"), Mark(((639, 359),), "ещё раз"), LINE,
    )  # fmt: skip
    finding = replace(FINDING, marks=marks)
    drawn = draw_case(BACKGROUNDS["snow"], EVENT, replace(SIGHTING, finding=finding, zone=zone))
    assert drawn.shape[1] == 640


def test_a_very_small_picture_can_be_drawn_on() -> None:
    assert draw_case(np.zeros((24, 32, 3), np.uint8), EVENT, SIGHTING).shape[1] == 32


def test_a_mark_speaks_the_language_of_the_drawing() -> None:
    spoken = Mark(((100, 100), (300, 100)), "stands for {seconds} s", facts={"seconds": 12.5})
    plain = Mark(((100, 100), (300, 100)), "стоит 12,5 с")
    drawings = [
        draw_case(
            BACKGROUNDS["snow"], EVENT, replace(SIGHTING, finding=replace(FINDING, marks=(mark,)))
        )
        for mark in (spoken, plain)
    ]
    assert np.array_equal(*drawings)


EDGES = [
    ((636, 357), "в углу"), ((320, 359), "посередине низа"), ((600, 356), "рядом с углом"),
    ((639, 180), "у правого края"), ((2, 2), "вверху слева"), ((630, 3), "вверху справа"),
    ((3, 350), "внизу слева"), ((610, 350), "ещё раз в углу"),
]  # fmt: skip
"""Eight marks at the edges of 640 × 360."""


def test_the_words_of_marks_at_the_edges_are_drawn_whole() -> None:
    """Away from the edges the same words on the same plates have as many bright points."""
    apart = [
        ((40 + 300 * (one % 2), 40 + 40 * one), words) for one, (_at, words) in enumerate(EDGES)
    ]
    bright = [
        int((drawn_marks([Mark((at,), words) for at, words in marks]) > 235).all(axis=2).sum())
        for marks in (apart, EDGES)
    ]
    assert bright[1] >= bright[0] * 0.98  # lines to labels that moved add to it


def test_long_words_are_wrapped_into_a_small_picture() -> None:
    words = "далеко до стоп-линии, которую он пересёк на красный свет"
    image = np.full((360, 200, 3), 120, np.uint8)
    finding = replace(FINDING, marks=(Mark(((190, 180),), words),))
    drawn = draw_case(image, EVENT, replace(SIGHTING, finding=finding, frame_wh=(200, 360)))
    rows = (drawn[:360] > 235).all(axis=2).any(axis=1)
    assert rows.sum() > 2 * 13, "more than two lines of letters"


def drawn_marks(marks: list[Mark]) -> Image:
    """The picture alone, without its caption."""
    finding = replace(FINDING, marks=tuple(marks))
    drawn: Image = draw_case(BACKGROUNDS["asphalt"], EVENT, replace(SIGHTING, finding=finding))
    return drawn[:360]
