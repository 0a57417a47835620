"""The three responses, and the schedule of fines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TABLES = ("fines_schedule", "monthly_index", "incidents", "violations", "work_orders")


def up() -> None:
    _fines_schedule()
    _monthly_index()
    _incidents()
    _violations()
    _work_orders()


def down() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _fines_schedule() -> None:
    op.create_table(
        "fines_schedule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("mci_count", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column(
            "over_from_kmh",
            sa.BigInteger(),
            nullable=True,
            comment="For speeding: over the limit by, from",
        ),
        sa.Column("over_to_kmh", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="The first day it no longer holds"),
        sa.Column(
            "confirmed",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="Confirmed by the operator's lawyer",
        ),
        sa.Column("source", sa.Text(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("kind"), "="),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            (sa.text("int8range(over_from_kmh, over_to_kmh)"), "&&"),
            using="gist",
            name="ex_fines_schedule_overlap",
        ),
        sa.CheckConstraint("mci_count > 0", name=op.f("ck_fines_schedule_mci_count")),
        sa.CheckConstraint("over_to_kmh > over_from_kmh", name=op.f("ck_fines_schedule_speeds")),
        sa.CheckConstraint("valid_to > valid_from", name=op.f("ck_fines_schedule_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fines_schedule")),
        comment="Fines by kind and date; starting values wait for the operator's lawyer",
    )


def _monthly_index() -> None:
    op.create_table(
        "monthly_index",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("tenge", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("tenge > 0", name=op.f("ck_monthly_index_tenge")),
        sa.PrimaryKeyConstraint("valid_from", name=op.f("pk_monthly_index")),
        comment="The monthly calculation index (МРП) by the date it holds from",
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.BigInteger(), nullable=True),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_scene_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["viewers.id"], name=op.f("fk_incidents_acknowledged_by")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_incidents_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "event_started_at"],
            ["events.id", "events.started_at"],
            name=op.f("fk_incidents_event_id_event_started_at"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_incidents_unit_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_incidents")),
        comment="What someone must act upon",
    )
    op.create_index(op.f("ix_incidents_district_id"), "incidents", ["district_id"], unique=False)


def _violations() -> None:
    op.create_table(
        "violations",
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column(
            "mci_count",
            sa.Numeric(precision=8, scale=2),
            nullable=True,
            comment="The fine in MCI (МРП)",
        ),
        sa.Column(
            "mci_tenge",
            sa.BigInteger(),
            nullable=True,
            comment="One MCI on the day of the violation",
        ),
        sa.Column(
            "fine_tenge", sa.BigInteger(), nullable=True, comment="The whole fine, before the half"
        ),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewer_id", sa.BigInteger(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_tenge", sa.BigInteger(), nullable=True),
        sa.Column("contested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("fine_tenge >= 0 AND paid_tenge >= 0", name=op.f("ck_violations_money")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_violations_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "event_started_at"],
            ["events.id", "events.started_at"],
            name=op.f("fk_violations_event_id_event_started_at"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["viewers.id"], name=op.f("fk_violations_reviewer_id")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_violations")),
        comment="What an officer reviews, and the fine that follows",
    )
    op.create_index(op.f("ix_violations_district_id"), "violations", ["district_id"], unique=False)
    op.create_index(
        "ix_violations_plate", "violations", ["plate", "event_started_at"], unique=False
    )
    op.create_index("ix_violations_started", "violations", ["event_started_at"], unique=False)


def _work_orders() -> None:
    op.create_table(
        "work_orders",
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_evidence_id", sa.Uuid(), nullable=True),
        sa.Column("after_evidence_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_work_orders_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "event_started_at"],
            ["events.id", "events.started_at"],
            name=op.f("fk_work_orders_event_id_event_started_at"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_work_orders_unit_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_work_orders")),
        comment="What municipal services have to do, with a deadline",
    )
    op.create_index("ix_work_orders_deadline", "work_orders", ["deadline_at"], unique=False)
    op.create_index(
        op.f("ix_work_orders_district_id"), "work_orders", ["district_id"], unique=False
    )
