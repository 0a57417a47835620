"""The drawing of evidence: what a rule measured, on the picture it measured, with its numbers.

Every line is drawn twice, dark and wide, then bright and thin over it, so that it shows on
snow, asphalt and night alike. The words stand below the picture and hide nothing of it.
"""

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from data_access.domain.events import EVENT_KINDS, EventRecord
from data_access.domain.explanations import explain, filled
from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.watch import ZoneShape
from data_access.domain.words import Language
from data_access.language import translator
from detection_worker.drawing import ACCENT, URGENT, WAITING
from detection_worker.evidence.case import Sighting
from detection_worker.frames import Image
from detection_worker.lettering import Colour, width_px, wrapped, write
from detection_worker.tracking.tracks import Track

DARK: Colour = (0x10, 0x10, 0x10)
PAPER: Colour = (0xF4, 0xF4, 0xF4)

LANGUAGE = Language.RUSSIAN
"""A drawing is a document of the office, which is kept in Russian first (FACTS.md, Time)."""

LINE_PARTS = 360
"""A line is this part of the picture's height thick: 2 px of 720."""

LETTER_PARTS, LEAST_LETTER_PX = 40, 13
"""So is a letter high; below 13 px Cyrillic letters run together after JPEG."""

FAR_PX = (-16_000.0, 16_000.0)
"""Further away OpenCV's lines run over their whole numbers; pictures are smaller."""

_text = translator(LANGUAGE)

_Box = tuple[int, int, int, int]
"""Left, top, right, bottom in whole pixels."""


def draw_case(image: Image, record: EventRecord, sighting: Sighting) -> Image:
    """A copy of ``image`` with marks, boxes and the zone drawn on it and the numbers below it."""
    drawn = image.copy()
    scale = np.array([image.shape[1], image.shape[0]]) / sighting.frame_wh
    _draw_zone(drawn, sighting)
    for track in sighting.tracks:
        _draw_track(drawn, track, scale, sighting)
    taken: list[_Box] = []
    for mark in sighting.finding.marks:
        points = np.array(mark.points_px, float).reshape(-1, 2) * scale
        if np.isfinite(points).all():
            words = filled(mark.text, mark.facts, _text)
            _draw_mark(drawn, np.clip(points, *FAR_PX), words, mark.closed, taken)
    return np.vstack([drawn, _caption(drawn.shape[1], _letter_px(image), _lines(record, sighting))])


def _lines(record: EventRecord, sighting: Sighting) -> list[str]:
    """The kind, the explanation with its numbers, then camera, time and number."""
    kind = EVENT_KINDS[record.kind].name if record.kind in EVENT_KINDS else record.kind
    at = sighting.found_at.astimezone(LOCAL_ZONE)
    plate = [record.plate] if record.plate else []
    where = [sighting.camera_code or str(record.camera_id), f"{at:%d.%m.%Y %H:%M:%S}.{at:%f}"[:-3]]
    return [
        _text(kind),
        explain(record.kind, record.facts, _text),
        " · ".join([*where, "UTC+5", *plate, str(record.id)]),
    ]


def _draw_zone(image: Image, sighting: Sighting) -> None:
    zone = sighting.zone
    if zone is None:
        return
    ends = np.array(zone.points, float) * (image.shape[1] - 1, image.shape[0] - 1)
    _line(image, ends, WAITING, zone.shape is ZoneShape.POLYGON)


def _draw_track(
    image: Image, track: Track, scale: npt.NDArray[np.float64], sighting: Sighting
) -> None:
    """Its path up to the finding and, where it is that of this picture, its box."""
    points = [(point.x_px, point.y_px) for point in track.path if point.at <= sighting.found_at]
    if len(points) > 1:
        _line(image, np.array(points) * scale, ACCENT)
    if sighting.shows_boxes:
        left, top, right, bottom = track.box_xyxy
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)]) * scale
        _line(image, corners, ACCENT, closed=True)


def _draw_mark(
    image: Image, points: npt.NDArray[np.float64], text: str, closed: bool, taken: list[_Box]
) -> None:
    if len(points) == 1:
        centre, radius = _whole(points[0]), 4 * _thickness(image)
        cv2.circle(image, centre, radius + _thickness(image), DARK, cv2.FILLED, cv2.LINE_AA)
        cv2.circle(image, centre, radius, URGENT, cv2.FILLED, cv2.LINE_AA)
    elif len(points):
        _line(image, points, URGENT, closed)
    if text and len(points):
        _label(image, text, _whole(points[-1]), taken)


def _line(image: Image, points: npt.NDArray[np.float64], ink: Colour, closed: bool = False) -> None:
    whole, thin = np.rint(np.clip(points, *FAR_PX)).astype(np.int32), _thickness(image)
    cv2.polylines(image, [whole], closed, DARK, 3 * thin, cv2.LINE_AA)
    cv2.polylines(image, [whole], closed, ink, thin, cv2.LINE_AA)


def _label(image: Image, words: str, at: tuple[int, int], taken: list[_Box]) -> None:
    """Words on a dark plate beside a point, inside the picture and over no other words."""
    size = _letter_px(image)
    width, height = width_px(words, size) + size, round(size * 1.5)
    left = int(np.clip(at[0] + size, 0, max(0, image.shape[1] - width)))
    top = int(np.clip(at[1] - height // 2, 0, max(0, image.shape[0] - height)))
    box = _beside((left, top, left + width, top + height), taken)
    taken.append(box)
    cv2.rectangle(image, box[:2], box[2:], DARK, cv2.FILLED)
    write(image, words, (box[0] + size // 2, box[3] - size // 2), size, PAPER)


def _beside(box: _Box, taken: Sequence[_Box]) -> _Box:
    """The box moved down until it covers none of the others."""
    left, top, right, bottom = box
    height = bottom - top
    for other in sorted(taken, key=lambda one: one[1]):
        if left < other[2] and right > other[0] and top < other[3] and top + height > other[1]:
            top = other[3] + 1
    return left, top, right, top + height


def _caption(width: int, size: int, lines: Sequence[str]) -> Image:
    shown = list(_fitted(lines, size, width - 2 * size))
    step = round(size * 1.6)
    strip = np.full((len(shown) * step + size, width, 3), DARK, np.uint8)
    for number, words in enumerate(shown, start=1):
        write(strip, words, (size, number * step), size, PAPER)
    return strip


def _fitted(lines: Iterable[str], size: int, within_px: int) -> Iterable[str]:
    for line in lines:
        yield from wrapped(line, size, within_px)


def _thickness(image: Image) -> int:
    return max(1, round(int(image.shape[0]) / LINE_PARTS))


def _letter_px(image: Image) -> int:
    return max(LEAST_LETTER_PX, round(int(image.shape[0]) / LETTER_PARTS))


def _whole(point: npt.NDArray[np.float64]) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
