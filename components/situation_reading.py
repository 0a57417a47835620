"""What the Situation screen reads, once for all sessions that see the same districts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from components.news import heard
from components.shared_reads import SHARED
from components.visit import Visit
from data_access import camera_view, city, map_drawing, map_tiles, situation
from data_access.camera_view import Neighbour
from data_access.database import Database
from data_access.day_figures import DayFigures, day_figures
from data_access.domain.events import Response
from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.people import LIVE_ROLES, Role, Scope
from data_access.map_drawing import DrawnProgramme, Extent
from data_access.situation import Button, Happening, PlacedUnit, Waiting

FRESH_S = 10
"""Nobody announces where patrols are and how feeds do: these are read again this often."""

CITY_FRESH_S = 300

NEAREST = 3
"""So many cameras open when an SOS button is pressed."""

QUEUES: dict[Role, Response] = {Role.MUNICIPAL: Response.WORK_ORDER}
"""What a role has to act on; incidents where nothing is said."""

NEWS: dict[Role, tuple[Response, ...]] = {
    Role.MUNICIPAL: (Response.WORK_ORDER,),
    Role.PATROL: (Response.INCIDENT, Response.VIOLATION),
}
"""What a role hears of; everything where nothing is said."""

UNITS: dict[Role, tuple[str, ...]] = {Role.MUNICIPAL: ("municipal",)}
"""Which units a role sees on the map; patrols where nothing is said."""


SOS_ROLES = LIVE_ROLES | {Role.PATROL}
"""Those who can do something about an SOS press: it takes over their screen."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The situation of one scope, as one role needs it."""

    response: Response
    queue: list[Happening]
    waiting: Waiting
    violations: Waiting
    newest: list[Happening]
    figures: DayFigures
    buttons: list[Button]
    units: list[PlacedUnit]
    map_version: str

    def longest_press(self) -> Button | None:
        """The SOS button whose press waits longest for somebody to take it on."""
        pressed = [button for button in self.buttons if button.pressed_at is not None]
        return min(pressed, key=lambda button: str(button.pressed_at), default=None)


@dataclass(frozen=True, slots=True)
class CityView:
    """Where a viewer's map begins: the extent of their cameras, or the city's own place."""

    extent: Extent | None
    centre: tuple[float, float]
    zoom: float
    programmes: tuple[DrawnProgramme, ...]


def read_picture(visit: Visit) -> Picture:
    """The situation as ``visit`` may see it; nothing is asked while nothing has changed."""
    return _picture(visit.database, visit.scope, visit.viewer.role, heard(visit.database))


@st.cache_data(ttl=FRESH_S, max_entries=256, show_spinner=False, hash_funcs=SHARED)
def _picture(database: Database, scope: Scope, role: Role, news: tuple[int, int]) -> Picture:
    now = datetime.now(UTC)
    response = QUEUES.get(role, Response.INCIDENT)
    with database.as_viewer(scope) as tx:
        return Picture(
            response=response,
            queue=situation.queue(tx, response),
            waiting=situation.waiting(tx, response),
            violations=situation.waiting(tx, Response.VIOLATION),
            newest=situation.newest(tx, NEWS.get(role, tuple(Response)), now),
            figures=day_figures(tx, now),
            buttons=[] if role is Role.MUNICIPAL else situation.buttons(tx),
            units=situation.units(tx, UNITS.get(role, ("patrol",))),
            map_version=_map_version(database, scope),
        )


def read_over(visit: Visit, days: int) -> list[Happening]:
    """What is over of the last ``days``, today included; nothing for 0."""
    if not days:
        return []
    role, news = visit.viewer.role, heard(visit.database)
    return _over(visit.database, visit.scope, role, days, news)


@st.cache_data(ttl=CITY_FRESH_S, max_entries=256, show_spinner=False, hash_funcs=SHARED)
def _over(
    database: Database, scope: Scope, role: Role, days: int, news: tuple[int, int]
) -> list[Happening]:
    today = datetime.now(LOCAL_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    with database.as_viewer(scope) as tx:
        response = QUEUES.get(role, Response.INCIDENT)
        return situation.over_since(tx, response, today - timedelta(days=days - 1))


@st.cache_data(ttl=FRESH_S, max_entries=256, show_spinner=False, hash_funcs=SHARED)
def _map_version(database: Database, scope: Scope) -> str:
    with database.as_viewer(scope) as tx:
        return map_tiles.version(tx)


@st.cache_data(ttl=CITY_FRESH_S, max_entries=256, show_spinner=False, hash_funcs=SHARED)
def read_city(database: Database, scope: Scope) -> CityView:
    """Where the map begins, and the programmes it can be narrowed to."""
    with database.as_viewer(scope) as tx:
        place: dict[str, Any] = city.value(tx, "city") or {}
        return CityView(
            extent=map_drawing.extent(tx),
            centre=(place.get("lon", 71.43), place.get("lat", 51.13)),
            zoom=place.get("zoom", 11),
            programmes=map_drawing.programmes(tx),
        )


@st.cache_data(ttl=CITY_FRESH_S, max_entries=256, show_spinner=False, hash_funcs=SHARED)
def read_nearest(
    database: Database, scope: Scope, longitude: float, latitude: float
) -> list[Neighbour]:
    """The cameras of the scope that are nearest to a place."""
    with database.as_viewer(scope) as tx:
        return camera_view.nearest(tx, longitude, latitude, NEAREST)
