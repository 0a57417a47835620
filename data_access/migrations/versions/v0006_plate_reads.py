"""Plate reads: columns that nothing reads go, and an index that a search need not wait for.

A GIN index collects new entries in a list of up to 4 MB and each scan reads the list from end to
end: a search of two dozen patterns would read it two dozen times. Reads are written in batches,
so the list saves the worker little.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BARE: sa.ColumnElement[str] = sa.literal_column("replace(plate, ' ', '')").label("bare")
TABLES = ("plate_reads", "violations")


def upgrade() -> None:
    op.drop_column("plate_reads", "direction")
    op.drop_column("plate_reads", "event_id")
    for table in TABLES:
        _make_index(table, {"fastupdate": False})


def downgrade() -> None:
    for table in TABLES:
        _make_index(table, {})
    op.add_column("plate_reads", sa.Column("event_id", sa.Uuid(), nullable=True))
    op.add_column(
        "plate_reads", sa.Column("direction", sa.Text(), server_default="", nullable=False)
    )


def _make_index(table: str, options: dict[str, bool]) -> None:
    """Anew: a partitioned index cannot be altered."""
    op.drop_index(f"ix_{table}_alike", table)
    op.create_index(
        f"ix_{table}_alike",
        table,
        [_BARE],
        postgresql_using="gin",
        postgresql_ops={"bare": "gin_trgm_ops"},
        postgresql_with=options,
    )
