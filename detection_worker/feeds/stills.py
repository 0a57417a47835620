"""Single pictures, JPEG or PNG, from wherever they come."""

import warnings
from io import BytesIO

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from detection_worker.frames import Image

MOST_PIXELS = 50_000_000
"""8K has 33 megapixels, the largest fixed cameras 48; decoded that is 150 MB."""

MOST_BYTES = 32_000_000
"""A still of 8K in the best JPEG quality; whatever is longer is no picture."""


class StillDamaged(ValueError):
    """No JPEG or PNG, or a damaged one."""


class StillTooLarge(ValueError):
    """More pixels than any camera has: decoding it would take the memory of all others."""


def decoded(content: bytes) -> Image:
    """The picture in BGR; its size is read before anything is decoded.

    Raises:
        StillDamaged, StillTooLarge: see there.
    """
    width, height = _size(content)
    if width * height > MOST_PIXELS:
        raise StillTooLarge
    try:
        image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        image = None
    if image is None:
        raise StillDamaged
    return np.asarray(image, np.uint8)


def _size(content: bytes) -> tuple[int, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            with Pillow.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
                return picture.size
    except Pillow.DecompressionBombError:
        raise StillTooLarge from None
    except (UnidentifiedImageError, ValueError, SyntaxError, OSError):
        raise StillDamaged from None
