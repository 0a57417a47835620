"""The migrations: up, down, up again, equal to the models, and refusing what will not do."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, pool, text

from data_access.addresses import engine_url, with_role
from data_access.database import Database
from data_access.errors import DatabaseError, DatabaseNotMigrated
from data_access.migrate import migrate, newest_revision
from data_access.migrations.comparing import in_models
from data_access.tables import Base

SNAPSHOTS = {
    "columns": """SELECT table_name, column_name, data_type, is_nullable, column_default,
        is_identity, generation_expression FROM information_schema.columns
        WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conparentid = 0""",
    "indexes": """SELECT tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public'""",
    "comments": """SELECT objoid::regclass::text, attname, description FROM pg_description
        LEFT JOIN pg_attribute ON attrelid = objoid AND attnum = objsubid
        WHERE classoid = 'pg_class'::regclass AND objoid::regclass::text NOT LIKE 'pg\\_%'""",
    "partitioned": """SELECT partrelid::regclass::text, pg_get_partkeydef(partrelid)
        FROM pg_partitioned_table""",
}
"""What PostgreSQL itself says about the tables, by kind of fact."""


def facts(url: str, kind: str) -> set[tuple[Any, ...]]:
    """One kind of facts, without the partitions and without Alembic's own table."""
    with psycopg.connect(url) as session:
        partitions = {
            row[0] for row in session.execute("SELECT relname FROM pg_class WHERE relispartition")
        }
        return {
            row
            for row in session.execute(SNAPSHOTS[kind]).fetchall()
            if row[0] not in partitions and "alembic" not in row[0] and row[1] not in partitions
        }


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_the_migrated_tables_are_those_of_the_models(
    kind: str, owner_url: str, empty_url: str
) -> None:
    engine = create_engine(engine_url(empty_url), poolclass=pool.NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE EXTENSION pg_trgm"))
        connection.execute(text("CREATE EXTENSION btree_gist"))
        Base.metadata.create_all(connection)
    assert facts(owner_url, kind) == facts(empty_url, kind)


def test_alembic_finds_nothing_to_change(owner: Database) -> None:
    with owner.as_owner() as tx:
        context = MigrationContext.configure(
            tx,
            opts={
                "include_object": in_models,
                "compare_type": True,
                "compare_server_default": True,
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_every_table_tells_what_it_is_for() -> None:
    assert [table.name for table in Base.metadata.sorted_tables if not table.comment] == []


def test_every_column_tells_what_it_is_for(owner: Database) -> None:
    """PostgreSQL itself is asked: a column of a later migration is found without its comment."""
    query = """SELECT c.relname || '.' || a.attname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
            AND c.relname NOT LIKE 'alembic%' AND col_description(c.oid, a.attnum) IS NULL"""
    with owner.as_owner() as tx:
        assert tx.scalars(text(query)).all() == []


def test_the_migrations_go_up_down_and_up_again(empty_url: str) -> None:
    assert migrate(empty_url) == newest_revision()
    assert migrate(empty_url, "base") == ""
    with psycopg.connect(empty_url) as session:
        left = session.execute(
            """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"""
        ).fetchall()
    assert {row[0] for row in left} <= {"alembic_version", "alembic_version_pkc"}
    assert migrate(empty_url) == newest_revision()


def test_one_step_down_is_minus_one_and_down_with_rows_is_no_trouble(
    owner_url: str, small_city: object
) -> None:
    newest = newest_revision()
    assert migrate(owner_url, "-1") != newest
    assert migrate(owner_url, "base") == ""
    assert migrate(owner_url) == newest


def test_migrating_what_is_migrated_changes_nothing(owner_url: str, small_city: object) -> None:
    assert migrate(owner_url) == newest_revision()
    with psycopg.connect(owner_url) as session:
        assert session.execute("SELECT count(*) FROM cameras").fetchone() == (6,)


def test_a_migration_that_fails_leaves_nothing_half_made(empty_url: str) -> None:
    with psycopg.connect(empty_url, autocommit=True) as session:
        session.execute("CREATE TABLE traffic_daily (day date)")
    with pytest.raises(DatabaseError, match="traffic_daily"):
        migrate(empty_url)
    with psycopg.connect(empty_url) as session:
        tables = session.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == [("traffic_daily",)]


def test_an_unknown_revision_is_named_with_the_known_ones(owner_url: str) -> None:
    with pytest.raises(DatabaseNotMigrated, match=r"no revision 0999\. Known are: 0001"):
        migrate(owner_url, "0999")


def test_a_database_of_a_newer_program_is_left_alone(owner_url: str) -> None:
    with psycopg.connect(owner_url) as session:
        session.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNotMigrated, match="revision 9999, newer than this program"):
        migrate(owner_url)


def test_the_fines_of_the_facts_are_there_unconfirmed_and_with_their_source(
    owner: Database,
) -> None:
    query = "SELECT kind, article, mci_count, confirmed, source FROM fines_schedule"
    with owner.as_owner() as tx:
        fines = tx.execute(text(query)).all()
        rows = tx.execute(text("SELECT valid_from::text, tenge FROM monthly_index"))
        index = {row.valid_from: row.tenge for row in rows}
    assert index == {"2024-01-01": 3692, "2025-01-01": 3932, "2026-01-01": 4325}
    assert {(fine.kind, fine.article, int(fine.mci_count)) for fine in fines} >= {
        ("spot_speed", "592", 5),
        ("section_speed", "592", 40),
        ("red_light", "599", 10),
        ("littering", "434-2", 10),
    }
    assert not any(fine.confirmed for fine in fines)
    assert all("not yet confirmed" in fine.source for fine in fines)


def test_two_that_migrate_at_once_make_the_tables_once(empty_url: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        revisions = list(threads.map(migrate, [empty_url, empty_url]))
    assert revisions == [newest_revision()] * 2


def test_an_owner_who_is_no_superuser_migrates_a_database_of_its_own(empty_url: str) -> None:
    with psycopg.connect(empty_url, autocommit=True) as session:
        session.execute("CREATE ROLE plain_owner LOGIN PASSWORD 'plain'")
        database = str(engine_url(empty_url).database)
        session.execute(f"ALTER DATABASE {database} OWNER TO plain_owner")
        try:
            assert migrate(with_role(empty_url, "plain_owner", "plain")) == newest_revision()
        finally:
            session.execute(f"ALTER DATABASE {database} OWNER TO qala")
            session.execute("REASSIGN OWNED BY plain_owner TO qala; DROP OWNED BY plain_owner")
            session.execute("DROP ROLE plain_owner")
