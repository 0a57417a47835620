"""What one tile of the map shows: cameras by themselves, or clusters where they stand close.

Tiles are those of Web Mercator: at zoom z the world is 2**z tiles wide, and ``map_x``/``map_y``
of a camera are fractions of that width. PostgreSQL groups, so a tile costs the browser the same
whether the city has a thousand cameras or a hundred thousand.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select

from data_access.database import Transaction
from data_access.domain.feeds import FeedState
from data_access.domain.words import Names
from data_access.tables.feeds import FeedStatus
from data_access.tables.places import Camera, CameraProgramme, Programme

CELLS = 6
"""A tile of 512 px is grouped in 6 x 6 cells of 85 px: room for the largest cluster's circle."""

ALONE_FROM_ZOOM = 17
"""From here on a street's cameras have room to stand by themselves (about 0.6 m a pixel)."""

DEEPEST_ZOOM = 20

MOST_ALONE = 2_000
"""Cameras that one tile shows by themselves at most; a bound for a wrong import, not a look."""

DOWN = (FeedState.STALLED, FeedState.OFFLINE, FeedState.BROKEN)
WATCHED = (FeedState.LIVE, FeedState.CONNECTING)


class NoSuchTileError(ValueError):
    """The tile's numbers are not those of a tile that the map has."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile; raises ``NoSuchTileError`` for numbers outside the world."""

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not (0 <= self.z <= DEEPEST_ZOOM and self._within(self.x) and self._within(self.y)):
            raise NoSuchTileError(f"there is no map tile {self.z}/{self.x}/{self.y}")

    def _within(self, number: int) -> bool:
        return 0 <= number < 1 << self.z

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, north, east, south as fractions of the world; east and south are outside."""
        width = 2.0**-self.z
        return self.x * width, self.y * width, (self.x + 1) * width, (self.y + 1) * width


@dataclass(frozen=True, slots=True)
class MapCamera:
    """A camera that stands by itself; ``state`` is live, down or off."""

    id: int
    code: str
    name: Names
    latitude: float
    longitude: float
    kind: str
    azimuth_deg: float | None
    field_of_view_deg: float | None
    state: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cameras too close to draw apart, at the middle of where they stand."""

    latitude: float
    longitude: float
    cameras: int
    down: int


@dataclass(frozen=True, slots=True)
class TileContent:
    """Everything one tile shows."""

    cameras: tuple[MapCamera, ...]
    clusters: tuple[Cluster, ...]


def map_place(longitude: float, latitude: float) -> tuple[float, float]:
    """The Web Mercator fractions of a place, as ``map_x`` and ``map_y`` hold them."""
    angle = math.radians(latitude)
    y = (1 - math.log(math.tan(angle) + 1 / math.cos(angle)) / math.pi) / 2
    return (longitude + 180) / 360, y


def version(tx: Transaction) -> str:
    """A short text that changes when the viewer's cameras or their states change."""
    cameras = tx.execute(
        select(func.count(), func.max(Camera.id), func.count().filter(Camera.enabled))
    ).one()
    states = tx.execute(
        select(func.count(), func.max(FeedStatus.since_at)).where(FeedStatus.state.in_(WATCHED))
    ).one()
    since = states[1].timestamp() if states[1] else 0
    numbers = (cameras[0], cameras[1] or 0, cameras[2], states[0], int(since * 1000))
    return "-".join(format(number, "x") for number in numbers)


def content(tx: Transaction, tile: Tile, programme: str | None = None) -> TileContent:
    """What ``tile`` shows of the viewer's cameras, of one programme where it is given."""
    inside = _inside(tile, programme)
    if tile.z >= ALONE_FROM_ZOOM:
        return TileContent(_cameras(tx, inside), ())
    groups = tx.execute(_groups(tile, inside)).all()
    single = [group.first_id for group in groups if group.cameras == 1]
    return TileContent(
        _cameras(tx, [Camera.id.in_(single)]) if single else (),
        tuple(_cluster(group) for group in groups if group.cameras > 1),
    )


def _inside(tile: Tile, programme: str | None) -> list[ColumnElement[bool]]:
    west, north, east, south = tile.bounds
    conditions: list[ColumnElement[bool]] = [
        and_(Camera.map_x >= west, Camera.map_x < east),
        and_(Camera.map_y >= north, Camera.map_y < south),
    ]
    if programme:
        conditions.append(
            select(CameraProgramme.camera_id)
            .join(Programme, Programme.id == CameraProgramme.programme_id)
            .where(CameraProgramme.camera_id == Camera.id, Programme.code == programme)
            .exists()
        )
    return conditions


_state = case(
    (and_(Camera.enabled, FeedStatus.state.in_(WATCHED)), "live"),
    (and_(Camera.enabled, FeedStatus.state.in_(DOWN)), "down"),
    else_="off",
)


def _groups(tile: Tile, inside: Sequence[ColumnElement[bool]]) -> Select[Any]:
    cells = 2.0**tile.z * CELLS
    return (
        select(
            func.count().label("cameras"),
            func.count().filter(_state == "down").label("down"),
            func.avg(Camera.latitude).label("latitude"),
            func.avg(Camera.longitude).label("longitude"),
            func.min(Camera.id).label("first_id"),
        )
        .outerjoin(FeedStatus, FeedStatus.camera_id == Camera.id)
        .where(*inside)
        .group_by(func.floor(Camera.map_x * cells), func.floor(Camera.map_y * cells))
    )


def _cluster(group: Row[*tuple[Any, ...]]) -> Cluster:
    return Cluster(group.latitude, group.longitude, group.cameras, group.down)


def _cameras(tx: Transaction, conditions: Sequence[ColumnElement[bool]]) -> tuple[MapCamera, ...]:
    rows = tx.execute(
        select(
            Camera.id,
            Camera.code,
            Camera.name_ru,
            Camera.name_kk,
            Camera.name_en,
            Camera.latitude,
            Camera.longitude,
            Camera.kind,
            Camera.azimuth_deg,
            Camera.field_of_view_deg,
            _state.label("state"),
        )
        .outerjoin(FeedStatus, FeedStatus.camera_id == Camera.id)
        .where(*conditions)
        .order_by(Camera.id)
        .limit(MOST_ALONE)
    )
    return tuple(_camera(row) for row in rows)


def _camera(row: Row[*tuple[Any, ...]]) -> MapCamera:
    return MapCamera(
        id=row.id,
        code=row.code,
        name=Names(row.name_ru, row.name_kk, row.name_en),
        latitude=row.latitude,
        longitude=row.longitude,
        kind=row.kind,
        azimuth_deg=row.azimuth_deg,
        field_of_view_deg=row.field_of_view_deg,
        state=row.state,
    )
