"""How cameras, feeds and workers are doing, for the screen of health."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select

from data_access import rule_checks
from data_access.database import Transaction
from data_access.domain.feeds import FeedState
from data_access.domain.words import Names
from data_access.feed_status import DOWN
from data_access.rule_checks import Pause
from data_access.tables.feeds import FeedOutage, FeedStatus
from data_access.tables.people import Worker
from data_access.tables.places import Camera, District, Site

NEVER = "never"
"""The state of a camera that no worker has reported on yet."""


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """What a worker last said about itself."""

    name: str
    detector: str
    model: str
    cameras: int
    inference_ms: float
    outbox_waiting: int
    message: str
    started_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CameraState:
    """One camera with what the worker last wrote about its feed."""

    camera_id: int
    code: str
    names: Names
    site: Names
    district: Names
    state: str
    reason: str
    since_at: datetime | None
    updated_at: datetime | None
    last_frame_at: datetime | None
    detector: str
    fps: float
    analysed_fps: float
    dropped: int
    latency_ms: float
    rules_off: tuple[str, ...]
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class DistrictHealth:
    """How many cameras of a district are in which state."""

    id: int
    names: Names
    cameras: int
    live: int
    down: int
    switched_off: int
    never: int


@dataclass(frozen=True, slots=True)
class SiteDown:
    """A site with cameras that are down."""

    id: int
    names: Names
    district: Names
    cameras: int
    down: int


@dataclass(frozen=True, slots=True)
class Outage:
    """A time when a camera gave no picture; it lasts where ``ended_at`` is None."""

    camera_id: int
    code: str
    names: Names
    district: Names
    started_at: datetime
    ended_at: datetime | None
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class CameraSelection:
    """Which cameras: an empty value does not narrow."""

    states: tuple[str, ...] = ()
    district_id: int | None = None
    text: str = ""


STATE: ColumnElement[str] = case(
    (Camera.enabled.is_(False), str(FeedState.OFF)),
    else_=func.coalesce(FeedStatus.state, NEVER),
)
"""A camera that is switched off is off, whatever its feed last said."""

_URGENCY = case(
    {"offline": 0, "broken": 1, "stalled": 2, "connecting": 3, NEVER: 4, "ended": 5, "live": 6},
    value=STATE,
    else_=7,
)


def _names(table: Any, prefix: str) -> tuple[ColumnElement[str], ...]:
    return (
        table.name_ru.label(f"{prefix}_ru"),
        table.name_kk.label(f"{prefix}_kk"),
        table.name_en.label(f"{prefix}_en"),
    )


def _named(fields: dict[str, Any], *prefixes: str) -> dict[str, Any]:
    """Three columns of names become one ``Names`` each."""
    for prefix in prefixes:
        ru, kk, en = (fields.pop(f"{prefix}_{language}") for language in ("ru", "kk", "en"))
        fields[prefix] = Names(ru, kk, en)
    return fields


def workers(tx: Transaction) -> list[WorkerRow]:
    """Every worker that has ever reported, the latest first."""
    columns = [getattr(Worker, name) for name in WorkerRow.__dataclass_fields__]
    statement = select(*columns).order_by(Worker.updated_at.desc(), Worker.name)
    return [WorkerRow(**row._mapping) for row in tx.execute(statement)]


def states(tx: Transaction) -> dict[str, int]:
    """How many cameras are in which state."""
    statement = (
        select(STATE.label("state"), func.count().label("cameras"))
        .select_from(Camera)
        .outerjoin(FeedStatus, FeedStatus.camera_id == Camera.id)
        .group_by(STATE)
    )
    return {row.state: row.cameras for row in tx.execute(statement)}


def _counted(*states: str) -> Any:
    return func.count(Camera.id).filter(STATE.in_([str(state) for state in states]))


def districts(tx: Transaction) -> list[DistrictHealth]:
    """Every district in sight, the one with most cameras down first."""
    down = _counted(*DOWN).label("down")
    statement = (
        select(District.id, *_names(District, "names"), func.count(Camera.id).label("cameras"))
        .add_columns(_counted(FeedState.LIVE).label("live"), down)
        .add_columns(_counted(FeedState.OFF).label("switched_off"), _counted(NEVER).label("never"))
        .outerjoin(Camera, Camera.district_id == District.id)
        .outerjoin(FeedStatus, FeedStatus.camera_id == Camera.id)
        .group_by(District.id)
        .order_by(down.desc(), District.id)
    )
    return [DistrictHealth(**_named(dict(row._mapping), "names")) for row in tx.execute(statement)]


def sites_down(tx: Transaction, limit: int = 10) -> list[SiteDown]:
    """The sites with most cameras down."""
    down = _counted(*DOWN).label("down")
    statement = (
        select(Site.id, *_names(Site, "names"), *_names(District, "district"))
        .add_columns(func.count(Camera.id).label("cameras"), down)
        .join(Camera, Camera.site_id == Site.id)
        .join(District, District.id == Site.district_id)
        .outerjoin(FeedStatus, FeedStatus.camera_id == Camera.id)
        .group_by(Site.id, District.id)
        .having(_counted(*DOWN) > 0)
        .order_by(down.desc(), Site.id)
        .limit(limit)
    )
    rows = tx.execute(statement)
    return [SiteDown(**_named(dict(row._mapping), "names", "district")) for row in rows]


def _camera_statement() -> Select[Any]:
    zero = (FeedStatus.fps, FeedStatus.analysed_fps, FeedStatus.dropped, FeedStatus.latency_ms)
    return (
        select(Camera.id.label("camera_id"), Camera.code, STATE.label("state"))
        .add_columns(*_names(Camera, "names"), *_names(Site, "site"), *_names(District, "district"))
        .add_columns(FeedStatus.since_at, FeedStatus.updated_at, FeedStatus.last_frame_at)
        .add_columns(*(func.coalesce(column, 0).label(column.key) for column in zero))
        .add_columns(func.coalesce(FeedStatus.reason, "").label("reason"))
        .add_columns(func.coalesce(FeedStatus.detector, "").label("detector"))
        .add_columns(FeedStatus.rules_off)
        .join(Site, Site.id == Camera.site_id)
        .join(District, District.id == Camera.district_id)
        .outerjoin(FeedStatus, FeedStatus.camera_id == Camera.id)
    )


def _where(selection: CameraSelection) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if selection.states:
        found.append(STATE.in_(selection.states))
    if selection.district_id is not None:
        found.append(Camera.district_id == selection.district_id)
    if selection.text.strip():
        columns = (Camera.code, Camera.name_ru, Camera.name_kk, Camera.name_en)
        places = (Site.name_ru, Site.name_kk, Site.name_en, FeedStatus.reason)
        wanted = selection.text.strip()
        found.append(or_(*(c.icontains(wanted, autoescape=True) for c in (*columns, *places))))
    return found


def _camera_state(row: Row[Any]) -> CameraState:
    fields = _named(dict(row._mapping), "names", "site", "district")
    return CameraState(**fields | {"rules_off": tuple(row.rules_off or ())})


def cameras(tx: Transaction, selection: CameraSelection, limit: int) -> list[CameraState]:
    """Up to ``limit`` cameras, those that are down first, the longest down first of these."""
    statement = (
        _camera_statement()
        .where(*_where(selection))
        .order_by(_URGENCY, FeedStatus.since_at, Camera.id)
        .limit(limit)
    )
    found = [_camera_state(row) for row in tx.execute(statement)]
    return _with_pauses(tx, found)


def _with_pauses(tx: Transaction, found: list[CameraState]) -> list[CameraState]:
    """The cameras with the rules that officers' checks have paused there, and why."""
    paused: dict[int, tuple[Pause, ...]] = {}
    for pause in rule_checks.pauses(tx, datetime.now(UTC), [one.camera_id for one in found]):
        paused[pause.camera_id] = (*paused.get(pause.camera_id, ()), pause)
    return [replace(one, pauses=paused.get(one.camera_id, ())) for one in found]


def outages(tx: Transaction, since: datetime, limit: int = 200) -> list[Outage]:
    """Outages that lasted into the time after ``since``, the latest first."""
    statement = (
        select(FeedOutage.camera_id, Camera.code, FeedOutage.started_at, FeedOutage.ended_at)
        .add_columns(FeedOutage.state, FeedOutage.reason)
        .add_columns(*_names(Camera, "names"), *_names(District, "district"))
        .join(Camera, Camera.id == FeedOutage.camera_id)
        .join(District, District.id == FeedOutage.district_id)
        .where(or_(FeedOutage.ended_at.is_(None), FeedOutage.ended_at >= since))
        .order_by(FeedOutage.started_at.desc(), FeedOutage.id.desc())
        .limit(limit)
    )
    rows = tx.execute(statement)
    return [Outage(**_named(dict(row._mapping), "names", "district")) for row in rows]
