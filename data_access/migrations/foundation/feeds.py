"""Feeds: their addresses, how they are doing, what their pictures are worth."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TABLES = ("camera_feeds", "camera_health", "feed_outages", "feed_status")


def up() -> None:
    _camera_feeds()
    _camera_health()
    _feed_outages()
    _feed_status()


def down() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _camera_feeds() -> None:
    op.create_table(
        "camera_feeds",
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("feed_url", sa.Text(), nullable=False),
        sa.Column("sub_feed_url", sa.Text(), nullable=True),
        sa.Column(
            "loops",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="A recording that starts again at its end",
        ),
        sa.Column(
            "detector", sa.Text(), nullable=True, comment="Overrides the installation's detector"
        ),
        sa.Column("analysed_fps", sa.Double(), server_default="10", nullable=False),
        sa.ForeignKeyConstraint(
            ["camera_id"],
            ["cameras.id"],
            name=op.f("fk_camera_feeds_camera_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_camera_feeds")),
        comment="Feed addresses with their passwords: the worker alone reads them",
    )


def _camera_health() -> None:
    op.create_table(
        "camera_health",
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("sight", sa.Text(), nullable=False),
        sa.Column(
            "since_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Since when it sees like this",
        ),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "measured",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
            comment="The numbers that decided, units in their names",
        ),
        sa.Column(
            "proof_path",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="In the media folder; empty where it sees well",
        ),
        sa.Column("proof_sha256", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "sight IN ('clear', 'frozen', 'dark', 'glare', 'out_of_focus', 'fog', 'covered', "
            "'shifted')",
            name=op.f("ck_camera_health_sight"),
        ),
        sa.ForeignKeyConstraint(
            ["camera_id"],
            ["cameras.id"],
            name=op.f("fk_camera_health_camera_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_camera_health_district_id")
        ),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_camera_health")),
        comment="How well each camera sees, with the picture that proves it",
    )
    op.create_index(
        op.f("ix_camera_health_district_id"), "camera_health", ["district_id"], unique=False
    )


def _feed_outages() -> None:
    op.create_table(
        "feed_outages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_feed_outages_order")),
        sa.ForeignKeyConstraint(
            ["camera_id"],
            ["cameras.id"],
            name=op.f("fk_feed_outages_camera_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_feed_outages_district_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_outages")),
        sa.UniqueConstraint(
            "camera_id", "started_at", name=op.f("uq_feed_outages_camera_id_started_at")
        ),
        comment="Times when a camera gave no picture",
    )
    op.create_index(
        op.f("ix_feed_outages_district_id"), "feed_outages", ["district_id"], unique=False
    )
    op.create_index(
        "ix_feed_outages_started", "feed_outages", ["district_id", "started_at"], unique=False
    )


def _feed_status() -> None:
    op.create_table(
        "feed_status",
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("detector", sa.Text(), server_default="", nullable=False),
        sa.Column("fps", sa.Double(), server_default="0", nullable=False),
        sa.Column("analysed_fps", sa.Double(), server_default="0", nullable=False),
        sa.Column(
            "dropped",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="Frames that a newer one replaced, since the worker began",
        ),
        sa.Column("latency_ms", sa.Double(), server_default="0", nullable=False),
        sa.Column("width_px", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("height_px", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "rules_off",
            sa.ARRAY(sa.Text()),
            server_default="{}",
            nullable=False,
            comment="Rules that failed here and were switched off",
        ),
        sa.Column("last_frame_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "since_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Since when it is in this state",
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('connecting', 'live', 'stalled', 'offline', 'broken', 'ended', 'off')",
            name=op.f("ck_feed_status_state"),
        ),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["cameras.id"], name=op.f("fk_feed_status_camera_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_feed_status_district_id")
        ),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_feed_status")),
        comment="How each camera's feed is doing, as the worker last wrote it",
    )
    op.create_index(
        op.f("ix_feed_status_district_id"), "feed_status", ["district_id"], unique=False
    )
