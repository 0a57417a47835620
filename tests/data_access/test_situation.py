from datetime import timedelta

from sqlalchemy import text

from data_access import situation
from data_access.database import Database
from data_access.domain.events import Response
from data_access.domain.people import Role
from tests.small_city import SmallCity
from tests.support.incident_rows import (
    EVENING,
    press_button,
    put_button,
    put_incident,
    put_unit,
)
from tests.support.violation_rows import put_violation

INCIDENTS = (Response.INCIDENT,)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_the_queue_is_ranked_sos_then_urgent_then_by_who_waits_longest(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_button(tx)
        crowd = put_incident(tx, at=EVENING - minutes(30))
        late = put_incident(tx, at=EVENING - minutes(1), kind="intrusion")
        early = put_incident(tx, at=EVENING - minutes(9), kind="collision")
        taken = put_incident(tx, at=EVENING - minutes(90), kind="intrusion")
        closed = put_incident(tx, at=EVENING - minutes(60))
        pressed = press_button(tx)
        for number, state in ((taken, "dispatched"), (closed, "closed")):
            change = text("UPDATE events SET state = :state WHERE id = :id")
            tx.execute(change, {"state": state, "id": number})
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        queue = situation.queue(tx, Response.INCIDENT)
        waiting = situation.waiting(tx, Response.INCIDENT)
    assert [item.id for item in queue] == [pressed, early, late, crowd, taken]
    assert [item.urgent for item in queue] == [True, True, True, False, True]
    assert (waiting.count, waiting.untouched) == (5, 4)
    assert waiting.oldest_at == EVENING - minutes(90)


def test_what_is_over_is_found_by_when_it_began_newest_first(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_incident(tx, at=EVENING - minutes(30))
        over = [put_incident(tx, at=EVENING - minutes(ago)) for ago in (10, 20, 3000)]
        change = text("UPDATE events SET state = 'resolved' WHERE id = ANY(:ids)")
        tx.execute(change, {"ids": over})
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        found = situation.over_since(tx, Response.INCIDENT, EVENING - minutes(60))
        assert [item.id for item in found] == over[:2]
        assert situation.over_since(tx, Response.WORK_ORDER, EVENING - minutes(60)) == []


def test_an_incident_stands_where_its_camera_or_its_button_is(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_button(tx)
        put_incident(tx, camera_id=3)
        press_button(tx)
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        pressed, crowd = situation.queue(tx, Response.INCIDENT)
    assert (pressed.longitude, pressed.latitude) == (71.331, 50.966)
    assert (crowd.camera_code, crowd.longitude) == ("C-0003", 71.33)
    assert crowd.site is not None
    assert crowd.site.en == "Site 2"


def test_only_the_viewers_districts_are_in_the_queue_and_among_the_newest(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        west = put_incident(tx, camera_id=1)
        put_incident(tx, camera_id=4)
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert [item.id for item in situation.queue(tx, Response.INCIDENT)] == [west]
        newest = situation.newest(tx, INCIDENTS, EVENING)
        assert [item.id for item in newest] == [west]
        assert situation.waiting(tx, Response.INCIDENT).count == 1


def test_the_newest_come_first_and_only_of_the_responses_asked_for(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        older = put_incident(tx, at=EVENING - minutes(5))
        newer = put_violation(tx, at=EVENING - minutes(1))
        put_incident(tx, at=EVENING - timedelta(days=30))
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        everything = situation.newest(tx, tuple(Response), EVENING)
        incidents = situation.newest(tx, INCIDENTS, EVENING)
        of_camera = situation.of_camera(tx, 1, EVENING)
        waiting = situation.waiting(tx, Response.VIOLATION)
    assert [item.id for item in everything] == [newer, older]
    assert [item.id for item in incidents] == [older]
    assert [item.id for item in of_camera] == [newer, older]
    assert (waiting.count, waiting.untouched) == (1, 1)


def test_a_button_is_pressed_until_somebody_takes_its_incident_on(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    def pressed_at() -> object:
        with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
            return [button.pressed_at for button in situation.buttons(tx)]

    with owner.as_owner() as tx:
        put_button(tx)
    assert pressed_at() == [None]
    with owner.as_owner() as tx:
        press_button(tx)
    assert pressed_at() == [EVENING]
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE events SET state = 'acknowledged'"))
    assert pressed_at() == [None]


def test_units_on_duty_with_a_place_are_shown_by_kind(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_unit(tx, "P-1")
        put_unit(tx, "P-2", state="off")
        put_unit(tx, "P-3", longitude=None, latitude=None)
        put_unit(tx, "M-1", kind="municipal")
        put_unit(tx, "P-4", district_id=2)
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert [unit.name for unit in situation.units(tx, ("patrol",))] == ["Unit P-1"]
