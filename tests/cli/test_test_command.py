import json
from pathlib import Path

import pytest

from cli import test as command
from cli.failure import CommandFailure


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run, instead of running it."""
    words: list[list[str]] = []
    monkeypatch.setattr(command, "_require", lambda title, said: words.append(list(said)))
    return words


def test_failures_are_known_by_the_record_of_the_last_run(tmp_path: Path) -> None:
    record = tmp_path / "lastfailed"
    record.write_text(json.dumps({"tests/b.py::test_b": True, "tests/a.py::test_a[x y]": True}))
    assert command._failed(record) == ["tests/a.py::test_a[x y]", "tests/b.py::test_b"]


def test_a_run_that_broke_before_its_record_has_no_failures_to_try(tmp_path: Path) -> None:
    assert command._failed(tmp_path / "lastfailed") == []


def test_a_few_failures_are_tried_alone_and_named(
    run: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    command._once_more_alone(["tests/a.py::test_a"])
    assert run == [["pytest", "tests/a.py::test_a"]]
    assert "passed alone; look at them:\n  tests/a.py::test_a" in capsys.readouterr().out


@pytest.mark.parametrize("count", [0, command.MOST_BUSY + 1])
def test_many_failures_or_none_known_are_a_failed_run(run: list[list[str]], count: int) -> None:
    with pytest.raises(CommandFailure, match="tests failed"):
        command._once_more_alone([f"tests/a.py::test_{number}" for number in range(count)])
    assert run == []
