"""Evidence of lines and sections; what rules a worker knows, for those who draw zones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

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


def downgrade() -> None:
    op.drop_column("workers", "rules")
    op.drop_constraint(op.f("ck_evidence_kind"), "evidence", type_="check")
    # Rows of the newer kinds stay: evidence is not thrown away for an older program.
    op.create_check_constraint(
        op.f("ck_evidence_kind"), "evidence", _BEFORE, postgresql_not_valid=True
    )
