from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from data_access import violation_reviews, violations
from data_access.database import Database
from data_access.domain.people import Role
from data_access.tables.happenings import EventState
from data_access.tables.people import AuditRecord
from data_access.violation_reviews import (
    Decision,
    NotAReviewer,
    NotInSight,
    NotPossible,
    ReasonMissing,
    StateHasChanged,
)
from tests.small_city import SmallCity
from tests.support.violation_rows import NOON, put_violation

LATER = NOON + timedelta(minutes=3)


@pytest.fixture
def detected(owner: Database, small_city: SmallCity) -> UUID:
    with owner.as_owner() as tx:
        return put_violation(tx)


def decide(app: Database, city: SmallCity, decision: Decision, role: Role = Role.OPERATOR) -> None:
    viewer = city.viewers[role]
    with app.as_viewer(viewer.scope) as tx:
        violation_reviews.review(tx, viewer, decision, LATER)


def history(owner: Database, number: UUID) -> list[tuple[str, int | None, datetime]]:
    columns = (EventState.state, EventState.viewer_id, EventState.at)
    with owner.as_owner() as tx:
        rows = tx.execute(select(*columns).where(EventState.event_id == number).order_by("id"))
        return [tuple(row) for row in rows]


def audited(owner: Database) -> list[tuple[str, str]]:
    with owner.as_owner() as tx:
        return [tuple(row) for row in tx.execute(select(AuditRecord.action, AuditRecord.login))]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CHIEF])
def test_a_confirmation_is_written_with_who_when_and_an_audit_record(
    owner: Database, app_database: Database, small_city: SmallCity, detected: UUID, role: Role
) -> None:
    decide(app_database, small_city, Decision(detected, NOON, "detected", "confirmed"), role)
    viewer = small_city.viewers[role]
    with app_database.as_viewer(viewer.scope) as tx:
        case = violations.case(tx, detected, NOON)
    assert case is not None
    assert (case.row.state, case.row.reviewed_at) == ("confirmed", LATER)
    assert history(owner, detected)[-1] == ("confirmed", viewer.id, LATER)
    assert audited(owner) == [("violation.confirmed", role.value)]


def test_a_rejection_needs_a_reason(
    owner: Database, app_database: Database, small_city: SmallCity, detected: UUID
) -> None:
    with pytest.raises(ReasonMissing):
        decide(app_database, small_city, Decision(detected, NOON, "detected", "rejected", "  "))
    assert len(history(owner, detected)) == 1
    decide(app_database, small_city, Decision(detected, NOON, "detected", "rejected", "Glare"))
    assert history(owner, detected)[-1][0] == "rejected"


def test_a_mistaken_confirmation_can_be_taken_back(
    app_database: Database, owner: Database, small_city: SmallCity, detected: UUID
) -> None:
    decide(app_database, small_city, Decision(detected, NOON, "detected", "confirmed"))
    decide(app_database, small_city, Decision(detected, NOON, "confirmed", "rejected", "Mistake"))
    assert [line[0] for line in history(owner, detected)] == ["detected", "confirmed", "rejected"]


def test_the_second_of_two_officers_is_told_that_it_was_decided(
    owner: Database, app_database: Database, small_city: SmallCity, detected: UUID
) -> None:
    decide(app_database, small_city, Decision(detected, NOON, "detected", "confirmed"))
    late = Decision(detected, NOON, "detected", "rejected", "Glare")
    with pytest.raises(StateHasChanged) as refusal:
        decide(app_database, small_city, late, Role.CHIEF)
    assert refusal.value.state == "confirmed"
    assert [line[0] for line in history(owner, detected)] == ["detected", "confirmed"]
    assert len(audited(owner)) == 1


@pytest.mark.parametrize(
    ("seen", "new"),
    [("rejected", "confirmed"), ("paid", "rejected"), ("detected", "paid"), ("nonsense", "paid")],
)
def test_only_what_follows_a_state_can_be_decided(
    app_database: Database, small_city: SmallCity, detected: UUID, seen: str, new: str
) -> None:
    with pytest.raises(NotPossible):
        decide(app_database, small_city, Decision(detected, NOON, seen, new, "why"))


@pytest.mark.parametrize("role", [Role.AKIM, Role.PATROL, Role.MUNICIPAL, Role.ADMINISTRATOR])
def test_other_roles_decide_nothing(
    app_database: Database, small_city: SmallCity, detected: UUID, role: Role
) -> None:
    with pytest.raises(NotAReviewer):
        decide(app_database, small_city, Decision(detected, NOON, "detected", "confirmed"), role)


def test_a_chief_decides_nothing_in_another_district(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        number = put_violation(tx, camera_id=5)
    with pytest.raises(NotInSight):
        decide(
            app_database, small_city, Decision(number, NOON, "detected", "confirmed"), Role.CHIEF
        )
    assert len(history(owner, number)) == 1
