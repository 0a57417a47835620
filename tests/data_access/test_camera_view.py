from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, text

from data_access import camera_view
from data_access.database import Database
from data_access.domain.feeds import FeedState
from data_access.domain.people import Role
from data_access.tables.feeds import FeedStatus
from data_access.tables.happenings import PlateRead
from data_access.tables.places import Zone
from data_access.tables.sums import TrafficHourly
from tests.small_city import SmallCity
from tests.support.violation_rows import NOON, put_evidence, put_violation


def test_a_camera_is_told_with_its_site_district_and_zones(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        zone = {"camera_id": 1, "district_id": 1, "shape": "line", "points": [[0, 0], [1, 1]]}
        tx.execute(insert(Zone), zone | {"name": "Въезд", "rule": "traffic_count"})
        tx.execute(insert(Zone), zone | {"name": "Старая", "rule": "crowd", "enabled": False})
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        facts = camera_view.facts(tx, 1)
    assert facts is not None
    assert (facts.camera.code, facts.site.en, facts.district.en) == ("C-0001", "Site 1", "West")
    assert facts.zones == (("Въезд", "traffic_count"),)


def test_a_camera_of_another_district_does_not_exist(
    small_city: SmallCity, app_database: Database
) -> None:
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert camera_view.facts(tx, 4) is None
        assert camera_view.health(tx, 4) is None
        assert camera_view.facts(tx, 999) is None


def test_health_is_what_the_worker_wrote_last(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    status = {
        "camera_id": 1, "district_id": 1, "state": "stalled", "reason": "no frame for 12 s",
        "fps": 24.5, "dropped": 3, "rules_off": ["crowd"], "since_at": NOON, "updated_at": NOON,
    }  # fmt: skip
    with owner.as_owner() as tx:
        tx.execute(insert(FeedStatus), status)
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        health = camera_view.health(tx, 1)
        assert camera_view.health(tx, 2) is None
    assert health is not None
    assert (health.state, health.reason) == (FeedState.STALLED, "no frame for 12 s")
    assert (health.fps, health.rules_off) == (24.5, ("crowd",))


def test_events_come_newest_first_with_snapshots_before_clips(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        older = put_violation(tx, at=NOON - timedelta(hours=2))
        newer = put_violation(tx)
        put_violation(tx, camera_id=2)
        clip = put_evidence(tx, newer, "clip", "video/mp4")
        snapshot = put_evidence(tx, newer, "snapshot", "image/jpeg")
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        events = camera_view.events(tx, 1, NOON + timedelta(seconds=1))
        earlier = camera_view.events(tx, 1, NOON)
    assert [event.id for event in events] == [newer, older]
    assert [file.id for file in events[0].evidence] == [snapshot, clip]
    assert [event.id for event in earlier] == [older]


def test_the_day_by_hour_has_every_hour_with_its_crossings_and_events(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        for label, direction, count in (
            ("car", "forward", 30), ("car", "backward", 12), ("bus", "forward", 2),
        ):  # fmt: skip
            row = {"hour_at": NOON, "camera_id": 1, "district_id": 1, "label": label}
            tx.execute(insert(TrafficHourly), row | {"direction": direction, "count": count})
        put_violation(tx, at=NOON - timedelta(minutes=30))
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        hours = camera_view.day_by_hour(tx, 1, NOON + timedelta(minutes=5))
    assert len(hours) == 13
    assert hours[12].labels == {"car": 42, "bus": 2}
    assert [hour.events for hour in hours[10:]] == [0, 1, 0]


def test_plates_are_those_of_the_last_day_newest_first(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        for hours, plate in ((1, "123 ABC 02"), (2, "777 AAA 01"), (30, "001 KZ 02")):
            row = {"id": uuid4(), "camera_id": 1, "district_id": 1, "confidence": 0.9}
            read_at = NOON - timedelta(hours=hours)
            tx.execute(insert(PlateRead), row | {"plate": plate, "read_at": read_at})
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        plates = camera_view.plates(tx, 1, NOON)
    assert [read.plate for read in plates] == ["123 ABC 02", "777 AAA 01"]


def test_neighbours_are_the_nearest_enabled_cameras_in_sight(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE cameras SET enabled = false WHERE id = 3"))
        tx.execute(text("UPDATE cameras SET longitude = 71.3301 WHERE id = 4"))
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        neighbours = camera_view.nearest(tx, 71.33, 50.965, but=1)
    assert [neighbour.code for neighbour in neighbours] == ["C-0002"]
    assert neighbours[0].distance_m == pytest.approx(556, abs=3)
