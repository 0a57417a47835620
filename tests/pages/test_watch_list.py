"""Wanted vehicles: who may see and change the list, and what stands in the audit log."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from streamlit.testing.v1 import AppTest

from data_access import watch_list
from data_access.database import Database
from data_access.domain.people import Role
from data_access.tables.happenings import Event
from data_access.tables.people import AuditRecord
from tests.pages.looking import is_refused, look, table_with, words_of
from tests.small_city import CAMERAS
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens

__all__ = ["screens", "shared_city", "shared_city_owner", "shared_screens"]

ALLOWED = (Role.OPERATOR, Role.CHIEF, Role.ADMINISTRATOR)
NOW = datetime.now(UTC)
REASON = "угнана 3 мая, дело 118"


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def added(screens: Screens, plate: str = "123 ABC 02", role: Role = Role.OPERATOR) -> int:
    viewer = screens.city.viewers[role]
    with screens.database.as_viewer(viewer.scope) as tx:
        until_at = NOW + timedelta(days=3)
        return watch_list.add(tx, viewer, plate, REASON, until_at, NOW)


def audited(owner: Database) -> list[tuple[str, str, str]]:
    query = select(AuditRecord.login, AuditRecord.action, AuditRecord.subject).order_by(
        AuditRecord.id
    )
    with owner.as_owner() as tx:
        return [tuple(row) for row in tx.execute(query)]


def met(owner: Database, camera: int, **more: Any) -> None:
    """A wanted vehicle seen by a camera."""
    row = {
        "id": text("gen_random_uuid()"), "started_at": datetime.now(UTC) - timedelta(minutes=5), "written_at": NOW,
        "kind": "watch_listed_plate", "response": "incident", "state": "new", "confidence": 0.93,
        "camera_id": camera, "district_id": CAMERAS[camera], "plate": "123ABC02",
        "facts": {"plate": "123ABC02", "reason": REASON},
    }  # fmt: skip
    with owner.as_owner() as tx:
        tx.execute(insert(Event).values(row | more))


@pytest.mark.parametrize("role", list(Role))
def test_the_list_is_for_those_who_watch(role: Role, shared_screens: Screens) -> None:
    assert is_refused(shared_screens, role, "watch_list") is (role not in ALLOWED)


def test_an_empty_list_says_what_to_do(shared_screens: Screens) -> None:
    shown = words_of(look(shared_screens, Role.OPERATOR, "watch_list"))
    assert "Добавьте номер с причиной и последним днём." in shown
    assert "Разыскиваемых машин не замечено." in shown


def test_a_plate_is_added_with_a_reason_and_the_look_is_recorded(
    screens: Screens, owner: Database
) -> None:
    app = look(screens, Role.OPERATOR, "watch_list")
    app.text_input(key="watch_plate").set_value("129 авс 02")
    app.text_input(key="watch_reason").set_value(REASON)
    app.button[0].click().run()
    assert not app.exception
    frame = table_with(app, "by")
    assert list(frame["plate"]) == ["129ABC02"]
    assert frame.iloc[0]["reason"] == REASON
    assert audited(owner) == [
        ("operator", "watch_list.look", "watch list"),
        ("operator", "watch_list.add", "plate 129ABC02"),
    ]


@pytest.mark.parametrize(
    ("plate", "reason", "sentence"),
    [("??", REASON, "“??”"), ("129ABC02", "так", "129ABC02")],
)
def test_what_is_missing_is_said_and_nothing_is_added(
    plate: str, reason: str, sentence: str, screens: Screens
) -> None:
    app = look(screens, Role.OPERATOR, "watch_list")
    app.text_input(key="watch_plate").set_value(plate)
    app.text_input(key="watch_reason").set_value(reason)
    app.button[0].click().run()
    (warning,) = app.warning
    assert sentence.strip("“”") in warning.value
    assert "Добавьте номер" in words_of(app)


def test_a_chief_of_a_district_sees_the_hits_there_and_not_the_list(
    screens: Screens, owner: Database
) -> None:
    added(screens)
    met(owner, 1)
    met(owner, 4)
    app = look(screens, Role.CHIEF, "watch_list")
    assert "Список розыска — общегородской." in words_of(app)
    hits = table_with(app, "sure")
    assert [camera.partition("#")[2] for camera in hits["camera"]] == ["C-0001"]
    assert not [one for one in app.button if "Искать" in one.label]


def test_hits_say_where_when_and_why(screens: Screens, owner: Database) -> None:
    met(owner, 4)
    row = table_with(look(screens, Role.OPERATOR, "watch_list"), "sure").iloc[0]
    assert (row["plate"], row["reason"], row["sure"]) == ("123ABC02", REASON, "93%")
    assert row["camera"] == "/camera?camera=4#C-0004"
    minutes, said = row["at"].split(maxsplit=1)
    assert (int(minutes) >= 5, said) == (True, "мин назад")  # a busy machine needs one more
