"""The processes that ``up`` starts."""

from pathlib import Path

import pytest

from cli.children import Child, stop_all
from cli.failure import CommandFailure


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Child:
    package = tmp_path / "cli"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import signal, sys\n"
        "if sys.argv[1] == 'die': print('the model is missing'); sys.exit(3)\n"
        "if sys.argv[1] == 'deaf': signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('ready', flush=True)\n"
        "signal.pause()\n"
        "signal.pause()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return Child("worker", ["run"], {}, tmp_path / "logs" / "worker.log")


def wait_for_word(child: Child, word: str) -> None:
    while word not in child.last_words():
        assert child.process is not None
        assert child.process.poll() is None, child.last_words()


def test_a_child_stops_when_it_is_asked(child: Child) -> None:
    child.start()
    wait_for_word(child, "ready")
    stop_all([child])
    assert child.process is not None
    assert child.process.returncode == -15


def test_a_child_that_does_not_listen_is_killed(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.children.STOP_WITHIN_S", 0.3)
    child.words = ["deaf"]
    child.start()
    wait_for_word(child, "ready")
    stop_all([child])
    assert child.process is not None
    assert child.process.returncode == -9


def test_a_child_that_keeps_dying_is_given_up_with_its_last_words(child: Child) -> None:
    child.words = ["die"]
    child.start()
    with pytest.raises(CommandFailure, match="the model is missing"):
        while True:
            assert child.process is not None
            child.process.wait(60)
            child.keep_alive()


def test_a_child_that_died_once_is_started_again(child: Child) -> None:
    child.start()
    wait_for_word(child, "ready")
    assert child.process is not None
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    child.keep_alive()
    assert child.process.pid != first
    stop_all([child])
