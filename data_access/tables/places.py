"""Districts, streets, sites, cameras and what is drawn on their pictures."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data_access.domain.places import CameraKind, CameraOrigin, SiteKind
from data_access.domain.watch import ZoneShape
from data_access.tables.base import PLACE, Base, array, district, document, number, one_of, pairs

_MAP_X = "(longitude + 180.0) / 360.0"
_MAP_Y = "(1.0 - ln(tan(radians(latitude)) + 1.0 / cos(radians(latitude))) / pi()) / 2.0"


class Named:
    """Names in the three languages."""

    name_ru: Mapped[str]
    name_kk: Mapped[str]
    name_en: Mapped[str]


class Positioned:
    """A place on the map; map_x and map_y are Web Mercator fractions (0 to 1), for tiles."""

    latitude: Mapped[float]
    longitude: Mapped[float]
    map_x: Mapped[float] = mapped_column(Computed(_MAP_X, persisted=True))
    map_y: Mapped[float] = mapped_column(Computed(_MAP_Y, persisted=True))


POSITION_CHECKS = (
    CheckConstraint("latitude BETWEEN -85 AND 85", name="latitude"),
    CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
)


def _position_checks() -> tuple[CheckConstraint, ...]:
    return tuple(CheckConstraint(check.sqltext, name=check.name) for check in POSITION_CHECKS)


class District(Named, Base):
    __tablename__ = "districts"
    __table_args__ = (
        CheckConstraint(pairs("boundary", -180, 180), name="numbers"),
        {"comment": "Police districts; boundary is a closed ring [[lon, lat], …]"},
    )
    id: Mapped[number]
    code: Mapped[str] = mapped_column(unique=True)
    boundary: Mapped[array]


class Street(Named, Base):
    __tablename__ = "streets"
    __table_args__ = (
        CheckConstraint("class IN ('main', 'street', 'lane')", name="class"),
        CheckConstraint(pairs("path", -180, 180), name="numbers"),
        {"comment": "The city's own drawing of its streets: path is [[lon, lat], …]"},
    )
    id: Mapped[number]
    street_class: Mapped[str] = mapped_column("class")
    path: Mapped[array]


class Programme(Named, Base):
    __tablename__ = "programmes"
    __table_args__ = {"comment": "State programmes that cameras serve; names are not translated"}
    id: Mapped[number]
    code: Mapped[str] = mapped_column(unique=True)


class Site(Named, Positioned, Base):
    __tablename__ = "sites"
    __table_args__ = (
        CheckConstraint(one_of("kind", SiteKind), name="kind"),
        *_position_checks(),
        Index("ix_sites_map", "map_x", "map_y"),
        {"comment": "Places that cameras stand at"},
    )
    id: Mapped[number]
    district_id: Mapped[district]
    kind: Mapped[str]
    address: Mapped[str] = mapped_column(default="", server_default="")
    planned: Mapped[bool] = mapped_column(
        default=False, server_default="false", comment="True while it is planned, not yet installed"
    )


class Camera(Named, Positioned, Base):
    __tablename__ = "cameras"
    __table_args__ = (
        CheckConstraint(one_of("kind", CameraKind), name="kind"),
        CheckConstraint(one_of("origin", CameraOrigin), name="origin"),
        CheckConstraint("azimuth_deg >= 0 AND azimuth_deg < 360", name="azimuth"),
        CheckConstraint("field_of_view_deg > 0 AND field_of_view_deg <= 360", name="view"),
        *_position_checks(),
        Index("ix_cameras_map", "map_x", "map_y"),
        {"comment": "Cameras as viewers see them; feed addresses are in camera_feeds"},
    )
    id: Mapped[number]
    code: Mapped[str] = mapped_column(unique=True, comment="The city's own number of the camera")
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    district_id: Mapped[district]
    kind: Mapped[str]
    azimuth_deg: Mapped[float | None]
    field_of_view_deg: Mapped[float | None]
    capabilities: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default="{}", comment="infrared, turning, plates, speed, audio"
    )
    origin: Mapped[str]
    supplier: Mapped[str] = mapped_column(server_default="")
    installed_on: Mapped[date | None]
    enabled: Mapped[bool] = mapped_column(server_default="true")


class CameraProgramme(Base):
    __tablename__ = "camera_programmes"
    __table_args__ = {"comment": "Which programmes a camera serves"}
    camera_id: Mapped[int] = mapped_column(
        ForeignKey("cameras.id", ondelete="CASCADE"), primary_key=True
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    district_id: Mapped[district]


class CameraFeed(Base):
    __tablename__ = "camera_feeds"
    __table_args__ = (
        CheckConstraint("analysed_fps BETWEEN 0 AND 1000", name="numbers"),
        {"comment": "Feed addresses with their passwords: the worker alone reads them"},
    )
    camera_id: Mapped[int] = mapped_column(
        ForeignKey("cameras.id", ondelete="CASCADE"), primary_key=True
    )
    feed_url: Mapped[str]
    sub_feed_url: Mapped[str | None]
    loops: Mapped[bool] = mapped_column(
        server_default="false", comment="A recording that starts again at its end"
    )
    detector: Mapped[str | None] = mapped_column(comment="Overrides the installation's detector")
    analysed_fps: Mapped[float] = mapped_column(server_default="10")
    onvif_url: Mapped[str | None] = mapped_column(
        comment="Where the camera is turned and asked for its streams, with its password"
    )


class LinearSection(Named, Base):
    __tablename__ = "linear_sections"
    __table_args__ = (
        CheckConstraint("length_m > 0", name="length"),
        CheckConstraint("limit_kmh BETWEEN 5 AND 150", name="limit"),
        CheckConstraint("clock_error_s >= 0 AND length_error_m >= 0", name="errors"),
        CheckConstraint(
            "length_m <= 1000000 AND clock_offset_s BETWEEN -86400 AND 86400"
            " AND clock_error_s <= 86400 AND length_error_m <= 1000000"
            f" AND {pairs('path', -180, 180)}",
            name="numbers",
        ),
        {"comment": "Stretches of road between an entry and an exit camera"},
    )
    id: Mapped[number]
    district_id: Mapped[district]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    entry_camera_id: Mapped[int | None] = mapped_column(ForeignKey("cameras.id"))
    exit_camera_id: Mapped[int | None] = mapped_column(ForeignKey("cameras.id"))
    length_m: Mapped[float]
    limit_kmh: Mapped[int]
    path: Mapped[array]
    clock_offset_s: Mapped[float] = mapped_column(
        server_default="0", comment="How far the exit camera's clock is ahead of the entry's"
    )
    clock_error_s: Mapped[float] = mapped_column(
        server_default="0.2", comment="Error of that offset, to either side, at 95 %"
    )
    length_error_m: Mapped[float] = mapped_column(
        server_default="3", comment="Error of the length with where plates are read, at 95 %"
    )


class Zone(Base):
    __tablename__ = "zones"
    __table_args__ = (
        CheckConstraint(one_of("shape", ZoneShape), name="shape"),
        CheckConstraint("jsonb_array_length(points) >= 2", name="points"),
        CheckConstraint(pairs("points", 0, 1), name="numbers"),
        {"comment": "Polygons and lines drawn on a camera's picture; points are fractions of it"},
    )
    id: Mapped[number]
    camera_id: Mapped[int] = mapped_column(ForeignKey("cameras.id", ondelete="CASCADE"), index=True)
    district_id: Mapped[district]
    name: Mapped[str]
    rule: Mapped[str] = mapped_column(comment="The id of the rule that watches it")
    shape: Mapped[str]
    points: Mapped[array]
    params: Mapped[document] = mapped_column(
        server_default="{}", comment="Overrides of the rule's thresholds, by their names"
    )
    schedule: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True),
        comment="When it is awake: weekdays (0 is Monday), from_min, to_min; empty is always",
    )
    enabled: Mapped[bool] = mapped_column(server_default="true")


class Calibration(Base):
    __tablename__ = "calibrations"
    __table_args__ = (
        CheckConstraint(pairs("pairs", -1_000_000, 1_000_000, each=4), name="numbers"),
        {"comment": "Pairs [x, y, x_m, y_m]: picture fractions and metres on the ground"},
    )
    camera_id: Mapped[int] = mapped_column(
        ForeignKey("cameras.id", ondelete="CASCADE"), primary_key=True
    )
    district_id: Mapped[district]
    pairs: Mapped[array]
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SosButton(Named, Positioned, Base):
    __tablename__ = "sos_buttons"
    __table_args__ = (*_position_checks(), {"comment": "SOS buttons in the streets"})
    id: Mapped[number]
    code: Mapped[str] = mapped_column(unique=True)
    district_id: Mapped[district]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))


class Unit(Base):
    __tablename__ = "units"
    __table_args__ = (
        CheckConstraint("kind IN ('patrol', 'municipal', 'drone')", name="kind"),
        CheckConstraint("state IN ('free', 'busy', 'on_way', 'on_scene', 'off')", name="state"),
        CheckConstraint(f"{PLACE} AND (latitude IS NULL) = (longitude IS NULL)", name="numbers"),
        {"comment": "Patrols, municipal crews and drones, with their last position"},
    )
    id: Mapped[number]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="free")
    district_id: Mapped[district]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    seen_at: Mapped[datetime | None]
