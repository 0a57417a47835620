"""What is drawn in the browser, and how rules and their settings are called."""

import json
from typing import Any

import pytest

from components.rule_words import FIRST, SETTING_NAMES, WHAT_IT_NEEDS, rule_name, setting_name
from components.zone_canvas import Drawing, Shape, build_canvas, read_drawing
from data_access.domain.camera_file import read_camera, written_camera
from data_access.domain.watch import Calibration, Schedule, Zone, ZoneShape
from data_access.domain.words import Language
from data_access.language import translator
from detection_worker.rules import RULES
from detection_worker.rules.faces import rule_faces

RU = translator(Language.RUSSIAN)


def test_every_rule_and_every_setting_has_a_name_of_its_own() -> None:
    names = {setting.name for face in rule_faces() for setting in face.settings}
    assert names == set(SETTING_NAMES)
    assert names >= FIRST and set(RULES) >= set(WHAT_IT_NEEDS)
    assert all(rule_name(rule, RU) != rule for rule in RULES)
    assert rule_name("of_tomorrow", RU) == setting_name("of_tomorrow", RU) == "of_tomorrow"


def test_what_a_worker_says_of_its_rules_is_json() -> None:
    said = {face.id: face for face in rule_faces()}
    assert said.keys() == RULES.keys()
    assert json.loads(json.dumps([setting.usual for setting in said["red_light"].settings]))
    choices = {setting.name: setting.choices for setting in said["red_light"].settings}
    assert choices["direction"] == ("forward", "backward", "both")


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ({"points": [[0.1, 0.2], [0.3, 1]], "toward": [0, -0.5]},
         Drawing(((0.1, 0.2), (0.3, 1.0)), (0.0, -0.5))),
        ({"points": [[0.123456, 0.2]]}, Drawing(((0.1235, 0.2),))),
        ({"points": [[0.1, "x"]]}, None),
        ({"points": [[2, 0]]}, None),
        ({}, Drawing()),
        (None, None),
        ("points", None),
    ],
)  # fmt: skip
def test_what_the_browser_says_is_read_or_refused(drawn: Any, expected: Drawing | None) -> None:
    assert read_drawing(drawn) == expected


def test_the_picture_has_the_other_zones_under_the_one_that_is_drawn() -> None:
    others = [Shape("Двор", ZoneShape.POLYGON, ((0, 0), (1, 0), (1, 1)), enabled=False)]
    data = build_canvas(7, ZoneShape.LINE, Drawing(), others, RU, wants_arrow=True)
    assert data["picture"].startswith("/live/7.jpg?")
    assert (data["shape"], data["wants_arrow"]) == ("line", True)
    assert data["others"][0]["name"] == "Двор" and data["others"][0]["on"] is False
    json.dumps(data)


def test_the_file_to_try_zones_with_is_read_back_as_it_was() -> None:
    night = Schedule(frozenset({5, 6}), 22 * 60, 6 * 60)
    points = ((0.1, 0.1), (0.9, 0.1), (0.5, 0.9))
    zone = Zone(3, "Двор", "crowd", ZoneShape.POLYGON, points, {"people": 5}, night)
    square = ((0.1, 0.9), (0.9, 0.9), (0.6, 0.4), (0.4, 0.4))
    calibration = Calibration(square, ((0, 0), (7, 0), (7, 30), (0, 30)))
    written = json.dumps(written_camera([zone], calibration))
    camera = read_camera(written, "film.mp4")
    assert camera.zones == (zone,) and camera.calibration == calibration
