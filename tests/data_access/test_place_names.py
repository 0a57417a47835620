import pytest
from sqlalchemy import update

from data_access import place_names
from data_access.database import Database
from data_access.domain.people import Role, Scope
from data_access.tables.places import Site
from tests.small_city import SmallCity

ALL = Scope(1, None)


@pytest.mark.usefixtures("small_city")
def test_places_are_found_by_any_of_their_names_or_numbers(app_database: Database) -> None:
    with app_database.as_viewer(ALL) as tx:
        assert place_names.places_like(tx, " site 2 ").site_ids == (2,)
        assert place_names.places_like(tx, "c-0005").camera_ids == (5,)
        assert place_names.places_like(tx, "camera 3 (kk)").camera_ids == (3,)
        assert place_names.places_like(tx, "%").empty
        assert len(place_names.places_like(tx, "site", limit=2).site_ids) == 2


def test_a_camera_of_a_site_that_was_found_is_not_named_again(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        tx.execute(update(Site).where(Site.id == 1).values(name_en="Camera 1 square"))
    with app_database.as_viewer(ALL) as tx:
        found = place_names.places_like(tx, "camera 1")
    assert (found.site_ids, found.camera_ids) == ((1,), ())


def test_only_places_in_sight_are_found(app_database: Database, small_city: SmallCity) -> None:
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert place_names.places_like(tx, "Site").site_ids == (1, 2)
        assert list(place_names.district_names(tx)) == [small_city.west]
        assert place_names.site_names(tx, (1, 3))[1].en == "Site 1"
        assert list(place_names.site_names(tx, (1, 3))) == [1]
