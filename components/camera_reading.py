"""What the screens read about one camera, once for all sessions that see its district."""

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from components.news import heard
from components.shared_reads import SHARED
from components.visit import Visit
from data_access import camera_view, situation
from data_access.camera_view import CameraEvent, CameraFacts, HourCount, Neighbour
from data_access.database import Database
from data_access.domain.feeds import FeedStatus
from data_access.domain.people import Scope
from data_access.situation import Happening

FRESH_S = 5
"""The worker writes how feeds do every few seconds, without announcing it."""


@dataclass(frozen=True, slots=True)
class CameraGlance:
    """A camera as it stands beside the map."""

    facts: CameraFacts
    health: FeedStatus | None
    events: list[Happening]


@dataclass(frozen=True, slots=True)
class CameraDay:
    """A camera as its own screen shows it, besides its facts and its health."""

    events: list[CameraEvent]
    hours: list[HourCount]
    neighbours: list[Neighbour]


def read_glance(visit: Visit, camera_id: int) -> CameraGlance | None:
    """The camera, or None where the viewer's scope has none of this number."""
    return _glance(visit.database, visit.scope, camera_id, heard(visit.database))


def read_day(visit: Visit, facts: CameraFacts) -> CameraDay:
    """The day of a camera that the viewer may see."""
    return _day(visit.database, visit.scope, facts, heard(visit.database))


@st.cache_data(ttl=FRESH_S, max_entries=512, show_spinner=False, hash_funcs=SHARED)
def _glance(
    database: Database, scope: Scope, camera_id: int, news: tuple[int, int]
) -> CameraGlance | None:
    with database.as_viewer(scope) as tx:
        facts = camera_view.facts(tx, camera_id)
        if facts is None:
            return None
        events = situation.of_camera(tx, camera_id, datetime.now(UTC))
        return CameraGlance(facts, camera_view.health(tx, camera_id), events)


def _camera_id(facts: CameraFacts) -> int:
    return facts.camera.id


@st.cache_data(
    ttl=FRESH_S,
    max_entries=512,
    show_spinner=False,
    hash_funcs=SHARED | {CameraFacts: _camera_id},
)
def _day(database: Database, scope: Scope, facts: CameraFacts, news: tuple[int, int]) -> CameraDay:
    now = datetime.now(UTC)
    camera = facts.camera
    with database.as_viewer(scope) as tx:
        return CameraDay(
            events=camera_view.events(tx, camera.id, now),
            hours=camera_view.day_by_hour(tx, camera.id, now),
            neighbours=camera_view.nearest(tx, camera.longitude, camera.latitude, but=camera.id),
        )
