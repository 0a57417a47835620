"""``./qala bench``: JSON with where, when and how."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import BENCHMARKS
from cli import bench
from cli.failure import CommandFailure
from data_access.settings import read_settings
from tests.cli.commands import run
from tests.cli.films import a_walk
from tests.detection_worker.detection.onnx_files import write_model


def test_the_pipeline_is_measured_against_the_bare_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a short film with a small model: that it measures, not how fast it is."""
    a_walk(tmp_path / "walk.mp4", seconds=2)
    names = {"names": "{0: 'person'}"}
    write_model(tmp_path / "small.onnx", np.zeros((1, 5, 6), np.float32), metadata=names)
    monkeypatch.setenv("QALA_SHARED", str(tmp_path))
    words = ["pipeline", "--rounds", "2", "--feed", "walk.mp4", "--model", "small.onnx"]
    assert run(bench, read_settings({}), *words) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["command"] == "./qala bench " + " ".join(words)
    assert (figures["frames"], figures["rounds"]) == (20, 2)
    assert figures["ratio"] > 0
    assert {"at", "machine", "journey_fps", "bare_model_fps", "reached"} <= set(figures)


def test_missing_footage_is_said_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QALA_SHARED", str(tmp_path))
    with pytest.raises(CommandFailure, match="let QALA_SHARED name the folder"):
        run(bench, read_settings({}), "pipeline")


def test_an_unknown_benchmark_is_wrong_words() -> None:
    with pytest.raises(SystemExit) as refused:
        run(bench, read_settings({}), "nothing")
    assert refused.value.code == 2


@pytest.mark.parametrize("module", BENCHMARKS.values(), ids=BENCHMARKS)
def test_every_benchmark_can_be_found(module: str) -> None:
    path = Path(__file__).resolve().parents[2] / (module.replace(".", "/") + ".py")
    assert path.is_file()
