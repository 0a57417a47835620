"""``./qala read-plates``: JSON lines, and a sentence for each photograph that is none."""

import json
import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from cli import read_plates
from cli.__main__ import main
from data_access.settings import read_settings
from tests.cli.commands import run


def a_photograph(path: Path, plate: str) -> Path:
    image = np.full((240, 480, 3), 110, np.uint8)
    cv2.rectangle(image, (90, 80), (350, 140), (240, 240, 240), -1)
    cv2.putText(
        image, plate, (100, 125), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (20, 20, 20), 3, cv2.LINE_AA
    )
    cv2.imwrite(str(path), image)
    return path


def test_good_photographs_are_read_though_others_are_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = a_photograph(tmp_path / "first.png", "456KLM01")
    second = a_photograph(tmp_path / "second.png", "789XYZ16")
    dot, words = tmp_path / "dot.png", tmp_path / "words.jpg"
    cv2.imwrite(str(dot), np.zeros((1, 1, 3), np.uint8))
    words.write_text("not a picture")
    paths = [dot, first, words, tmp_path / "missing.jpg", second]
    assert run(read_plates, read_settings({}), *map(str, paths)) == 1
    said = capsys.readouterr()
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [(line["file"], line["plate"], line["region"]) for line in lines] == [
        (str(first), "456KLM01", "01"),
        (str(second), "789XYZ16", "16"),
    ]
    assert all(0.5 < line["confidence"] <= 1 and len(line["box"]) == 4 for line in lines)
    complaints = said.err.splitlines()
    assert [line.split(": ")[1] for line in complaints] == [
        str(dot), str(words), str(tmp_path / "missing.jpg"),
    ]  # fmt: skip


def test_a_name_that_is_no_text_is_printed_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QALA_HOME", str(tmp_path))
    named = tmp_path / os.fsdecode(b"car\xff.png")
    a_photograph(tmp_path / "car.png", "456KLM01").rename(named)
    missing = os.fsdecode(b"none\xff.png")
    assert main(["read-plates", str(named), missing]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["file"] == str(named)
    assert "none\\udcff.png: there is no such file" in said.err


def test_no_photograph_is_wrong_words() -> None:
    with pytest.raises(SystemExit) as refused:
        run(read_plates, read_settings({}))
    assert refused.value.code == 2
