"""A zone is tried on a camera's clips: what is found is told, and nothing becomes an event."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import select, text

from data_access import events, rule_trials
from data_access.database import Database
from data_access.domain.events import EvidenceRecord
from data_access.domain.people import Role
from data_access.domain.watch import Schedule, WatchedCamera, Zone, ZoneShape
from data_access.errors import InvalidZone
from data_access.media import MediaFolder
from data_access.rule_trials import Trial
from data_access.tables.people import AuditRecord
from data_access.zone_editing import NotADrawer
from detection_worker.detection.detections import Detections
from detection_worker.evidence.clips import write_clip
from detection_worker.evidence.kept_frames import compressed
from detection_worker.frames import Image
from detection_worker.trial import NO_CLIPS, RULE_OFF, TrialDesk, trial_camera
from tests.detection_worker.items import an_event
from tests.detection_worker.pictures import a_frame
from tests.small_city import SmallCity

NOW = datetime.now(UTC)
WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
YARD = Zone(0, "Двор", "intrusion", ZoneShape.POLYGON, WHOLE)


class OnePerson:
    """Sees one person in every picture."""

    name, model, remembers = "one person", "", False
    labels = ("person",)

    def detect(self, cameras: Sequence[int], images: Sequence[Image]) -> list[Detections]:
        box = np.array([[100.0, 80.0, 130.0, 160.0]], np.float32)
        found = Detections(box, np.array([0.9], np.float32), np.array(["person"]))
        return [found for _ in images]

    def forget(self, camera_id: int) -> None:
        """Nothing is remembered."""


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


def put_clip(database: Database, media: MediaFolder, camera: int = 1) -> None:
    """An event with a clip of five seconds."""
    relative = media.new_path(".mp4")
    with media.writing(relative) as path:
        write_clip(path, [compressed(a_frame(number)) for number in range(50)])
    kept = media.kept(relative)
    file = EvidenceRecord(
        uuid4(), "clip", kept.path, kept.sha256, kept.size_bytes, "video/mp4", NOW
    )
    at = NOW - timedelta(minutes=3)
    with database.as_worker() as tx:
        record = an_event(camera_id=camera, started_at=at, ended_at=at, evidence=(file,))
        events.write(tx, [record], NOW)


def ask(database: Database, city: SmallCity, zone: Zone = YARD, role: Role = Role.ADMINISTRATOR,
        camera: int = 1) -> None:  # fmt: skip
    viewer = city.viewers[role]
    with database.as_viewer(viewer.scope) as tx:
        rule_trials.ask(tx, viewer, camera, zone, NOW)


def newest(database: Database, city: SmallCity, camera: int = 1) -> Trial:
    with database.as_viewer(city.scope(Role.ADMINISTRATOR)) as tx:
        trial = rule_trials.newest(tx, camera)
    assert trial is not None
    return trial


def desk(database: Database, media: MediaFolder) -> TrialDesk:
    return TrialDesk(database.as_worker, media, lambda name: OnePerson())


def test_what_the_rule_finds_in_the_clips_is_told_and_nothing_is_written(
    app_database: Database, worker_database: Database, owner: Database, small_city: SmallCity,
    media: MediaFolder,
) -> None:  # fmt: skip
    put_clip(worker_database, media)
    ask(app_database, small_city)
    assert newest(app_database, small_city).result is None
    assert desk(worker_database, media).serve(NOW) == 1
    result = newest(app_database, small_city).result
    assert result is not None and result.trouble == ""
    assert (result.clips, result.seconds) == (1, pytest.approx(4.9, abs=0.2))
    (finding,) = result.found
    assert finding.clip == 1 and 0 <= finding.at_s < 2 and finding.confidence > 0.5
    with owner.as_owner() as tx:
        assert tx.scalar(text("SELECT count(*) FROM events WHERE kind = 'intrusion'")) == 0
        assert list(tx.scalars(select(AuditRecord.action))) == ["zone.try"]
    assert desk(worker_database, media).serve(NOW) == 0


def test_a_camera_without_clips_is_told_so(
    app_database: Database, worker_database: Database, small_city: SmallCity, media: MediaFolder
) -> None:
    ask(app_database, small_city)
    desk(worker_database, media).serve(NOW)
    result = newest(app_database, small_city).result
    assert result is not None and result.trouble == NO_CLIPS


def test_a_clip_that_is_gone_is_left_out(
    app_database: Database, worker_database: Database, small_city: SmallCity, media: MediaFolder,
    tmp_path: Path,
) -> None:  # fmt: skip
    put_clip(worker_database, media)
    for path in (tmp_path / "media").glob("??/*.mp4"):
        path.unlink()
    ask(app_database, small_city)
    desk(worker_database, media).serve(NOW)
    result = newest(app_database, small_city).result
    assert result is not None and (result.clips, result.trouble) == (0, NO_CLIPS)


def test_a_setting_that_the_rule_does_not_have_is_told(
    app_database: Database, worker_database: Database, small_city: SmallCity, media: MediaFolder
) -> None:
    put_clip(worker_database, media)
    ask(app_database, small_city, replace(YARD, params={"colour": "red"}))
    desk(worker_database, media).serve(NOW)
    result = newest(app_database, small_city).result
    assert result is not None and (result.found, result.trouble) == ((), RULE_OFF)


def test_only_the_administrator_tries_and_only_what_is_a_shape(
    app_database: Database, small_city: SmallCity
) -> None:
    with pytest.raises(NotADrawer):
        ask(app_database, small_city, role=Role.OPERATOR)
    with pytest.raises(InvalidZone, match="Двор"):
        ask(app_database, small_city, replace(YARD, points=((0.1, 0.1),)))


def test_a_zone_is_tried_at_any_hour_beside_the_signals_that_it_may_obey() -> None:
    lamp = Zone(4, "A", "signal_lamp", ZoneShape.POLYGON, WHOLE)
    crowd = Zone(5, "B", "crowd", ZoneShape.POLYGON, WHOLE)
    camera = WatchedCamera(1, "C-1", "", zones=(lamp, crowd), paused={"red_light": "why"})
    tried = trial_camera(camera, replace(YARD, schedule=Schedule(from_min=60, to_min=120)))
    assert tried.zones == (lamp, replace(YARD, id=6)) and tried.paused == {}
