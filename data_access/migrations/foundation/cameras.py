"""Cameras with their zones and calibrations; linear sections."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TABLES = ("cameras", "calibrations", "camera_programmes", "linear_sections", "zones")


def up() -> None:
    _cameras()
    _calibrations()
    _camera_programmes()
    _linear_sections()
    _zones()


def down() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _cameras() -> None:
    op.create_table(
        "cameras",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, comment="The city's own number of the camera"),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("azimuth_deg", sa.Double(), nullable=True),
        sa.Column("field_of_view_deg", sa.Double(), nullable=True),
        sa.Column(
            "capabilities",
            sa.ARRAY(sa.Text()),
            server_default="{}",
            nullable=False,
            comment="infrared, turning, plates, speed, audio",
        ),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("supplier", sa.Text(), server_default="", nullable=False),
        sa.Column("installed_on", sa.Date(), nullable=True),
        sa.Column("enabled", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column(
            "map_x",
            sa.Double(),
            sa.Computed("(longitude + 180.0) / 360.0", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "map_y",
            sa.Double(),
            sa.Computed(
                "(1.0 - ln(tan(radians(latitude)) + 1.0 / cos(radians(latitude))) / pi()) / 2.0",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('fixed', 'turning', 'overview', 'drone')", name=op.f("ck_cameras_kind")
        ),
        sa.CheckConstraint("origin IN ('new', 'integrated')", name=op.f("ck_cameras_origin")),
        sa.CheckConstraint(
            "azimuth_deg >= 0 AND azimuth_deg < 360", name=op.f("ck_cameras_azimuth")
        ),
        sa.CheckConstraint(
            "field_of_view_deg > 0 AND field_of_view_deg <= 360", name=op.f("ck_cameras_view")
        ),
        sa.CheckConstraint("latitude BETWEEN -85 AND 85", name=op.f("ck_cameras_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_cameras_longitude")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_cameras_district_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_cameras_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cameras")),
        sa.UniqueConstraint("code", name=op.f("uq_cameras_code")),
        comment="Cameras as viewers see them; feed addresses are in camera_feeds",
    )
    op.create_index(op.f("ix_cameras_district_id"), "cameras", ["district_id"], unique=False)
    op.create_index("ix_cameras_map", "cameras", ["map_x", "map_y"], unique=False)
    op.create_index(op.f("ix_cameras_site_id"), "cameras", ["site_id"], unique=False)


def _calibrations() -> None:
    op.create_table(
        "calibrations",
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("pairs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["camera_id"],
            ["cameras.id"],
            name=op.f("fk_calibrations_camera_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_calibrations_district_id")
        ),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_calibrations")),
        comment="Pairs [x, y, x_m, y_m]: picture fractions and metres on the ground",
    )
    op.create_index(
        op.f("ix_calibrations_district_id"), "calibrations", ["district_id"], unique=False
    )


def _camera_programmes() -> None:
    op.create_table(
        "camera_programmes",
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["camera_id"],
            ["cameras.id"],
            name=op.f("fk_camera_programmes_camera_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_camera_programmes_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_camera_programmes_programme_id")
        ),
        sa.PrimaryKeyConstraint("camera_id", "programme_id", name=op.f("pk_camera_programmes")),
        comment="Which programmes a camera serves",
    )
    op.create_index(
        op.f("ix_camera_programmes_district_id"), "camera_programmes", ["district_id"], unique=False
    )


def _linear_sections() -> None:
    op.create_table(
        "linear_sections",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
        sa.Column("entry_camera_id", sa.BigInteger(), nullable=True),
        sa.Column("exit_camera_id", sa.BigInteger(), nullable=True),
        sa.Column("length_m", sa.Double(), nullable=False),
        sa.Column("limit_kmh", sa.BigInteger(), nullable=False),
        sa.Column("path", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "clock_offset_s",
            sa.Double(),
            server_default="0",
            nullable=False,
            comment="How far the exit camera's clock is ahead of the entry's",
        ),
        sa.Column(
            "clock_error_s",
            sa.Double(),
            server_default="0.2",
            nullable=False,
            comment="Error of that offset, to either side, at 95 %",
        ),
        sa.Column(
            "length_error_m",
            sa.Double(),
            server_default="3",
            nullable=False,
            comment="Error of the length with where plates are read, at 95 %",
        ),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.CheckConstraint("length_m > 0", name=op.f("ck_linear_sections_length")),
        sa.CheckConstraint("limit_kmh BETWEEN 5 AND 150", name=op.f("ck_linear_sections_limit")),
        sa.CheckConstraint(
            "clock_error_s >= 0 AND length_error_m >= 0", name=op.f("ck_linear_sections_errors")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_linear_sections_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_camera_id"], ["cameras.id"], name=op.f("fk_linear_sections_entry_camera_id")
        ),
        sa.ForeignKeyConstraint(
            ["exit_camera_id"], ["cameras.id"], name=op.f("fk_linear_sections_exit_camera_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_linear_sections_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linear_sections")),
        comment="Stretches of road between an entry and an exit camera",
    )
    op.create_index(
        op.f("ix_linear_sections_district_id"), "linear_sections", ["district_id"], unique=False
    )


def _zones() -> None:
    op.create_table(
        "zones",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("camera_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False, comment="The id of the rule that watches it"),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("points", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "params",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
            comment="Overrides of the rule's thresholds, by their names",
        ),
        sa.Column(
            "schedule",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="When it is awake: weekdays (0 is Monday), from_min, to_min; empty is always",
        ),
        sa.Column("enabled", sa.Boolean(), server_default="true", nullable=False),
        sa.CheckConstraint("shape IN ('polygon', 'line')", name=op.f("ck_zones_shape")),
        sa.CheckConstraint("jsonb_array_length(points) >= 2", name=op.f("ck_zones_points")),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["cameras.id"], name=op.f("fk_zones_camera_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_zones_district_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zones")),
        comment="Polygons and lines drawn on a camera's picture; points are fractions of it",
    )
    op.create_index(op.f("ix_zones_camera_id"), "zones", ["camera_id"], unique=False)
    op.create_index(op.f("ix_zones_district_id"), "zones", ["district_id"], unique=False)
