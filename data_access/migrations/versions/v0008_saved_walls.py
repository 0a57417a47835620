"""Walls of live pictures that viewers keep by name."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from data_access.migrations.foundation.policies import ANY_SCOPE, VIEWER

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OWN = f"viewer_id = {VIEWER} AND {ANY_SCOPE}"


def upgrade() -> None:
    op.create_table(
        "saved_walls",
        sa.Column("viewer_id", sa.BigInteger(), nullable=False, comment="Whose it is"),
        sa.Column("name", sa.Text(), nullable=False, comment="As the viewer calls it"),
        sa.Column(
            "address",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="What stands in the page's address: tiles, order, district, filter",
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"],
            ["viewers.id"],
            name=op.f("fk_saved_walls_viewer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("viewer_id", "name", name=op.f("pk_saved_walls")),
        comment="Walls of live pictures that a viewer keeps; each sees only their own",
    )
    op.execute("ALTER TABLE saved_walls ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own ON saved_walls TO qala_app USING ({_OWN}) WITH CHECK ({_OWN})")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON saved_walls TO qala_app")


def downgrade() -> None:
    op.drop_table("saved_walls")
