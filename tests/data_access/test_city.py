"""Settings of the city, and whether it has one yet."""

import pytest

from data_access import audit, city
from data_access.database import Database
from data_access.domain.people import WHOLE_CITY, Role
from data_access.errors import NotPermitted
from tests.small_city import SmallCity


def test_a_setting_is_put_replaced_and_read_by_the_app(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        city.put(tx, "city", {"ru": "Косшы"})
        city.put(tx, "city", {"ru": "Қосшы", "zoom": 12})
    with app_database.as_viewer(WHOLE_CITY) as tx:
        assert city.value(tx, "city") == {"ru": "Қосшы", "zoom": 12}
        assert city.value(tx, "demonstration") is None
    with app_database.as_sign_in() as tx:
        assert city.value(tx, "city")["zoom"] == 12


@pytest.mark.parametrize(
    "value", [None, "kosshy", 1.5, [1, "2"], {"a": {"b": None}}, "'\"<script>"]
)
def test_a_setting_is_whatever_json_can_hold(value: object, owner: Database) -> None:
    with owner.as_owner() as tx:
        city.put(tx, "key", value)
        assert city.value(tx, "key") == value


def test_only_a_viewer_of_the_whole_city_changes_settings(
    app_database: Database, small_city: SmallCity
) -> None:
    with app_database.as_viewer(small_city.scope(Role.ADMINISTRATOR)) as tx:
        city.put(tx, "key", 1)
    with pytest.raises(NotPermitted), app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        city.put(tx, "key", 2)


def test_a_migrated_database_is_empty_until_it_has_a_district(
    owner: Database, worker_database: Database
) -> None:
    with worker_database.as_worker() as tx:
        assert city.is_empty(tx)


def test_a_database_with_a_city_is_not_empty(owner: Database, small_city: SmallCity) -> None:
    with owner.as_owner() as tx:
        assert not city.is_empty(tx)


def test_what_a_viewer_does_is_recorded_in_the_viewers_own_name_alone(
    app_database: Database, owner: Database, small_city: SmallCity
) -> None:
    chief, patrol = small_city.viewers[Role.CHIEF], small_city.viewers[Role.PATROL]
    with app_database.as_viewer(chief.scope) as tx:
        audit.record(tx, chief, "evidence.look", "event 7", {"reason": "<review>"})
    with pytest.raises(NotPermitted), app_database.as_viewer(chief.scope) as tx:
        audit.record(tx, patrol, "evidence.look")
