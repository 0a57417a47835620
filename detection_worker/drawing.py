"""What was seen, drawn on a picture: zones, boxes with numbers, a frame while an event lasts.

One picture is drawn for all who look, whatever their language: a sign says what a box holds,
and no word does.
"""

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from data_access.domain.events import EVENT_KINDS
from data_access.domain.watch import Zone, ZoneShape
from detection_worker.frames import Image
from detection_worker.pictograms import draw_pictogram, has_pictogram
from detection_worker.pipeline import SeenPicture
from detection_worker.tracking.tracks import Track

Colour = tuple[int, int, int]

ACCENT: Colour = (0xD4, 0xB8, 0x4C)
URGENT: Colour = (0x66, 0x75, 0xFF)
WAITING: Colour = (0x43, 0xB4, 0xF0)
QUIET: Colour = (0xB8, 0xAD, 0x9F)
INK: Colour = (0x1C, 0x17, 0x06)
"""BGR of the screens' dark theme: one accent, red for what needs someone now, amber for what
waits. They stand out from asphalt, snow and night alike."""

SIGNS_FROM_PX = 480
"""Narrower pictures are tiles: a number is all that can be read there."""


def draw(image: Image, seen: SeenPicture, frame_wh: tuple[int, int]) -> None:
    """Draw into ``image``; ``frame_wh`` is the size that the boxes were found in."""
    height, width = image.shape[:2]
    thin = 1 if width < 800 else 2
    for zone in seen.zones:
        _draw_zone(image, zone, thin)
    scale = width / frame_wh[0], height / frame_wh[1]
    for track in seen.tracks:
        _draw_track(image, track, scale, thin)
    _draw_frame(image, seen.open_kinds)


def _draw_zone(image: Image, zone: Zone, thin: int) -> None:
    points = _pixels(zone.points, image)
    if zone.shape is ZoneShape.POLYGON:
        cv2.polylines(image, [points], True, QUIET, thin, cv2.LINE_AA)
    else:
        cv2.polylines(image, [points], False, ACCENT, thin, cv2.LINE_AA)
        _draw_normal(image, points, thin)


def _draw_normal(image: Image, points: npt.NDArray[np.int32], thin: int) -> None:
    """A small arrow to the side that counts as forward: down, for a line from left to right."""
    start, end = points[0].astype(float), points[1].astype(float)
    along = end - start
    length = float(np.hypot(*along))
    if length < 1:
        return
    middle = (start + end) / 2
    tip = middle + np.array([-along[1], along[0]]) / length * image.shape[0] / 20
    cv2.arrowedLine(image, _whole(middle), _whole(tip), ACCENT, thin, cv2.LINE_AA, 0, 0.4)


def _draw_track(image: Image, track: Track, scale: tuple[float, float], thin: int) -> None:
    left, top, right, bottom = (
        round(side * scale[number % 2]) for number, side in enumerate(track.box_xyxy)
    )
    cv2.rectangle(image, (left, top), (right, bottom), ACCENT, thin, cv2.LINE_AA)
    _label(image, track, left, top)


def _label(image: Image, track: Track, left: int, top: int) -> None:
    """Sign and number on a plate of their own, above the box or, at the edge, inside it."""
    size, words = 0.35 if image.shape[1] < 800 else 0.5, str(track.id)
    (wide, height), base = cv2.getTextSize(words, cv2.FONT_HERSHEY_SIMPLEX, size, 1)
    signed = image.shape[1] >= SIGNS_FROM_PX and has_pictogram(track.label)
    high = round(1.8 * height) if signed else height + base
    sign_px = round(1.2 * high) if signed else 0
    top = top if top - high >= 0 else top + high + 1
    left = max(0, min(left, image.shape[1] - wide - sign_px))
    cv2.rectangle(image, (left, top - high), (left + wide + sign_px, top), ACCENT, cv2.FILLED)
    if signed:
        draw_pictogram(image, track.label, (left, top - high), (sign_px, high), INK)
    at = (left + sign_px, top - (high - height) // 2)
    cv2.putText(image, words, at, cv2.FONT_HERSHEY_SIMPLEX, size, INK, 1, cv2.LINE_AA)


def _draw_frame(image: Image, open_kinds: Sequence[str]) -> None:
    if open_kinds:
        urgent = any(EVENT_KINDS[kind].urgent for kind in open_kinds if kind in EVENT_KINDS)
        height, width = image.shape[:2]
        thick = max(2, width // 160)
        colour = URGENT if urgent else WAITING
        cv2.rectangle(image, (0, 0), (width - 1, height - 1), colour, thick)


def _pixels(points: Iterable[tuple[float, float]], image: Image) -> npt.NDArray[np.int32]:
    height, width = image.shape[:2]
    fractions = np.array(list(points), np.float64)
    whole: npt.NDArray[np.int32] = np.rint(fractions * (width - 1, height - 1)).astype(np.int32)
    return whole


def _whole(point: npt.NDArray[np.float64]) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
