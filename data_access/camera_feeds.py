"""Feeds of cameras as rows: putting one in place, and finding those that are there.

Feed addresses may hold passwords: nothing here puts one into a message.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert

from data_access import zones
from data_access.database import Transaction
from data_access.domain.feeds import FeedState
from data_access.domain.places import CameraKind, CameraOrigin, SiteKind
from data_access.domain.watch import Calibration, Zone
from data_access.domain.words import Names
from data_access.tables import places
from data_access.tables.feeds import FeedStatus


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of one camera; ``detector`` overrides the installation's.

    ``sub_url`` is its smaller stream, ``onvif_url`` where it is turned.
    """

    camera_id: int
    url: str
    loops: bool = False
    detector: str | None = None
    analysed_fps: float = 10.0
    sub_url: str | None = None
    onvif_url: str | None = None

    def __repr__(self) -> str:
        return f"Feed(camera_id={self.camera_id})"


@dataclass(frozen=True, slots=True)
class Spot:
    """A site that a camera can be put at."""

    site_id: int
    district_id: int
    latitude: float
    longitude: float


def feeds(tx: Transaction) -> list[Feed]:
    """The feeds of all cameras, by camera."""
    feed = places.CameraFeed
    rows = tx.execute(
        select(
            feed.camera_id, feed.feed_url, feed.loops, feed.detector, feed.analysed_fps,
            feed.sub_feed_url, feed.onvif_url,
        ).order_by(feed.camera_id)
    )  # fmt: skip
    return [Feed(*row) for row in rows]


def put_feed(tx: Transaction, feed: Feed) -> None:
    """Give a camera this feed, in the place of any other; it is connecting from now on."""
    values = {
        "camera_id": feed.camera_id,
        "feed_url": feed.url,
        "loops": feed.loops,
        "detector": feed.detector,
        "analysed_fps": feed.analysed_fps,
        "sub_feed_url": feed.sub_url,
        "onvif_url": feed.onvif_url,
    }
    row = upsert(places.CameraFeed).values(values)
    tx.execute(
        row.on_conflict_do_update(
            index_elements=[places.CameraFeed.camera_id],
            set_={name: row.excluded[name] for name in values},
        )
    )
    _connect(tx, feed.camera_id)


def put_picture(
    tx: Transaction, camera_id: int, drawn: Sequence[Zone], calibration: Calibration | None
) -> None:
    """Draw these zones on a camera's picture and no others, with this calibration or none."""
    tx.execute(delete(places.Zone).where(places.Zone.camera_id == camera_id))
    tx.execute(delete(places.Calibration).where(places.Calibration.camera_id == camera_id))
    for zone in drawn:
        zones.save(tx, camera_id, zone)
    if calibration is not None:
        zones.calibrate(tx, camera_id, calibration)


def undrawn(tx: Transaction, codes: Collection[str]) -> list[int]:
    """Which of these cameras have a feed and no zone on their picture yet."""
    drawn = select(places.Zone.camera_id)
    return list(
        tx.scalars(
            select(places.CameraFeed.camera_id)
            .join(places.Camera, places.Camera.id == places.CameraFeed.camera_id)
            .where(places.Camera.code.in_(list(codes)), places.Camera.id.not_in(drawn))
            .order_by(places.Camera.id)
        )
    )


def first_spot(tx: Transaction) -> Spot | None:
    """The first site that is not merely planned, or None where there is none."""
    site = places.Site
    row = tx.execute(
        select(site.id, site.district_id, site.latitude, site.longitude)
        .where(site.planned.is_(False))
        .order_by(site.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else Spot(*row)


def add_camera(tx: Transaction, spot: Spot, number: int) -> int:
    """Put up a camera of the user's own, the ``number``-th one (from 1); its id."""
    values = {
        "code": f"OWN-{number:03}",
        "name_ru": f"Своя камера {number}",
        "name_kk": f"Өз камерасы {number}",
        "name_en": f"Own camera {number}",
        "latitude": spot.latitude,
        "longitude": spot.longitude + number * 2e-4,
        "site_id": spot.site_id,
        "district_id": spot.district_id,
        "kind": CameraKind.FIXED,
        "origin": CameraOrigin.NEW,
    }
    return int(tx.scalars(insert(places.Camera).values(values).returning(places.Camera.id)).one())


def camera_of_code(tx: Transaction, code: str) -> int | None:
    """The camera with this code, or None where there is none."""
    return tx.scalar(select(places.Camera.id).where(places.Camera.code == code))


def own_cameras(tx: Transaction) -> int:
    """How many cameras of the user's own there are."""
    own = places.Camera.code.startswith("OWN-")
    return int(tx.scalar(select(func.count(places.Camera.id)).where(own)) or 0)


def add_district(tx: Transaction, code: str, names: Names, ring: Sequence[Sequence[float]]) -> int:
    """Add a district with its closed ring of [longitude, latitude]; its number."""
    values = {"code": code, "boundary": [list(point) for point in ring], **_named(names)}
    added = insert(places.District).values(values).returning(places.District.id)
    return int(tx.scalars(added).one())


def add_site(
    tx: Transaction, district_id: int, names: Names, latitude: float, longitude: float
) -> int:
    """Add a public place to a district; its number."""
    values = {
        "district_id": district_id,
        "kind": SiteKind.PUBLIC_PLACE,
        "latitude": latitude,
        "longitude": longitude,
        **_named(names),
    }
    return int(tx.scalars(insert(places.Site).values(values).returning(places.Site.id)).one())


def _named(names: Names) -> dict[str, str]:
    return {"name_ru": names.ru, "name_kk": names.kk, "name_en": names.en}


def _connect(tx: Transaction, camera_id: int) -> None:
    camera, status = places.Camera, FeedStatus
    columns = [
        status.camera_id,
        status.district_id,
        status.state,
        status.since_at,
        status.updated_at,
    ]
    tx.execute(delete(status).where(status.camera_id == camera_id))
    fresh = select(
        camera.id,
        camera.district_id,
        literal(str(FeedState.CONNECTING)),
        func.now(),
        func.now(),
    )
    tx.execute(insert(status).from_select(columns, fresh.where(camera.id == camera_id)))
