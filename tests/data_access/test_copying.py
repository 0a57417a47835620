"""Columns become rows as they are, and constraints hold at the end."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from sqlalchemy import text

from data_access.copying import continue_numbering, copy_columns, filled_in_bulk
from data_access.database import Database
from data_access.errors import DataAccessError
from tests.small_city import SmallCity

DISTRICT = {"name_ru": ["Новый"], "name_kk": ["Жаңа"], "name_en": ["New"], "boundary": ["[]"]}


def test_texts_stay_as_they_are_and_nothing_stays_apart_from_empty(owner: Database) -> None:
    names = ['quote " and, comma', "line\nbreak \\N", "", "<script>", "Ә 😀"]
    rows = {
        "id": np.arange(1, 6), "code": list("abcde"), "name_ru": names, "name_kk": names,
        "name_en": names, "boundary": ["[[1.5, 2]]"] * 5,
    }  # fmt: skip
    with owner.as_owner() as tx:
        assert copy_columns(tx, "districts", rows) == 5
        kept = tx.execute(text("SELECT name_ru, boundary FROM districts ORDER BY id")).all()

    assert [row.name_ru for row in kept] == names
    assert kept[0].boundary == [[1.5, 2]]


def test_missing_values_are_null_and_moments_are_utc(
    owner: Database, small_city: SmallCity
) -> None:
    moments = np.array(["2026-03-01T10:00:00.5", "NaT"], "M8[us]")
    rows = {
        "code": ["U-1", "U-2"], "name": ["", "x"], "kind": ["patrol", "patrol"],
        "district_id": np.array([1, 2]), "latitude": np.array([50.5, np.nan]),
        "longitude": [71.5, None], "seen_at": moments,
    }  # fmt: skip
    with owner.as_owner() as tx:
        tx.execute(text("DELETE FROM units"))
        copy_columns(tx, "units", rows)
        first, second = tx.execute(text("SELECT * FROM units ORDER BY code")).all()

    assert (first.name, first.latitude) == ("", 50.5)
    assert first.seen_at == datetime(2026, 3, 1, 10, 0, 0, 500_000, tzinfo=UTC)
    assert (second.latitude, second.longitude, second.seen_at) == (None, None, None)


def test_days_are_days(owner: Database) -> None:
    days = np.array(["2026-03-01", "2026-03-02"], "M8[D]")
    rows = {
        "day": days, "site_id": np.array([1, 1]), "kind": ["crowd"] * 2,
        "district_id": np.array([1, 1]), "response": ["incident"] * 2, "events": np.array([3, 4]),
    }  # fmt: skip
    with owner.as_owner() as tx:
        copy_columns(tx, "events_daily", rows)
        kept = tx.scalars(text("SELECT day FROM events_daily ORDER BY day")).all()

    assert kept == [date(2026, 3, 1), date(2026, 3, 2)]


def test_numbering_goes_on_after_the_copied_rows(owner: Database) -> None:
    with owner.as_owner() as tx:
        copy_columns(tx, "districts", DISTRICT | {"id": np.array([41]), "code": ["new"]})
        continue_numbering(tx, "districts", "sites")
        tx.execute(
            text(
                "INSERT INTO districts (code, name_ru, name_kk, name_en, boundary)"
                " VALUES ('next', '', '', '', '[]')"
            )
        )
        assert tx.scalar(text("SELECT id FROM districts WHERE code = 'next'")) == 42


def test_a_reference_to_nothing_is_found_at_the_end_and_nothing_is_kept(
    owner: Database, small_city: SmallCity
) -> None:
    wrong = {
        "camera_id": np.array([999]), "started_at": np.array(["2026-03-01"], "M8[us]"),
        "district_id": np.array([1]), "state": ["offline"],
    }  # fmt: skip
    with (
        pytest.raises(DataAccessError),
        owner.as_owner() as tx,
        filled_in_bulk(tx, "feed_outages"),
    ):
        copy_columns(tx, "feed_outages", wrong)

    with owner.as_owner() as tx:
        assert tx.scalar(text("SELECT count(*) FROM feed_outages WHERE camera_id = 999")) == 0
        with pytest.raises(DataAccessError), owner.as_owner() as other:
            copy_columns(other, "feed_outages", wrong)


def test_references_and_indexes_of_partitioned_tables_come_back(owner: Database) -> None:
    words = text(
        "SELECT count(*) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE indrelid::regclass::text LIKE 'events%' AND indisvalid"
    )
    with owner.as_owner() as tx:
        before = tx.scalar(words)
        with filled_in_bulk(tx, "events"):
            assert int(tx.scalar(words) or 0) < int(before or 0)
        assert tx.scalar(words) == before
