"""The picture of an empty container: cut out of the camera's, as the worker itself would cut it."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import streamlit as st
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.free_ports import free_port
from components.visit import Visit
from components.zone_reference import cut, keeping_picture, take
from data_access import zone_editing, zones
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.watch import Zone, ZoneShape
from data_access.settings import read_settings
from data_access.tables.people import AuditRecord
from data_access.zone_editing import DRAWERS, EMPTY_PICTURE
from detection_worker.rules.stills.containers import changed_cells, decoded
from detection_worker.rules.stills.containers import cut as cut_by_worker
from tests.small_city import SmallCity
from tests.support.serving import served

BOX = ((0.25, 0.3), (0.7, 0.3), (0.7, 0.8), (0.25, 0.8))
BIN = Zone(0, "Бак у дома 5", "overflowing_container", ZoneShape.POLYGON, BOX, {"full_share": 0.4})
OUTCOME = "outcome"


def view(bags: int = 0) -> np.ndarray:
    """A courtyard with a bin in it, and bags beside the bin."""
    image = np.full((720, 1280, 3), 120, np.uint8)
    image[::40] = 90
    cv2.rectangle(image, (400, 350), (820, 560), (40, 110, 40), -1)
    cv2.line(image, (400, 400), (820, 400), (200, 220, 200), 6)
    for number in range(bags):
        cv2.circle(image, (430 + 90 * number, 300), 44, (230, 230, 235), -1)
    return image


def jpeg(image: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", image)[1].tobytes()


def reference(image: np.ndarray) -> str:
    return base64.b64encode(cut(jpeg(image), BOX)).decode()


def full_share(kept: str, now: np.ndarray) -> float:
    return float(changed_cells(decoded(kept), cut_by_worker(now, BIN)).mean())


def test_the_worker_sees_nothing_in_an_empty_container_and_bags_in_a_full_one() -> None:
    kept = reference(view())
    assert full_share(kept, view()) == 0.0
    assert full_share(kept, view(bags=4)) > 0.2


def test_the_worker_s_analysed_picture_may_be_smaller_than_the_one_on_the_screen() -> None:
    small = cv2.resize(view(), (640, 360), interpolation=cv2.INTER_AREA)
    assert full_share(reference(view()), small) == 0.0


def test_a_zone_that_reaches_out_of_the_picture_is_cut_at_its_edge() -> None:
    picture = decoded(
        base64.b64encode(cut(jpeg(view()), ((0.9, 0.9), (1.0, 0.9), (1.0, 1.0)))).decode()
    )
    assert picture.shape == (72, 128)


class Watched:
    """A worker with one picture, and those who look at its camera."""

    def __init__(self, url: str, home: Path, city: SmallCity, app: Database) -> None:
        self._city, self._database = city, app
        words = {"QALA_WORKER_URL": url, "QALA_WORKER_KEY": "key", "QALA_HOME": str(home)}
        self._settings = read_settings(words)

    def visit(self, role: Role) -> Visit:
        return Visit(self._city.viewers[role], self._database, self._settings)


@pytest.fixture
def watched(tmp_path: Path, small_city: SmallCity, app_database: Database) -> Iterator[Watched]:
    def still(request: Request) -> Response:
        wish = (request.headers["x-qala-key"], request.query_params["boxes"])
        found = request.path_params["camera"] == 1 and wish == ("key", "0")
        return Response(jpeg(view()) if found else b"", 200 if found else 404)

    st.session_state.clear()
    with served(Starlette(routes=[Route("/live/{camera:int}.jpg", still)])) as address:
        yield Watched(f"http://{address}", tmp_path, small_city, app_database)


def kept_zone(owner: Database, camera: int = 1) -> Zone:
    with owner.as_owner() as tx:
        number = zones.save(tx, camera, BIN)
        (one,) = [found for found in zone_editing.drawn(tx, camera) if found.zone.id == number]
    return one.zone


def now_kept(owner: Database, camera: int = 1) -> dict[str, object]:
    with owner.as_owner() as tx:
        (one,) = zone_editing.drawn(tx, camera)
    return one.zone.params


def test_who_draws_keeps_the_picture_of_now_and_it_is_recorded(
    watched: Watched, owner: Database
) -> None:
    zone = kept_zone(owner)
    take(watched.visit(Role.ADMINISTRATOR), 1, zone, OUTCOME)
    assert st.session_state[OUTCOME][0] == "done"
    kept = str(now_kept(owner)[EMPTY_PICTURE])
    assert (now_kept(owner)["full_share"], full_share(kept, view())) == (0.4, 0.0)
    with owner.as_owner() as tx:
        (row,) = tx.execute(
            select(AuditRecord.login, AuditRecord.action, AuditRecord.subject, AuditRecord.detail)
        )
    assert tuple(row) == (
        "administrator", "zone.empty", "camera 1",
        {"zone": zone.id, "name": BIN.name, "sha256": hashlib.sha256(kept.encode()).hexdigest()},
    )  # fmt: skip


@pytest.mark.parametrize("role", sorted(set(Role) - DRAWERS))
def test_others_keep_no_picture(watched: Watched, owner: Database, role: Role) -> None:
    take(watched.visit(role), 1, kept_zone(owner), OUTCOME)
    assert st.session_state[OUTCOME][0] == "refused"
    assert EMPTY_PICTURE not in now_kept(owner)


def test_without_a_picture_that_is_said_and_nothing_is_kept(
    watched: Watched, owner: Database, tmp_path: Path, small_city: SmallCity, app_database: Database
) -> None:
    take(watched.visit(Role.ADMINISTRATOR), 2, kept_zone(owner, 2), OUTCOME)
    assert st.session_state[OUTCOME][1].startswith("Сейчас нет кадра")
    away = Watched(f"http://127.0.0.1:{free_port()}", tmp_path, small_city, app_database)
    take(away.visit(Role.ADMINISTRATOR), 2, kept_zone(owner, 1), OUTCOME)
    assert st.session_state[OUTCOME][0] == "refused"
    assert EMPTY_PICTURE not in now_kept(owner) and EMPTY_PICTURE not in now_kept(owner, 2)


def test_a_zone_of_another_camera_or_that_was_removed_is_said(
    watched: Watched, owner: Database
) -> None:
    zone = kept_zone(owner, 2)
    take(watched.visit(Role.ADMINISTRATOR), 1, zone, OUTCOME)
    assert st.session_state[OUTCOME] == ("refused", f"У этой камеры нет зоны {zone.id}.")


def test_a_picture_stays_with_its_zone_until_that_is_drawn_anew() -> None:
    before = Zone(7, "Бак", BIN.rule, BIN.shape, BOX, {EMPTY_PICTURE: "cGlj", "full_share": 0.4})
    same = Zone(7, "Бак 2", BIN.rule, BIN.shape, BOX, {"full_share": 0.5})
    assert keeping_picture(same, before).params == {"full_share": 0.5, EMPTY_PICTURE: "cGlj"}
    moved = Zone(7, "Бак", BIN.rule, BIN.shape, BOX[:3], {})
    assert keeping_picture(moved, before).params == {}
    assert keeping_picture(same, None) is same
    other = Zone(7, "Бак", "crowd", BIN.shape, BOX, {})
    assert keeping_picture(other, before).params == {}
