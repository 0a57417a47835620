"""Plates: the crop of a read, a search that forgives one wrong sign, and the watch list."""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.foundation.policies import WHOLE_CITY, in_scope

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BARE: sa.ColumnElement[str] = sa.literal_column("replace(plate, ' ', '')").label("bare")

# Row-level security keeps LIKE from an index, for it is not leakproof: the function runs as its
# owner, and asks for the scope itself, as the policies do. It gives plates and nothing else of
# their rows. Patterns with three signs in a piece are found by trigrams; the planner thinks that
# two dozen of them find so much that it would rather read everything, and is kept from it.
_SEARCH = f"""
CREATE FUNCTION public.qala_plates_near(
    wanted text, from_at timestamptz, until_at timestamptz, most integer)
RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    patterns text[] := ARRAY[wanted];
    near text;
    found text[];
BEGIN
    IF wanted !~ '^[0-9A-Z]{{2,12}}$' OR most NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'a plate has 2 to 12 letters and digits' USING ERRCODE = '22023';
    END IF;
    IF length(wanted) >= 6 THEN
        FOR place IN 1..length(wanted) LOOP
            patterns := patterns
                || (left(wanted, place - 1) || '_' || substr(wanted, place + 1))
                || (left(wanted, place - 1) || substr(wanted, place + 1))
                || (left(wanted, place) || '_' || substr(wanted, place + 1));
        END LOOP;
    END IF;
    SELECT string_agg(format('replace(plate, '' '', '''') LIKE %L', '%' || one || '%'), ' OR ')
        INTO near FROM (SELECT DISTINCT unnest(patterns) AS one) AS each;
    EXECUTE format(
        'SELECT array_agg(plate) FROM (
            SELECT plate FROM plate_reads
                WHERE (%1$s) AND read_at >= $1 AND read_at < $2 AND (%2$s)
            UNION SELECT plate FROM violations
                WHERE (%1$s) AND event_started_at >= $1 AND event_started_at < $2 AND (%2$s)
            LIMIT $3) AS found',
        near, $scope${in_scope()}$scope$) INTO found USING from_at, until_at, most;
    RETURN coalesce(found, ARRAY[]::text[]);
END
$$
"""
_SEARCH_COMMENT = "Plates in the viewer's districts that hold some signs, at most one of them wrong"


def upgrade() -> None:
    _crops()
    _search()
    _watch_list()


def downgrade() -> None:
    op.drop_table("watch_list")
    op.execute("DROP FUNCTION public.qala_plates_near(text, timestamptz, timestamptz, integer)")
    op.drop_index("ix_violations_alike", "violations")
    op.drop_index("ix_plate_reads_alike", "plate_reads")
    op.create_index(
        "ix_plate_reads_alike",
        "plate_reads",
        ["plate"],
        postgresql_using="gin",
        postgresql_ops={"plate": "gin_trgm_ops"},
    )
    for column in ("crop_path", "crop_sha256", "crop_bytes"):
        op.drop_column("plate_reads", column)


def _crops() -> None:
    """The evidence table wants an event, and most reads belong to none."""
    op.add_column(
        "plate_reads",
        sa.Column("crop_path", sa.Text(), comment="Its picture, relative to the media folder"),
    )
    op.add_column("plate_reads", sa.Column("crop_sha256", sa.Text()))
    op.add_column("plate_reads", sa.Column("crop_bytes", sa.BigInteger()))


def _search() -> None:
    op.drop_index("ix_plate_reads_alike", "plate_reads")
    for table in ("plate_reads", "violations"):
        op.create_index(
            f"ix_{table}_alike",
            table,
            [_BARE],
            postgresql_using="gin",
            postgresql_ops={"bare": "gin_trgm_ops"},
        )
    op.execute(_SEARCH)
    name = "public.qala_plates_near(text, timestamptz, timestamptz, integer)"
    op.execute(f"COMMENT ON FUNCTION {name} IS '{_SEARCH_COMMENT.replace(chr(39), chr(39) * 2)}'")
    op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO qala_app")


def _watch_list() -> None:
    op.create_table(
        "watch_list",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False, comment="Letters and digits alone"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why it is looked for"),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("plate ~ '^[0-9A-Z]{4,12}$'", name=op.f("ck_watch_list_plate")),
        sa.CheckConstraint("until_at > added_at", name=op.f("ck_watch_list_order")),
        sa.ForeignKeyConstraint(["added_by"], ["viewers.id"], name=op.f("fk_watch_list_added_by")),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["viewers.id"], name=op.f("fk_watch_list_removed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_list")),
        comment="Plates that are looked for, why, by whom and until when; none is deleted",
    )
    op.create_index("ix_watch_list_until", "watch_list", ["until_at"], unique=False)
    op.execute("ALTER TABLE watch_list ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY city ON watch_list TO qala_app USING ({WHOLE_CITY})")
    op.execute("CREATE POLICY worker ON watch_list FOR SELECT TO qala_worker USING (true)")
    op.execute("GRANT SELECT, INSERT, UPDATE (removed_by, removed_at) ON watch_list TO qala_app")
    op.execute("GRANT SELECT ON watch_list TO qala_worker")
