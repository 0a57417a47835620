"""The files of an analysis name the same tracks."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cli.analysis_files import TracksFile
from data_access.domain.events import EventRecord
from detection_worker.event_desk import EventChange
from detection_worker.frames import Frame, PlainPicture
from detection_worker.pipeline import SeenPicture
from detection_worker.tracking.camera_tracker import CameraTracker
from detection_worker.tracking.tracks import Track
from tests.detection_worker.items import an_event
from tests.detection_worker.tracking.sightings import a_box, at, detections, nowhere


class Unconcerned:
    """A recorder behind the file that has nothing to do."""

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        """Nothing."""

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        raise AssertionError("no event is reported here")


def walked_behind_a_post() -> TracksFile:
    """Somebody is hidden for two seconds; the tracker takes him for another afterwards."""
    file, tracker = TracksFile(Unconcerned()), CameraTracker()
    image = np.full((240, 640, 3), (40, 40, 180), np.uint8)
    for number in range(1, 81):
        box = a_box(100 + 4 * number, 200, 30, 80)
        found = detections(*([] if 31 <= number <= 50 else [("person", box, 0.8)]))
        now = at((number - 1) / 10)
        tracks = tracker.update(now, found, nowhere(found))
        file.see(Frame(1, now, PlainPicture(image), number), SeenPicture(tracks, found=found))
    return file


def test_events_have_the_ids_of_the_file_and_not_those_that_came_to_nothing(tmp_path: Path) -> None:
    file = walked_behind_a_post()
    file.write(tmp_path / "tracks.csv")
    rows = list(csv.reader((tmp_path / "tracks.csv").read_text().splitlines()))
    assert {row[1] for row in rows} == {"1"}
    assert (file.written, file.left_out) == ({1}, set())
    late = an_event(started_at=at(6), track_ids=(2,))
    both = an_event(started_at=at(6), track_ids=(1, 2))
    assert [file.named(event).track_ids for event in (late, both)] == [(1,), (1,)]
