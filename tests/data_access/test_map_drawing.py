import pytest
from sqlalchemy import insert

from data_access import map_drawing
from data_access.database import Database
from data_access.domain.people import Role
from data_access.map_drawing import Extent
from data_access.tables.places import LinearSection, Street
from tests.small_city import SmallCity

NAMES = {"name_ru": "Абая", "name_kk": "Абай", "name_en": "Abai"}


def test_a_viewer_is_drawn_their_own_districts_and_crossroads(
    small_city: SmallCity, app_database: Database
) -> None:
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        districts = map_drawing.districts(tx)
        crossroads = map_drawing.crossroads(tx)
    assert [district.name.en for district in districts] == ["West"]
    assert districts[0].ring[0] == districts[0].ring[-1]
    assert [(crossroad.id, crossroad.planned) for crossroad in crossroads] == [(1, False)]


def test_streets_are_drawn_for_everyone_and_sections_by_district(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    path = [[71.31, 50.96], [71.38, 50.97]]
    with owner.as_owner() as tx:
        tx.execute(insert(Street.__table__), {"class": "main", "path": path, **NAMES})
        section = {"district_id": 2, "length_m": 2400, "limit_kmh": 60, "path": path}
        tx.execute(insert(LinearSection), section | NAMES)
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert map_drawing.streets(tx)[0].path == ((71.31, 50.96), (71.38, 50.97))
        assert map_drawing.sections(tx) == ()
    with app_database.as_viewer(small_city.scope(Role.PATROL)) as tx:
        assert [section.limit_kmh for section in map_drawing.sections(tx)] == [60]


def test_the_extent_holds_the_viewers_cameras(
    small_city: SmallCity, app_database: Database
) -> None:
    with app_database.as_viewer(small_city.scope(Role.PATROL)) as tx:
        assert map_drawing.extent(tx) == Extent(71.38, pytest.approx(50.98), 71.38, 50.99)


@pytest.mark.usefixtures("owner_url")
def test_a_city_without_cameras_has_no_extent(owner: Database) -> None:
    with owner.as_owner() as tx:
        assert map_drawing.extent(tx) is None
