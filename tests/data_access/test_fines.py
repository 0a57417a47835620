"""What a violation costs, on its day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from data_access import fines
from data_access.database import Database
from data_access.errors import RowRefused

DAY = date(2026, 5, 4)
EVENING = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)  # 23:30 in the city


@pytest.mark.parametrize(
    ("kind", "day", "over_kmh", "tenge"),
    [
        ("spot_speed", DAY, 10.0, 5 * 4325),
        ("spot_speed", DAY, 19.9, 5 * 4325),
        ("spot_speed", DAY, 20.0, 10 * 4325),
        ("section_speed", DAY, 45.0, 20 * 4325),
        ("spot_speed", DAY, 150.0, 40 * 4325),
        ("red_light", DAY, None, 43_250),
        ("red_light", date(2025, 12, 31), None, 10 * 3932),
        ("red_light", date(2024, 1, 1), None, 10 * 3692),
        ("littering", DAY, None, 43_250),
        ("jaywalking", DAY, None, 3 * 4325),
    ],
)
def test_a_fine_is_its_mci_times_the_mci_of_the_day(
    kind: str, day: date, over_kmh: float | None, tenge: int, owner: Database
) -> None:
    with owner.as_owner() as tx:
        fine = fines.fine(tx, kind, day, over_kmh)
    assert fine is not None
    assert (fine.tenge, fine.confirmed) == (tenge, False)
    assert fine.mci_count * fine.mci_tenge == fine.tenge


@pytest.mark.parametrize(
    ("kind", "day", "over_kmh"),
    [
        ("spot_speed", DAY, 9.9),
        ("spot_speed", DAY, None),
        ("littering", date(2026, 3, 11), None),
        ("red_light", date(2023, 12, 31), None),
        ("crowd", DAY, None),
    ],
)
def test_where_no_fine_was_in_force_there_is_none(
    kind: str, day: date, over_kmh: float | None, owner: Database
) -> None:
    with owner.as_owner() as tx:
        assert fines.fine(tx, kind, day, over_kmh) is None


def test_a_new_amount_holds_from_its_day_on(owner: Database) -> None:
    with owner.as_owner() as tx:
        tx.execute(
            text("UPDATE fines_schedule SET valid_to = '2026-06-01' WHERE kind = 'red_light'")
        )
        tx.execute(text("INSERT INTO fines_schedule (kind, article, mci_count, valid_from, confirmed, source)"
                        " VALUES ('red_light', '599', 12.5, '2026-06-01', true, 'lawyer')"))  # fmt: skip
        before = fines.fine(tx, "red_light", date(2026, 5, 31))
        after = fines.fine(tx, "red_light", date(2026, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.tenge, after.tenge, after.confirmed) == (43_250, 54_063, True)


def test_two_amounts_for_the_same_day_and_speed_are_refused(owner: Database) -> None:
    with pytest.raises(RowRefused), owner.as_owner() as tx:
        tx.execute(text("INSERT INTO fines_schedule (kind, article, mci_count, over_from_kmh, over_to_kmh, valid_from, source)"
                        " VALUES ('spot_speed', '592', 7, 15, 30, '2026-01-01', 'x')"))  # fmt: skip


@pytest.mark.parametrize(
    ("paid", "tenge"),
    [
        (timedelta(0), 21_625),
        (timedelta(days=7), 21_625),
        (timedelta(days=7, minutes=29), 21_625),
        (timedelta(days=7, minutes=31), 43_250),
        (timedelta(days=400), 43_250),
    ],
)
def test_half_is_paid_until_the_end_of_the_seventh_day_in_the_city(
    paid: timedelta, tenge: int
) -> None:
    assert fines.to_pay_tenge(43_250, EVENING, EVENING + paid) == tenge


def test_half_of_an_odd_amount_is_rounded_up() -> None:
    assert fines.to_pay_tenge(12_975, EVENING, EVENING) == 6_488
