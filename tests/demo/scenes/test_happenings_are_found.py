"""The demonstration's promise: what happens in the scenes reaches the worker's rules."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.watch import WatchedCamera
from demo.scenes import SCENES
from detection_worker.detection.motion import MotionDetector
from detection_worker.event_desk import EventChange
from detection_worker.frames import Frame, PlainPicture
from detection_worker.pipeline import Journey, SeenPicture
from detection_worker.tracking.tracks import Track

NOON = datetime(2026, 3, 1, 7, tzinfo=UTC)


class Found:
    """Recorder and outbox in one: keeps the kinds of what was found."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.counted = 0

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        pass

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        return change.record

    def put(self, item: EventRecord | TrafficCount) -> None:
        if isinstance(item, EventRecord):
            self.kinds.add(item.kind)
        else:
            self.counted += item.count


@pytest.mark.parametrize(
    ("name", "kinds", "from_s", "until_s"),
    [
        ("linear_section", {"spot_speed"}, 7.0, 16.0),
        ("linear_section", {"wrong_way"}, 28.0, 40.0),
        ("courtyard", {"illegal_dump", "littering", "intrusion"}, 8.0, 50.0),
        ("square", {"abandoned_object", "crowd"}, 8.0, 60.0),
        ("crossroad", {"red_light"}, 18.0, 29.0),
        ("school_gate", {"jaywalking"}, 26.0, 44.0),
        ("school_gate", set(), 62.0, 72.0),  # a lorry goes on from the crosswalk
        ("roof", {"intrusion"}, 20.0, 32.0),
    ],
)
def test_the_motion_detector_is_enough_to_find_it(
    name: str, kinds: set[str], from_s: float, until_s: float
) -> None:
    scene, found = SCENES[name], Found()
    camera = WatchedCamera(1, name, "", zones=scene.zones, calibration=scene.calibration)
    journey = Journey(MotionDetector(), {1: camera}, found, found)
    for number in range(round((until_s - from_s) * 10)):
        t_s = from_s + number / 10
        journey.step(
            [Frame(1, NOON + timedelta(seconds=t_s), PlainPicture(scene.draw(t_s)), number + 1)]
        )
    journey.finish()
    assert found.kinds == kinds
