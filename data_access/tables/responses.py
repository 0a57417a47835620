"""The three responses to an event, and the money of violations."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    Uuid,
    column,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, district, number
from data_access.tables.happenings import event_reference


class Response:
    """One event's response; the state itself stands in the event."""

    event_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    event_started_at: Mapped[datetime]
    district_id: Mapped[district]


class Violation(Response, Base):
    __tablename__ = "violations"
    __table_args__ = (
        event_reference(),
        Index("ix_violations_plate", "plate", "event_started_at"),
        Index(
            "ix_violations_alike",
            literal_column("replace(plate, ' ', '')").label("bare"),
            postgresql_using="gin",
            postgresql_ops={"bare": "gin_trgm_ops"},
            postgresql_with={"fastupdate": False},
        ),
        Index("ix_violations_started", "event_started_at"),
        CheckConstraint("fine_tenge >= 0 AND paid_tenge >= 0", name="money"),
        CheckConstraint("mci_count BETWEEN 0 AND 999999.99", name="numbers"),
        {"comment": "What an officer reviews, and the fine that follows"},
    )
    article: Mapped[str | None]
    plate: Mapped[str | None]
    mci_count: Mapped[Decimal | None] = mapped_column(
        Numeric(8, 2), comment="The fine in MCI (МРП)"
    )
    mci_tenge: Mapped[int | None] = mapped_column(comment="One MCI on the day of the violation")
    fine_tenge: Mapped[int | None] = mapped_column(comment="The whole fine, before the half")
    reviewed_at: Mapped[datetime | None]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("viewers.id"))
    issued_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    paid_tenge: Mapped[int | None]
    contested_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class Incident(Response, Base):
    __tablename__ = "incidents"
    __table_args__ = (event_reference(), {"comment": "What someone must act upon"})
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("viewers.id"))
    dispatched_at: Mapped[datetime | None]
    on_scene_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class WorkOrder(Response, Base):
    __tablename__ = "work_orders"
    __table_args__ = (
        event_reference(),
        Index("ix_work_orders_deadline", "deadline_at"),
        {"comment": "What municipal services have to do, with a deadline"},
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    deadline_at: Mapped[datetime]
    assigned_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    before_evidence_id: Mapped[UUID | None] = mapped_column(Uuid)
    after_evidence_id: Mapped[UUID | None] = mapped_column(Uuid)


class MonthlyIndex(Base):
    __tablename__ = "monthly_index"
    __table_args__ = (
        CheckConstraint("tenge > 0", name="tenge"),
        {"comment": "The monthly calculation index (МРП) by the date it holds from"},
    )
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    tenge: Mapped[int]
    source: Mapped[str]


class Fine(Base):
    __tablename__ = "fines_schedule"
    __table_args__ = (
        CheckConstraint("mci_count > 0", name="mci_count"),
        CheckConstraint("mci_count <= 999999.99", name="numbers"),
        CheckConstraint("valid_to > valid_from", name="order"),
        CheckConstraint("over_to_kmh > over_from_kmh", name="speeds"),
        ExcludeConstraint(
            (column("kind"), "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            (text("int8range(over_from_kmh, over_to_kmh)"), "&&"),
            name="ex_fines_schedule_overlap",
        ),
        {"comment": "Fines by kind and date; starting values wait for the operator's lawyer"},
    )
    id: Mapped[number]
    kind: Mapped[str]
    article: Mapped[str]
    mci_count: Mapped[Decimal] = mapped_column(Numeric(8, 2))
    over_from_kmh: Mapped[int | None] = mapped_column(
        comment="For speeding: over the limit by, from"
    )
    over_to_kmh: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(comment="The first day it no longer holds")
    confirmed: Mapped[bool] = mapped_column(
        server_default="false", comment="Confirmed by the operator's lawyer"
    )
    source: Mapped[str]
