"""How cameras do: their feeds, how well they see, and when they gave no picture."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.domain.feeds import FeedState
from data_access.domain.sight import Sight
from data_access.tables.base import Base, district, document, number, one_of


class FeedStatus(Base):
    __tablename__ = "feed_status"
    __table_args__ = (
        CheckConstraint(one_of("state", FeedState), name="state"),
        CheckConstraint(
            "fps >= 0 AND fps < 'Infinity' AND analysed_fps >= 0 AND analysed_fps < 'Infinity'"
            " AND latency_ms > '-Infinity' AND latency_ms < 'Infinity'",
            name="numbers",
        ),
        {"comment": "How each camera's feed is doing, as the worker last wrote it"},
    )
    camera_id: Mapped[int] = mapped_column(
        ForeignKey("cameras.id", ondelete="CASCADE"), primary_key=True
    )
    district_id: Mapped[district]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default="")
    detector: Mapped[str] = mapped_column(server_default="")
    fps: Mapped[float] = mapped_column(server_default="0")
    analysed_fps: Mapped[float] = mapped_column(server_default="0")
    dropped: Mapped[int] = mapped_column(
        server_default="0", comment="Frames that a newer one replaced, since the worker began"
    )
    latency_ms: Mapped[float] = mapped_column(server_default="0")
    width_px: Mapped[int] = mapped_column(server_default="0")
    height_px: Mapped[int] = mapped_column(server_default="0")
    rules_off: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default="{}", comment="Rules that failed here and were switched off"
    )
    last_frame_at: Mapped[datetime | None]
    since_at: Mapped[datetime] = mapped_column(comment="Since when it is in this state")
    updated_at: Mapped[datetime]
    decoder: Mapped[str] = mapped_column(
        server_default="", comment="The hardware that decodes it; empty for the processor"
    )
    turns: Mapped[bool] = mapped_column(
        server_default="false", comment="Whether operators can turn it from here"
    )


class CameraHealth(Base):
    __tablename__ = "camera_health"
    __table_args__ = (
        CheckConstraint(one_of("sight", Sight), name="sight"),
        {"comment": "How well each camera sees, with the picture that proves it"},
    )
    camera_id: Mapped[int] = mapped_column(
        ForeignKey("cameras.id", ondelete="CASCADE"), primary_key=True
    )
    district_id: Mapped[district]
    sight: Mapped[str]
    since_at: Mapped[datetime] = mapped_column(comment="Since when it sees like this")
    checked_at: Mapped[datetime]
    measured: Mapped[document] = mapped_column(
        server_default="{}", comment="The numbers that decided, units in their names"
    )
    proof_path: Mapped[str] = mapped_column(
        server_default="", comment="In the media folder; empty where it sees well"
    )
    proof_sha256: Mapped[str] = mapped_column(server_default="")


class FeedOutage(Base):
    __tablename__ = "feed_outages"
    __table_args__ = (
        Index("ix_feed_outages_started", "district_id", "started_at"),
        CheckConstraint("ended_at >= started_at", name="order"),
        UniqueConstraint("camera_id", "started_at"),
        {"comment": "Times when a camera gave no picture"},
    )
    id: Mapped[number]
    camera_id: Mapped[int] = mapped_column(ForeignKey("cameras.id", ondelete="CASCADE"))
    district_id: Mapped[district]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default="")
