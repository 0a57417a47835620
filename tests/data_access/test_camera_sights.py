"""How cameras see, written by the worker and read within a viewer's scope."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from data_access import camera_sights
from data_access.database import Database
from data_access.domain.people import Scope
from data_access.domain.sight import CameraSight, Sight
from tests.small_city import WEST, SmallCity

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
COVERED = CameraSight(1, Sight.COVERED, NOW, NOW, {"lost_percent": 90}, "ab/c.jpg", "0" * 64)
WHOLE = Scope(None, None)
ONLY_WEST = Scope(None, frozenset({WEST}))


def test_a_camera_that_sees_badly_is_read_with_its_numbers_and_proof(
    small_city: SmallCity, worker_database: Database, app_database: Database
) -> None:
    with worker_database.as_worker() as tx:
        camera_sights.write(tx, [COVERED])
    with app_database.as_viewer(WHOLE) as tx:
        (found,) = camera_sights.poor(tx)
        proof = camera_sights.proof(tx, 1)
    assert (found.camera_id, found.sight, found.since_at) == (1, Sight.COVERED, NOW)
    assert found.measured == {"lost_percent": 90}
    assert found.has_proof
    assert proof == "ab/c.jpg"


def test_one_that_sees_well_again_is_no_longer_named(
    small_city: SmallCity, worker_database: Database, app_database: Database
) -> None:
    later = NOW + timedelta(minutes=1)
    with worker_database.as_worker() as tx:
        camera_sights.write(tx, [COVERED])
        camera_sights.write(tx, [CameraSight(1, Sight.CLEAR, later, later)])
    with app_database.as_viewer(WHOLE) as tx:
        assert camera_sights.poor(tx) == []
        assert camera_sights.proof(tx, 1) is None


def test_a_viewer_sees_neither_the_fault_nor_the_proof_of_another_district(
    small_city: SmallCity, worker_database: Database, app_database: Database
) -> None:
    with worker_database.as_worker() as tx:
        camera_sights.write(tx, [COVERED, replace(COVERED, camera_id=5)])
    with app_database.as_viewer(ONLY_WEST) as tx:
        assert [one.camera_id for one in camera_sights.poor(tx)] == [1]
        assert camera_sights.proof(tx, 5) is None


def test_a_camera_that_turns_is_never_said_to_be_shifted(
    small_city: SmallCity, owner: Database, worker_database: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE cameras SET kind = 'turning' WHERE id = 1"))
    with worker_database.as_worker() as tx:
        camera_sights.write(tx, [replace(COVERED, sight=Sight.SHIFTED)])
    with app_database.as_viewer(WHOLE) as tx:
        assert camera_sights.poor(tx) == []


def test_cameras_that_are_gone_are_passed_over(
    small_city: SmallCity, worker_database: Database, app_database: Database
) -> None:
    with worker_database.as_worker() as tx:
        camera_sights.write(tx, [replace(COVERED, camera_id=999)])
    with app_database.as_viewer(WHOLE) as tx:
        assert camera_sights.poor(tx) == []
