"""What the operations centre has to know now: what is open, what is new, what stands where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from data_access.database import Transaction
from data_access.domain.events import EVENT_KINDS, Response
from data_access.domain.words import Names
from data_access.tables.happenings import Event, SosPress
from data_access.tables.places import Camera, District, Site, SosButton, Unit
from data_access.tables.responses import WorkOrder

OPEN_STATES: dict[Response, tuple[str, ...]] = {
    Response.INCIDENT: ("new", "acknowledged", "dispatched", "on_scene"),
    Response.WORK_ORDER: ("new", "reopened", "assigned"),
    Response.VIOLATION: ("detected",),
}
"""States in which somebody still has to act."""

UNTOUCHED = ("new", "reopened")
"""States in which nobody has begun to."""

URGENT_KINDS = tuple(kind.id for kind in EVENT_KINDS.values() if kind.urgent)
SOS_KIND = "sos_press"

NEWEST_WITHIN = timedelta(days=7)
"""How far back the newest events are looked for: a bound, so that few partitions are read."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with where it is; places are empty where an event has none.

    ``site`` is the site of its camera, or the SOS button that was pressed.
    """

    id: UUID
    started_at: datetime
    kind: str
    response: Response
    state: str
    confidence: float
    facts: dict[str, Any]
    plate: str | None
    district: Names
    site: Names | None
    camera_id: int | None
    camera_code: str | None
    longitude: float | None
    latitude: float | None
    deadline_at: datetime | None = None

    @property
    def urgent(self) -> bool:
        """Whether its kind cannot wait."""
        return EVENT_KINDS[self.kind].urgent

    @property
    def untouched(self) -> bool:
        """Whether nobody has begun to act."""
        return self.state in UNTOUCHED


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits in one response, and since when the oldest does."""

    count: int
    untouched: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Button:
    """An SOS button; ``pressed_at`` while the incident that a press opened is new."""

    id: int
    name: Names
    longitude: float
    latitude: float
    pressed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A patrol, crew or drone at its last known place."""

    id: int
    name: str
    kind: str
    state: str
    longitude: float
    latitude: float
    seen_at: datetime | None


def _or_none(names: tuple[str | None, str | None, str | None]) -> Names | None:
    ru, kk, en = names
    return None if ru is None or kk is None or en is None else Names(ru, kk, en)


def _place(name: str) -> ColumnElement[float]:
    """Where an event is: its camera, its button, the place its caller gave, or its site."""
    # JSON knows numbers that no float holds: one of them would end the query for all events.
    on_earth = Event.facts[name].between(cast(-180, JSONB), cast(180, JSONB))
    called_from = case((on_earth, Event.facts[name].as_float()))
    columns = [getattr(table, name) for table in (Camera, SosButton)]
    return func.coalesce(*columns, called_from, getattr(Site, name)).label(name)


def _site(language: str) -> ColumnElement[str]:
    column = f"name_{language}"
    names = func.coalesce(getattr(SosButton, column), getattr(Site, column))
    return names.label(f"site_{language}")


_BUTTON = and_(Event.kind == SOS_KIND, SosButton.code == Event.facts["button"].as_string())


def _placed() -> Select[Any]:
    """Events with their camera, button, site and district: wherever they have a place from."""
    return (
        select(
            *(getattr(Event, name) for name in (
                "id", "started_at", "kind", "response", "state", "confidence", "facts", "plate",
                "camera_id",
            )),
            District.name_ru, District.name_kk, District.name_en,
            _site("ru"), _site("kk"), _site("en"),
            Camera.code.label("camera_code"),
            _place("longitude"), _place("latitude"),
            WorkOrder.deadline_at,
        )
        .join(District, District.id == Event.district_id)
        .outerjoin(Camera, Camera.id == Event.camera_id)
        .outerjoin(Site, Site.id == Event.site_id)
        .outerjoin(SosButton, _BUTTON)
        .outerjoin(WorkOrder, WorkOrder.event_id == Event.id)
    )  # fmt: skip


def _happening(row: Row[*tuple[Any, ...]]) -> Happening:
    return Happening(
        id=row.id,
        started_at=row.started_at,
        kind=row.kind,
        response=Response(row.response),
        state=row.state,
        confidence=row.confidence,
        facts=row.facts,
        plate=row.plate,
        district=Names(row.name_ru, row.name_kk, row.name_en),
        site=_or_none((row.site_ru, row.site_kk, row.site_en)),
        camera_id=row.camera_id,
        camera_code=row.camera_code,
        longitude=row.longitude,
        latitude=row.latitude,
        deadline_at=row.deadline_at,
    )


def _open(response: Response) -> ColumnElement[bool]:
    return and_(Event.response == str(response), Event.state.in_(OPEN_STATES[response]))


def queue(tx: Transaction, response: Response, limit: int = 50) -> list[Happening]:
    """What is open, ranked: SOS, then urgent, then other matters that nobody has taken on,
    then those that somebody acts on; within each rank the one that waits longest first.

    Work orders are ranked by their deadline.
    """
    rank = case(
        (~Event.state.in_(UNTOUCHED), 3),
        (Event.kind == SOS_KIND, 0),
        (Event.kind.in_(URGENT_KINDS), 1),
        else_=2,
    )
    order = (WorkOrder.deadline_at,) if response is Response.WORK_ORDER else (rank,)
    rows = tx.execute(
        _placed().where(_open(response)).order_by(*order, Event.started_at, Event.id).limit(limit)
    )
    return [_happening(row) for row in rows]


def over_since(
    tx: Transaction, response: Response, since: datetime, limit: int = 200
) -> list[Happening]:
    """What began since then and needs nobody any more, newest first."""
    rows = tx.execute(
        _placed()
        .where(
            Event.response == str(response),
            Event.state.not_in(OPEN_STATES[response]),
            Event.started_at >= since,
        )
        .order_by(Event.started_at.desc(), Event.id)
        .limit(limit)
    )
    return [_happening(row) for row in rows]


def waiting(tx: Transaction, response: Response) -> Waiting:
    """How much of ``response`` is open in the viewer's districts."""
    untouched = func.count().filter(Event.state.in_((*UNTOUCHED, "detected")))
    row = tx.execute(
        select(func.count(), untouched, func.min(Event.started_at)).where(_open(response))
    ).one()
    return Waiting(row[0], row[1], row[2])


def newest(
    tx: Transaction, responses: Collection[Response], now: datetime, limit: int = 20
) -> list[Happening]:
    """The events that began last, newest first."""
    chosen = _newest_keys([str(response) for response in responses], now, limit)
    same = and_(Event.id == chosen.c.id, Event.started_at == chosen.c.started_at)
    rows = tx.execute(_placed().join(chosen, same).order_by(Event.started_at.desc(), Event.id))
    return [_happening(row) for row in rows]


def _newest_keys(responses: Sequence[str], now: datetime, limit: int) -> Subquery:
    """The newest of each district by its index, then the newest of these: the year's events
    are never sorted.
    """
    of_district = (
        select(Event.id, Event.started_at)
        .where(
            Event.district_id == District.id,
            Event.started_at > now - NEWEST_WITHIN,
            Event.response.in_(responses),
        )
        .order_by(Event.started_at.desc())
        .limit(limit)
        .correlate(District)
        .lateral("of_district")
    )
    return (
        select(of_district.c.id, of_district.c.started_at)
        .select_from(District.__table__.join(of_district, literal(True)))
        .order_by(of_district.c.started_at.desc(), of_district.c.id)
        .limit(limit)
        .subquery("chosen")
    )


def of_camera(tx: Transaction, camera_id: int, now: datetime, limit: int = 5) -> list[Happening]:
    """The newest events of one camera."""
    rows = tx.execute(
        _placed()
        .where(Event.camera_id == camera_id, Event.started_at > now - NEWEST_WITHIN)
        .order_by(Event.started_at.desc(), Event.id)
        .limit(limit)
    )
    return [_happening(row) for row in rows]


def buttons(tx: Transaction) -> list[Button]:
    """The SOS buttons, each with its press that nobody has taken on yet."""
    pressed = (
        select(SosPress.button_id, func.min(SosPress.pressed_at).label("pressed_at"))
        .join(Event, Event.id == SosPress.event_id)
        .where(Event.response == str(Response.INCIDENT), Event.state == "new")
        .group_by(SosPress.button_id)
        .subquery()
    )
    rows = tx.execute(
        select(
            SosButton.id, SosButton.name_ru, SosButton.name_kk, SosButton.name_en,
            SosButton.longitude, SosButton.latitude, pressed.c.pressed_at,
        )
        .outerjoin(pressed, pressed.c.button_id == SosButton.id)
        .order_by(SosButton.id)
    )  # fmt: skip
    return [Button(row.id, Names(*row[1:4]), *row[4:]) for row in rows]


def units(tx: Transaction, kinds: Collection[str]) -> list[PlacedUnit]:
    """The units on duty whose place is known."""
    rows = tx.execute(
        select(
            Unit.id, Unit.name, Unit.kind, Unit.state, Unit.longitude, Unit.latitude, Unit.seen_at
        )
        .where(Unit.kind.in_(list(kinds)), Unit.state != "off", Unit.longitude.is_not(None))
        .order_by(Unit.id)
    )
    return [PlacedUnit(**row._mapping) for row in rows]
