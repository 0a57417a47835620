import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from components.formats import local
from components.violation_filters import EventMark, ViolationFilters
from components.violation_reading import ViolationFile
from components.visit import current_visit
from data_access.database import Database
from data_access.domain.people import Role
from data_access.tables.happenings import Event
from data_access.tables.people import AuditRecord
from data_access.tables.places import Camera, Site
from tests.pages.looking import is_refused, look, table_with, words_of
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens
from tests.support.violation_rows import put_evidence, put_violation

__all__ = ["screens", "shared_city", "shared_city_owner", "shared_screens"]

ALLOWED = (Role.OPERATOR, Role.CHIEF, Role.ADMINISTRATOR)
NAME = "<script>alert('x')</script> \"q\""
Put = Callable[..., UUID]


def minutes_ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


@pytest.fixture
def put(owner: Database) -> Put:
    """Puts a violation so many minutes before now."""

    def put_one(minutes: float, **more: Any) -> UUID:
        with owner.as_owner() as tx:
            return put_violation(tx, at=minutes_ago(minutes), **more)

    return put_one


def state_of(owner: Database, number: UUID) -> str:
    with owner.as_owner() as tx:
        return tx.execute(select(Event.state).where(Event.id == number)).scalar_one()


def audited(owner: Database) -> list[tuple[str, dict[str, Any]]]:
    with owner.as_owner() as tx:
        rows = tx.execute(select(AuditRecord.action, AuditRecord.detail).order_by(AuditRecord.id))
        return [(row.action, row.detail) for row in rows]


def plates_on(app: AppTest) -> list[str]:
    return list(table_with(app, "plate")["plate"])


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("role", list(Role))
def test_violations_are_for_those_who_watch(shared_screens: Screens, role: Role) -> None:
    assert is_refused(shared_screens, role, "violations") is (role not in ALLOWED)


def test_an_empty_table_says_what_would_be_here(shared_screens: Screens) -> None:
    assert "которые находят камеры" in words_of(look(shared_screens, Role.OPERATOR, "violations"))


def test_the_newest_stands_first_with_its_case_beside_it(screens: Screens, put: Put) -> None:
    put(50, plate="111 AAA 01")
    put(20, plate="222 BBB 02", kind="no_stopping")
    app = look(screens, Role.OPERATOR, "violations")
    assert plates_on(app) == ["222 BBB 02", "111 AAA 01"]
    shown = words_of(app)
    assert "<h3>Запрещённая стоянка</h3>" in shown
    assert "Алматы" in shown


def test_pages_are_turned_forward_and_back(screens: Screens, put: Put) -> None:
    for minutes in range(30):
        put(10 + minutes, plate=f"{minutes:03} AAA 01")
    app = look(screens, Role.OPERATOR, "violations")
    first = plates_on(app)
    assert len(first) == 25
    assert plates_on(press(app, "violations_next")) == [f"{n:03} AAA 01" for n in range(25, 30)]
    assert "page" in app.query_params
    assert plates_on(press(app, "violations_previous")) == first


def test_filters_narrow_and_stand_in_the_address(screens: Screens, put: Put) -> None:
    put(10, plate="111 AAA 01")
    put(20, plate="222 BBB 02", kind="no_stopping", state="confirmed")
    put(30, plate="333 CCC 03", camera_id=4)
    app = look(screens, Role.OPERATOR, "violations")
    app.multiselect(key="violations_kinds").set_value(["no_stopping"]).run()
    assert plates_on(app) == ["222 BBB 02"]
    assert app.query_params["kind"] == "no_stopping"
    app.multiselect(key="violations_kinds").set_value([])
    app.multiselect(key="violations_districts").set_value([2]).run()
    assert plates_on(app) == ["333 CCC 03"]
    app.multiselect(key="violations_districts").set_value([])
    app.text_input(key="violations_place").set_value("c-0001").run()
    assert plates_on(app) == ["111 AAA 01", "222 BBB 02"]
    app.text_input(key="violations_place").set_value("nowhere").run()
    assert "nowhere" in words_of(app)


def test_an_address_opens_the_same_rows_and_the_same_case(screens: Screens, put: Put) -> None:
    put(10, plate="111 AAA 01")
    number = put(20, plate="222 BBB 02", kind="no_stopping")
    put(30, plate="333 CCC 03", kind="no_stopping")
    app = look(screens, Role.OPERATOR, "violations", kind="no_stopping")
    at = table_with(app, "plate")["at"].iloc[0].to_pydatetime()
    mark = str(EventMark(number, at))
    again = look(screens, Role.CHIEF, "violations", kind="no_stopping", event=mark)
    assert plates_on(again) == ["222 BBB 02", "333 CCC 03"]
    assert again.query_params["event"] == mark


def test_one_camera_can_be_linked_to_and_left_again(screens: Screens, put: Put) -> None:
    put(10, plate="111 AAA 01", camera_id=2)
    put(20, plate="222 BBB 02", camera_id=3)
    app = look(screens, Role.OPERATOR, "violations", camera="3")
    assert plates_on(app) == ["222 BBB 02"]
    assert "Camera 3" in app.button(key="violations_end_camera").label
    assert len(plates_on(press(app, "violations_end_camera"))) == 2


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CHIEF])
def test_an_officer_confirms_and_the_next_one_stands_there(
    owner: Database, screens: Screens, put: Put, role: Role
) -> None:
    number = put(10)
    following = put(20, kind="no_stopping")
    app = press(look(screens, role, "violations"), "violations_confirm")
    assert state_of(owner, number) == "confirmed"
    assert "<h3>Запрещённая стоянка</h3>" in words_of(app)
    assert state_of(owner, following) == "detected"
    assert [action for action, _detail in audited(owner)] == ["violation.confirmed"]


def test_a_rejection_asks_why_first(owner: Database, screens: Screens, put: Put) -> None:
    number = put(10)
    app = press(look(screens, Role.OPERATOR, "violations"), "violations_reject")
    assert state_of(owner, number) == "detected"
    assert "Почему отклоняется?" in words_of(app)
    press(app, "violations_reason_2")
    assert state_of(owner, number) == "rejected"
    assert audited(owner)[-1] == (
        "violation.rejected",
        {"from": "detected", "reason": "Plate not readable"},
    )


def test_a_second_officer_is_told_that_it_was_decided(
    owner: Database, screens: Screens, put: Put
) -> None:
    number = put(10)
    app = look(screens, Role.OPERATOR, "violations")
    with owner.as_owner() as tx:
        tx.execute(update(Event).where(Event.id == number).values(state="rejected"))
    press(app, "violations_confirm")
    assert "Решение уже принял другой сотрудник" in words_of(app)
    assert state_of(owner, number) == "rejected"


def test_an_administrator_looks_and_does_not_decide(screens: Screens, put: Put) -> None:
    put(10)
    app = look(screens, Role.ADMINISTRATOR, "violations")
    assert plates_on(app) == ["123 ABC 02"]
    assert not [button for button in app.button if button.key == "violations_confirm"]


def test_a_plate_is_searched_only_with_a_reason_that_is_recorded(
    owner: Database, screens: Screens, put: Put
) -> None:
    put(10, plate="111 AAA 01")
    put(20, plate="222 BBB 02")
    app = look(screens, Role.OPERATOR, "violations")

    def search(plate: str, reason: str) -> None:
        app.text_input(key="violations_plate_typed").set_value(plate)
        app.text_input(key="violations_plate_reason").set_value(reason)
        next(button for button in app.button if button.label == "Найти").click()
        app.run()

    search("222", "")
    assert len(plates_on(app)) == 2
    assert "зачем нужен этот госномер" in words_of(app)
    search("🚗", "Угон, заявление 15")
    assert "нет части госномера" in words_of(app)
    assert audited(owner) == []
    search("2b в", "Угон, заявление 15")
    assert plates_on(app) == ["222 BBB 02"]
    assert audited(owner) == [("plate.search", {"reason": "Угон, заявление 15"})]
    assert "2BB" not in str(dict(app.query_params))
    assert len(plates_on(press(app, "violations_end_search"))) == 2


def test_a_file_holds_the_filtered_rows_and_leaves_a_record(
    owner: Database, screens: Screens, put: Put
) -> None:
    put(10, plate="=1+1")
    put(20, plate="222 BBB 02", state="confirmed")
    put(30, plate="333 CCC 03", camera_id=5)
    screens.look_as(Role.CHIEF)
    visit = current_visit()
    assert visit is not None
    filters = ViolationFilters()
    selection = filters.selection(local(datetime.now(UTC)).date(), None, "")
    file = ViolationFile(visit, selection, filters, "")
    rows = list(csv.reader(io.StringIO(file.csv().decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Время"
    assert [row[6] for row in rows[1:]] == ["'=1+1", "222 BBB 02"], "a chief's own district"
    assert rows[1][11] == "43250"
    assert file.xlsx().startswith(b"PK")
    (first, second) = audited(owner)
    assert first[0] == second[0] == "violations.export"
    assert (first[1]["form"], first[1]["rows"], second[1]["form"]) == ("csv", 2, "xlsx")


def test_names_that_look_like_programs_stay_text(
    owner: Database, screens: Screens, put: Put
) -> None:
    number = put(10, plate=NAME, facts={"zone": NAME})
    with owner.as_owner() as tx:
        tx.execute(update(Camera).values(name_ru=NAME))
        tx.execute(update(Site).values(name_ru=NAME))
        put_evidence(tx, number, "snapshot", "image/jpeg", at=_start(tx, number))
    app = look(screens, Role.OPERATOR, "violations")
    assert plates_on(app) == [NAME]
    html = "".join(element.proto.body for element in app.get("html"))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert 'src="/evidence/' in html


def _start(tx: Any, number: UUID) -> datetime:
    found = tx.execute(select(Event.started_at).where(Event.id == number)).scalar_one()
    assert isinstance(found, datetime)
    return found


def test_counts_above_are_of_what_happened(screens: Screens, put: Put) -> None:
    put(10)
    put(20, state="rejected")
    put(30, state="paid", issued_at=minutes_ago(25), contested_at=minutes_ago(24))
    shown = words_of(look(screens, Role.OPERATOR, "violations", state="paid"))
    assert "◆ 1<" in shown
    assert ">50%<" in shown
    assert "из проверенных: 2" in shown
    assert "из выписанных штрафов: 1" in shown
