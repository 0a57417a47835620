"""Transactions: what they carry, how they end, and what they say when something is wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from data_access.database import Database
from data_access.domain.people import WHOLE_CITY, Role, Scope
from data_access.errors import (
    AlreadyThere,
    DatabaseError,
    DatabaseNotMigrated,
    DatabaseUnreachable,
    NotPermitted,
    RowRefused,
    TooSlow,
)
from data_access.tables.places import Programme
from tests.small_city import SmallCity

PROGRAMME = {"code": "law", "name_ru": "x", "name_kk": "x", "name_en": "x"}


def cameras(database: Database, scope: Scope) -> int:
    with database.as_viewer(scope) as tx:
        return int(tx.scalar(text("SELECT count(*) FROM cameras")) or 0)


def test_a_scope_ends_with_its_transaction(app_url: str, small_city: SmallCity) -> None:
    database = Database(app_url, pool_size=1)
    nobody = Scope(viewer_id=None, districts=frozenset())
    seen = [
        cameras(database, scope) for scope in (WHOLE_CITY, nobody, small_city.scope(Role.CHIEF))
    ]
    with database.as_sign_in() as tx:
        seen.append(int(tx.scalar(text("SELECT count(*) FROM cameras")) or 0))
    database.close()
    assert seen == [6, 0, 3, 0]


def test_a_transaction_commits_at_its_end_and_rolls_back_on_any_exception(owner: Database) -> None:
    with owner.as_owner() as tx:
        tx.execute(insert(Programme).values(PROGRAMME))
    with pytest.raises(LookupError), owner.as_owner() as tx:
        tx.execute(insert(Programme).values(PROGRAMME | {"code": "taza"}))
        raise LookupError
    with owner.as_owner() as tx:
        assert tx.scalars(text("SELECT code FROM programmes")).all() == ["law"]


def test_an_owners_connection_is_refused_where_policies_are_meant_to_hold(owner: Database) -> None:
    with pytest.raises(NotPermitted, match="signs in as qala, where qala_app is needed"):
        cameras(owner, WHOLE_CITY)
    with pytest.raises(NotPermitted, match="where qala_worker is needed"), owner.as_worker():
        pass


def test_moments_come_back_in_utc(owner_url: str) -> None:
    database = Database(owner_url + "&options=-c%20TimeZone%3DAsia/Tokyo")
    with database.as_owner() as tx:
        now = tx.scalar(text("SELECT now()"))
    database.close()
    assert now.utcoffset() == timedelta(0)


def test_a_viewers_statement_is_stopped_when_it_takes_too_long(app_database: Database) -> None:
    sentence = "took too long to answer. Choose a shorter period"
    with pytest.raises(TooSlow, match=sentence), app_database.as_viewer(WHOLE_CITY) as tx:
        assert tx.scalar(text("SELECT current_setting('statement_timeout')")) == "15s"
        tx.execute(text("SET LOCAL statement_timeout = 20"))
        tx.execute(text("SELECT pg_sleep(5)"))


def test_a_row_that_is_there_and_a_row_that_cannot_be_are_told_apart(owner: Database) -> None:
    with owner.as_owner() as tx:
        tx.execute(insert(Programme).values(PROGRAMME))
    with pytest.raises(AlreadyThere), owner.as_owner() as tx:
        tx.execute(insert(Programme).values(PROGRAMME))
    with pytest.raises(RowRefused) as refused, owner.as_owner() as tx:
        tx.execute(text("INSERT INTO streets (class, name_ru, name_kk, name_en, path)"
                        " VALUES ('canal', '', '', '', '[]')"))  # fmt: skip
    assert not isinstance(refused.value, AlreadyThere)


def test_a_database_without_tables_says_what_to_run(empty_url: str) -> None:
    database = Database(empty_url)
    sentence = r"Run \./qala db migrate"
    with pytest.raises(DatabaseNotMigrated, match=sentence), database.as_owner() as tx:
        tx.execute(text("SELECT * FROM cameras"))
    database.close()


def test_a_connection_that_the_server_ended_is_one_sentence_and_then_made_anew(
    owner_url: str, owner: Database
) -> None:
    database = Database(owner_url, pool_size=1)
    with pytest.raises(DatabaseUnreachable, match="It is tried again"), database.as_owner() as tx:
        number = tx.scalar(text("SELECT pg_backend_pid()"))
        with owner.as_owner() as other:
            other.execute(text("SELECT pg_terminate_backend(:number, 5000)"), {"number": number})
        tx.execute(text("SELECT 1"))
    with database.as_owner() as tx:
        assert tx.scalar(text("SELECT 1")) == 1
    database.close()


def test_what_goes_wrong_names_the_database_and_never_its_password(owner: Database) -> None:
    with pytest.raises(DatabaseError) as wrong, owner.as_owner() as tx:
        tx.execute(text("SELECT 1 / 0"))
    password = owner.url.split("@")[0].split(":")[-1]
    assert "division by zero" in str(wrong.value)
    assert password not in str(wrong.value)


def test_an_error_speaks_the_readers_language(app_database: Database) -> None:
    def shouting(text: str) -> str:
        return text.upper().replace("{REASON}", "{reason}").replace("{ADDRESS}", "{address}")

    with pytest.raises(NotPermitted) as refused, app_database.as_viewer(WHOLE_CITY) as tx:
        tx.execute(text("SELECT feed_url FROM camera_feeds"))
    assert refused.value.in_words(shouting).startswith("THE DATABASE DOES NOT PERMIT THIS (perm")
