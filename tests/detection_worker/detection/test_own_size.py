"""Making an ONNX file anew for pictures of another size."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.detection.heads import cells, grid
from detection_worker.detection.onnx_model import MOST_SIZES, open_model_file
from detection_worker.detection.own_size import with_size
from detection_worker.detection.protobuf import NotProtobuf, fields
from tests.detection_worker.detection.onnx_files import write_sized_model

MADE_FOR = (64, 64)


@pytest.mark.parametrize("wh", [(64, 64), (64, 32), (32, 64), (128, 96)])
def test_the_grid_and_the_folding_are_those_of_the_new_size(
    tmp_path: Path, wh: tuple[int, int]
) -> None:
    model = write_sized_model(tmp_path / "m.onnx").read_bytes()
    session = onnxruntime.InferenceSession(with_size(model, MADE_FOR, wh))
    picture = np.random.default_rng(1).random((1, 3, wh[1], wh[0]), np.float32)
    output = session.run(None, {"images": picture})[0]
    corners, strides = grid(wh)
    assert output.shape == (1, 8, cells(wh))
    assert np.allclose(output[0, :2], ((corners + 0.5) * strides).T)
    assert np.allclose(output[0, 2:5, 0], picture[0, :, :8, :8].mean(axis=(1, 2)), atol=1e-5)


def test_for_its_own_size_a_model_stays_what_it_was(tmp_path: Path) -> None:
    model = write_sized_model(tmp_path / "m.onnx").read_bytes()
    picture = {"images": np.random.default_rng(1).random((1, 3, 64, 64), np.float32)}
    same = onnxruntime.InferenceSession(with_size(model, MADE_FOR, MADE_FOR)).run(None, picture)
    assert (same[0] == onnxruntime.InferenceSession(model).run(None, picture)[0]).all()


def test_a_model_that_cannot_be_open_is_made_for_wide_pictures(tmp_path: Path) -> None:
    path = write_sized_model(tmp_path / "m.onnx")
    path.with_suffix(".txt").write_text("a\nb\nc\nd\n")
    model = open_model_file(path)
    wide = model.format_for(np.zeros((360, 640, 3), np.uint8))
    assert (model.any_size, wide.wh) == (False, (64, 64))  # 36 px of 64 are two cells of 32
    wider = model.format_for(np.zeros((200, 640, 3), np.uint8))
    assert wider.wh == (64, 32)
    assert model.run(wider.empty(1)).shape == (1, 8, cells((64, 32)))


def test_more_sizes_than_a_city_has_are_padded(tmp_path: Path) -> None:
    path = write_sized_model(tmp_path / "m.onnx", 256)
    path.with_suffix(".txt").write_text("a\nb\nc\nd\n")
    model = open_model_file(path)
    heights = [256 - 32 * number for number in range(MOST_SIZES + 1)]
    formats = [model.format_for(np.zeros((height, 256, 3), np.uint8)) for height in heights]
    assert [one.wh for one in formats] == [(256, height) for height in heights[:-1]] + [(256, 256)]


@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_are_refused_or_keep_their_fields(content: bytes) -> None:
    try:
        made = with_size(content, MADE_FOR, (64, 32))
    except NotProtobuf:
        return
    assert numbers_of(made) == numbers_of(content)


def numbers_of(message: bytes) -> list[int]:
    return [number for number, _raw, _content in fields(message)]
