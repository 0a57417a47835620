"""Cities and their histories as the tests look at them: each built once a process."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from data_access.domain.local_time import LOCAL_ZONE
from data_access.fine_schedule import FineRow, FineSchedule, IndexRow
from demo.history import History, Staff, build_history, staff_of
from demo.places import City, build_city
from demo.places.live import live_cameras, sos_sites
from demo.profiles import PROFILES

NOW = datetime(2026, 11, 21, 9, 17, 33, tzinfo=UTC)
"""A Saturday, 14:17 on the local clock."""

SEED = 1
STAFF: Staff = staff_of(4, 3, 2)

_SINCE = date(2024, 1, 1)
_SPEEDS = ((10, 20, 5), (20, 40, 10), (40, 60, 20), (60, None, 40))
_OTHERS = (
    ("red_light", "599", 10),
    ("crosswalk_yield", "600", 10),
    ("oncoming_lane", "596", 20),
    ("no_stopping", "597", 3),
    ("jaywalking", "615", 3),
)
LITTERING_SINCE = date(2026, 3, 12)

FINES = FineSchedule(
    rows=(
        *(
            FineRow(kind, "592", Decimal(mci), low, high, _SINCE, None)
            for kind in ("spot_speed", "section_speed")
            for low, high, mci in _SPEEDS
        ),
        *(
            FineRow(kind, article, Decimal(mci), None, None, _SINCE, None)
            for kind, article, mci in _OTHERS
        ),
        FineRow("littering", "434-2", Decimal(10), None, None, LITTERING_SINCE, None),
    ),
    index=(IndexRow(date(2025, 1, 1), 3932), IndexRow(date(2026, 1, 1), 4325)),
)


@cache
def city(profile: str, seed: int = SEED) -> City:
    """A city on the day of ``NOW``."""
    return build_city(PROFILES[profile], seed, NOW.astimezone(LOCAL_ZONE).date())


@cache
def history(profile: str) -> History:
    """The year of a city."""
    built = city(profile)
    live = {one.camera for one in live_cameras(built)}
    return build_history(built, NOW, FINES, STAFF, sos_sites(built), live)
