"""Photographs that can be opened, and those that cannot."""

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from detection_worker.errors import PlateImageError
from detection_worker.plates.photograph import open_photograph


def a_png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size, with no pixels behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def test_a_photograph_is_opened_in_bgr(tmp_path: Path) -> None:
    path = tmp_path / "blue.png"
    cv2.imwrite(str(path), np.full((40, 60, 3), (255, 0, 0), np.uint8))
    image = open_photograph(path)
    assert image.shape == (40, 60, 3)
    assert image[0, 0].tolist() == [255, 0, 0]


def test_a_name_in_any_alphabet_is_found(tmp_path: Path) -> None:
    path = tmp_path / "нөмір.png"
    path.write_bytes(cv2.imencode(".png", np.zeros((40, 60, 3), np.uint8))[1].tobytes())
    assert open_photograph(path).shape == (40, 60, 3)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (a_png_header(1, 1), "1×1 px is too small to hold a plate"),
        (a_png_header(20_000, 20_000), "far too many pixels; give a smaller photograph"),
        (a_png_header(12_000, 12_000), "12000×12000 px is more than 100 megapixels"),
        (a_png_header(100, 100), "the picture is damaged; copy it again"),
        (b"no picture here", "this is no picture; give a JPEG or PNG file"),
        (b"", "this is no picture"),
    ],
    ids=["tiny", "huge", "large", "damaged", "text", "empty"],
)
def test_a_file_that_cannot_be_read_is_named_with_the_cure(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "plate.png"
    path.write_bytes(content)
    with pytest.raises(PlateImageError, match=sentence) as refused:
        open_photograph(path)
    assert str(path) in str(refused.value)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(PlateImageError, match="no such file; check its path"):
        open_photograph(tmp_path / "missing.jpg")
    with pytest.raises(PlateImageError, match="cannot be read"):
        open_photograph(tmp_path)
