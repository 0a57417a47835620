from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from data_access import incidents
from data_access.database import Database
from data_access.domain.people import Role
from data_access.incidents import IncidentMovedOn, IncidentNotInSight, NotAResponder
from data_access.listen import Listener
from tests.small_city import SmallCity
from tests.support.incident_rows import EVENING, put_incident
from tests.support.violation_rows import put_violation

LATER = EVENING + timedelta(seconds=40)


def acknowledge(city: SmallCity, database: Database, role: Role, number: UUID) -> None:
    viewer = city.viewers[role]
    with database.as_viewer(viewer.scope) as tx:
        incidents.acknowledge(tx, viewer, number, EVENING, LATER)


def test_an_operator_takes_an_incident_on_and_it_is_remembered(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        number = put_incident(tx)
    acknowledge(small_city, app_database, Role.OPERATOR, number)
    operator = small_city.viewers[Role.OPERATOR].id
    with owner.as_owner() as tx:
        state = tx.execute(text("SELECT state FROM events")).scalar_one()
        taken = tx.execute(text("SELECT acknowledged_at, acknowledged_by FROM incidents")).one()
        history = tx.execute(text("SELECT state, viewer_id FROM event_states ORDER BY at"))
        audited = tx.execute(text("SELECT action, subject, viewer_id FROM audit_records")).one()
        assert state == "acknowledged"
        assert tuple(taken) == (LATER, operator)
        assert [tuple(row) for row in history] == [("new", None), ("acknowledged", operator)]
        assert tuple(audited) == ("incident_acknowledged", str(number), operator)


def test_of_two_who_take_it_on_the_second_hears_that_it_has_moved_on(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        number = put_incident(tx)
    acknowledge(small_city, app_database, Role.OPERATOR, number)
    with pytest.raises(IncidentMovedOn) as refusal:
        acknowledge(small_city, app_database, Role.CHIEF, number)
    assert refusal.value.state == "acknowledged"
    with owner.as_owner() as tx:
        assert tx.execute(text("SELECT count(*) FROM audit_records")).scalar_one() == 1


@pytest.mark.parametrize("role", [Role.AKIM, Role.PATROL, Role.MUNICIPAL, Role.ADMINISTRATOR])
def test_other_roles_do_not_take_incidents_on(
    small_city: SmallCity, app_database: Database, owner: Database, role: Role
) -> None:
    with owner.as_owner() as tx:
        number = put_incident(tx)
    with pytest.raises(NotAResponder):
        acknowledge(small_city, app_database, role, number)


def test_an_incident_of_another_district_is_not_there(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        number = put_incident(tx, camera_id=4)
    with pytest.raises(IncidentNotInSight):
        acknowledge(small_city, app_database, Role.CHIEF, number)


def test_a_violation_and_an_unknown_number_are_no_incidents(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        violation = put_violation(tx, at=EVENING)
    for number in (violation, uuid4()):
        with pytest.raises(IncidentNotInSight):
            acknowledge(small_city, app_database, Role.OPERATOR, number)


def test_the_other_screens_hear_of_it(
    small_city: SmallCity, app_database: Database, app_url: str, owner: Database
) -> None:
    with owner.as_owner() as tx:
        number = put_incident(tx)
    listener = Listener(app_url)
    listener.start()
    try:
        drawn = listener.wait_since(0, 10)
        acknowledge(small_city, app_database, Role.OPERATOR, number)
        assert listener.wait_since(drawn, 10) > drawn
    finally:
        listener.stop()
