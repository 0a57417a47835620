"""How tall people and cars are in each part of a picture, and what follows for things."""

import numpy as np
import pytest

from detection_worker.rules.stills.stature import BANDS, LEAST_SIGHTS, Heights

HIGH = 120


def seen(bottom: float, height: float, times: int = LEAST_SIGHTS) -> Heights:
    heights = Heights()
    for _ in range(times):
        heights.note((0.0, bottom - height, 10.0, bottom), HIGH)
    return heights


@pytest.mark.parametrize(
    ("times", "asked", "usual", "here"),
    [
        (LEAST_SIGHTS, 65.0, 40.0, 40.0),
        (LEAST_SIGHTS, 58.0, 40.0, 40.0),
        (LEAST_SIGHTS, 25.0, 40.0, None),
        (LEAST_SIGHTS - 1, 65.0, None, None),
    ],
    ids=["in its band", "beside it", "elsewhere", "seen too rarely"],
)
def test_a_height_is_known_where_enough_were_seen(
    times: int, asked: float, usual: float | None, here: float | None
) -> None:
    heights = seen(65.0, 40.0, times)
    assert (heights.usual(asked, HIGH), heights.usual_here(asked, HIGH)) == (usual, here)


def test_what_the_lower_edge_cuts_says_nothing() -> None:
    assert seen(HIGH - 1.0, 40.0).usual(HIGH - 1.0, HIGH) is None


def test_between_known_bands_heights_go_over_into_each_other() -> None:
    heights = seen(25.0, 20.0)
    for _ in range(LEAST_SIGHTS):
        heights.note((0.0, 45.0, 10.0, 105.0), HIGH)
    middle = heights.usual(65.0, HIGH)
    assert middle == pytest.approx(np.interp(6, [2, 10], [20.0, 60.0])) and BANDS == 12
