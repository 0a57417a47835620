"""Zones that are tried before they are switched on."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, array, district, document, uuid_key


class RuleTrial(Base):
    __tablename__ = "rule_trials"
    __table_args__ = (
        Index("ix_rule_trials_camera", "camera_id", "requested_at"),
        CheckConstraint("seconds >= 0 AND seconds < 'Infinity'", name="numbers"),
        {"comment": "Zones that are tried on a camera's clips before they are switched on"},
    )
    id: Mapped[uuid_key]
    camera_id: Mapped[int] = mapped_column(ForeignKey("cameras.id", ondelete="CASCADE"))
    district_id: Mapped[district]
    viewer_id: Mapped[int | None] = mapped_column(ForeignKey("viewers.id"))
    requested_at: Mapped[datetime]
    zone: Mapped[document] = mapped_column(comment="The zone as it was drawn")
    done_at: Mapped[datetime | None]
    clips: Mapped[int] = mapped_column(server_default="0")
    seconds: Mapped[float] = mapped_column(server_default="0")
    counted: Mapped[int] = mapped_column(server_default="0")
    found: Mapped[array] = mapped_column(server_default="[]", comment="Clip, second, confidence")
    trouble: Mapped[str] = mapped_column(server_default="", comment="Why it could not be tried")
