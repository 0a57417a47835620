"""Evidence of lines and sections; what rules a worker knows, and zones that are tried."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from data_access.migrations.foundation.policies import in_scope

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COMMENT = "The rules that it knows, with their settings"
_BEFORE = (
    "kind IN ('snapshot', 'clip', 'plate', 'drawing', 'readings', 'manifest', "
    "'masked_snapshot', 'masked_clip', 'masked_manifest')"
)
_NOW = (
    "kind IN ('snapshot', 'clip', 'before', 'behind', 'plate', 'sheet', 'drawing', 'readings', "
    "'manifest', 'masked_snapshot', 'masked_clip', 'masked_before', 'masked_behind', "
    "'masked_manifest')"
)


def upgrade() -> None:
    op.drop_constraint(op.f("ck_evidence_kind"), "evidence", type_="check")
    op.create_check_constraint(op.f("ck_evidence_kind"), "evidence", _NOW)
    rules = sa.Column("rules", JSONB(), server_default="[]", nullable=False, comment=_COMMENT)
    op.add_column("workers", rules)
    _rule_trials()
    _trial_rights()


def downgrade() -> None:
    op.drop_table("rule_trials")
    op.drop_column("workers", "rules")
    op.drop_constraint(op.f("ck_evidence_kind"), "evidence", type_="check")
    # Rows of the newer kinds stay: evidence is not thrown away for an older program.
    op.create_check_constraint(
        op.f("ck_evidence_kind"), "evidence", _BEFORE, postgresql_not_valid=True
    )


def _rule_trials() -> None:
    op.create_table(
        "rule_trials",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("viewer_id", sa.BigInteger(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", JSONB(), nullable=False, comment="The zone as it was drawn"),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clips", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        sa.Column("counted", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "found",
            JSONB(),
            server_default="[]",
            nullable=False,
            comment="Clip, second, confidence",
        ),
        sa.Column(
            "trouble",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Why it could not be tried",
        ),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["cameras.id"], name=op.f("fk_rule_trials_camera_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_rule_trials_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["viewers.id"], name=op.f("fk_rule_trials_viewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_trials")),
        comment="Zones that are tried on a camera's clips before they are switched on",
    )
    op.create_index(
        op.f("ix_rule_trials_district_id"), "rule_trials", ["district_id"], unique=False
    )
    op.create_index(
        "ix_rule_trials_camera", "rule_trials", ["camera_id", "requested_at"], unique=False
    )


def _trial_rights() -> None:
    """The app asks in its scope, for cameras of the same district; the worker answers."""
    camera = (
        "SELECT FROM cameras p WHERE p.id = rule_trials.camera_id"
        " AND p.district_id = rule_trials.district_id"
    )
    op.execute("ALTER TABLE rule_trials ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY scope ON rule_trials FOR ALL TO qala_app USING ({in_scope()})"
        f" WITH CHECK (({in_scope()}) AND EXISTS ({camera}))"
    )
    op.execute("CREATE POLICY worker ON rule_trials TO qala_worker USING (true) WITH CHECK (true)")
    op.execute("GRANT SELECT, INSERT ON rule_trials TO qala_app")
    op.execute(
        "GRANT SELECT, UPDATE (done_at, clips, seconds, counted, found, trouble)"
        " ON rule_trials TO qala_worker"
    )
