"""Events with their states and evidence, plate reads, traffic counts, presses, calls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TABLES = (
    "calls",
    "events",
    "plate_reads",
    "sos_presses",
    "traffic_counts",
    "event_states",
    "evidence",
)


def up() -> None:
    _calls()
    _events()
    _plate_reads()
    _sos_presses()
    _traffic_counts()
    _event_states()
    _evidence()


def down() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="parking, family_dispute, beggars, fight, other",
        ),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_calls_district_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_calls_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        comment="Calls to the 102 line",
    )
    op.create_index(op.f("ix_calls_district_id"), "calls", ["district_id"], unique=False)
    op.create_index("ix_calls_newest", "calls", ["district_id", "called_at"], unique=False)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("camera_id", sa.BigInteger(), nullable=True),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False, comment="0 to 1"),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column(
            "facts",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
            comment="The numbers that decided it, units in their names",
        ),
        sa.Column("track_ids", sa.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When the worker's row arrived here",
        ),
        sa.CheckConstraint(
            "response IN ('violation', 'incident', 'work_order')", name=op.f("ck_events_response")
        ),
        sa.CheckConstraint(
            "state IN ('detected', 'confirmed', 'rejected', 'issued', 'paid', 'contested', 'cancelled', 'new', 'acknowledged', 'dispatched', 'on_scene', 'resolved', 'closed', 'assigned', 'done', 'verified', 'reopened')",
            name=op.f("ck_events_state"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_events_confidence")),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_events_order")),
        sa.ForeignKeyConstraint(["camera_id"], ["cameras.id"], name=op.f("fk_events_camera_id")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_events_district_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_events_site_id")),
        sa.PrimaryKeyConstraint("id", "started_at", name=op.f("pk_events")),
        comment="Findings of one matter, merged; the response says what is to be done",
        postgresql_partition_by="RANGE (started_at)",
    )
    op.create_index("ix_events_camera", "events", ["camera_id", "started_at", "id"], unique=False)
    op.create_index("ix_events_newest", "events", ["district_id", "started_at", "id"], unique=False)
    op.create_index("ix_events_open", "events", ["response", "state", "started_at"], unique=False)
    op.create_index("ix_events_response", "events", ["response", "started_at", "id"], unique=False)
    op.create_index("ix_events_started", "events", ["started_at", "id"], unique=False)


def _plate_reads() -> None:
    op.create_table(
        "plate_reads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True, comment="Region of a local plate: 02"),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("direction", sa.Text(), server_default="", nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_plate_reads_confidence")),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["cameras.id"], name=op.f("fk_plate_reads_camera_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_plate_reads_district_id")
        ),
        sa.PrimaryKeyConstraint("id", "read_at", name=op.f("pk_plate_reads")),
        comment="Plates read in passing",
        postgresql_partition_by="RANGE (read_at)",
    )
    op.create_index(
        "ix_plate_reads_alike",
        "plate_reads",
        ["plate"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"plate": "gin_trgm_ops"},
    )
    op.create_index("ix_plate_reads_camera", "plate_reads", ["camera_id", "read_at"], unique=False)
    op.create_index(
        "ix_plate_reads_district", "plate_reads", ["district_id", "read_at"], unique=False
    )
    op.create_index("ix_plate_reads_plate", "plate_reads", ["plate", "read_at"], unique=False)


def _sos_presses() -> None:
    op.create_table(
        "sos_presses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("button_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["button_id"], ["sos_buttons.id"], name=op.f("fk_sos_presses_button_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_sos_presses_district_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sos_presses")),
        comment="Presses of SOS buttons, each with the incident it opened",
    )
    op.create_index(
        op.f("ix_sos_presses_district_id"), "sos_presses", ["district_id"], unique=False
    )
    op.create_index(
        "ix_sos_presses_newest", "sos_presses", ["district_id", "pressed_at"], unique=False
    )


def _traffic_counts() -> None:
    op.create_table(
        "traffic_counts",
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("minute_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "zone_id", sa.BigInteger(), nullable=False, comment="The line; the count outlives it"
        ),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "direction IN ('forward', 'backward')", name=op.f("ck_traffic_counts_direction")
        ),
        sa.CheckConstraint("count > 0", name=op.f("ck_traffic_counts_count")),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["cameras.id"], name=op.f("fk_traffic_counts_camera_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_traffic_counts_district_id")
        ),
        sa.PrimaryKeyConstraint(
            "camera_id",
            "minute_at",
            "zone_id",
            "label",
            "direction",
            name=op.f("pk_traffic_counts"),
        ),
        comment="Crossings of a line by minute, class and direction",
        postgresql_partition_by="RANGE (minute_at)",
    )
    op.create_index(
        op.f("ix_traffic_counts_district_id"), "traffic_counts", ["district_id"], unique=False
    )


def _event_states() -> None:
    op.create_table(
        "event_states",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "viewer_id", sa.BigInteger(), nullable=True, comment="Empty when the worker moved it"
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('detected', 'confirmed', 'rejected', 'issued', 'paid', 'contested', 'cancelled', 'new', 'acknowledged', 'dispatched', 'on_scene', 'resolved', 'closed', 'assigned', 'done', 'verified', 'reopened')",
            name=op.f("ck_event_states_state"),
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_event_states_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "event_started_at"],
            ["events.id", "events.started_at"],
            name=op.f("fk_event_states_event_id_event_started_at"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["viewers.id"], name=op.f("fk_event_states_viewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_states")),
        comment="The history of an event's states: who moved it, when and why",
    )
    op.create_index(
        op.f("ix_event_states_district_id"), "event_states", ["district_id"], unique=False
    )
    op.create_index("ix_event_states_event", "event_states", ["event_id", "at"], unique=False)


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("camera_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('snapshot', 'clip', 'plate', 'readings')", name=op.f("ck_evidence_kind")
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_evidence_sha256")),
        sa.ForeignKeyConstraint(["camera_id"], ["cameras.id"], name=op.f("fk_evidence_camera_id")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_evidence_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "event_started_at"],
            ["events.id", "events.started_at"],
            name=op.f("fk_evidence_event_id_event_started_at"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("path", name=op.f("uq_evidence_path")),
        comment="Files of evidence; path is relative to the media folder and tells nothing",
    )
    op.create_index(op.f("ix_evidence_district_id"), "evidence", ["district_id"], unique=False)
    op.create_index("ix_evidence_event", "evidence", ["event_id"], unique=False)
