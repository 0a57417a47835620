"""The drawing of evidence: what a rule measured, on the picture it measured, with its numbers.

Every line is drawn twice, dark and wide, then bright and thin over it, so that it shows on
snow, asphalt and night alike. The words stand below the picture and hide nothing of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
from detection_worker.evidence.label_places import Box, place
from detection_worker.frames import Image
from detection_worker.lettering import Colour, width_px, wrapped, write
from detection_worker.rules.scene import Mark
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

_Points = npt.NDArray[np.float64]
"""(n, 2) places in the picture, in pixels."""


@dataclass(frozen=True, slots=True)
class _Label:
    """Words in lines, the point that they belong to, and where they stand."""

    lines: list[str]
    at: tuple[int, int]
    box: Box


def draw_case(image: Image, record: EventRecord, sighting: Sighting) -> Image:
    """A copy of ``image`` with marks, boxes and the zone drawn on it and the numbers below it."""
    drawn = image.copy()
    scale = np.array([image.shape[1], image.shape[0]]) / sighting.frame_wh
    _draw_zone(drawn, sighting)
    for track in sighting.tracks:
        _draw_track(drawn, track, scale, sighting)
    marks = [(mark, _points(mark, scale)) for mark in sighting.finding.marks]
    drawable = [(mark, points) for mark, points in marks if points is not None]
    labels = _placed(drawn, drawable)
    for label in labels:
        _lead(drawn, label)
    for mark, points in drawable:
        _draw_mark(drawn, points, mark.closed)
    for label in labels:
        _plate(drawn, label)
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


def _draw_track(image: Image, track: Track, scale: _Points, sighting: Sighting) -> None:
    """Its path up to the finding and, where it is that of this picture, its box."""
    points = [(point.x_px, point.y_px) for point in track.path if point.at <= sighting.found_at]
    if len(points) > 1:
        _line(image, np.array(points) * scale, ACCENT)
    if sighting.shows_boxes:
        left, top, right, bottom = track.box_xyxy
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)]) * scale
        _line(image, corners, ACCENT, closed=True)


def _points(mark: Mark, scale: _Points) -> _Points | None:
    """A mark's points in the picture; None for those that are nowhere."""
    points = np.array(mark.points_px, float).reshape(-1, 2) * scale
    return np.clip(points, *FAR_PX) if len(points) and np.isfinite(points).all() else None


def _draw_mark(image: Image, points: _Points, closed: bool) -> None:
    if len(points) > 1:
        _line(image, points, URGENT, closed)
        return
    centre, radius = _whole(points[0]), 4 * _thickness(image)
    cv2.circle(image, centre, _spot_px(image), DARK, cv2.FILLED, cv2.LINE_AA)
    cv2.circle(image, centre, radius, URGENT, cv2.FILLED, cv2.LINE_AA)


def _line(image: Image, points: _Points, ink: Colour, closed: bool = False) -> None:
    whole, thin = np.rint(np.clip(points, *FAR_PX)).astype(np.int32), _thickness(image)
    cv2.polylines(image, [whole], closed, DARK, 3 * thin, cv2.LINE_AA)
    cv2.polylines(image, [whole], closed, ink, thin, cv2.LINE_AA)


def _placed(image: Image, marks: Sequence[tuple[Mark, _Points]]) -> list[_Label]:
    """The words of the marks beside their last points, one after the other."""
    radius, frame_wh = _spot_px(image), (int(image.shape[1]), int(image.shape[0]))
    ends = [_whole(points[-1]) for _mark, points in marks]
    spots = [(x - radius, y - radius, x + radius + 1, y + radius + 1) for x, y in ends]
    labels: list[_Label] = []
    for (mark, _own), at in zip(marks, ends, strict=True):
        if not mark.text:
            continue
        lines = _plate_lines(image, filled(mark.text, mark.facts, _text))
        width, height = _plate_wh(image, lines)
        wish = (at[0] + _letter_px(image), at[1] - height // 2)
        taken = [label.box for label in labels]
        labels.append(_Label(lines, at, place(wish, (width, height), frame_wh, taken, spots)))
    return labels


def _plate_lines(image: Image, words: str) -> list[str]:
    size = _letter_px(image)
    return wrapped(words, size, int(image.shape[1]) - size)


def _plate_wh(image: Image, lines: Sequence[str]) -> tuple[int, int]:
    size = _letter_px(image)
    return max(width_px(one, size) for one in lines) + size, len(lines) * _step_px(image)


def _lead(image: Image, label: _Label) -> None:
    """A line from a point to its label, unless the label stands right beside it."""
    left, top, right, bottom = label.box
    start = np.array(label.at, float)
    end = np.clip(start, (left, top), (right - 1, bottom - 1))
    if np.hypot(*(end - start)) > 2 * _letter_px(image):
        _line(image, np.array([start, end]), PAPER)


def _plate(image: Image, label: _Label) -> None:
    """The words on a dark plate."""
    (left, top, right, bottom), size = label.box, _letter_px(image)
    cv2.rectangle(image, (left, top), (right - 1, bottom - 1), DARK, cv2.FILLED)
    for number, words in enumerate(label.lines, start=1):
        baseline = top + number * _step_px(image) - size // 2
        write(image, words, (left + size // 2, baseline), size, PAPER)


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


def _spot_px(image: Image) -> int:
    """The radius of a point's mark with its dark edge."""
    return 5 * _thickness(image)


def _step_px(image: Image) -> int:
    """From one line of a label to the next."""
    return round(_letter_px(image) * 1.5)


def _letter_px(image: Image) -> int:
    return max(LEAST_LETTER_PX, round(int(image.shape[0]) / LETTER_PARTS))


def _whole(point: _Points) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
