"""A city to test with: two districts, four sites, six cameras, and a viewer of each role."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import insert

from data_access.database import Transaction
from data_access.domain.people import Role, Scope, Viewer
from data_access.passwords import hashed
from data_access.tables import people, places

PASSWORD = "correct horse battery staple"
WEST, EAST = 1, 2
CAMERAS = {1: WEST, 2: WEST, 3: WEST, 4: EAST, 5: EAST, 6: EAST}
"""Cameras by their district; 1 and 2 stand at site 1, 3 at 2, 4 and 5 at 3, 6 at 4."""

SITES = {1: WEST, 2: WEST, 3: EAST, 4: EAST}
_CAMERA_SITES = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3, 6: 4}
_SITE_KINDS = {1: "crossroad", 2: "courtyard", 3: "linear_section", 4: "school"}

DISTRICTS_OF: dict[Role, frozenset[int] | None] = {
    Role.AKIM: None,
    Role.CHIEF: frozenset({WEST}),
    Role.OPERATOR: None,
    Role.PATROL: frozenset({EAST}),
    Role.MUNICIPAL: frozenset({WEST, EAST}),
    Role.ADMINISTRATOR: None,
}


@dataclass(frozen=True)
class SmallCity:
    """What is in it. Logins are the names of the roles, the password is ``PASSWORD``."""

    viewers: dict[Role, Viewer]
    password: str = PASSWORD
    west: int = WEST
    east: int = EAST

    def scope(self, role: Role) -> Scope:
        return self.viewers[role].scope


def build(tx: Transaction) -> SmallCity:
    """Fill a fresh database; its identity columns then number from 1."""
    tx.execute(
        insert(places.District), [_district(n, name) for n, name in enumerate(("West", "East"))]
    )
    tx.execute(insert(places.Site), [_site(number) for number in SITES])
    tx.execute(insert(places.Camera), [_camera(number) for number in CAMERAS])
    tx.execute(insert(places.CameraFeed), [_feed(number) for number in CAMERAS])
    return SmallCity({role: _viewer(tx, number, role) for number, role in enumerate(Role, 1)})


def _names(name: str) -> dict[str, str]:
    return {"name_ru": f"{name} (ru)", "name_kk": f"{name} (kk)", "name_en": name}


def _district(n: int, name: str) -> dict[str, object]:
    west, east = 71.30 + 0.05 * n, 71.35 + 0.05 * n
    ring = [[west, 50.95], [east, 50.95], [east, 51.0], [west, 51.0], [west, 50.95]]
    return {"code": name.lower(), "boundary": ring, **_names(name)}


def _place(number: int, district: int) -> dict[str, float]:
    return {"latitude": 50.96 + 0.005 * number, "longitude": 71.28 + 0.05 * district}


def _site(number: int) -> dict[str, object]:
    district = SITES[number]
    return {
        "district_id": district,
        "kind": _SITE_KINDS[number],
        **_names(f"Site {number}"),
        **_place(number, district),
    }


def _camera(number: int) -> dict[str, object]:
    district = CAMERAS[number]
    return {
        "code": f"C-{number:04}",
        "site_id": _CAMERA_SITES[number],
        "district_id": district,
        "kind": "fixed",
        "azimuth_deg": 45.0 * (number - 1),
        "field_of_view_deg": 80.0,
        "capabilities": ["infrared"],
        "origin": "new" if number % 2 else "integrated",
        **_names(f"Camera {number}"),
        **_place(number, district),
    }


def _feed(number: int) -> dict[str, object]:
    return {"camera_id": number, "feed_url": f"rtsp://qala:secret@192.0.2.{number}/main"}


def _viewer(tx: Transaction, number: int, role: Role) -> Viewer:
    districts = DISTRICTS_OF[role]
    name = role.value.capitalize()
    tx.execute(
        insert(people.Viewer),
        {"login": role.value, "name": name, "role": role.value, "whole_city": districts is None},
    )
    tx.execute(
        insert(people.ViewerPassword),
        {
            "viewer_id": number,
            "password_hash": _hash(),
            "changed_at": datetime(2026, 1, 1, tzinfo=UTC),
        },
    )
    if districts:
        rows = [{"viewer_id": number, "district_id": district} for district in districts]
        tx.execute(insert(people.ViewerDistrict), rows)
    scope = Scope(viewer_id=number, districts=districts)
    return Viewer(number, role.value, name, role, scope, language="ru", theme="dark")


@cache
def _hash() -> str:
    return hashed(PASSWORD)
