"""The map's data: the session, the scope, the language, and what a browser may keep."""

from math import floor
from typing import Any

import pytest
from sqlalchemy import text

from data_access.database import Database
from data_access.domain.people import Role
from data_access.map_tiles import map_place
from data_access.viewers import remember
from routes.map_tiles import Shelf
from tests.support.door import Door


def address(longitude: float, latitude: float, zoom: int) -> str:
    x, y = map_place(longitude, latitude)
    return f"/map/{zoom}/{floor(x * 2**zoom)}/{floor(y * 2**zoom)}.json"


FAR = address(71.35, 50.98, 7)
NEAR_WEST = address(71.33, 50.965, 17)
PATHS = [
    FAR,
    "/map/drawing/districts.json",
    address(71.35, 50.98, 7).replace("/map/", "/map/labels/"),
]


def properties(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200
    return [feature["properties"] for feature in answer.json()["features"]]


@pytest.mark.parametrize("path", PATHS)
def test_nobody_gets_the_map_without_signing_in(door: Door, path: str) -> None:
    assert door.as_role(None).get(path).status_code == 401


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("path", PATHS)
def test_every_role_gets_the_map(door: Door, role: Role, path: str) -> None:
    answer = door.as_role(role).get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/geo+json"


def test_a_viewer_counts_the_cameras_of_their_districts_alone(door: Door) -> None:
    counts = {
        role: properties(door.as_role(role).get(FAR))[-1]["n"]
        for role in (Role.OPERATOR, Role.CHIEF, Role.PATROL)
    }
    assert counts == {Role.OPERATOR: "6", Role.CHIEF: "3", Role.PATROL: "3"}


def test_a_camera_of_another_district_is_in_no_tile(door: Door) -> None:
    assert [found.get("id") for found in properties(door.as_role(Role.CHIEF).get(NEAR_WEST))] == [
        None, 1, 1,
    ]  # fmt: skip
    assert properties(door.as_role(Role.PATROL).get(NEAR_WEST)) == [{}]


def test_the_drawing_is_that_of_the_viewers_districts(door: Door) -> None:
    path = "/map/drawing/districts.json"
    assert [found["name"] for found in properties(door.as_role(Role.CHIEF).get(path))] == [
        "West (ru)"
    ]
    assert len(properties(door.as_role(Role.OPERATOR).get(path))) == 2


def test_names_come_in_the_viewers_language(door: Door) -> None:
    token = door.token(Role.CHIEF)
    remember(door.access.database, door.city.viewers[Role.CHIEF].id, language="kk")
    try:
        found = properties(door.with_token(token).get(NEAR_WEST))[-1]
        assert (found["name"], found["note"]) == (
            "Camera 1 (kk)",
            "C-0001 · Бекітілген камера · Өшірілген",
        )
    finally:
        remember(door.access.database, door.city.viewers[Role.CHIEF].id, language="ru")


def test_a_tile_that_has_not_changed_is_not_sent_again(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    first = client.get(FAR)
    again = client.get(FAR, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["vary"] == "Cookie"


def test_what_another_viewer_got_is_not_taken_for_ones_own(door: Door) -> None:
    whole = door.as_role(Role.OPERATOR).get(FAR)
    answer = door.as_role(Role.CHIEF).get(FAR, headers={"If-None-Match": whole.headers["etag"]})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/map/1/2/0.json", "/map/99/0/0.json", "/map/labels/1/0/5.json", "/map/drawing/feeds.json"],
)
def test_an_address_that_names_nothing_is_404(door: Door, path: str) -> None:
    assert door.as_role(Role.OPERATOR).get(path).status_code == 404


def test_a_name_with_markup_stays_a_text(door: Door, owner_of_city: Database) -> None:
    name = '<script>alert("1")</script>'
    with owner_of_city.as_owner() as tx:
        tx.execute(text("UPDATE cameras SET name_ru = :name WHERE id = 2"), {"name": name})
    answer = door.as_role(Role.OPERATOR).get(address(71.33, 50.97, 17))
    assert properties(answer)[-1]["name"] == name
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_shelf_forgets_what_is_old_and_what_was_not_used() -> None:
    now = [0.0]
    shelf = Shelf(lambda: now[0])
    shelf.put("tile", b"1", 10)
    assert shelf.get("tile") == b"1"
    now[0] = 10.0
    assert shelf.get("tile") is None
    for number in range(5_000):
        shelf.put(number, b"", 10)
    assert shelf.get(0) is None
    assert shelf.get(4_999) == b""


def test_the_edges_of_streets_are_those_of_the_tile(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    here = address(71.35, 50.98, 7).replace("/map/", "/map/streets/")
    away = address(10.0, 10.0, 14).replace("/map/", "/map/streets/")
    everything = client.get("/map/drawing/streets.json").json()["features"]
    assert client.get(here).json()["features"] == everything
    assert client.get(away).json()["features"] == []
