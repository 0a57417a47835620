"""Evidence: drawings, manifests and masked files, requests to mask, deletion with its record."""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.foundation.policies import in_scope

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BEFORE = "kind IN ('snapshot', 'clip', 'plate', 'readings')"
_NOW = (
    "kind IN ('snapshot', 'clip', 'plate', 'drawing', 'readings', 'manifest', "
    "'masked_snapshot', 'masked_clip', 'masked_manifest')"
)


def upgrade() -> None:
    op.drop_constraint(op.f("ck_evidence_kind"), "evidence", type_="check")
    op.create_check_constraint(op.f("ck_evidence_kind"), "evidence", _NOW)
    op.create_index("ix_evidence_started", "evidence", ["event_started_at"], unique=False)
    op.execute("GRANT DELETE ON evidence TO qala_worker")
    _mask_requests()
    _mask_rights()
    # In its own name alone: what it deletes and when, and what commands do.
    op.execute("GRANT INSERT ON audit_records TO qala_worker")
    op.execute(
        "CREATE POLICY worker_adds ON audit_records FOR INSERT TO qala_worker"
        " WITH CHECK (viewer_id IS NULL AND (login = 'worker' OR login LIKE './qala %'))"
    )


def downgrade() -> None:
    op.execute("DROP POLICY worker_adds ON audit_records")
    op.execute("REVOKE INSERT ON audit_records FROM qala_worker")
    op.drop_table("mask_requests")
    op.execute("REVOKE DELETE ON evidence FROM qala_worker")
    op.drop_index("ix_evidence_started", "evidence")
    op.drop_constraint(op.f("ck_evidence_kind"), "evidence", type_="check")
    # Rows of the newer kinds stay: evidence is not thrown away for an older program.
    op.create_check_constraint(
        op.f("ck_evidence_kind"), "evidence", _BEFORE, postgresql_not_valid=True
    )


def _mask_requests() -> None:
    op.create_table(
        "mask_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("viewer_id", sa.BigInteger(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "trouble",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Why it could not be done; a text of the catalogues",
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_mask_requests_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "event_started_at"],
            ["events.id", "events.started_at"],
            name=op.f("fk_mask_requests_event_id_event_started_at"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["viewers.id"], name=op.f("fk_mask_requests_viewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mask_requests")),
        comment="Who asked for faces and plates of an event's evidence to be masked",
    )
    op.create_index(
        op.f("ix_mask_requests_district_id"), "mask_requests", ["district_id"], unique=False
    )
    op.create_index("ix_mask_requests_event", "mask_requests", ["event_id"], unique=False)
    op.create_index(
        "ix_mask_requests_waiting",
        "mask_requests",
        ["requested_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )


def _mask_rights() -> None:
    """The app asks in its scope, for events of the same district; the worker answers."""
    event = (
        "SELECT FROM events p WHERE p.id = mask_requests.event_id"
        " AND p.started_at = mask_requests.event_started_at"
        " AND p.district_id = mask_requests.district_id"
    )
    op.execute("ALTER TABLE mask_requests ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY scope ON mask_requests FOR ALL TO qala_app USING ({in_scope()})"
        f" WITH CHECK (({in_scope()}) AND EXISTS ({event}))"
    )
    op.execute(
        "CREATE POLICY worker ON mask_requests TO qala_worker USING (true) WITH CHECK (true)"
    )
    op.execute("GRANT SELECT, INSERT ON mask_requests TO qala_app")
    op.execute("GRANT SELECT, UPDATE (done_at, trouble) ON mask_requests TO qala_worker")
