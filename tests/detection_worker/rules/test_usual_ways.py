"""Which way traffic usually goes, as tables of roads; ten pixels are a metre."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from data_access.domain.watch import WatchedCamera
from detection_worker.rules import wrong_way
from detection_worker.rules.scene import Finding
from detection_worker.rules.usual_ways import Step, UsualWays
from detection_worker.rules.ways_watcher import KnownWays, WaysWatcher
from detection_worker.rules.wrong_way import Params, is_learnt, lacking_ways
from tests.detection_worker.rules.scenes import LEFT_HALF, WH, a_zone
from tests.detection_worker.rules.tracks import Walker, judged, scenes

ZONE = a_zone("wrong_way")
LANE_PX = 35.0  # 3.5 m; cars of the tests are 18 px wide

Legs = list[tuple[float, float, float]]


def northward(start_s: float, x: float = 500) -> Legs:
    return [(start_s, x, 480), (start_s + 6, x, 20)]


def southward(start_s: float, x: float = 500) -> Legs:
    return [(start_s, x, 20), (start_s + 6, x, 480)]


def cars(*ways: Legs, jitter_px: float = 0.0, label: str = "car") -> list[Walker]:
    return [
        Walker(legs, number, label, wh=(18, 30), jitter_px=jitter_px)
        for number, legs in enumerate(ways, 1)
    ]


def stream(count: int, way: Legs, every_s: float = 8.0) -> list[Legs]:
    """So many that go one after another the same way."""
    return [[(t + n * every_s, x, y) for t, x, y in way] for n in range(count)]


def found(
    *ways: Legs, jitter_px: float = 0.0, fps: float = 10, label: str = "car"
) -> list[Finding]:
    """What is found when all that happens is known, as in a recording."""
    players = cars(*ways, jitter_px=jitter_px, label=label)
    teacher = WaysWatcher()
    for scene in scenes(players, fps):
        teacher.see(scene)
    film = (replace(scene, usual_ways=teacher.ways) for scene in scenes(players, fps))
    return judged(wrong_way.evaluate, ZONE, Params(), film)


FOUR_NORTH, SIX_NORTH = stream(4, northward(0)), stream(6, northward(0))
BOTH_BANDS = [*stream(6, northward(0)), *stream(6, southward(3, 500 - LANE_PX))]
TURN_LEFT = [(0, 600, 480), (3, 500, 250), (6, 20, 200)]
TURN_LEFT_FROM_NORTH = [(0, 400, 20), (3, 500, 250), (6, 980, 300)]


@pytest.mark.parametrize(
    ("what", "ways", "expected"),
    [
        ("one against six", [*SIX_NORTH, southward(20)], 1),
        ("the first one against six after it", [southward(0), *stream(6, northward(10))], 1),
        ("two against twenty", [*stream(20, northward(0)), southward(20), southward(60)], 2),
        ("one against four, too few to know", [*FOUR_NORTH, southward(20)], 0),
        ("nobody against anybody", SIX_NORTH, 0),
        ("a lane that is driven both ways", [*SIX_NORTH, *stream(3, southward(4))], 0),
        ("two bands, each in its own", BOTH_BANDS, 0),
        ("the only one in his lane beside oncoming traffic", [*SIX_NORTH, southward(4, 465)], 0),
        ("somebody in the band of the others", [*BOTH_BANDS, southward(30)], 1),
        ("one who crosses the road", [*SIX_NORTH, [(20, 300, 250), (26, 800, 250)]], 0),
        ("one who changes lanes", [*SIX_NORTH, [(20, 480, 480), (26, 520, 20)]], 0),
        ("one who backs out for a few metres", [*SIX_NORTH, [(20, 500, 200), (26, 500, 230)]], 0),
        ("opposite left turns that touch", [*stream(6, TURN_LEFT), TURN_LEFT_FROM_NORTH], 0),
    ],
)
@pytest.mark.parametrize("hardship", [{}, {"jitter_px": 1.0}, {"fps": 5}], ids=str)
def test_of_a_road_with(what: str, ways: list[Legs], expected: int, hardship: dict) -> None:
    assert len(found(*ways, **hardship)) == expected


def test_the_finding_says_how_many_went_the_usual_way() -> None:
    (finding,) = found(*SIX_NORTH, southward(20))
    assert (finding.facts["usual"], finding.facts["same"]) == (6, 0)
    assert finding.track_ids == (7,)


def test_people_teach_nothing_and_are_not_judged() -> None:
    assert found(*SIX_NORTH, southward(20), label="person") == []


def test_live_nothing_is_said_before_the_direction_is_known() -> None:
    """Five go north; who comes against them early is not found, who comes late is."""
    early, late = southward(3), southward(60)
    teacher = WaysWatcher()
    film = (teacher.see(scene) for scene in scenes(cars(*stream(5, northward(0)), early)))
    assert judged(wrong_way.evaluate, ZONE, Params(), film) == []
    teacher = WaysWatcher()
    film = (teacher.see(scene) for scene in scenes(cars(*stream(5, northward(0)), late)))
    assert len(judged(wrong_way.evaluate, ZONE, Params(), film)) == 1


def test_a_drawn_direction_goes_before_what_is_usual() -> None:
    drawn = Params(toward=(0.0, 1.0))
    teacher = WaysWatcher()
    film = (teacher.see(scene) for scene in scenes(cars(*SIX_NORTH)))
    assert len(judged(wrong_way.evaluate, ZONE, drawn, film)) == 6


def test_what_trembles_in_its_place_teaches_nothing() -> None:
    teacher = WaysWatcher()
    for scene in scenes(cars([(0, 500, 250), (20, 500, 250)], jitter_px=6.0)):
        teacher.see(scene)
    assert teacher.ways is not None
    assert teacher.ways.busiest() == 0


def test_a_picture_of_another_size_is_learnt_anew() -> None:
    teacher = WaysWatcher()
    for scene in scenes(cars(*SIX_NORTH)):
        last = teacher.see(scene)
    smaller = teacher.see(replace(last, frame_wh=(500, 250), tracks=()))
    assert smaller.usual_ways is not None
    assert (smaller.usual_ways.frame_wh, smaller.usual_ways.busiest()) == ((500, 250), 0)


def test_the_newest_vehicles_of_a_place_are_remembered() -> None:
    """A road that is made one-way the other way round is learnt anew."""
    ways = UsualWays(WH)
    here, up, down = (500.0, 250.0), (0.0, -1.0), (0.0, 1.0)
    for number in range(60):
        ways.learn(number, Step(here, up), 5.0)
    for number in range(100, 145):
        ways.learn(number, Step(here, down), 5.0)
    others = ways.others(0, Step(here, up), (18, 30))
    assert (others.same, others.opposite) == (0, 40)


def test_known_ways_are_given_to_each_scene() -> None:
    ways = UsualWays(WH)
    known = KnownWays(ways)
    known.follow(WatchedCamera(1, "test", ""))
    scene = next(iter(scenes(cars(northward(0)))))
    assert known.add(None, scene).usual_ways is ways  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (a_zone("wrong_way"), True),
        (a_zone("wrong_way", LEFT_HALF, toward=[0.0, 0.0]), True),
        (a_zone("wrong_way", toward=[0.0, 1.0]), False),
        (a_zone("oncoming_lane"), False),
    ],
)
def test_a_zone_without_an_arrow_is_learnt(zone: object, expected: bool) -> None:
    assert is_learnt(zone) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("seen", "said"), [(0, True), (4, True), (5, False)])
def test_too_little_traffic_is_said_in_a_sentence(seen: int, said: bool) -> None:
    ways: UsualWays | None = UsualWays(WH) if seen else None
    for number in range(seen):
        ways and ways.learn(number, Step((500.0, 250.0), (0.0, 1.0)), 5.0)
    sentences: Sequence[str] = lacking_ways(ways, [ZONE])
    assert [f"{seen} were seen" in sentence for sentence in sentences] == [True] * said
