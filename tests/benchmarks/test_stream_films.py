"""Films in which nothing moves for a part of the time."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from benchmarks.stream_films import Clip, composed, moves, write_film
from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.file import open_file
from detection_worker.frames import Frame
from detection_worker.motion_gate import MotionGate


@pytest.fixture
def clip() -> Clip:
    """A white square that crosses a grey picture."""
    pictures = []
    for number in range(20):
        picture = np.full((180, 320, 3), 90, np.uint8)
        picture[60:100, number * 12 : number * 12 + 40] = 240
        pictures.append(picture)
    return Clip("square", 5.0, pictures)


@pytest.mark.parametrize("still", [0.0, 0.5, 0.8, 0.95])
def test_so_much_of_the_time_is_still(still: float) -> None:
    assert sum(moves(400, 5.0, still)) == round(400 * (1 - still))


def test_movement_and_stillness_take_turns(clip: Clip) -> None:
    moving = moves(200, 5.0, 0.5)
    assert moving[:50] == [True] * 50 and moving[50:100] == [False] * 50
    assert moving[100:] == moving[:100]


def test_what_is_still_is_no_copy_and_no_movement(clip: Clip) -> None:
    pictures = list(composed(clip, 100, 0.9))
    still = pictures[20:]
    assert not any((one == other).all() for one, other in pairwise(still))
    assert max(np.abs(one.astype(int) - still[0]).mean() for one in still) < 6


def test_the_gate_sees_the_movement_of_a_film_and_not_its_noise(clip: Clip, tmp_path: Path) -> None:
    path, gate = write_film(tmp_path, clip, 100, 0.8), MotionGate()
    frames = open_file(WatchedCamera(1, "film", str(path)), paced=False).frames()
    seen = [gate.moves(Frame(1, at, picture)) for at, picture in frames]
    assert all(seen[:20])
    assert sum(seen[25:]) <= 4  # looks that are due anyway
