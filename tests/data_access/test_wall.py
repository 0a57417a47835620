from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from data_access import wall
from data_access.database import Database, Transaction
from data_access.domain.people import Role
from data_access.tables.feeds import FeedStatus
from data_access.wall import WallOrder, WallSelection
from tests.small_city import CAMERAS, SmallCity
from tests.support.violation_rows import NOON, put_violation


def put_picture(tx: Transaction, camera: int, seconds_ago: float) -> None:
    row = {"camera_id": camera, "district_id": CAMERAS[camera], "state": "live"}
    seen_at = NOON - timedelta(seconds=seconds_ago)
    tx.execute(
        insert(FeedStatus),
        row | {"since_at": NOON, "updated_at": NOON, "last_frame_at": seen_at},
    )


def test_cameras_with_a_picture_come_first_the_latest_event_leading(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        for camera, seconds_ago in ((2, 1), (5, 2), (6, 600)):
            put_picture(tx, camera, seconds_ago)
        put_violation(tx, camera_id=5, at=NOON - timedelta(minutes=3))
        put_violation(tx, camera_id=4, at=NOON - timedelta(minutes=1))
        put_violation(tx, camera_id=3, at=NOON - timedelta(hours=3))
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        page = wall.page(tx, WallSelection(), NOON, 4)
        rest = wall.page(tx, WallSelection(), NOON, 4, 1)
    assert (page.ids, page.total) == ((5, 2, 4, 1), 6)
    assert rest.ids == (3, 6)


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (WallSelection(WallOrder.SITE), (1, 2, 3, 4, 5, 6)),
        (WallSelection(WallOrder.DISTRICT), (4, 5, 6, 1, 2, 3)),
        (WallSelection(WallOrder.SITE, district_id=2), (4, 5, 6)),
        (WallSelection(WallOrder.SITE, text="c-0002"), (2,)),
        (WallSelection(WallOrder.SITE, text=" Site 3 "), (4, 5)),
        (WallSelection(WallOrder.SITE, text="%"), ()),
    ],
)
def test_a_wall_is_ordered_and_narrowed_as_it_is_asked_for(
    small_city: SmallCity, app_database: Database, selection: WallSelection, ids: tuple[int, ...]
) -> None:
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        page = wall.page(tx, selection, NOON, 9)
    assert (page.ids, page.total) == (ids, len(ids))


def test_a_wall_has_the_enabled_cameras_of_the_viewers_districts(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE cameras SET enabled = false WHERE id = 2"))
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert wall.page(tx, WallSelection(WallOrder.SITE), NOON, 9).ids == (1, 3)


def test_tiles_are_told_in_the_order_they_stand_in_without_those_out_of_sight(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_picture(tx, 1, 2)
        put_violation(tx, camera_id=1, at=NOON - timedelta(minutes=3))
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        shown = wall.cameras(tx, (3, 4, 1), NOON)
    assert [camera.id for camera in shown] == [3, 1]
    assert (shown[0].state, shown[0].last_event_at) == (None, None)
    assert (shown[1].state, shown[1].site.en) == ("live", "Site 1")
    assert shown[1].last_event_at == NOON - timedelta(minutes=3)
    assert shown[1].last_frame_at == NOON - timedelta(seconds=2)
