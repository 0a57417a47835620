"""What was seen: events, their evidence, plate reads, traffic counts, presses and calls.

Time-ordered tables are partitioned by month; partitions are made by qala_make_partitions().
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Uuid,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.domain.events import STATE_NAMES, Response
from data_access.domain.evidence import EvidenceKind
from data_access.tables.base import PLACE, Base, district, document, number, one_of, uuid_key

EVENT_REFERENCE = ("events.id", "events.started_at")


def event_reference() -> ForeignKeyConstraint:
    """The reference of a row to its event (the month of its start is part of the key)."""
    return ForeignKeyConstraint(
        ("event_id", "event_started_at"), EVENT_REFERENCE, ondelete="CASCADE"
    )


class Event(Base):
    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ended_at >= started_at", name="order"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        CheckConstraint(one_of("response", Response), name="response"),
        CheckConstraint(one_of("state", list(STATE_NAMES)), name="state"),
        Index("ix_events_started", "started_at", "id"),
        Index("ix_events_newest", "district_id", "started_at", "id"),
        Index("ix_events_camera", "camera_id", "started_at", "id"),
        Index("ix_events_open", "response", "state", "started_at"),
        Index("ix_events_response", "response", "started_at", "id"),
        {
            "comment": "Findings of one matter, merged; the response says what is to be done",
            "postgresql_partition_by": "RANGE (started_at)",
        },
    )
    id: Mapped[uuid_key]
    started_at: Mapped[datetime] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime | None]
    camera_id: Mapped[int | None] = mapped_column(ForeignKey("cameras.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    district_id: Mapped[int] = mapped_column(ForeignKey("districts.id"))
    kind: Mapped[str]
    response: Mapped[str]
    state: Mapped[str]
    confidence: Mapped[float] = mapped_column(comment="0 to 1")
    plate: Mapped[str | None]
    facts: Mapped[document] = mapped_column(
        server_default="{}", comment="The numbers that decided it, units in their names"
    )
    track_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    written_at: Mapped[datetime] = mapped_column(comment="When the worker's row arrived here")


class EventState(Base):
    __tablename__ = "event_states"
    __table_args__ = (
        event_reference(),
        Index("ix_event_states_event", "event_id", "at"),
        CheckConstraint(one_of("state", list(STATE_NAMES)), name="state"),
        {"comment": "The history of an event's states: who moved it, when and why"},
    )
    id: Mapped[number]
    event_id: Mapped[UUID] = mapped_column(Uuid)
    event_started_at: Mapped[datetime]
    district_id: Mapped[district]
    at: Mapped[datetime]
    state: Mapped[str]
    viewer_id: Mapped[int | None] = mapped_column(
        ForeignKey("viewers.id"), comment="Empty when the worker moved it"
    )
    reason: Mapped[str] = mapped_column(server_default="")


class Evidence(Base):
    __tablename__ = "evidence"
    __table_args__ = (
        event_reference(),
        Index("ix_evidence_event", "event_id"),
        Index("ix_evidence_started", "event_started_at"),
        CheckConstraint(one_of("kind", EvidenceKind), name="kind"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        {"comment": "Files of evidence; path is relative to the media folder and tells nothing"},
    )
    id: Mapped[uuid_key]
    event_id: Mapped[UUID] = mapped_column(Uuid)
    event_started_at: Mapped[datetime]
    district_id: Mapped[district]
    camera_id: Mapped[int | None] = mapped_column(ForeignKey("cameras.id"))
    kind: Mapped[str]
    path: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]
    size_bytes: Mapped[int]
    mime: Mapped[str]
    captured_at: Mapped[datetime]


class MaskRequest(Base):
    __tablename__ = "mask_requests"
    __table_args__ = (
        event_reference(),
        Index("ix_mask_requests_event", "event_id"),
        Index("ix_mask_requests_waiting", "requested_at", postgresql_where=text("done_at IS NULL")),
        {"comment": "Who asked for faces and plates of an event's evidence to be masked"},
    )
    id: Mapped[uuid_key]
    event_id: Mapped[UUID] = mapped_column(Uuid)
    event_started_at: Mapped[datetime]
    district_id: Mapped[district]
    viewer_id: Mapped[int | None] = mapped_column(ForeignKey("viewers.id"))
    requested_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(
        server_default="", comment="Why it could not be done; a text of the catalogues"
    )


class PlateRead(Base):
    __tablename__ = "plate_reads"
    __table_args__ = (
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        Index("ix_plate_reads_plate", "plate", "read_at"),
        Index("ix_plate_reads_camera", "camera_id", "read_at"),
        Index("ix_plate_reads_district", "district_id", "read_at"),
        Index(
            "ix_plate_reads_alike",
            literal_column("replace(plate, ' ', '')").label("bare"),
            postgresql_using="gin",
            postgresql_ops={"bare": "gin_trgm_ops"},
            postgresql_with={"fastupdate": False},
        ),
        {"comment": "Plates read in passing", "postgresql_partition_by": "RANGE (read_at)"},
    )
    id: Mapped[uuid_key]
    read_at: Mapped[datetime] = mapped_column(primary_key=True)
    camera_id: Mapped[int] = mapped_column(ForeignKey("cameras.id"))
    district_id: Mapped[int] = mapped_column(ForeignKey("districts.id"))
    plate: Mapped[str]
    region: Mapped[str | None] = mapped_column(comment="Region of a local plate: 02")
    confidence: Mapped[float]
    crop_path: Mapped[str | None] = mapped_column(
        comment="Its picture, relative to the media folder"
    )
    crop_sha256: Mapped[str | None]
    crop_bytes: Mapped[int | None]


class TrafficCount(Base):
    __tablename__ = "traffic_counts"
    __table_args__ = (
        CheckConstraint("count > 0", name="count"),
        CheckConstraint("direction IN ('forward', 'backward')", name="direction"),
        {
            "comment": "Crossings of a line by minute, class and direction",
            "postgresql_partition_by": "RANGE (minute_at)",
        },
    )
    camera_id: Mapped[int] = mapped_column(ForeignKey("cameras.id"), primary_key=True)
    minute_at: Mapped[datetime] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(
        primary_key=True, comment="The line; the count outlives it"
    )
    label: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    district_id: Mapped[district]
    count: Mapped[int]


class SosPress(Base):
    __tablename__ = "sos_presses"
    __table_args__ = (
        Index("ix_sos_presses_newest", "district_id", "pressed_at"),
        {"comment": "Presses of SOS buttons, each with the incident it opened"},
    )
    id: Mapped[uuid_key]
    button_id: Mapped[int] = mapped_column(ForeignKey("sos_buttons.id"))
    district_id: Mapped[district]
    pressed_at: Mapped[datetime]
    event_id: Mapped[UUID | None] = mapped_column(Uuid)


class Call(Base):
    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_newest", "district_id", "called_at"),
        CheckConstraint(PLACE, name="numbers"),
        {"comment": "Calls to the 102 line"},
    )
    id: Mapped[uuid_key]
    district_id: Mapped[district]
    called_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(comment="parking, family_dispute, beggars, fight, other")
    text: Mapped[str] = mapped_column(server_default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    event_id: Mapped[UUID | None] = mapped_column(Uuid)
