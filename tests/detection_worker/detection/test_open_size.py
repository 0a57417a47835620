"""Rewriting the shapes of an ONNX file."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.detection.open_size import with_open_size
from detection_worker.detection.protobuf import NotProtobuf
from tests.detection_worker.detection.onnx_files import write_model

NOTHING = np.zeros((1, 5, 6), np.float32)


def test_height_and_width_are_open_and_the_rest_is_as_it_was(tmp_path: Path) -> None:
    names = {"names": "{0: 'a'}", "stride": "32"}
    path = write_model(tmp_path / "m.onnx", NOTHING, (1, 3, 64, 96), names, NOTHING[:, :1])
    session = onnxruntime.InferenceSession(with_open_size(path.read_bytes()))
    assert session.get_inputs()[0].shape == [1, 3, "height", "width"]
    assert session.get_modelmeta().custom_metadata_map == names
    for height, width in ((64, 96), (32, 64), (160, 32)):
        tensor = np.ones((1, 3, height, width), np.float32)
        assert session.run(None, {"images": tensor})[0].shape == (1, 5, 6)


@pytest.mark.parametrize("content", [b"\xff", b"\x0a\x7fshort", b"\x0b", b"\x09\x01"])
def test_what_is_no_protobuf_is_refused(content: bytes) -> None:
    with pytest.raises(NotProtobuf):
        with_open_size(content)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_are_refused_or_opened_once_and_for_all(content: bytes) -> None:
    try:
        opened = with_open_size(content)
    except NotProtobuf:
        return
    assert with_open_size(opened) == opened
