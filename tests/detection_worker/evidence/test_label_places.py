"""Every label stands inside the picture, and over no other where there is room."""

from itertools import combinations

import pytest

from detection_worker.evidence.label_places import APART_PX, MOST_EDGES, Box, Pair, _places, place

FRAME = (640, 360)


def placed(
    wishes: list[Pair], size_wh: Pair = (120, 20), frame_wh: Pair = FRAME, marks: tuple[Box, ...] = ()
) -> list[Box]:  # fmt: skip
    """Labels of one size, one after the other."""
    boxes: list[Box] = []
    for wish in wishes:
        boxes.append(place(wish, size_wh, frame_wh, boxes, marks))
    return boxes


def is_inside(box: Box, frame_wh: Pair = FRAME) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= frame_wh[0] and box[3] <= frame_wh[1]


def covers(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


SCENES: dict[str, list[Pair]] = {
    "one in the middle": [(300, 200)],
    "eight at one point": [(300, 200)] * 8,
    "eight close to each other": [(300 + 10 * one, 180 + 7 * (one % 3)) for one in range(8)],
    "eight along the lower edge": [(40 + 80 * one, 355) for one in range(8)],
    "eight at the lower right corner": [(630 - one, 355 - one) for one in range(8)],
    "eight at the upper left corner": [(one, one) for one in range(8)],
    "eight along the right edge": [(635, 40 * one) for one in range(8)],
    "the four corners and beyond": [
        (0, 0), (639, 0), (0, 359), (639, 359), (-500, 100), (9_000, 100), (50, -700), (50, 16_000),
    ],
    "as many as there is room for": [(600, 350)] * (5 * 17),
}  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_labels_stay_inside_and_cover_no_other(scene: str) -> None:
    boxes = placed(SCENES[scene])
    assert all(is_inside(box) for box in boxes)
    assert not any(covers(one, other) for one, other in combinations(boxes, 2))


def test_a_label_stands_where_it_wishes_while_that_place_is_free() -> None:
    assert placed([(300, 200), (300, 260)]) == [(300, 200, 420, 220), (300, 260, 420, 280)]


def test_a_label_moves_no_further_than_it_has_to() -> None:
    first, second, third = placed([(300, 200), (300, 205), (300, 195)])
    assert second == (300, 221, 420, 241)
    assert third == (300, 179, 420, 199)
    assert first == (300, 200, 420, 220)


def test_a_gap_between_others_is_found_wherever_it_is() -> None:
    wall = [(0, top, 640, top + 20) for top in range(0, 360, 20) if top != 140]
    assert place((600, 350), (120, 18), FRAME, wall) == (520, 141, 640, 159)


def test_marks_stay_free_where_there_is_room_and_give_way_where_there_is_none() -> None:
    spot = (325, 195, 336, 206)
    (box,) = placed([(300, 190)], marks=(spot,))
    assert not covers(box, spot) and is_inside(box)
    everywhere = ((0, 0, 640, 360),)
    assert placed([(300, 190)], marks=everywhere) == [(300, 190, 420, 210)]


def test_where_no_place_is_free_a_label_covers_as_little_as_can_be() -> None:
    taken = [(0, 0, 640, 170), (0, 180, 640, 360)]
    box = place((10, 10), (120, 20), FRAME, taken)
    assert is_inside(box)
    assert sum(max(0, min(box[3], one[3]) - max(box[1], one[1])) for one in taken) <= 10 + APART_PX


def test_a_label_larger_than_the_picture_begins_at_its_corner() -> None:
    assert place((50, 50), (700, 400), FRAME, []) == (0, 0, 700, 400)


def test_in_a_crowd_only_the_nearest_places_are_tried() -> None:
    spots = [(97 * one % 1200, 53 * one % 690) for one in range(200)]
    marks = [(x, y, x + 10, y + 10) for x, y in spots]
    assert len(_places((600, 300), (180, 22), (1280, 720), marks)) == MOST_EDGES**2
    left, top, right, bottom = place((600, 300), (180, 22), (1280, 720), [], marks)
    assert abs(left - 600) < 100 and abs(top - 300) < 100
    assert (right - left, bottom - top) == (180, 22)
