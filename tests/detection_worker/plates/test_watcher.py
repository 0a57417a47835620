"""The watcher ``plates``: best frames read, votes over the track, one last word a track."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from data_access.domain.plates import ListedPlate, PlateCrop, PlateRead, WatchList
from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from detection_worker.frames import Frame, PlainPicture
from detection_worker.plates.desk import Told
from detection_worker.plates.forms import settle
from detection_worker.plates.reading import PlateReading
from detection_worker.plates.track_plate import MOST_READS, Sighting
from detection_worker.plates.watcher import GONE_S, PlatesWatcher
from detection_worker.rules.scene import Scene
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.items import NOON

WH = (640, 480)


class ScriptedDesk:
    """Reads what it was told to, one text after the other; empty for what cannot be read."""

    def __init__(self, *texts: str, confidence: float = 0.9) -> None:
        self.texts, self.confidence = list(texts), confidence
        self.offered: list[Sighting] = []

    def offer(self, sighting: Sighting, told: Told) -> None:
        self.offered.append(sighting)
        text = self.texts.pop(0) if self.texts else ""
        reading = PlateReading(settle(text), self.confidence, (20, 30, 60, 40)) if text else None
        told(sighting, reading)


def a_car(number: int = 1, width: float = 300, label: str = "car") -> Track:
    return Track(number, label, 0.9, (20, 100, 20 + width, 400), (TrackPoint(NOON, 170, 400),))


def a_frame(second: float, contrast: int = 40) -> Frame:
    """Noise of a contrast: the sharper, the better a plate could be read."""
    noise = np.random.default_rng(1).integers(100, 100 + contrast, (WH[1], WH[0], 3))
    return Frame(1, NOON + timedelta(seconds=second), PlainPicture(noise.astype(np.uint8)))


def a_scene(frame: Frame, *tracks: Track) -> Scene:
    return Scene(1, frame.captured_at, WH, tracks)


def seen(watcher: PlatesWatcher, second: float, *tracks: Track, contrast: int = 40) -> Scene:
    frame = a_frame(second, contrast)
    return watcher.add(frame, a_scene(frame, *tracks))


def a_watcher(desk: ScriptedDesk, **given: Any) -> tuple[PlatesWatcher, list[PlateRead]]:
    reads: list[PlateRead] = []
    return PlatesWatcher(desk, reads.append, **given), reads


def test_the_scene_has_the_plate_of_a_track() -> None:
    watcher, _ = a_watcher(ScriptedDesk("123ABC02"))
    guess = seen(watcher, 0, a_car()).plates[1]
    assert (guess.text, guess.country, guess.region) == ("123ABC02", "KZ", "02")
    assert guess.confidence == pytest.approx(0.9)


def test_a_frame_that_is_no_better_is_not_read() -> None:
    desk = ScriptedDesk("123ABC02")
    watcher, _ = a_watcher(desk)
    for second in range(5):
        seen(watcher, second, a_car())
    assert len(desk.offered) == 1
    seen(watcher, 5, a_car(), contrast=80)
    assert len(desk.offered) == 2


def test_a_track_is_read_so_often_and_no_more() -> None:
    desk = ScriptedDesk()
    watcher, _ = a_watcher(desk)
    for step in range(20):
        seen(watcher, step / 10, a_car(width=160 + 20 * step), contrast=10 + 7 * step)
    assert 2 < len(desk.offered) <= MOST_READS


@pytest.mark.parametrize(
    "track", [a_car(width=100), a_car(label="person")], ids=["too far", "no vehicle"]
)
def test_what_cannot_have_a_readable_plate_is_not_read(track: Track) -> None:
    desk = ScriptedDesk("123ABC02")
    watcher, _ = a_watcher(desk)
    assert seen(watcher, 0, track).plates == {}
    assert desk.offered == []


def test_plates_are_read_inside_the_zones_of_the_rule_alone() -> None:
    desk = ScriptedDesk("123ABC02")
    watcher, _ = a_watcher(desk)
    right = ((0.6, 0.0), (1.0, 0.0), (1.0, 1.0), (0.6, 1.0))
    zone = Zone(1, "gate", "plates", ZoneShape.POLYGON, right)
    watcher.follow(WatchedCamera(1, "c", "file", zones=(zone,)))
    seen(watcher, 0, a_car())
    assert desk.offered == []


def test_readings_of_a_track_vote_sign_by_sign() -> None:
    watcher, _ = a_watcher(ScriptedDesk("123ABC02", "128ABC02", "123ABC02"))
    for step, contrast in enumerate((20, 60, 150)):
        scene = seen(watcher, step, a_car(), contrast=contrast)
    assert scene.plates[1].text == "123ABC02"
    assert scene.plates[1].confidence < 0.9


def test_a_track_that_is_gone_gives_one_read_with_its_picture() -> None:
    crop = PlateCrop("ab/ab.jpg", "0" * 64, 9)
    watcher, reads = a_watcher(ScriptedDesk("123ABC02"), keep_crop=lambda image: crop)
    seen(watcher, 0, a_car())
    seen(watcher, GONE_S - 0.1)
    assert reads == []
    for second in (GONE_S + 0.1, 10, 20):
        assert seen(watcher, second).plates == {}
    assert reads == [PlateRead(reads[0].id, NOON, 1, "123ABC02", 0.9, "02", crop=crop)]
    watcher.finish()
    assert len(reads) == 1


def test_a_camera_that_is_left_says_what_it_has_read() -> None:
    watcher, reads = a_watcher(ScriptedDesk("A123BC77"))
    seen(watcher, 0, a_car())
    watcher.finish()
    assert [(read.plate, read.region, read.camera_id) for read in reads] == [("A123BC77", "", 1)]


def test_a_guess_is_never_given() -> None:
    watcher, reads = a_watcher(ScriptedDesk("123ABC02", confidence=0.25))
    assert seen(watcher, 0, a_car()).plates == {}
    watcher.finish()
    assert reads == []


@pytest.mark.parametrize(("listed", "wanted_as"), [("123ABC02", "123ABC02"), ("DK0H7Z", "DK0H7Z")])
def test_a_plate_of_the_watch_list_says_why_it_is_wanted(listed: str, wanted_as: str) -> None:
    read = listed.replace("K0H", "KOH")
    watch_list = WatchList([ListedPlate(listed, "stolen")])
    watcher, _ = a_watcher(ScriptedDesk(read), listed=lambda: watch_list)
    guess = seen(watcher, 0, a_car()).plates[1]
    assert (guess.text, guess.wanted, guess.wanted_as) == (read, "stolen", wanted_as)


def test_a_clock_that_goes_back_loses_no_plate() -> None:
    watcher, reads = a_watcher(ScriptedDesk("123ABC02"))
    seen(watcher, 3600, a_car())
    assert seen(watcher, 0, replace(a_car())).plates[1].text == "123ABC02"
    for second in (1, 2, 3, 4):
        seen(watcher, second)
    assert len(reads) == 1
