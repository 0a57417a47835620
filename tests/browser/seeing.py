"""What a person sees, counted: colours of a picture, and whether it changes."""

from io import BytesIO

import numpy as np
from PIL import Image
from playwright.sync_api import Locator


def pixels(place: Locator) -> np.ndarray:
    """The picture of an element: height × width × 3."""
    with Image.open(BytesIO(place.screenshot())) as picture:
        return np.asarray(picture.convert("RGB"))


def colours(place: Locator) -> int:
    """How many clearly different colours cover more than a speck of the element."""
    coarse = pixels(place).reshape(-1, 3) // 16
    _, counts = np.unique(coarse, axis=0, return_counts=True)
    return int((counts > 12).sum())


def changed_share(before: np.ndarray, after: np.ndarray) -> float:
    """The share of pixels that differ visibly."""
    if before.shape != after.shape:
        return 1.0
    far = np.abs(before.astype(int) - after.astype(int)).max(axis=2) > 12
    return float(far.mean())
