"""Whatever comes, comes with movement beside it; what moves only within its place did not come."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from detection_worker.rules.stills.movements import Movements

AT = datetime(2026, 5, 4, 6, tzinfo=UTC)
BOX = (80, 80, 100, 100)


@pytest.mark.parametrize(
    ("rows", "columns", "ago_s", "expected"),
    [
        (slice(80, 100), slice(60, 80), 2.0, True),
        (slice(80, 100), slice(60, 80), 5.0, True),
        (slice(80, 100), slice(60, 80), 8.0, False),
        (slice(84, 96), slice(84, 96), 2.0, False),
        (slice(0, 20), slice(0, 20), 2.0, False),
    ],
    ids=["beside it", "a little before", "long before", "only within", "far away"],
)
def test_movement_counts_beside_a_place_and_shortly_before(
    rows: slice, columns: slice, ago_s: float, expected: bool
) -> None:
    moving = np.zeros((180, 320), np.uint8)
    moving[rows, columns] = 255
    movements = Movements()
    movements.note(moving, AT - timedelta(seconds=ago_s))
    movements.note(np.zeros_like(moving), AT)
    assert movements.beside(BOX, AT) is expected


def test_before_the_first_picture_nothing_has_moved() -> None:
    assert not Movements().beside(BOX, AT)
