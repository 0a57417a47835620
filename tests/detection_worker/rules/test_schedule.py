"""Schedules by the clock of the city, which is five hours ahead of UTC."""

from datetime import UTC, datetime

import pytest

from data_access.domain.watch import Schedule
from detection_worker.rules.schedule import is_awake

NIGHT = Schedule(from_min=22 * 60, to_min=6 * 60)
FRIDAY_NIGHT = Schedule(frozenset({4}), 22 * 60, 6 * 60)
WORKDAY = Schedule(frozenset(range(5)), 8 * 60, 18 * 60)


@pytest.mark.parametrize(
    ("schedule", "local", "awake"),
    [
        (None, "2026-05-04 12:00", True),
        (Schedule(), "2026-05-04 00:00", True),
        (Schedule(), "2026-05-04 23:59", True),
        (NIGHT, "2026-05-04 21:59", False),
        (NIGHT, "2026-05-04 22:00", True),
        (NIGHT, "2026-05-05 05:59", True),
        (NIGHT, "2026-05-05 06:00", False),
        (WORKDAY, "2026-05-08 09:00", True),
        (WORKDAY, "2026-05-09 09:00", False),
        (FRIDAY_NIGHT, "2026-05-08 23:00", True),
        (FRIDAY_NIGHT, "2026-05-09 03:00", True),
        (FRIDAY_NIGHT, "2026-05-08 03:00", False),
        (FRIDAY_NIGHT, "2026-05-09 23:00", False),
        (Schedule(frozenset({6}), 22 * 60, 6 * 60), "2026-05-04 03:00", True),
        (Schedule(frozenset()), "2026-05-04 12:00", False),
    ],
)
def test_a_rule_is_awake(schedule: Schedule | None, local: str, awake: bool) -> None:
    at = datetime.fromisoformat(local + "+05:00").astimezone(UTC)
    assert is_awake(schedule, at) is awake
