"""Processors are shared out among processes."""

import cv2
import pytest

from detection_worker.cores import one_core_a_picture, share_of, usable_cores


@pytest.mark.parametrize(
    ("told", "usable"),
    [({}, 8), ({"OMP_NUM_THREADS": "2"}, 2), ({"OMP_NUM_THREADS": "99"}, 8),
     ({"OMP_NUM_THREADS": "0"}, 1), ({"OMP_NUM_THREADS": "many"}, 8)],
)  # fmt: skip
def test_a_process_uses_what_it_may(
    told: dict[str, str], usable: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: set(range(8)))
    assert usable_cores(told) == usable


@pytest.mark.parametrize(
    ("processes", "cores", "share"), [(1, 8, 8), (2, 8, 4), (3, 8, 2), (8, 2, 1)]
)
def test_processes_divide_the_processors(processes: int, cores: int, share: int) -> None:
    assert share_of(processes, cores) == share


def test_opencv_shares_no_picture_out_over_the_cores() -> None:
    before = cv2.getNumThreads()
    try:
        one_core_a_picture()
        assert cv2.getNumThreads() == 1
    finally:
        cv2.setNumThreads(before)
