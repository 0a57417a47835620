from itertools import combinations

import cv2
import numpy as np
import pytest

from data_access.domain.watch import ZoneShape
from demo.scenes import SCENES
from demo.scenes.motion.cast import EVENTFUL
from demo.scenes.picture.film import Film
from demo.scenes.scene import RenderedScene
from demo.scenes.stage import appearances
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.looks import VehicleLook
from detection_worker.rules import RULES

every_scene = pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)

SPEEDS_KMH = {"person": (0.0, 8.0), "car": (0.0, 72.0), "truck": (0.0, 72.0), "bus": (0.0, 72.0)}


def test_there_are_six_scenes_under_their_names() -> None:
    names = {"crossroad", "linear_section", "courtyard", "school_gate", "square", "roof"}
    assert set(SCENES) == names
    assert all(scene.name == name for name, scene in SCENES.items())


@every_scene
def test_a_picture_has_the_size_it_says_and_belongs_to_whoever_asked(scene: RenderedScene) -> None:
    image = scene.draw(3.0)
    assert (image.shape, image.dtype) == ((scene.wh[1], scene.wh[0], 3), np.uint8)
    image[:] = 0
    assert scene.draw(3.0).mean() > 50


@every_scene
def test_the_loop_has_no_seam(scene: RenderedScene) -> None:
    round_s = EVENTFUL * scene.period_s
    assert np.array_equal(scene.draw(0.0), scene.draw(round_s))
    assert np.array_equal(scene.draw(7.3), scene.draw(7.3 + 2 * round_s))
    before, after = scene.truth(scene.period_s - 0.1), scene.truth(0.0)
    there = {mover.id: mover.at_m for mover in after.movers if mover.visible > 0.5}
    for mover in before.movers:
        if mover.id in there:
            assert np.linalg.norm(np.subtract(there[mover.id], mover.at_m)) < 2.2


@every_scene
def test_a_picture_depends_on_its_moment_and_seed_alone(scene: RenderedScene) -> None:
    first = scene.draw(12.0, seed=1)
    scene.draw(40.0, seed=2)
    assert np.array_equal(first, scene.draw(12.0, seed=1))
    assert not np.array_equal(first, scene.draw(12.0, seed=2))
    assert scene.truth(12.0, seed=1) == scene.truth(12.0, seed=1)


@every_scene
def test_something_moves_in_every_picture(scene: RenderedScene) -> None:
    for t_s in np.linspace(0, scene.period_s, 5, endpoint=False):
        change = cv2.absdiff(scene.draw(t_s), scene.draw(t_s + 0.5))
        assert (change.max(axis=2) > 40).sum() > 30


@every_scene
def test_what_stands_still_is_quiet_enough_for_a_background_model(scene: RenderedScene) -> None:
    frames = np.stack([scene.draw(n / 10)[:, :, 1] for n in range(8)]).astype(float)
    assert np.median(frames.std(axis=0)) < 2.5


@every_scene
@pytest.mark.parametrize("share", [0.15, 0.5, 0.8])
def test_movers_are_drawn_into_the_boxes_of_the_truth(scene: RenderedScene, share: float) -> None:
    t_s = scene.period_s * share
    film, cast = scene._film, scene.cast()
    assert isinstance(film, Film)
    nothing = film.frame([], [], 0)
    boxes = {mover.id: mover for mover in scene.truth(t_s).movers}
    checked = 0
    for one in appearances(cast, cast.at(t_s), film.camera, scene.light, 0.0):
        mover = boxes[int(cast.at(t_s).numbers[one.row])]
        if one.drawn is None or mover.visible < 0.95:
            continue
        changed = (cv2.absdiff(film.frame([], [one.drawn], 0), nothing) > 0).any(axis=2)
        rows, columns = np.nonzero(changed)
        x1, y1, x2, y2 = mover.box_xyxy
        assert x1 - 3 <= columns.min()
        assert columns.max() <= x2 + 3
        assert y1 - 3 <= rows.min()
        assert rows.max() <= y2 + 3
        drawn = (columns.max() - columns.min() + 1) * (rows.max() - rows.min() + 1)
        assert drawn > 0.6 * (x2 - x1) * (y2 - y1) - 12
        checked += 1
    assert checked


@every_scene
def test_speeds_are_those_of_a_city(scene: RenderedScene) -> None:
    cast = scene.cast()
    for t_s in np.arange(0, scene.period_s, 0.5):
        moment = cast.at(t_s)
        for number, speed_ms in zip(moment.numbers, moment.speed_ms, strict=True):
            mover = cast.movers[number]
            low, high = SPEEDS_KMH[mover.look.label]
            assert low <= 3.6 * speed_ms <= (high if mover.part != "spot_speed" else 105.0)


@every_scene
@pytest.mark.parametrize("seed", [1, 2])
def test_no_two_vehicles_stand_in_each_other(scene: RenderedScene, seed: int) -> None:
    cast = scene.cast(seed)
    for t_s in np.arange(0, scene.period_s, 1.0):
        moment = cast.at(t_s)
        outlines = []
        for row, number in enumerate(moment.numbers):
            look = cast.movers[number].look
            if isinstance(look, VehicleLook):
                mesh, (x, y, _) = BODIES[look.body], moment.at_m[row]
                turn = -np.degrees(moment.yaw[row])
                outlines.append(((x, y), (mesh.width_m * 0.9, mesh.length_m * 0.95), turn))
        for one, other in combinations(outlines, 2):
            apart = np.hypot(one[0][0] - other[0][0], one[0][1] - other[0][1])
            if apart < 13:
                kind, _ = cv2.rotatedRectangleIntersection(one, other)
                assert kind == cv2.INTERSECT_NONE, (t_s, one, other)


@every_scene
def test_plates_are_kazakh_and_vehicles_have_one(scene: RenderedScene) -> None:
    for mover in scene.truth(20.0).movers:
        if mover.label == "person":
            assert mover.plate is None
        else:
            digits, letters, region = str(mover.plate).split()
            assert (len(digits), len(letters), len(region)) == (3, 3, 2)
            assert (digits + region).isdecimal()


@every_scene
def test_zones_lie_in_the_picture_and_their_rules_accept_them(scene: RenderedScene) -> None:
    assert [zone.id for zone in scene.zones] == list(range(1, len(scene.zones) + 1))
    assert any(zone.rule == "line_count" for zone in scene.zones)
    for zone in scene.zones:
        rule = RULES[zone.rule]
        assert rule.shape is zone.shape
        assert rule.params_of(zone)
        assert zone.schedule is None
        assert all(0 <= part <= 1 for point in zone.points for part in point)
        assert len(zone.points) >= (3 if zone.shape is ZoneShape.POLYGON else 2)


@every_scene
def test_the_calibration_is_that_of_the_camera(scene: RenderedScene) -> None:
    picture = np.array(scene.calibration.picture)
    ground = np.array(scene.calibration.ground_m)
    assert 6 <= len(picture) <= 8
    assert ((picture >= 0) & (picture <= 1)).all()
    assert np.ptp(picture, axis=0).min() > 0.2
    to_ground, _ = cv2.findHomography(picture, ground)
    shown = np.array(scene.camera.fractions(ground.mean(axis=0)[None]))
    back = cv2.perspectiveTransform(shown[None], to_ground)[0, 0]
    assert back == pytest.approx(ground.mean(axis=0), abs=0.05)


EVENTS = [
    ("linear_section", "wrong_way"),
    ("courtyard", "intrusion"),
    ("square", "crowd"),
    ("roof", "intrusion"),
    ("crossroad", "red_light"),
    ("school_gate", "jaywalking"),
    ("linear_section", "spot_speed"),
    ("square", "abandoned_object"),
    ("courtyard", "illegal_dump"),
]


@pytest.mark.parametrize(("name", "kind"), EVENTS)
@pytest.mark.parametrize("seed", [1, 3])
def test_each_eventful_loop_has_its_happening_once_and_for_long_enough(
    name: str, kind: str, seed: int
) -> None:
    scene = SCENES[name]
    clock_s = np.arange(0, scene.period_s, 0.5)
    happens = [any(h.kind == kind for h in scene.truth(t_s, seed).happenings) for t_s in clock_s]
    assert any(not now for now in happens)
    assert 3.5 <= sum(happens) * 0.5 <= 0.75 * scene.period_s


@pytest.mark.parametrize("name", sorted({name for name, _ in EVENTS}))
def test_nothing_happens_in_the_loops_between(name: str) -> None:
    scene = SCENES[name]
    for loop in (2, EVENTFUL // 2, EVENTFUL - 2):
        times_s = (loop + np.arange(0, 1, 0.02)) * scene.period_s
        assert not any(scene.truth(float(t_s)).happenings for t_s in times_s)


def test_signals_at_the_crossroad_never_let_both_streets_go() -> None:
    scene = SCENES["crossroad"]
    for t_s in np.arange(0, scene.period_s, 0.5):
        states = scene.truth(t_s).signals
        assert "red" in (states["main"], states["side"])


def test_only_whose_part_it_is_runs_a_red_light_at_the_crossroad() -> None:
    scene = SCENES["crossroad"]
    cast = scene.cast()
    before: dict[int, float] = {}
    ran: set[str] = set()
    for t_s in np.arange(0, scene.period_s, 0.2):
        moment, now = cast.at(t_s), {}
        for number, (x, y, _), yaw in zip(moment.numbers, moment.at_m, moment.yaw, strict=True):
            along_main = abs(np.sin(yaw)) > 0.9 and abs(y) < 6
            if cast.movers[number].look.label != "person" and along_main:
                now[int(number)] = x
                entered = abs(before.get(int(number), 0.0)) > 9.0 >= abs(x)
                if entered and scene.plan.state("main", t_s) == "red":
                    ran.add(cast.movers[number].part)
        before = now
    assert ran == {"red_light"}
