"""A real process that is started again when it dies."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from detection_worker.processes.child import RESTARTS_A_MINUTE, Child
from detection_worker.processes.share import Share, line_of
from tests.detection_worker.watching import PATIENCE_S, wait_until

LISTENS = """
import sys
for line in sys.stdin:
    with open(sys.argv[1], "a") as file:
        file.write(line)
"""

Make = Callable[..., Child]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    made: list[Child] = []

    def child(program: str, clock: Callable[[], float] = lambda: 0.0) -> Child:
        (tmp_path / "program.py").write_text(program)
        words = [str(tmp_path / "program.py"), str(tmp_path / "told")]
        made.append(Child(0, "worker-1", lambda number, socket: words, 3, clock))
        return made[-1]

    yield child
    for one in made:
        one.ask_to_stop()
        one.stop(PATIENCE_S)


def test_it_is_told_its_cameras_again_when_it_was_started_again(make: Make, tmp_path: Path) -> None:
    def told() -> list[str]:
        path = tmp_path / "told"
        return path.read_text().split("\n") if path.exists() else []

    child = make(LISTENS)
    child.start()
    child.tell([3, 1])
    wait_until(lambda: "[1, 3]" in told())
    child.ask_to_stop()
    wait_until(lambda: not child.runs)
    (tmp_path / "told").unlink()
    child.keep_alive()
    wait_until(lambda: "[1, 3]" in told())
    assert child.restarts == 1


def test_a_process_is_told_its_cameras_and_stops_when_the_one_in_front_has_gone() -> None:
    share, stopping = Share(), threading.Event()
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as told:
        share.follow(told, stopping)
        os.write(writing, line_of([2, 1]))
        assert share.changed.wait(PATIENCE_S)
        assert (share.cameras, stopping.is_set()) == ({1, 2}, False)
        os.close(writing)
        assert stopping.wait(PATIENCE_S)


def test_it_is_started_again_five_times_a_minute_and_that_is_said(make: Make) -> None:
    now_s = [0.0]
    child = make("", lambda: now_s[0])
    child.start()
    for _ in range(RESTARTS_A_MINUTE + 2):
        wait_until(lambda: not child.runs)
        child.keep_alive()
    assert (child.restarts, child.dies_too_often) == (RESTARTS_A_MINUTE, True)
    now_s[0] = 61.0
    child.keep_alive()
    assert child.restarts == RESTARTS_A_MINUTE + 1


def test_it_is_told_how_many_processors_are_its_own(make: Make, tmp_path: Path) -> None:
    child = make("import os, sys; open(sys.argv[1], 'w').write(os.environ['OMP_NUM_THREADS'])")
    child.start()
    wait_until(lambda: not child.runs)
    assert (tmp_path / "told").read_text() == "3"
