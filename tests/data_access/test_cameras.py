"""Cameras as the worker watches them and as viewers find them."""

from sqlalchemy import event, insert, update

from data_access import cameras, zones
from data_access.database import Database, Transaction
from data_access.domain.people import Role
from data_access.domain.places import CameraKind, CameraOrigin, Capability
from data_access.domain.watch import Calibration, Schedule, Zone, ZoneShape
from data_access.tables import places
from tests.small_city import SmallCity

LINE = Zone(0, "Count", "traffic_count", ZoneShape.LINE, ((0.1, 0.5), (0.9, 0.5)))
SCHOOL = Zone(
    0, "Yard", "intrusion", ZoneShape.POLYGON, ((0.1, 0.1), (0.9, 0.1), (0.5, 0.9)),
    params={"hold_s": 3}, schedule=Schedule(frozenset({5, 6}), 22 * 60, 6 * 60),
)  # fmt: skip
GROUND = Calibration(
    picture=((0.1, 0.9), (0.9, 0.9), (0.7, 0.4), (0.3, 0.4)),
    ground_m=((0.0, 0.0), (7.0, 0.0), (7.0, 40.0), (0.0, 40.0)),
)


def statements(tx: Transaction) -> list[str]:
    """What is sent from now on."""
    sent: list[str] = []
    event.listen(tx, "before_cursor_execute", lambda *call: sent.append(call[2]))
    return sent


def test_the_worker_gets_feeds_zones_and_calibrations_in_two_queries(
    owner: Database, worker_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        numbers = [zones.save(tx, 1, LINE), zones.save(tx, 1, SCHOOL)]
        zones.calibrate(tx, 1, GROUND)
    with worker_database.as_worker() as tx:
        sent = statements(tx)
        watched = cameras.watched(tx)
    first = watched[0]
    assert len(sent) == 2
    assert [camera.id for camera in watched] == [1, 2, 3, 4, 5, 6]
    assert first.feed_url == "rtsp://qala:secret@192.0.2.1/main"
    assert [zone.id for zone in first.zones] == numbers
    assert (first.zones[0].points, first.zones[0].schedule) == (LINE.points, None)
    assert (first.zones[1].params, first.zones[1].schedule) == (SCHOOL.params, SCHOOL.schedule)
    assert first.calibration == GROUND
    assert (watched[1].zones, watched[1].calibration) == ((), None)


def test_cameras_and_zones_that_are_switched_off_or_have_no_feed_are_not_watched(
    owner: Database, worker_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        zones.save(tx, 1, LINE)
        tx.execute(update(places.Zone).values(enabled=False))
        tx.execute(update(places.Camera).where(places.Camera.id == 2).values(enabled=False))
        tx.execute(places.CameraFeed.__table__.delete().where(places.CameraFeed.camera_id == 3))  # type: ignore[attr-defined]
    with worker_database.as_worker() as tx:
        assert [camera.id for camera in cameras.watched(tx)] == [1, 4, 5, 6]
        assert cameras.watched(tx, only=[1])[0].zones == ()


def test_a_viewer_reads_a_camera_of_the_scope_and_no_other(
    app_database: Database, small_city: SmallCity
) -> None:
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        camera = cameras.camera(tx, 2)
        assert cameras.camera(tx, 4) is None
        assert [district.code for district in cameras.districts(tx)] == ["west"]
    assert camera is not None
    assert (camera.code, camera.name.kk) == ("C-0002", "Camera 2 (kk)")
    assert (camera.kind, camera.origin) == (CameraKind.FIXED, CameraOrigin.INTEGRATED)
    assert camera.capabilities == {Capability.INFRARED}


def test_a_district_has_its_ring_and_its_names(owner: Database, small_city: SmallCity) -> None:
    with owner.as_owner() as tx:
        east, west = cameras.districts(tx)
    assert (east.names.ru, west.names.en) == ("East (ru)", "West")
    assert west.boundary[0] == west.boundary[-1] == (71.30, 50.95)


def found(database: Database, city: SmallCity, text: str) -> list[int]:
    with database.as_viewer(city.scope(Role.OPERATOR)) as tx:
        return [camera.id for camera in cameras.search(tx, text)]


def test_a_search_finds_codes_and_names_whatever_the_letters(
    app_database: Database, owner: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        number = places.Camera.id
        tx.execute(update(places.Camera).where(number == 5).values(name_kk="Қосшы көшесі"))
        tx.execute(update(places.Camera).where(number == 6).values(code="X-C-0001"))
    assert found(app_database, small_city, "ҚОСШЫ") == [5]
    assert found(app_database, small_city, "c-0001") == [1, 6]
    assert found(app_database, small_city, "  ") == []


def test_signs_of_patterns_and_quotes_are_searched_as_they_stand(
    app_database: Database, small_city: SmallCity
) -> None:
    for text in ("%", "_", "\\", "'; DROP TABLE cameras; --", "<script>"):
        assert found(app_database, small_city, text) == []


def test_a_search_gives_no_more_than_its_limit(
    app_database: Database, small_city: SmallCity
) -> None:
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        assert len(cameras.search(tx, "camera", limit=4)) == 4


def test_a_camera_without_azimuth_is_read(owner: Database, small_city: SmallCity) -> None:
    row = {"code": "D", "site_id": 1, "district_id": 1, "kind": "drone", "origin": "new"}
    names = {"name_ru": "д", "name_kk": "д", "name_en": "d", "latitude": 51.0, "longitude": 71.0}
    with owner.as_owner() as tx:
        tx.execute(insert(places.Camera).values(**row, **names))
        camera = cameras.camera(tx, 7)
    assert camera is not None
    assert camera.azimuth_deg is None
