from datetime import UTC, datetime
from math import floor

import pytest
from sqlalchemy import insert, text

from data_access import map_tiles
from data_access.database import Database, Transaction
from data_access.domain.people import Role
from data_access.map_tiles import ALONE_FROM_ZOOM, NoSuchTileError, Tile, map_place
from data_access.tables.feeds import FeedStatus
from data_access.tables.places import CameraProgramme, Programme
from tests.small_city import SmallCity

NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)


def tile_of(longitude: float, latitude: float, zoom: int) -> Tile:
    x, y = map_place(longitude, latitude)
    return Tile(zoom, floor(x * 2**zoom), floor(y * 2**zoom))


def put_state(tx: Transaction, camera: int, state: str, at: datetime = NOON) -> None:
    row = {"camera_id": camera, "district_id": 1 if camera <= 3 else 2, "state": state}
    tx.execute(insert(FeedStatus), row | {"since_at": at, "updated_at": at})


WHOLE = tile_of(71.35, 50.98, 7)


def test_from_afar_the_cameras_of_a_cell_are_one_cluster_with_its_count(
    small_city: SmallCity, app_database: Database
) -> None:
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        content = map_tiles.content(tx, WHOLE)
    assert [cluster.cameras for cluster in content.clusters] == [6]
    assert content.cameras == ()
    assert content.clusters[0].longitude == pytest.approx(71.355)


def test_a_viewer_of_one_district_gets_that_districts_cameras_alone(
    small_city: SmallCity, app_database: Database
) -> None:
    with app_database.as_viewer(small_city.scope(Role.PATROL)) as tx:
        content = map_tiles.content(tx, WHOLE)
    assert [cluster.cameras for cluster in content.clusters] == [3]
    assert content.clusters[0].longitude == pytest.approx(71.38)


def test_a_camera_alone_in_its_cell_stands_by_itself(
    small_city: SmallCity, app_database: Database
) -> None:
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        content = map_tiles.content(tx, tile_of(71.33, 50.965, 15))
    assert [(camera.id, camera.code, camera.state) for camera in content.cameras] == [
        (1, "C-0001", "off")
    ]
    assert content.clusters == ()


def test_from_near_all_cameras_stand_by_themselves(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE cameras SET latitude = 50.965 WHERE id = 2"))
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        near = map_tiles.content(tx, tile_of(71.33, 50.965, ALONE_FROM_ZOOM))
        farther = map_tiles.content(tx, tile_of(71.33, 50.965, ALONE_FROM_ZOOM - 1))
    assert [camera.id for camera in near.cameras] == [1, 2]
    assert [cluster.cameras for cluster in farther.clusters] == [2]


def test_states_are_live_down_or_off(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE cameras SET latitude = 50.965, longitude = 71.33"))
        for camera, state in enumerate(("live", "stalled", "offline", "broken", "off"), 1):
            put_state(tx, camera, state)
        tx.execute(text("UPDATE cameras SET enabled = false WHERE id = 1"))
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        near = map_tiles.content(tx, tile_of(71.33, 50.965, ALONE_FROM_ZOOM))
        far = map_tiles.content(tx, WHOLE)
    assert [camera.state for camera in near.cameras] == [
        "off", "down", "down", "down", "off", "off",
    ]  # fmt: skip
    assert [(cluster.cameras, cluster.down) for cluster in far.clusters] == [(6, 3)]


def test_a_programme_narrows_the_map_to_its_cameras(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        names = {"name_ru": "Таза Қазақстан", "name_kk": "Таза Қазақстан"}
        tx.execute(insert(Programme), {"code": "taza", "name_en": "Taza Qazaqstan", **names})
        for camera in (1, 2):
            row = {"camera_id": camera, "programme_id": 1, "district_id": 1}
            tx.execute(insert(CameraProgramme), row)
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        narrowed = map_tiles.content(tx, WHOLE, "taza")
        nothing = map_tiles.content(tx, WHOLE, "unknown'; --")
    assert [cluster.cameras for cluster in narrowed.clusters] == [2]
    assert nothing == map_tiles.TileContent((), ())


def test_the_version_changes_when_a_camera_goes_down_and_only_for_who_sees_it(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    def versions() -> dict[Role, str]:
        found = {}
        for role in (Role.OPERATOR, Role.CHIEF, Role.PATROL):
            with app_database.as_viewer(small_city.scope(role)) as tx:
                found[role] = map_tiles.version(tx)
        return found

    with owner.as_owner() as tx:
        put_state(tx, 1, "live")
    before = versions()
    assert versions() == before
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE feed_status SET state = 'offline' WHERE camera_id = 1"))
    after = versions()
    assert after[Role.OPERATOR] != before[Role.OPERATOR]
    assert after[Role.CHIEF] != before[Role.CHIEF]
    assert after[Role.PATROL] == before[Role.PATROL]


@pytest.mark.parametrize("numbers", [(1, 2, 0), (1, 0, -1), (-1, 0, 0), (99, 0, 0)])
def test_a_tile_outside_the_world_is_refused(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(NoSuchTileError, match="there is no map tile"):
        Tile(*numbers)


def test_the_database_and_python_agree_on_where_a_camera_lies_on_the_map(
    small_city: SmallCity, app_database: Database
) -> None:
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        row = tx.execute(
            text("SELECT longitude, latitude, map_x, map_y FROM cameras WHERE id = 3")
        ).one()
    assert map_place(row.longitude, row.latitude) == pytest.approx((row.map_x, row.map_y))
