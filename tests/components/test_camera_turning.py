"""Turning a camera from its screen: real port, real database, an ONVIF camera of the tests'."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import text
from starlette.applications import Starlette

from components.camera_turning import ANSWER, AWAY, NOT_ALLOWED, SAVED, TURNS, ask, turn
from components.visit import Visit
from data_access.database import Database
from data_access.domain.people import TURN_ROLES, Role
from data_access.settings import read_settings
from detection_worker.onvif.device import CANNOT
from detection_worker.onvif.turning import make_routes
from tests.detection_worker.onvif.onvif_camera import OnvifCamera, onvif_camera
from tests.small_city import SmallCity
from tests.support.serving import served

KEY = "the-key"


class Turned:
    """A camera that turns, and the visits of those who look at it."""

    def __init__(
        self, camera: OnvifCamera, url: str, home: Path, city: SmallCity, app: Database
    ) -> None:
        self.camera, self._city, self._database = camera, city, app
        environment = {"QALA_WORKER_URL": url, "QALA_WORKER_KEY": KEY, "QALA_HOME": str(home)}
        self._settings = read_settings(environment)

    def visit(self, role: Role, districts: frozenset[int] | None = None) -> Visit:
        viewer = self._city.viewers[role]
        if districts is not None:
            viewer = replace(viewer, scope=replace(viewer.scope, districts=districts))
        return Visit(viewer, self._database, self._settings)


@pytest.fixture
def turned(tmp_path: Path, small_city: SmallCity, app_database: Database) -> Iterator[Turned]:
    st.session_state.clear()
    with onvif_camera() as camera:
        routes = make_routes(lambda number: camera.url if number == 1 else None, KEY)
        with served(Starlette(routes=routes)) as address:
            yield Turned(camera, f"http://{address}", tmp_path, small_city, app_database)


def audited(owner: Database) -> list[tuple[str, str, dict[str, object]]]:
    query = (
        "SELECT login, subject, detail FROM audit_records WHERE action = 'camera.turn' ORDER BY id"
    )
    with owner.as_owner() as tx:
        return [(row.login, row.subject, row.detail) for row in tx.execute(text(query))]


def test_an_operator_turns_a_camera_and_it_is_recorded(turned: Turned, owner: Database) -> None:
    visit = turned.visit(Role.OPERATOR)
    assert ask(visit, 1) == ("", {"presets": [{"token": "1", "name": "Gate"}]})
    turn(visit, 1, {"do": "go", "preset": "1"})
    assert st.session_state[ANSWER] == TURNS
    turn(visit, 1, {"do": "save", "name": "Yard"})
    assert st.session_state[ANSWER] == SAVED
    turn(visit, 1, {"do": "go", "preset": "9"})
    assert st.session_state[ANSWER] == CANNOT
    assert (turned.camera.done, turned.camera.presets["2"]) == (["go 1"], "Yard")
    assert audited(owner) == [
        ("operator", "camera 1", {"do": "go", "preset": "1"}),
        ("operator", "camera 1", {"do": "save", "name": "Yard"}),
        ("operator", "camera 1", {"do": "go", "preset": "9"}),
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - TURN_ROLES))
def test_others_turn_nothing(turned: Turned, owner: Database, role: Role) -> None:
    turn(turned.visit(role), 1, {"do": "stop"})
    assert st.session_state[ANSWER] == NOT_ALLOWED
    assert (turned.camera.done, audited(owner)) == ([], [])


def test_a_camera_of_another_district_does_not_turn(turned: Turned, owner: Database) -> None:
    turn(turned.visit(Role.OPERATOR, frozenset({2})), 1, {"do": "stop"})
    assert st.session_state[ANSWER] == NOT_ALLOWED
    assert (turned.camera.done, audited(owner)) == ([], [])


def test_a_worker_that_does_not_answer_is_said(turned: Turned) -> None:
    assert ask(turned.visit(Role.OPERATOR), 2) == (AWAY, {})
