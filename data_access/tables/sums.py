"""Hourly and daily sums, kept as the worker writes: a chart never scans events.

Days are local days of Asia/Almaty.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, district


class EventsHourly(Base):
    __tablename__ = "events_hourly"
    __table_args__ = (
        Index("ix_events_hourly_kind", "kind", "hour_at"),
        {"comment": "Events by hour, district and kind"},
    )
    hour_at: Mapped[datetime] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    response: Mapped[str]
    events: Mapped[int] = mapped_column(server_default="0")


class EventsDaily(Base):
    __tablename__ = "events_daily"
    __table_args__ = (
        Index("ix_events_daily_kind", "kind", "day"),
        Index("ix_events_daily_district", "district_id", "day"),
        {"comment": "Events by local day, site and kind"},
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(primary_key=True, comment="0 for events of no site")
    kind: Mapped[str] = mapped_column(primary_key=True)
    district_id: Mapped[int]
    response: Mapped[str]
    events: Mapped[int] = mapped_column(server_default="0")


class TrafficHourly(Base):
    __tablename__ = "traffic_hourly"
    __table_args__ = (
        CheckConstraint("count >= 0", name="count"),
        {"comment": "Crossings by hour, camera, class and direction"},
    )
    hour_at: Mapped[datetime] = mapped_column(primary_key=True)
    camera_id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    district_id: Mapped[district]
    count: Mapped[int]


class TrafficDaily(Base):
    __tablename__ = "traffic_daily"
    __table_args__ = (
        CheckConstraint("count >= 0", name="count"),
        {"comment": "Crossings by local day, camera, class and direction"},
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    camera_id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    district_id: Mapped[district]
    count: Mapped[int]


class CameraHoursDaily(Base):
    __tablename__ = "camera_hours_daily"
    __table_args__ = (
        CheckConstraint("online_hours >= 0", name="hours"),
        CheckConstraint("online_hours <= 24000000", name="numbers"),
        {"comment": "Camera-hours behind a day's figures, by site"},
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[district]
    cameras: Mapped[int]
    online_hours: Mapped[float]
