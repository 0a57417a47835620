"""Photographs that can be opened, and those that cannot."""

import os
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

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
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(PlateImageError, match="this is no picture"):
        open_photograph(tmp_path / "pipe.jpg")


def test_a_photograph_is_turned_as_its_camera_was_held(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    picture = Pillow.new("RGB", (64, 32), (0, 0, 0))
    picture.paste((255, 255, 255), (0, 0, 16, 32))
    orientation = Pillow.Exif()
    orientation[0x0112] = 6  # held upright: shown after a quarter turn to the right
    picture.save(path, exif=orientation, quality=95)
    image = open_photograph(path)
    assert image.shape == (64, 32, 3)
    assert image[4].mean() > 200
    assert image[-4].mean() < 50


@pytest.mark.parametrize(
    ("name", "mode", "colour"),
    [
        ("printed.jpg", "CMYK", (255, 255, 0, 0)),  # a scan for the press; 255 is full ink
        ("grey.png", "L", 29),
        ("palette.gif", "RGB", (0, 0, 255)),
        ("clear.png", "RGBA", (0, 0, 255, 255)),
        ("deep.png", "I;16", 29 * 257),
        ("new.webp", "RGB", (0, 0, 255)),
        ("new.avif", "RGB", (0, 0, 255)),
        ("scan.tif", "RGB", (0, 0, 255)),
        ("film.jp2", "RGB", (0, 0, 255)),
    ],
)
def test_pictures_of_other_kinds_are_opened_too(
    tmp_path: Path, name: str, mode: str, colour: int | tuple[int, ...]
) -> None:
    path = tmp_path / name
    Pillow.new(mode, (60, 40), colour).save(path)
    image = open_photograph(path)
    assert image.shape == (40, 60, 3)
    assert image.dtype == np.uint8
    blue, green, red = image[20, 30].astype(int).tolist()
    grey = {"L", "I;16"}
    assert (blue > 180 and red < 80) if mode not in grey else blue == green == red == 29


@pytest.mark.parametrize("name", ["moving.gif", "moving.png", "moving.webp"])
def test_of_a_moving_picture_the_first_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    first, second = (Pillow.new("RGB", (60, 40), colour) for colour in ("white", "black"))
    first.save(path, save_all=True, append_images=[second], duration=100)
    assert open_photograph(path)[20, 30].min() > 240


@pytest.mark.parametrize("name", ["car.ico", "car.pcx", "car.tga", "car.eps"])
def test_a_picture_of_a_kind_that_is_not_read_is_not_called_damaged(
    tmp_path: Path, name: str
) -> None:
    Pillow.new("RGB", (60, 40), "white").save(tmp_path / name)
    with pytest.raises(PlateImageError, match="give a JPEG or PNG file"):
        open_photograph(tmp_path / name)


def test_a_photograph_that_was_cut_off_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "half.png"
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    whole = cv2.imencode(".png", noise)[1].tobytes()
    path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(PlateImageError, match="damaged; copy it again"):
        open_photograph(path)
