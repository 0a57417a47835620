"""Districts, streets, programmes, sites, SOS buttons and units."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TABLES = ("districts", "programmes", "streets", "sites", "units", "sos_buttons")


def up() -> None:
    _districts()
    _programmes()
    _streets()
    _sites()
    _units()
    _sos_buttons()


def down() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _districts() -> None:
    op.create_table(
        "districts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("boundary", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_districts")),
        sa.UniqueConstraint("code", name=op.f("uq_districts_code")),
        comment="Police districts; boundary is a closed ring [[lon, lat], …]",
    )


def _programmes() -> None:
    op.create_table(
        "programmes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint("code", name=op.f("uq_programmes_code")),
        comment="State programmes that cameras serve; names are not translated",
    )


def _streets() -> None:
    op.create_table(
        "streets",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("class", sa.Text(), nullable=False),
        sa.Column("path", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.CheckConstraint("class IN ('main', 'street', 'lane')", name=op.f("ck_streets_class")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streets")),
        comment="The city's own drawing of its streets: path is [[lon, lat], …]",
    )


def _sites() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "planned",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="True while it is planned, not yet installed",
        ),
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
            "kind IN ('crossroad', 'linear_section', 'courtyard', 'school', 'kindergarten', 'public_place', 'building_top', 'drone_pad')",
            name=op.f("ck_sites_kind"),
        ),
        sa.CheckConstraint("latitude BETWEEN -85 AND 85", name=op.f("ck_sites_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_sites_longitude")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_sites_district_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        comment="Places that cameras stand at",
    )
    op.create_index(op.f("ix_sites_district_id"), "sites", ["district_id"], unique=False)
    op.create_index("ix_sites_map", "sites", ["map_x", "map_y"], unique=False)


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="free", nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('patrol', 'municipal', 'drone')", name=op.f("ck_units_kind")),
        sa.CheckConstraint(
            "state IN ('free', 'busy', 'on_way', 'on_scene', 'off')", name=op.f("ck_units_state")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_units_district_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
        comment="Patrols, municipal crews and drones, with their last position",
    )
    op.create_index(op.f("ix_units_district_id"), "units", ["district_id"], unique=False)


def _sos_buttons() -> None:
    op.create_table(
        "sos_buttons",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
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
        sa.CheckConstraint("latitude BETWEEN -85 AND 85", name=op.f("ck_sos_buttons_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_sos_buttons_longitude")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_sos_buttons_district_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_sos_buttons_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sos_buttons")),
        sa.UniqueConstraint("code", name=op.f("uq_sos_buttons_code")),
        comment="SOS buttons in the streets",
    )
    op.create_index(
        op.f("ix_sos_buttons_district_id"), "sos_buttons", ["district_id"], unique=False
    )
