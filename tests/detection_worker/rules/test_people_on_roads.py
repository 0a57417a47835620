"""Giving way and jaywalking, as tables of ways; ten pixels are a metre where it is calibrated.

The crosswalk lies across the road, which runs up the picture between x = 300 and 700.
"""

import pytest

from detection_worker.rules import crosswalk_yield, jaywalking
from detection_worker.rules.on_foot import people_on_foot
from detection_worker.rules.scene import Finding
from tests.detection_worker.rules.scenes import a_scene, a_zone
from tests.detection_worker.rules.tracks import Walker, judged, phases, scenes
from tests.detection_worker.tracking.sightings import a_track

Legs = list[tuple[float, float, float]]

CROSSWALK = ((0.3, 0.45), (0.7, 0.45), (0.7, 0.55), (0.3, 0.55))
ROAD = ((0.3, 0.0), (0.7, 0.0), (0.7, 1.0), (0.3, 1.0))
PERSON = (7, 17)

# The walker steps on the road at 2 s and walks 14 px/s; a car needs 4 s for the height.
CROSSES: Legs = [(0, 272, 250), (32, 720, 250)]
WAITS: Legs = [(0, 285, 250), (30, 285, 250)]
STANDS_ON_IT: Legs = [(0, 450, 250), (30, 450, 250)]


def drives(x: float, at_s: float) -> Legs:
    """Up the picture at 45 km/h, over the crosswalk at ``at_s``."""
    return [(at_s - 2, x, 500), (at_s + 2, x, 0)]


STOPS: Legs = [(6, 350, 500), (9, 350, 300), (20, 350, 300), (24, 350, 0)]
STOPS_ON_IT: Legs = [(0, 450, 500), (3, 450, 260), (30, 450, 260)]
HARDSHIPS = [{}, {"fps": 5}, {"jitter_px": 0.7}, {"fps": 5, "jitter_px": 0.7}]
NAMES = ["plain", "5 fps", "jitter", "5 fps and jitter"]
hardships = pytest.mark.parametrize("hardship", HARDSHIPS, ids=NAMES)
calibrations = pytest.mark.parametrize("calibrated", [False, True], ids=["pixels", "metres"])


def yielded(walk: Legs, drive: Legs, calibrated: bool = True, signal: object = None, name: str = "", fps: float = 10, jitter_px: float = 0.0) -> list[Finding]:  # fmt: skip
    walkers = [
        Walker(walk, 1, "person", PERSON, jitter_px),
        Walker(drive, 2, "car", (20, 25), jitter_px),
    ]
    zone = a_zone("crosswalk_yield", CROSSWALK)
    film = scenes(walkers, fps, (zone,), calibrated, signal or (lambda _: {}))  # type: ignore[arg-type]
    return judged(crosswalk_yield.evaluate, zone, crosswalk_yield.Params(signal=name), film)


@pytest.mark.parametrize(
    ("what", "walk", "drive", "expected"),
    [
        ("drives close before a walker", CROSSES, drives(400, 7.5), 1),
        ("drives far before a walker", CROSSES, drives(650, 5), 0),
        ("drives behind a walker", CROSSES, drives(350, 12), 0),
        ("lets the walker pass", CROSSES, STOPS, 0),
        ("drives past one who waits at the kerb", WAITS, drives(400, 7), 0),
        ("drives past one who stands on the road", STANDS_ON_IT, drives(600, 7), 0),
        ("stands on the crosswalk", CROSSES, STOPS_ON_IT, 0),
    ],
)
@hardships
@calibrations
def test_a_car_that(
    what: str, walk: Legs, drive: Legs, expected: int, hardship: dict, calibrated: bool
) -> None:
    assert len(yielded(walk, drive, calibrated, **hardship)) == expected


@pytest.mark.parametrize("fps", [5, 10])
@pytest.mark.parametrize(
    ("who", "hidden"), [("car", (7.0, 8.1)), ("person", (7.2, 8.0))], ids=["car", "walker"]
)
def test_who_is_hidden_while_the_car_is_over_the_crosswalk_is_judged_afterwards(
    who: str, hidden: tuple[float, float], fps: float
) -> None:
    spans = {who: [hidden]}
    walkers = [
        Walker(CROSSES, 1, "person", PERSON, hidden=spans.get("person", ())),
        Walker(drives(400, 7.5), 2, "car", (20, 25), hidden=spans.get("car", ())),
    ]
    zone = a_zone("crosswalk_yield", CROSSWALK)
    film = scenes(walkers, fps, (zone,), True)
    found = judged(crosswalk_yield.evaluate, zone, crosswalk_yield.Params(), film)
    assert [one.track_ids for one in found] == [(2, 1)]


def test_how_close_it_was_is_told() -> None:
    (finding,) = yielded(CROSSES, drives(400, 7.5))
    assert finding.facts["gap_s"] == pytest.approx(1.6, abs=0.5)
    assert finding.facts["people"] == 1
    assert finding.track_ids == (2, 1)


@pytest.mark.parametrize(
    ("signal", "expected"),
    [
        (phases((0, "green")), 0),
        (phases((0, "red")), 1),
        (phases((0, "yellow")), 1),
        (phases((0, "unknown")), 0),
        (lambda _: {}, 0),
    ],
)
def test_where_there_is_a_signal_it_decides(signal: object, expected: int) -> None:
    assert len(yielded(CROSSES, drives(400, 7.5), signal=signal, name="main")) == expected


def walked(legs: Legs, calibrated: bool = False, fps: float = 10, **walker: object) -> list[Finding]:  # fmt: skip
    zones = (a_zone("jaywalking", ROAD), a_zone("crosswalk_yield", CROSSWALK))
    given = {"label": "person", "wh": PERSON} | walker
    film = scenes([Walker(legs, **given)], fps, zones, calibrated)  # type: ignore[arg-type]
    return judged(jaywalking.evaluate, zones[0], jaywalking.Params(), film)


@pytest.mark.parametrize(
    ("what", "legs", "expected"),
    [
        ("crosses far from the crosswalk", [(0, 250, 400), (36, 750, 400)], 1),
        ("crosses on it", [(0, 250, 250), (36, 750, 250)], 0),
        ("cuts its corner by a little", [(0, 250, 283), (36, 750, 283)], 0),
        ("walks along the sidewalk", [(0, 270, 480), (30, 270, 40)], 0),
        ("steps down for a moment", [(0, 290, 400), (1, 306, 400), (2, 290, 400), (5, 280, 400)], 0),
        ("stands at a car's door on the road", [(0, 310, 400), (20, 312, 400)], 0),
    ],
)  # fmt: skip
@hardships
@calibrations
def test_a_person_who(
    what: str, legs: Legs, expected: int, hardship: dict, calibrated: bool
) -> None:
    assert len(walked(legs, calibrated, **hardship)) == expected


def test_the_way_to_the_crosswalk_is_told_in_metres() -> None:
    (finding,) = walked([(0, 250, 400), (36, 750, 400)], calibrated=True)
    assert finding.facts["crosswalk_m"] == pytest.approx(12.5, abs=1)
    (finding,) = walked([(0, 250, 400), (36, 750, 400)])
    assert "crosswalk_m" not in finding.facts


def test_a_named_crosswalk_is_the_only_one() -> None:
    zones = (a_zone("jaywalking", ROAD), a_zone("crosswalk_yield", CROSSWALK))
    film = list(scenes([Walker([(0, 250, 250), (36, 750, 250)], label="person", wh=PERSON)], zones=zones))  # fmt: skip
    for name, expected in (("", 0), ("gate", 1)):
        params = jaywalking.Params(crosswalk=name and "another")
        assert len(judged(jaywalking.evaluate, zones[0], params, film)) == expected


@pytest.mark.parametrize(
    ("what", "vehicle", "box", "expected"),
    [
        ("walks beside a car", "car", (100, 60, 200, 120), 1),
        ("sits in a car", "car", (20, 20, 120, 130), 0),
        ("walks before a car", "car", (20, 20, 120, 98), 1),
        ("rides a bicycle", "bicycle", (55, 60, 85, 110), 0),
        ("rides in a truck", "truck", (10, 10, 200, 150), 0),
    ],
)
def test_whether_one_who_is_on_foot(what: str, vehicle: str, box: tuple, expected: int) -> None:
    person = a_track([(70, 100)], 1, "person")
    other = a_track([(0, 0)], 2, vehicle)
    person = type(person)(1, "person", 0.9, (60, 50, 80, 100), person.path)
    other = type(other)(2, vehicle, 0.9, box, other.path)
    assert len(people_on_foot(a_scene(person, other))) == expected


@pytest.mark.parametrize(
    ("what", "car_x_per_s", "expected"),
    [("walks behind a car that passes", 60.0, 1), ("is driven", 0.0, 0)],
)
def test_whether_one_before_a_car_s_box_who(what: str, car_x_per_s: float, expected: int) -> None:
    def boxes(step: float) -> list[tuple[float, float]]:
        return [(70 + step * n / 10, 100) for n in range(10)]

    person, car = a_track(boxes(0.0), 1, "person"), a_track(boxes(car_x_per_s), 2, "car")
    person = type(person)(1, "person", 0.9, (60, 50, 80, 100), person.path)
    car = type(car)(2, "car", 0.9, (20, 20, 120, 130), car.path)
    assert len(people_on_foot(a_scene(person, car))) == expected, what
