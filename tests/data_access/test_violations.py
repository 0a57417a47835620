from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, update

from data_access import violations
from data_access.database import Database
from data_access.domain.events import Response
from data_access.domain.people import Role, Scope
from data_access.event_pages import EventSelection, Order
from data_access.tables.happenings import EventState
from data_access.tables.places import Camera
from data_access.tables.responses import Fine
from tests.small_city import WEST, SmallCity
from tests.support.violation_rows import NOON, put_evidence, put_violation

WEEK = EventSelection(NOON - timedelta(days=7), NOON + timedelta(days=1), Response.VIOLATION)
ALL = Scope(1, None)

pytestmark = pytest.mark.usefixtures("small_city")


def test_a_row_names_its_places_and_carries_its_fine(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        put_violation(tx, camera_id=3)
    with app_database.as_viewer(ALL) as tx:
        (row,) = violations.page(tx, WEEK).rows
    assert row.camera_code == "C-0003"
    assert row.site is not None
    assert row.site.en == "Site 2"
    assert row.district.en == "West"
    assert (row.article, row.mci_count, row.fine_tenge) == ("599", 10, 43250)


def test_pages_lead_to_one_another_by_their_cursors(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        for minutes in range(5):
            put_violation(tx, at=NOON - timedelta(minutes=minutes))
    with app_database.as_viewer(ALL) as tx:
        first = violations.page(tx, WEEK, size=2)
        second = violations.page(tx, WEEK, cursor=first.next, size=2)
        third = violations.page(tx, WEEK, cursor=second.next, size=2)
        back = violations.page(tx, WEEK, cursor=third.previous, size=2)
    assert (first.previous, third.next) == (None, None)
    assert [len(found.rows) for found in (first, second, third)] == [2, 2, 1]
    assert back.rows == second.rows


def test_every_violation_of_a_selection_is_read_in_order_up_to_the_limit(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        for minutes in range(7):
            put_violation(tx, at=NOON - timedelta(minutes=minutes))
    with app_database.as_viewer(ALL) as tx:
        whole = list(violations.every(tx, WEEK, Order.OLDEST, limit=100, size=3))
        some = list(violations.every(tx, WEEK, Order.OLDEST, limit=4, size=3))
    assert [row.started_at for row in whole] == sorted(row.started_at for row in whole)
    assert len(whole) == 7
    assert some == whole[:4]


def test_counts_are_of_what_happened_and_not_of_present_states(
    owner: Database, app_database: Database
) -> None:
    """A fine that was contested and then paid stands among the contested and among the paid."""
    with owner.as_owner() as tx:
        put_violation(tx, at=NOON - timedelta(days=2))
        put_violation(tx)
        put_violation(tx, state="rejected", reviewed_at=NOON)
        put_violation(tx, state="confirmed", reviewed_at=NOON)
        put_violation(tx, state="cancelled", issued_at=NOON, contested_at=NOON, cancelled_at=NOON)
        put_violation(tx, state="paid", issued_at=NOON, contested_at=NOON, paid_at=NOON)
        put_violation(tx, at=NOON - timedelta(days=30))
    with app_database.as_viewer(ALL) as tx:
        counts = violations.counts(tx, WEEK)
    assert (counts.of(()), counts.waiting, counts.reviewed) == (6, 2, 4)
    assert counts.of(("paid", "rejected", "issued")) == 2
    assert (counts.issued, counts.contested, counts.cancelled, counts.paid) == (2, 2, 1, 1)
    assert counts.oldest_waiting_at == NOON - timedelta(days=2)
    assert counts.confirmed_share == 0.75


def test_where_nothing_was_reviewed_there_is_no_share(app_database: Database) -> None:
    with app_database.as_viewer(ALL) as tx:
        assert violations.counts(tx, WEEK).confirmed_share is None


def test_a_case_holds_its_numbers_evidence_and_history(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        number = put_violation(tx, facts={"red_s": 1.4})
        put_evidence(tx, number, "snapshot", "image/jpeg")
        put_evidence(tx, number, "clip", "video/mp4")
        change = {"event_id": number, "event_started_at": NOON, "district_id": WEST}
        later = {"at": NOON + timedelta(minutes=9), "state": "confirmed", "viewer_id": 3}
        tx.execute(insert(EventState), {**change, **later, "reason": "clear"})
    with app_database.as_viewer(ALL) as tx:
        case = violations.case(tx, number, NOON)
    assert case is not None
    assert case.facts == {"red_s": 1.4}
    assert {file.kind for file in case.evidence} == {"snapshot", "clip"}
    assert [(c.state, c.viewer, c.reason) for c in case.history] == [
        ("detected", None, ""),
        ("confirmed", "Operator", "clear"),
    ]


def test_a_fine_says_whether_a_lawyer_has_confirmed_it(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        number = put_violation(tx)
    with app_database.as_viewer(ALL) as tx:
        before = violations.case(tx, number, NOON)
    with owner.as_owner() as tx:
        tx.execute(update(Fine).where(Fine.kind == "red_light").values(confirmed=True))
    with app_database.as_viewer(ALL) as tx:
        after = violations.case(tx, number, NOON)
    assert before is not None
    assert before.fine_source is not None
    assert not before.fine_source.confirmed
    assert after is not None
    assert after.fine_source is not None
    assert after.fine_source.confirmed


def test_a_case_of_another_district_does_not_exist(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        number = put_violation(tx, camera_id=5)
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert violations.case(tx, number, NOON) is None
        assert violations.page(tx, WEEK).rows == ()
        assert violations.counts(tx, WEEK).of(()) == 0


def test_names_that_look_like_programs_come_back_as_they_are(
    owner: Database, app_database: Database
) -> None:
    name = "<script>alert('x')</script> \"quoted\"; DROP TABLE events;--"
    with owner.as_owner() as tx:
        tx.execute(update(Camera).where(Camera.id == 1).values(name_ru=name))
        put_violation(tx)
    with app_database.as_viewer(ALL) as tx:
        (row,) = violations.page(tx, WEEK).rows
    assert row.camera is not None
    assert row.camera.ru == name


def test_an_id_that_is_not_there_is_no_case(app_database: Database) -> None:
    with app_database.as_viewer(ALL) as tx:
        assert violations.case(tx, uuid4(), NOON) is None
