"""Nobody sees or writes a row outside the scope: proved as qala_app, table by table."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql

from data_access.database import APP_ROLE, WORKER_ROLE, Database
from tests import small_city
from tests.data_access import every_table
from tests.postgres import TestServer, role_url
from tests.small_city import EAST, WEST

Session = psycopg.Connection[tuple[Any, ...]]

SCOPES: dict[str, tuple[str | None, set[int]]] = {
    "unset": (None, set()),
    "empty": ("", set()),
    "West": ("1", {WEST}),
    "East": ("2", {EAST}),
    "both": ("1,2", {WEST, EAST}),
    "all": ("all", {WEST, EAST}),
    "sign_in": ("sign_in", set()),
    "nonsense": ("1;DROP", set()),
}

NO_DISTRICT = {
    "streets", "programmes", "monthly_index", "fines_schedule", "workers", "settings", "viewers",
    "viewer_passwords", "sessions", "sign_in_failures", "audit_records", "camera_feeds",
    "districts", "outboxes", "watch_list", "saved_walls", "alembic_version",
}  # fmt: skip
"""Tables without district_id; each has a test of its own below."""


@pytest.fixture(scope="module")
def filled_url(test_server: TestServer) -> Iterator[str]:
    with test_server.clone() as url:
        owner = Database(url)
        with owner.as_owner() as tx:
            small_city.build(tx)
            every_table.fill(tx)
        owner.close()
        yield url


@pytest.fixture(scope="module")
def app(filled_url: str) -> Iterator[Session]:
    with psycopg.connect(role_url(filled_url, APP_ROLE)) as session:
        yield session


@pytest.fixture(scope="module")
def owner(filled_url: str) -> Iterator[Session]:
    with psycopg.connect(filled_url, autocommit=True) as session:
        yield session


@contextmanager
def scoped(session: Session, scope: str | None, viewer: str = "") -> Iterator[None]:
    """A transaction of that scope, taken back at its end."""
    with session.transaction(force_rollback=True):
        if scope is not None:
            session.execute(
                "SELECT set_config('qala.scope', %s, true), set_config('qala.viewer', %s, true)",
                [scope, viewer],
            )
        yield


def rows_of(session: Session, query: str, *values: object) -> list[tuple[Any, ...]]:
    return session.execute(query, values).fetchall()


def tables(session: Session) -> dict[str, bool]:
    """All tables and partitions of the schema, each with whether it has district_id."""
    query = """
        SELECT t.table_name, bool_or(c.column_name = 'district_id')
        FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
        WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' GROUP BY 1
    """
    return dict(rows_of(session, query))


def districts_seen(app: Session, table: str) -> set[int] | None:
    """Whose rows of a table the session sees; None where it may not read it at all."""
    try:
        with app.transaction():
            query = sql.SQL("SELECT DISTINCT district_id FROM {}").format(sql.Identifier(table))
            return {int(row[0]) for row in app.execute(query)}
    except psycopg.errors.InsufficientPrivilege:
        return None


@pytest.mark.parametrize("name", SCOPES)
def test_each_scope_sees_its_districts_in_every_table_and_no_others(
    name: str, app: Session, owner: Session
) -> None:
    scope, expected = SCOPES[name]
    modelled = {table.name for table in every_table.with_district()}
    for table, has_district in tables(owner).items():
        if not has_district:
            continue
        with scoped(app, scope):
            seen = districts_seen(app, table)
        if table == "viewer_districts" and name == "sign_in":
            continue  # sign-in makes the scope out of these rows
        assert seen == (expected if table in modelled else None), table


def test_every_table_with_districts_has_rows_of_both(owner: Session) -> None:
    for table in every_table.with_district():
        seen = {row[0] for row in rows_of(owner, f"SELECT district_id FROM {table.name}")}
        assert seen == {WEST, EAST}, table.name


def test_every_table_and_partition_of_a_district_has_row_level_security(owner: Session) -> None:
    off = rows_of(
        owner,
        """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
        AND c.relname <> 'alembic_version'""",
    )
    assert off == []


def test_no_table_is_overlooked(owner: Session) -> None:
    without = {table for table, has_district in tables(owner).items() if not has_district}
    assert without == NO_DISTRICT


@pytest.mark.parametrize(("scope", "foreign"), [("1", EAST), ("2", WEST), ("sign_in", EAST)])
def test_no_row_of_another_district_can_be_written(
    scope: str, foreign: int, app: Session, owner: Session
) -> None:
    for table in every_table.with_district():
        if table.name == "viewer_districts" and scope == "sign_in":
            continue
        assert (
            changed(
                app,
                scope,
                f"UPDATE {table.name} SET district_id = district_id WHERE district_id = {foreign}",
            )
            == 0
        ), table.name
        assert (
            changed(app, scope, f"DELETE FROM {table.name} WHERE district_id = {foreign}") == 0
        ), table.name
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            insert_copy(app, owner, scope, table.name, foreign)


def test_no_row_can_be_given_to_another_district(app: Session) -> None:
    for table in every_table.with_district():
        with pytest.raises(psycopg.errors.InsufficientPrivilege), scoped(app, "1"):
            app.execute(f"UPDATE {table.name} SET district_id = {EAST} WHERE district_id = {WEST}")


def changed(app: Session, scope: str, statement: str) -> int:
    """How many rows a statement would change; 0 where it is not permitted at all."""
    try:
        with scoped(app, scope):
            return app.execute(statement).rowcount
    except psycopg.errors.InsufficientPrivilege:
        return 0


def insert_copy(app: Session, owner: Session, scope: str, table: str, district: int) -> None:
    """Insert what stands in a row of ``district`` once more; the policy speaks before the keys."""
    query = """SELECT column_name FROM information_schema.columns
        WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER'"""
    names = [row[0] for row in rows_of(owner, query, table)]
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    place = sql.Identifier(table)
    text_row = owner.execute(
        sql.SQL("SELECT to_jsonb(t)::text FROM {} t WHERE district_id = %s LIMIT 1").format(place),
        [district],
    ).fetchone()
    assert text_row is not None
    with scoped(app, scope):
        app.execute(
            sql.SQL(
                "INSERT INTO {t} ({c}) SELECT {c} FROM jsonb_populate_record(NULL::{t}, %s)"
            ).format(t=place, c=columns),
            [text_row[0]],
        )


HUNG_ON_ANOTHERS = {
    "zones": "INSERT INTO zones (camera_id, district_id, name, rule, shape, points)"
    " VALUES (4, 1, 'z', 'crowd', 'line', '[[0,0],[1,1]]')",
    "calibrations": "INSERT INTO calibrations (camera_id, district_id, pairs) VALUES (5, 1, '[]')",
    "camera_programmes": "INSERT INTO camera_programmes VALUES (4, 2, 1)",
    "cameras": "INSERT INTO cameras (code, name_ru, name_kk, name_en, latitude, longitude, site_id,"
    " district_id, kind, origin) VALUES ('X', 'x', 'x', 'x', 51, 71, 3, 1, 'fixed', 'new')",
    "event_states": "INSERT INTO event_states (event_id, event_started_at, district_id, at, state)"
    " VALUES ('{id}', '{started_at}', 1, now(), 'confirmed')",
    "rule_trials": "INSERT INTO rule_trials (id, camera_id, district_id, requested_at, zone)"
    " VALUES (gen_random_uuid(), 4, 1, now(), '{{}}')",
    "mask_requests": "INSERT INTO mask_requests"
    " (id, event_id, event_started_at, district_id, requested_at)"
    " VALUES (gen_random_uuid(), '{id}', '{started_at}', 1, now())",
}


@pytest.mark.parametrize("table", HUNG_ON_ANOTHERS)
def test_no_row_of_ones_own_district_can_hang_on_anothers_camera_or_event(
    table: str, app: Session, owner: Session
) -> None:
    query = "SELECT id, started_at FROM events WHERE district_id = 2 LIMIT 1"
    number, started_at = rows_of(owner, query)[0]
    statement = HUNG_ON_ANOTHERS[table].format(id=number, started_at=started_at)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), scoped(app, "1"):
        app.execute(statement)


def test_what_a_screen_writes_in_its_own_district_is_written(app: Session) -> None:
    with scoped(app, "1"):
        number, at = rows_of(
            app, "SELECT id, started_at FROM events WHERE response = 'violation' LIMIT 1"
        )[0]
        moved = app.execute("UPDATE events SET state = 'confirmed' WHERE id = %s", [number])
        app.execute(
            "INSERT INTO event_states (event_id, event_started_at, district_id, at, state)"
            " VALUES (%s, %s, 1, now(), 'confirmed')",
            [number, at],
        )
        app.execute(
            "INSERT INTO zones (camera_id, district_id, name, rule, shape, points)"
            " VALUES (1, 1, 'z', 'crowd', 'line', '[[0,0],[1,1]]')"
        )
        assert moved.rowcount == 1


def test_the_policy_reads_the_scope_once_a_query_and_not_once_a_row(app: Session) -> None:
    for table in every_table.with_district():
        with scoped(app, "1"):
            plan = rows_of(app, f"EXPLAIN (FORMAT JSON) SELECT * FROM {table.name}")[0][0]
        parts = list(nodes(plan[0]["Plan"]))
        filters = " ".join(part.get("Filter", "") for part in parts)
        assert any(part.get("Parent Relationship") == "InitPlan" for part in parts), table.name
        assert "InitPlan" in filters or "$" in filters, table.name
        assert "current_setting" not in filters, json.dumps(plan, indent=1)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


@pytest.mark.parametrize(
    ("name", "count"), [("unset", 0), ("West", 1), ("both", 2), ("all", 2), ("sign_in", 0)]
)
def test_a_scope_sees_its_own_districts(name: str, count: int, app: Session) -> None:
    with scoped(app, SCOPES[name][0]):
        assert len(rows_of(app, "SELECT id FROM districts")) == count


@pytest.mark.parametrize(
    "table", ["streets", "programmes", "monthly_index", "fines_schedule", "workers", "settings"]
)
def test_what_has_no_district_is_seen_under_every_scope_but_none(table: str, app: Session) -> None:
    for name, (scope, _) in SCOPES.items():
        with scoped(app, scope):
            seen = len(rows_of(app, f"SELECT * FROM {table}"))
        assert (seen > 0) == (name not in ("unset", "empty")), name


def test_only_the_sign_in_reads_passwords_and_sessions(app: Session, owner: Session) -> None:
    owner.execute("INSERT INTO sessions VALUES ('x', 1, now(), now())")
    owner.execute("INSERT INTO sign_in_failures VALUES ('x', 1, now())")
    for table in ("viewer_passwords", "sessions", "sign_in_failures"):
        for name, (scope, _) in SCOPES.items():
            with scoped(app, scope, viewer="1"):
                seen = len(rows_of(app, f"SELECT * FROM {table}"))
            assert (seen > 0) == (name == "sign_in"), (table, name)


def test_a_district_knows_its_own_people_and_those_of_the_whole_city(app: Session) -> None:
    def logins(scope: str | None) -> set[str]:
        with scoped(app, scope):
            return {row[0] for row in rows_of(app, "SELECT login FROM viewers")}

    city = {"akim", "operator", "administrator"}
    assert logins("1") == city | {"chief", "municipal"}
    assert logins("2") == city | {"patrol", "municipal"}
    assert logins("all") == logins("sign_in") == city | {"chief", "municipal", "patrol"}
    assert logins(None) == logins("") == set()


@pytest.mark.parametrize("scope", ["1", "all"])
def test_no_scope_but_the_sign_in_writes_accounts(scope: str, app: Session) -> None:
    assert changed(app, scope, "UPDATE viewers SET role = 'administrator'") == 0
    assert changed(app, scope, "DELETE FROM viewer_districts") == 0
    assert changed(app, "sign_in", "UPDATE viewers SET theme = 'light'") == 6


def test_the_app_cannot_read_the_address_of_a_feed(app: Session) -> None:
    for column in ("feed_url", "sub_feed_url", "*"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), scoped(app, "all"):
            app.execute(f"SELECT {column} FROM camera_feeds")


def test_the_whole_citys_viewer_changes_the_address_of_a_feed_without_reading_it(
    app: Session,
) -> None:
    statement = "UPDATE camera_feeds SET feed_url = 'rtsp://new' WHERE camera_id = 4"
    assert changed(app, "all", statement) == 1
    assert changed(app, "2", statement) == 0


def test_audit_records_are_added_in_ones_own_name_and_never_changed(app: Session) -> None:
    add = "INSERT INTO audit_records (viewer_id, login, action) VALUES ({}, 'x', 'look')"
    assert changed(app, "1", "DELETE FROM audit_records") == 0
    with scoped(app, "1", viewer="2"):
        app.execute(add.format(2))
        assert len(rows_of(app, "SELECT * FROM audit_records")) == 1
        for statement in ("UPDATE audit_records SET login = 'y'", "DELETE FROM audit_records"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(statement)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), scoped(app, "1", viewer="2"):
        app.execute(add.format(3))


def test_a_saved_wall_is_its_viewers_alone(app: Session) -> None:
    add = "INSERT INTO saved_walls VALUES ({}, 'gates', '{{}}')"
    with scoped(app, "1", viewer="2"):
        app.execute(add.format(2))
        assert len(rows_of(app, "SELECT * FROM saved_walls")) == 1
        app.execute("SELECT set_config('qala.viewer', '3', true)")
        assert rows_of(app, "SELECT * FROM saved_walls") == []
        assert app.execute("DELETE FROM saved_walls").rowcount == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege), scoped(app, "1", viewer="2"):
        app.execute(add.format(3))


def test_partitions_cannot_be_reached_past_their_table(app: Session, owner: Session) -> None:
    partitions = [
        name
        for (name,) in rows_of(
            owner, "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'"
        )
    ]
    rights = "SELECT has_table_privilege(%s, %s, 'SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER')"
    for role in (APP_ROLE, WORKER_ROLE):
        assert not any(rows_of(owner, rights, role, name)[0][0] for name in partitions)
    assert len(partitions) >= 3 * 15


def test_the_worker_sees_the_whole_city_and_no_viewer(filled_url: str) -> None:
    with psycopg.connect(role_url(filled_url, WORKER_ROLE), autocommit=True) as worker:
        assert len(rows_of(worker, "SELECT feed_url FROM camera_feeds")) == 6
        assert {row[0] for row in rows_of(worker, "SELECT district_id FROM events")} == {1, 2}
        for table in (
            "viewers",
            "viewer_passwords",
            "sessions",
            "audit_records",
            "sign_in_failures",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                worker.execute(f"SELECT * FROM {table}")


def test_the_roles_own_nothing_and_have_no_power(owner: Session) -> None:
    roles = rows_of(
        owner,
        """SELECT rolname FROM pg_roles WHERE rolname LIKE 'qala\\_%%' AND (rolsuper OR rolbypassrls
        OR rolcreaterole OR rolcreatedb OR rolreplication)""",
    )
    owned = rows_of(
        owner,
        """SELECT relname FROM pg_class JOIN pg_roles r ON r.oid = relowner
        WHERE r.rolname IN ('qala_app', 'qala_worker')""",
    )
    creating = rows_of(owner, "SELECT has_schema_privilege('qala_app', 'public', 'CREATE')")
    assert (roles, owned, creating) == ([], [], [(False,)])


def test_the_worker_adds_to_the_audit_in_its_own_name_alone_and_reads_none_of_it(
    filled_url: str,
) -> None:
    add = "INSERT INTO audit_records (viewer_id, login, action) VALUES (%s, %s, 'evidence.delete')"
    with psycopg.connect(role_url(filled_url, WORKER_ROLE)) as worker:
        for login in ("worker", "./qala evidence"):
            with worker.transaction(force_rollback=True):
                worker.execute(add, [None, login])
        for viewer, login in ((1, "worker"), (None, "operator"), (1, "akim")):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), worker.transaction():
                worker.execute(add, [viewer, login])
        for statement in ("UPDATE audit_records SET login = 'y'", "DELETE FROM audit_records"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), worker.transaction():
                worker.execute(statement)
