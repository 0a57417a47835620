"""The monthly index and the starting schedule of fines, each with its source.

They are starting values: unconfirmed until the operator's lawyer has confirmed them.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

_INDEX = {2024: 3692, 2025: 3932, 2026: 4325}
_SINCE = date(2024, 1, 1)
_LITTERING_SINCE = date(2026, 3, 12)
_CODE = "Code on Administrative Offences, art. {article}; starting value, not yet confirmed"
_LITTERING = "Press: kt.kz, fines by camera since 12 March 2026; starting value, not yet confirmed"

_SPEEDS = ((10, 20, 5), (20, 40, 10), (40, 60, 20), (60, None, 40))
"""Over the limit from (inclusive) and to (exclusive) in km/h, and MCI (art. 592)."""

_OTHERS = (
    ("red_light", "599", 10),
    ("crosswalk_yield", "600", 10),
    ("oncoming_lane", "596", 20),
    ("no_stopping", "597", 3),
    ("jaywalking", "615", 3),
)

_index = sa.table(
    "monthly_index",
    sa.column("valid_from", sa.Date),
    sa.column("tenge", sa.BigInteger),
    sa.column("source", sa.Text),
)
_fines = sa.table(
    "fines_schedule",
    sa.column("kind", sa.Text),
    sa.column("article", sa.Text),
    sa.column("mci_count", sa.Numeric),
    sa.column("over_from_kmh", sa.BigInteger),
    sa.column("over_to_kmh", sa.BigInteger),
    sa.column("valid_from", sa.Date),
    sa.column("source", sa.Text),
)


def up() -> None:
    op.bulk_insert(
        _index,
        [
            {"valid_from": date(year, 1, 1), "tenge": tenge, "source": f"Budget law for {year}"}
            for year, tenge in _INDEX.items()
        ],
    )
    speeds = [
        _fine(kind, "592", mci, low, high)
        for kind in ("spot_speed", "section_speed")
        for low, high, mci in _SPEEDS
    ]
    others = [_fine(kind, article, mci) for kind, article, mci in _OTHERS]
    littering = _fine("littering", "434-2", 10) | {
        "valid_from": _LITTERING_SINCE,
        "source": _LITTERING,
    }
    op.bulk_insert(_fines, [*speeds, *others, littering])


def _fine(
    kind: str, article: str, mci: int, low: int | None = None, high: int | None = None
) -> dict[str, object]:
    return {
        "kind": kind,
        "article": article,
        "mci_count": mci,
        "over_from_kmh": low,
        "over_to_kmh": high,
        "valid_from": _SINCE,
        "source": _CODE.format(article=article),
    }
