"""Where a camera is turned and asked, and how its feed is decoded."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "camera_feeds",
        sa.Column(
            "onvif_url", sa.Text(), nullable=True,
            comment="Where the camera is turned and asked for its streams, with its password",
        ),
    )  # fmt: skip
    op.add_column(
        "feed_status",
        sa.Column(
            "decoder", sa.Text(), nullable=False, server_default="",
            comment="The hardware that decodes it; empty for the processor",
        ),
    )  # fmt: skip
    op.add_column(
        "feed_status",
        sa.Column(
            "turns", sa.Boolean(), nullable=False, server_default="false",
            comment="Whether operators can turn it from here",
        ),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_column("feed_status", "turns")
    op.drop_column("feed_status", "decoder")
    op.drop_column("camera_feeds", "onvif_url")
