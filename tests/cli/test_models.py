"""``./qala models``: a model is tried before it is kept."""

from pathlib import Path

import numpy as np
import pytest

from cli import models
from cli.failure import CommandFailure
from data_access.settings import Settings, read_settings
from tests.cli.commands import run
from tests.detection_worker.detection.onnx_files import write_model

OUTPUT = np.zeros((1, 5, 6), np.float32)
NAMES = {"names": "{0: 'fire', 1: 'smoke'}"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"QALA_HOME": str(tmp_path / "home")})


def in_folder(settings: Settings) -> list[str]:
    folder = settings.models_dir
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_good_model_is_added_and_listed(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    model = write_model(tmp_path / "fire.onnx", OUTPUT, metadata=NAMES)
    assert run(models, settings, "add", str(model)) == 0
    assert "classes: 2 (fire, smoke)" in capsys.readouterr().out
    run(models, settings, "list")
    assert capsys.readouterr().out.startswith("fire.onnx\t")


def test_names_beside_a_model_come_with_it(tmp_path: Path, settings: Settings) -> None:
    model = write_model(tmp_path / "fire.onnx", OUTPUT)
    (tmp_path / "fire.txt").write_text("fire\nsmoke\n")
    run(models, settings, "add", str(model))
    assert in_folder(settings) == ["fire.onnx", "fire.txt"]


def test_a_model_added_again_takes_the_place_of_the_old_one(
    tmp_path: Path, settings: Settings
) -> None:
    model = write_model(tmp_path / "fire.onnx", OUTPUT, metadata=NAMES)
    run(models, settings, "add", str(model))
    write_model(model, OUTPUT, metadata={"names": "{0: 'fog', 1: 'smoke'}"})
    run(models, settings, "add", str(model))
    assert (settings.models_dir / "fire.onnx").read_bytes() == model.read_bytes()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("damaged.onnx", "damaged.onnx cannot be loaded"),
        ("hostname", "hostname is none that a detector opens.* ends in .engine, .pt, _openvino"),
        ("missing.onnx", "There is no .*missing.onnx: check its path"),
    ],
)
def test_a_bad_model_is_refused_and_leaves_nothing(
    tmp_path: Path, settings: Settings, name: str, sentence: str
) -> None:
    for damaged in ("damaged.onnx", "hostname"):
        (tmp_path / damaged).write_bytes(b"damaged" * 100)
    with pytest.raises(CommandFailure, match=sentence):
        run(models, settings, "add", str(tmp_path / name))
    assert in_folder(settings) == []


def test_an_empty_folder_says_how_to_fill_it(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(models, settings, "list") == 0
    assert "./qala models add FILE" in capsys.readouterr().out
