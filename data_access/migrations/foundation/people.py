"""Viewers, sessions, the audit log, settings and the workers' own rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TABLES = (
    "outboxes",
    "settings",
    "sign_in_failures",
    "viewers",
    "workers",
    "audit_records",
    "sessions",
    "viewer_districts",
    "viewer_passwords",
)


def up() -> None:
    _outboxes()
    _settings()
    _sign_in_failures()
    _viewers()
    _workers()
    _audit_records()
    _sessions()
    _viewer_districts()
    _viewer_passwords()


def down() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _outboxes() -> None:
    op.create_table(
        "outboxes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "applied",
            sa.BigInteger(),
            nullable=False,
            comment="Number of the last item that was written",
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outboxes")),
        comment="How far each worker's outbox on disk has been written here",
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
        comment="Settings of the city that are edited in the app",
    )


def _sign_in_failures() -> None:
    op.create_table(
        "sign_in_failures",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_sign_in_failures_failures")),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_sign_in_failures")),
        comment="Wrong passwords in a row by login, whether or not anybody has that login",
    )
    op.create_index("ix_sign_in_failures_last", "sign_in_failures", ["last_at"], unique=False)


def _viewers() -> None:
    op.create_table(
        "viewers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column(
            "whole_city",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="Sees every district; else viewer_districts",
        ),
        sa.Column("language", sa.Text(), server_default="ru", nullable=False),
        sa.Column("theme", sa.Text(), server_default="dark", nullable=False),
        sa.Column("disabled", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("language IN ('ru', 'kk', 'en')", name=op.f("ck_viewers_language")),
        sa.CheckConstraint(
            "role IN ('akim', 'chief', 'operator', 'patrol', 'municipal', 'administrator')",
            name=op.f("ck_viewers_role"),
        ),
        sa.CheckConstraint("theme IN ('dark', 'light')", name=op.f("ck_viewers_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewers")),
        sa.UniqueConstraint("login", name=op.f("uq_viewers_login")),
        comment="People who may sign in",
    )


def _workers() -> None:
    op.create_table(
        "workers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("detector", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), server_default="", nullable=False),
        sa.Column("cameras", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("inference_ms", sa.Double(), server_default="0", nullable=False),
        sa.Column("outbox_waiting", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_workers")),
        comment="Worker processes: what they run and how they are doing",
    )


def _audit_records() -> None:
    op.create_table(
        "audit_records",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("viewer_id", sa.BigInteger(), nullable=True),
        sa.Column("login", sa.Text(), nullable=False, comment="As typed: it may belong to nobody"),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column(
            "subject",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="What it was done to: camera 12, event 0b1c…",
        ),
        sa.Column(
            "detail", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("address", postgresql.INET(), nullable=True),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["viewers.id"], name=op.f("fk_audit_records_viewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_records")),
        comment="Who did what, when and why; rows are added, never changed",
    )
    op.create_index("ix_audit_records_at", "audit_records", ["at"], unique=False)
    op.create_index("ix_audit_records_viewer", "audit_records", ["viewer_id", "at"], unique=False)


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("viewer_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", postgresql.INET(), nullable=True),
        sa.Column("browser", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["viewers.id"], name=op.f("fk_sessions_viewer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_sessions")),
        comment="Signed-in sessions: the SHA-256 of the cookie's token, never the token",
    )
    op.create_index("ix_sessions_seen", "sessions", ["seen_at"], unique=False)
    op.create_index(op.f("ix_sessions_viewer_id"), "sessions", ["viewer_id"], unique=False)


def _viewer_districts() -> None:
    op.create_table(
        "viewer_districts",
        sa.Column("viewer_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_viewer_districts_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"],
            ["viewers.id"],
            name=op.f("fk_viewer_districts_viewer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("viewer_id", "district_id", name=op.f("pk_viewer_districts")),
        comment="The districts of a viewer's scope",
    )


def _viewer_passwords() -> None:
    op.create_table(
        "viewer_passwords",
        sa.Column("viewer_id", sa.BigInteger(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["viewer_id"],
            ["viewers.id"],
            name=op.f("fk_viewer_passwords_viewer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("viewer_id", name=op.f("pk_viewer_passwords")),
        comment="Argon2 hashes, apart from what other screens read",
    )
