"""A visit for tests of what is built out of one: nothing in it asks a database."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from components.visit import Visit
from data_access.database import Database
from data_access.domain.events import EVENT_KINDS
from data_access.domain.people import Role, Scope, Viewer
from data_access.domain.words import Names
from data_access.settings import read_settings
from data_access.situation import Happening

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"
NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)
"""Noon in the city."""

EVENT_ID = UUID("00000000-0000-0000-0000-000000000001")


def a_visit(role: Role = Role.OPERATOR, language: str = "en", theme: str = "dark") -> Visit:
    viewer = Viewer(1, role.value, role.value, role, Scope(1, None), language, theme)
    return Visit(viewer, Database(NOWHERE), read_settings({}))


def a_happening(kind: str = "crowd", **changes: Any) -> Happening:
    event = Happening(
        id=EVENT_ID,
        started_at=NOON,
        kind=kind,
        response=EVENT_KINDS[kind].response,
        state="new",
        confidence=0.9,
        facts={},
        plate=None,
        district=Names("Запад", "Батыс", "West"),
        site=Names("Рынок", "Базар", "Market"),
        camera_id=118,
        camera_code="K-118",
        longitude=71.33,
        latitude=50.965,
    )
    return replace(event, **changes)
