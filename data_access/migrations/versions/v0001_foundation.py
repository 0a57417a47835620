"""The foundation: all tables, partitions, roles' rights, policies and starting rows."""

from alembic import op

from data_access.migrations.foundation import (
    cameras,
    feeds,
    happenings,
    partitions,
    people,
    places,
    policies,
    responses,
    rights,
    starting_rows,
    sums,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PARTS = (places, cameras, feeds, people, happenings, responses, sums)
"""In the order of their references."""


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for part in PARTS:
        part.up()
    partitions.up()
    rights.up()
    policies.up()
    starting_rows.up()


def downgrade() -> None:
    """Leaves the roles, which belong to the server and may serve another database.

    The extensions go only if this database's other objects do not need them.
    """
    policies.down()
    partitions.down()
    for part in reversed(PARTS):
        part.down()
    rights.down()
    op.execute("DROP EXTENSION IF EXISTS btree_gist")
    op.execute("DROP EXTENSION IF EXISTS pg_trgm")
