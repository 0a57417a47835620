"""Hourly and daily sums."""

import sqlalchemy as sa
from alembic import op

TABLES = ("events_daily", "events_hourly", "camera_hours_daily", "traffic_daily", "traffic_hourly")


def up() -> None:
    _events_daily()
    _events_hourly()
    _camera_hours_daily()
    _traffic_daily()
    _traffic_hourly()


def down() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _events_daily() -> None:
    op.create_table(
        "events_daily",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False, comment="0 for events of no site"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("day", "site_id", "kind", name=op.f("pk_events_daily")),
        comment="Events by local day, site and kind",
    )
    op.create_index(
        "ix_events_daily_district", "events_daily", ["district_id", "day"], unique=False
    )
    op.create_index("ix_events_daily_kind", "events_daily", ["kind", "day"], unique=False)


def _events_hourly() -> None:
    op.create_table(
        "events_hourly",
        sa.Column("hour_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("hour_at", "district_id", "kind", name=op.f("pk_events_hourly")),
        comment="Events by hour, district and kind",
    )
    op.create_index("ix_events_hourly_kind", "events_hourly", ["kind", "hour_at"], unique=False)


def _camera_hours_daily() -> None:
    op.create_table(
        "camera_hours_daily",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("cameras", sa.BigInteger(), nullable=False),
        sa.Column("online_hours", sa.Double(), nullable=False),
        sa.CheckConstraint("online_hours >= 0", name=op.f("ck_camera_hours_daily_hours")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_camera_hours_daily_district_id")
        ),
        sa.PrimaryKeyConstraint("day", "site_id", name=op.f("pk_camera_hours_daily")),
        comment="Camera-hours behind a day's figures, by site",
    )
    op.create_index(
        op.f("ix_camera_hours_daily_district_id"),
        "camera_hours_daily",
        ["district_id"],
        unique=False,
    )


def _traffic_daily() -> None:
    op.create_table(
        "traffic_daily",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_traffic_daily_count")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_traffic_daily_district_id")
        ),
        sa.PrimaryKeyConstraint(
            "day", "camera_id", "label", "direction", name=op.f("pk_traffic_daily")
        ),
        comment="Crossings by local day, camera, class and direction",
    )
    op.create_index(
        op.f("ix_traffic_daily_district_id"), "traffic_daily", ["district_id"], unique=False
    )


def _traffic_hourly() -> None:
    op.create_table(
        "traffic_hourly",
        sa.Column("hour_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_traffic_hourly_count")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_traffic_hourly_district_id")
        ),
        sa.PrimaryKeyConstraint(
            "hour_at", "camera_id", "label", "direction", name=op.f("pk_traffic_hourly")
        ),
        comment="Crossings by hour, camera, class and direction",
    )
    op.create_index(
        op.f("ix_traffic_hourly_district_id"), "traffic_hourly", ["district_id"], unique=False
    )
