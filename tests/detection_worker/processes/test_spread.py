import pytest

from detection_worker.processes.front import merged, summed
from detection_worker.processes.spread import spread


@pytest.mark.parametrize(
    ("cameras", "before", "processes", "expected"),
    [
        pytest.param([], {}, 2, {}, id="no cameras"),
        pytest.param([1, 2, 3, 4], {}, 2, {1: 0, 2: 1, 3: 0, 4: 1}, id="evenly"),
        pytest.param([2, 4, 6], {}, 2, {2: 0, 4: 1, 6: 0}, id="whatever their numbers"),
        pytest.param([1, 2, 3], {1: 0, 2: 0}, 2, {1: 0, 2: 0, 3: 1}, id="a new one to the idlest"),
        pytest.param([2, 3], {1: 0, 2: 1, 3: 0}, 2, {2: 1, 3: 0}, id="the others stay"),
        pytest.param([1, 2], {1: 5, 2: 0}, 2, {1: 1, 2: 0}, id="from a process that is no more"),
    ],
)
def test_cameras_are_spread(
    cameras: list[int], before: dict[int, int], processes: int, expected: dict[int, int]
) -> None:
    assert spread(cameras, before, processes) == expected


WELL = {"ready": True, "cameras": 2, "live": 2, "detector": "onnx", "model": "m", "troubles": []}


def test_all_are_well_only_where_each_is_ready() -> None:
    assert summed([WELL, WELL], [])["well"]
    assert summed([WELL, WELL], [])["cameras"] == 4
    assert not summed([WELL, {"ready": False}], [])["well"]
    assert not summed([WELL, {**WELL, "writer_stuck": True}], [])["well"]


def test_what_troubles_many_is_said_once() -> None:
    troubled = {**WELL, "troubles": ["The disk is full."]}
    assert summed([troubled, troubled], ["It dies."])["troubles"] == [
        "It dies.",
        "The disk is full.",
    ]


def test_measures_of_all_processes_stand_in_one_text() -> None:
    text = "# HELP qala_x Of it\n# TYPE qala_x gauge\nqala_x 2.0\n"
    assert merged({"a": text, "b": text}) == (
        "# HELP qala_x Of it\n# TYPE qala_x gauge\n"
        'qala_x{process="a"} 2.0\nqala_x{process="b"} 2.0\n'
    )
