"""Opening a photograph in which a plate is looked for."""

import warnings
from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from detection_worker.errors import PlateImageError
from detection_worker.frames import Image

LEAST_SIDE_PX = 16
"""A plate's letters need about ten pixels of height to be read at all."""

MOST_PIXELS = 100_000_000
"""The largest cameras have 100 megapixels; decoded that is 300 MB."""

KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF", "JPEG2000", "PPM")
"""What OpenCV decodes; Pillow knows many more, and takes long for some."""


def open_photograph(path: Path) -> Image:
    """The picture in BGR, turned as its camera was held.

    Raises PlateImageError for a file that is missing, no picture, damaged, too small or too
    large; the size is read before anything is decoded.
    """
    width, height = _size(path)
    if min(width, height) < LEAST_SIDE_PX:
        raise PlateImageError(
            f"{path}: {width}×{height} px is too small to hold a plate; give a larger photograph."
        )
    if width * height > MOST_PIXELS:
        raise PlateImageError(
            f"{path}: {width}×{height} px is more than {MOST_PIXELS // 1_000_000} megapixels; give "
            "a smaller photograph, or the part with the vehicle."
        )
    return _decoded(path)


def _size(path: Path) -> tuple[int, int]:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnidentifiedImageError  # a device or a pipe, into which nobody may ever write
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            with Pillow.open(path, formats=KINDS) as photograph:
                return photograph.size
    except Pillow.DecompressionBombError:
        raise PlateImageError(
            f"{path}: it has far too many pixels; give a smaller photograph, or the part with the "
            "vehicle."
        ) from None
    except FileNotFoundError:
        raise PlateImageError(f"{path}: there is no such file; check its path.") from None
    except (UnidentifiedImageError, ValueError, SyntaxError):
        raise PlateImageError(f"{path}: this is no picture; give a JPEG or PNG file.") from None
    except OSError as error:
        raise PlateImageError(f"{path}: it cannot be read ({error.strerror or error}).") from None


def _decoded(path: Path) -> Image:
    try:
        data = np.fromfile(path, np.uint8)
        image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    except (cv2.error, OSError):
        image = None
    if image is None:
        raise PlateImageError(f"{path}: the picture is damaged; copy it again.")
    return np.asarray(image, np.uint8)
