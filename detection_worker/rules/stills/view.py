"""The small picture that is compared over time: narrow, calm, steady and of even brightness."""

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image

Small = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.uint8]

WIDTH_PX = 480
"""A bag of half a metre at 40 m is still 5 px wide with a usual lens (90° over 80 m)."""

EVEN_GAIN = 0.04
"""Brightness that differs by less than this is left alone: it is noise of the estimate."""

LEAST_GAIN, MOST_GAIN = 0.55, 1.8
"""Auto exposure moves within one stop; beyond it the picture is another and is learnt anew."""

MOST_SHAKE_PX = 14.0
"""A pole in the wind moves the picture by up to 3 %; more is a camera that was turned."""

LEAST_SHAKE_PX = 0.5
LEAST_RESPONSE = 0.15
"""Phase correlation's peak below which two pictures have no common shift."""


def narrowed(image: Image) -> tuple[Small, float]:
    """The picture at most ``WIDTH_PX`` wide and softened, and its scale to the original."""
    scale = min(1.0, WIDTH_PX / image.shape[1])
    size = (max(16, round(image.shape[1] * scale)), max(16, round(image.shape[0] * scale)))
    stride = max(1, int(0.5 / scale))  # thinned first: averaging a large picture costs most
    small = cv2.resize(image[::stride, ::stride], size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (3, 3), 0), np.uint8), size[0] / image.shape[1]


def grey(small: Small) -> Small:
    """Its luminance."""
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def gain(small: Small, ground: Small) -> float:
    """How much brighter the picture is than the remembered one, by the median of its places.

    People and cars are the lesser part of a picture, so the median does not see them.
    """
    now, before = (picture[::6, ::6, 1].astype(np.float32) + 4 for picture in (small, ground))
    return float(np.median(now / before))


def evened(small: Small, by: float) -> Small:
    """The picture with a gain taken out of it."""
    if abs(by - 1) < EVEN_GAIN:
        return small
    return np.asarray(cv2.convertScaleAbs(small, alpha=1 / by), np.uint8)


def shift(small: Small, ground: Small) -> tuple[float, float]:
    """By how many pixels the picture has moved against the remembered one; (0, 0) if not."""
    now, before = (
        cv2.resize(grey(picture), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(
            np.float32
        )
        for picture in (small, ground)
    )
    window = cv2.createHanningWindow((now.shape[1], now.shape[0]), cv2.CV_32F)
    (x, y), response = cv2.phaseCorrelate(before, now, window)
    x, y = 2 * x, 2 * y
    if response < LEAST_RESPONSE or np.hypot(x, y) < LEAST_SHAKE_PX:
        return (0.0, 0.0)
    return (x, y)


def moved_back(small: Small, by: tuple[float, float]) -> Small:
    """The picture with a shift taken out of it."""
    back = np.array([[1, 0, -by[0]], [0, 1, -by[1]]], np.float32)
    size = (small.shape[1], small.shape[0])
    return np.asarray(cv2.warpAffine(small, back, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)
