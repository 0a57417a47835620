"""Parking, staying, queues and sudden stops, as tables of ways; ten pixels are a metre."""

import pytest

from data_access.domain.watch import WatchedCamera
from detection_worker.rules import collision, congestion, loitering, no_stopping
from detection_worker.rules.presences import PresenceWatcher
from detection_worker.rules.scene import Finding
from tests.detection_worker.rules.scenes import LEFT_HALF, a_scene, a_zone
from tests.detection_worker.rules.tracks import Walker, judged, scenes
from tests.detection_worker.tracking.sightings import a_track

Legs = list[tuple[float, float, float]]

PARKS: Legs = [(0, 900, 400), (5, 300, 400), (100, 300, 400)]
STOPS_BRIEFLY: Legs = [(0, 900, 400), (5, 300, 400), (50, 300, 400), (55, 50, 400)]
HARDSHIPS = [
    {},
    {"fps": 5},
    {"jitter_px": 1.5},
    {"fps": 5, "jitter_px": 1.5, "hidden": [(20, 26), (40, 41), (60, 68)]},
]
NAMES = ["plain", "5 fps", "jitter", "5 fps, jitter, hidden"]
hardships = pytest.mark.parametrize("hardship", HARDSHIPS, ids=NAMES)


def parked(*walkers: Walker, fps: float = 5) -> list[Finding]:
    zone = a_zone("no_stopping", LEFT_HALF)
    film = scenes(walkers, fps, zones=(zone,))
    return judged(no_stopping.evaluate, zone, no_stopping.Params(), film)


@pytest.mark.parametrize(
    ("what", "legs", "label", "expected"),
    [
        ("parks", PARKS, "car", 1),
        ("stops for 45 seconds", STOPS_BRIEFLY, "car", 0),
        ("parks where one may", [(0, 50, 400), (5, 800, 400), (100, 800, 400)], "car", 0),
        ("creeps on in a queue", [(0, 900, 400), (5, 480, 400), (100, 100, 400)], "car", 0),
        ("stands there since before the watch", [(0, 300, 400), (100, 300, 400)], "car", 0),
        ("waits on foot", PARKS, "person", 0),
    ],
)
@hardships
def test_where_stopping_is_forbidden_what(
    what: str, legs: Legs, label: str, expected: int, hardship: dict
) -> None:
    fps = hardship.get("fps", 10)
    rest = {key: value for key, value in hardship.items() if key != "fps"}
    found = parked(Walker(legs, label=label, **rest), fps=fps)
    assert len(found) == expected
    for finding in found:
        assert finding.facts["stood_s"] > finding.facts["allowed_s"] == 60


def test_a_car_whose_track_gets_a_new_id_behind_a_bus_stays_one_matter() -> None:
    first = Walker([(0, 900, 400), (5, 300, 400), (50, 300, 400)], number=1)
    second = Walker([(58, 300, 400), (100, 300, 400)], number=2)
    (finding,) = parked(first, second)
    assert finding.facts["stood_s"] > 85


def test_another_car_that_takes_the_place_is_another_matter() -> None:
    first = Walker([(0, 900, 400), (5, 300, 400), (50, 300, 400), (53, 20, 400)], number=1)
    second = Walker([(60, 900, 400), (65, 300, 400), (100, 300, 400)], number=2)
    assert parked(first, second) == []


def test_a_car_that_was_there_already_is_judged_after_five_minutes() -> None:
    (finding,) = parked(Walker([(0, 300, 400), (310, 300, 400)]), fps=2)
    assert finding.facts["allowed_s"] == 300


def stays(*walkers: Walker, fps: float = 5, **params: float) -> list[Finding]:
    zone = a_zone("loitering", LEFT_HALF)
    film = scenes(walkers, fps, zones=(zone,))
    return judged(loitering.evaluate, zone, loitering.Params(**params), film)


TO_AND_FRO: Legs = [(t, 100.0 + 250 * (t // 10 % 2), 300.0) for t in range(0, 141, 10)]


@pytest.mark.parametrize(
    ("what", "legs", "expected"),
    [
        ("walks to and fro for long", TO_AND_FRO, 1),
        ("comes and stands for long", [(0, 20, 300), (4, 200, 300), (140, 200, 300)], 1),
        ("stands there already and shifts his weight", [(0, 200, 300), (30, 200, 300), (31, 206, 300), (140, 206, 300)], 1),
        ("is a post", [(0, 200, 300), (140, 200, 300)], 0),
        ("walks through", [(0, 20, 300), (60, 480, 300), (140, 900, 300)], 0),
        ("comes back after a minute", [(0, 200, 300), (60, 200, 300), (62, 700, 300), (120, 700, 300), (122, 200, 300), (180, 200, 300)], 0),
        ("steps out for a moment", [(0, 400, 300), (3, 450, 300), (60, 450, 300), (63, 530, 300), (66, 450, 300), (140, 450, 300)], 1),
    ],
)  # fmt: skip
@hardships
def test_a_person_who(what: str, legs: Legs, expected: int, hardship: dict) -> None:
    fps = hardship.get("fps", 10)
    rest = {key: value for key, value in hardship.items() if key != "fps"}
    assert len(stays(Walker(legs, label="person", wh=(20, 60), **rest), fps=fps)) == expected


def test_a_loiterer_whose_track_breaks_behind_a_kiosk_is_still_the_same() -> None:
    first = Walker([(0, 200, 300), (70, 300, 300)], number=1, label="person", wh=(20, 60))
    second = Walker([(73, 305, 300), (140, 200, 300)], number=2, label="person", wh=(20, 60))
    (finding,) = stays(first, second)
    assert finding.facts["stayed_s"] > 130


def test_who_sits_in_a_parked_car_does_not_loiter() -> None:
    driver = Walker([(0, 200, 290), (140, 200, 290)], 1, "person", (14, 16))
    assert stays(driver, Walker([(0, 200, 300), (140, 200, 300)], 2, "car", (60, 40))) == []


def test_presences_are_forgotten_when_the_clock_goes_back() -> None:
    watcher = PresenceWatcher()
    watcher.follow(WatchedCamera(1, "a", ""))
    later = watcher.see(a_scene(a_track([(100, 100)] * 50)))
    again = watcher.see(a_scene(a_track([(100, 100)] * 2)))
    assert later.presences[1].id != again.presences[1].id


def jammed(cars: int, legs: list, fps: float = 2, calibrated: bool = False) -> list[Finding]:
    walkers = [
        Walker([(t, x + 45 * car, y) for t, x, y in legs], number=car + 1) for car in range(cars)
    ]
    zone = a_zone("congestion")
    film = scenes(walkers, fps, zones=(zone,), calibrated=calibrated)
    return judged(congestion.evaluate, zone, congestion.Params(), film)


JAM: Legs = [(0, 300, 300), (10, 100, 300), (130, 60, 300)]
RED_PHASE: Legs = [(0, 300, 300), (10, 100, 300), (70, 100, 300), (80, -200, 300)]


@pytest.mark.parametrize("calibrated", [False, True])
@pytest.mark.parametrize(
    ("what", "cars", "legs", "expected"),
    [
        ("a jam", 8, JAM, 1),
        ("a queue at one red phase", 8, RED_PHASE, 0),
        ("three cars that stand", 3, JAM, 0),
        ("a car park", 8, [(0, 100, 300), (130, 100, 300)], 0),
        ("flowing traffic", 8, [(0, 4000, 300), (130, -4000, 300)], 0),
    ],
)
def test_congestion_is_found_in(
    what: str, cars: int, legs: Legs, expected: int, calibrated: bool
) -> None:
    found = jammed(cars, legs, calibrated=calibrated)
    assert len(found) == expected
    assert all(("speed_kmh" in one.facts) is calibrated for one in found)


def crashed(legs: Legs, calibrated: bool = True, **walker: object) -> list[Finding]:
    fps = float(walker.pop("fps", 10))  # type: ignore[arg-type]
    film = scenes([Walker(legs, **walker)], fps, calibrated=calibrated)  # type: ignore[arg-type]
    return judged(collision.evaluate, a_zone("collision"), collision.Params(), film)


def braking(from_ms: float, at_ms2: float) -> Legs:
    """Two seconds of driving, then braking to a stop at this rate, then three of standing."""
    lasts = from_ms / at_ms2
    legs = [(0.0, 100.0, 250.0), (2.0, 100 + 20 * from_ms, 250.0)]
    for step in range(1, 21):
        t = lasts * step / 20
        x = legs[1][1] + 10 * (from_ms * t - at_ms2 * t * t / 2)
        legs.append((2 + t, x, 250.0))
    return [*legs, (5 + lasts, legs[-1][1], 250.0)]


@pytest.mark.parametrize(
    ("what", "legs", "expected"),
    [
        ("runs into something at 50 km/h", braking(14, 40), 1),
        ("runs into something at 30 km/h", braking(8.3, 25), 1),
        ("brakes as one does", braking(14, 3), 0),
        ("brakes hard", braking(14, 5), 0),
        ("drives on", [(0, 50, 250), (6, 890, 250)], 0),
        ("stops from walking pace", braking(2, 20), 0),
        ("stands", [(0, 500, 250), (6, 500, 250)], 0),
    ],
)
@pytest.mark.parametrize("hardship", [{}, {"fps": 5}, {"jitter_px": 1.0}], ids=["plain", "5", "j"])
def test_a_car_that_perhaps_collides(
    what: str, legs: Legs, expected: int, hardship: dict
) -> None:  # fmt: skip
    assert len(crashed(legs, **hardship)) == expected


def test_uncalibrated_a_collision_cannot_be_known() -> None:
    assert crashed(braking(14, 40), calibrated=False) == []


def test_a_car_hidden_while_it_brakes_is_not_judged() -> None:
    assert crashed(braking(14, 40), hidden=[(1.6, 2.6)]) == []


def test_a_car_hidden_for_half_a_second_while_it_hits_is_found() -> None:
    assert len(crashed(braking(14, 40), hidden=[(2.05, 2.45)])) == 1


def test_a_box_that_leaps_to_the_car_that_stands_ahead_is_no_collision() -> None:
    leap = [(0, 100, 250), (3, 400, 250), (3.4, 560, 250), (7, 560, 250)]
    assert crashed(leap, hidden=[(3.05, 3.35)]) == []


@pytest.mark.parametrize("number", [2, 5, 9, 12])
@pytest.mark.parametrize("jitter_px", [3.0, 4.0, 5.0])
def test_a_car_that_brakes_while_its_box_trembles_is_no_collision(
    number: int, jitter_px: float
) -> None:
    assert crashed(braking(6.5, 4), jitter_px=jitter_px, number=number) == []


def test_a_collision_is_never_said_to_be_certain() -> None:
    (finding,) = crashed(braking(14, 40))
    assert finding.confidence <= collision.MOST_CONFIDENCE
    assert finding.facts["experimental"] is True
