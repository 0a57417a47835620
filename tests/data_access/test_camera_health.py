from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from data_access import camera_health
from data_access.camera_health import CameraSelection
from data_access.database import Database
from data_access.domain.people import Role, Scope
from data_access.tables.feeds import FeedOutage, FeedStatus
from data_access.tables.people import Worker
from data_access.tables.places import Camera
from tests.small_city import CAMERAS, SmallCity

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
ALL = Scope(1, None)


def put_state(owner: Database, camera: int, state: str, hours: float = 1, **more: object) -> None:
    row = {
        "camera_id": camera,
        "district_id": CAMERAS[camera],
        "state": state,
        "since_at": NOW - timedelta(hours=hours),
        "updated_at": NOW,
    }
    with owner.as_owner() as tx:
        tx.execute(insert(FeedStatus), row | more)


@pytest.fixture
def mixed_city(owner: Database, small_city: SmallCity) -> SmallCity:
    """1 live, 2 and 4 offline (4 for longer), 3 switched off though live, 5 stalled, 6 unheard."""
    put_state(owner, 1, "live", fps=25, latency_ms=40)
    put_state(owner, 2, "offline", hours=2, reason="No answer from the camera")
    put_state(owner, 3, "live")
    put_state(owner, 4, "offline", hours=9)
    put_state(owner, 5, "stalled", rules_off=["crowd"])
    with owner.as_owner() as tx:
        tx.execute(update(Camera).where(Camera.id == 3).values(enabled=False))
    return small_city


def test_cameras_are_counted_by_state(app_database: Database, mixed_city: SmallCity) -> None:
    with app_database.as_viewer(ALL) as tx:
        assert camera_health.states(tx) == {
            "live": 1,
            "offline": 2,
            "off": 1,
            "stalled": 1,
            "never": 1,
        }


def test_those_that_are_down_come_first_the_longest_down_leading(
    app_database: Database, mixed_city: SmallCity
) -> None:
    with app_database.as_viewer(ALL) as tx:
        cameras = camera_health.cameras(tx, CameraSelection(), 10)
    assert [camera.camera_id for camera in cameras] == [4, 2, 5, 6, 1, 3]
    assert cameras[1].reason == "No answer from the camera"
    assert cameras[2].rules_off == ("crowd",)
    assert (cameras[3].state, cameras[3].since_at, cameras[3].fps) == ("never", None, 0.0)


@pytest.mark.usefixtures("mixed_city")
def test_cameras_are_found_by_state_district_name_and_reason(app_database: Database) -> None:
    for selection, expected in (
        (CameraSelection(states=("offline",)), [4, 2]),
        (CameraSelection(district_id=2), [4, 5, 6]),
        (CameraSelection(text="c-0005"), [5]),
        (CameraSelection(text="Site 4"), [6]),
        (CameraSelection(text="no answer"), [2]),
        (CameraSelection(text="%"), []),
    ):
        with app_database.as_viewer(ALL) as tx:
            found = camera_health.cameras(tx, selection, 10)
        assert [camera.camera_id for camera in found] == expected, selection


def test_districts_and_sites_say_how_many_are_down(
    app_database: Database, mixed_city: SmallCity
) -> None:
    with app_database.as_viewer(ALL) as tx:
        east, west = camera_health.districts(tx)
        sites = camera_health.sites_down(tx)
    assert (east.names.en, east.cameras, east.live, east.down, east.never) == ("East", 3, 0, 2, 1)
    assert (west.cameras, west.live, west.down, west.switched_off) == (3, 1, 1, 1)
    assert [(site.names.en, site.cameras, site.down) for site in sites] == [
        ("Site 3", 2, 2),
        ("Site 1", 2, 1),
    ]


def test_a_chief_sees_the_cameras_of_their_own_district(
    app_database: Database, mixed_city: SmallCity
) -> None:
    with app_database.as_viewer(mixed_city.scope(Role.CHIEF)) as tx:
        found = camera_health.cameras(tx, CameraSelection(), 10)
        districts = camera_health.districts(tx)
    assert {camera.camera_id for camera in found} == {1, 2, 3}
    assert len(districts) == 1


def test_outages_that_still_last_are_listed_however_old(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    day = timedelta(days=1)
    spans = {1: (NOW - 9 * day, None), 2: (NOW - 3 * day, NOW - 2 * day), 3: (NOW - day / 2, NOW)}
    with owner.as_owner() as tx:
        for camera, (started, ended) in spans.items():
            row = {"camera_id": camera, "district_id": 1, "state": "offline"}
            tx.execute(insert(FeedOutage), row | {"started_at": started, "ended_at": ended})
    with app_database.as_viewer(ALL) as tx:
        found = camera_health.outages(tx, NOW - day)
    assert [outage.camera_id for outage in found] == [3, 1]


def test_workers_come_with_what_they_run(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        row = {"name": "main", "detector": "motion", "started_at": NOW, "updated_at": NOW}
        tx.execute(insert(Worker), row | {"outbox_waiting": 3})
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        (worker,) = camera_health.workers(tx)
    assert (worker.detector, worker.model, worker.outbox_waiting) == ("motion", "", 3)
