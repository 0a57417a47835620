"""Counting over a line that lies across the picture at y = 250 px."""

import pytest

from detection_worker.rules.line_count import Params, evaluate
from tests.detection_worker.rules.scenes import a_scene, a_zone
from tests.detection_worker.tracking.sightings import a_track

Places = list[tuple[float, float]]

LINE = ((0.1, 0.5), (0.9, 0.5))  # from left to right: forward is down
DOWN = [(500.0, y) for y in range(150, 360, 10)]


def counted(places: Places, label: str = "car", line: tuple = LINE, **params: object) -> list[str]:
    """The directions in which a track was counted while it went through ``places``."""
    zone = a_zone("line_count", line)
    return [
        crossing.direction
        for end in range(1, len(places) + 1)
        for crossing in evaluate(
            a_scene(a_track(places[:end], label=label)), zone, Params(**params)  # type: ignore[arg-type]
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "places", "expected"),
    [
        ("goes down", DOWN, ["forward"]),
        ("goes up", DOWN[::-1], ["backward"]),
        ("goes down in one leap between two frames", [(500, 100), (500, 400)], ["forward"]),
        ("goes down and comes back", DOWN + DOWN[::-1], ["forward", "backward"]),
        ("stops before it", [(500, y) for y in range(150, 240, 5)], []),
        ("jitters on the line and goes on", [*DOWN[:11], *[(500, 250 + (-1) ** n * 9) for n in range(30)], *DOWN[11:]], ["forward"]),
        ("jitters on the line for ever", [(500, 250 + (-1) ** n * 9) for n in range(60)], []),
        ("goes round the line's end", [(950, y) for y in range(150, 360, 10)], []),
        ("runs along it", [(x, 230) for x in range(100, 900, 20)], []),
        ("appears behind it", DOWN[13:], []),
        ("goes to and fro", (DOWN + DOWN[::-1]) * 3, ["forward", "backward"]),
    ],
)  # fmt: skip
def test_a_track_that(what: str, places: Places, expected: list[str]) -> None:
    assert counted(places) == expected


def test_a_line_drawn_the_other_way_turns_the_directions_round() -> None:
    assert counted(DOWN, line=LINE[::-1]) == ["backward"]


def test_only_the_classes_asked_for_are_counted() -> None:
    assert counted(DOWN, label="bus", labels=("car",)) == []
    assert counted(DOWN, label="car", labels=("car",)) == ["forward"]


def test_a_line_with_a_corner_counts_once() -> None:
    corner = ((0.1, 0.5), (0.5, 0.5), (0.9, 0.4))
    assert counted([(480, y) for y in range(100, 400, 10)], line=corner) == ["forward"]
    assert counted([(700, y) for y in range(100, 400, 10)], line=corner) == ["forward"]


def test_a_crossing_names_the_line_the_track_and_its_class() -> None:
    crossing = next(iter(evaluate(a_scene(a_track([(500, 100), (500, 400)], track_id=9)), a_zone("line_count", LINE), Params())))  # fmt: skip
    assert (crossing.zone_id, crossing.track_id, crossing.label) == (7, 9, "car")
