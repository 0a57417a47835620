"""The newest picture of each camera, drawn and encoded only while somebody looks.

A camera's newest picture is kept as it came, since the journey holds it anyway, or as JPEG where
that is how its pictures are kept. Ten people who look at one camera in one width cost one
drawing a frame.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from detection_worker.drawing import draw
from detection_worker.evidence.kept_frames import KEPT_WIDTH_PX, ShownFrame, as_jpeg, narrowed
from detection_worker.pipeline import SeenPicture

WIDTH_STEP_PX = 160
"""Widths are rounded up to a multiple of this: viewers of nearly one size share a picture."""

QUALITY = 78
"""JPEG quality of drawn pictures: lines stay clean, a tile of 320 px weighs about 10 kB."""

BOXES_LAG = timedelta(seconds=1)
"""Boxes are shown on the frame they were found in; a frame older than this against the newest
one is not shown any more."""


STALE_S = 30.0
"""A camera that has given nothing for so long has no live picture: an old one would pass for
what is there now."""


@dataclass(frozen=True, slots=True)
class LivePicture:
    """A picture for a viewer, and when it was captured (aware UTC)."""

    captured_at: datetime
    jpeg: bytes


@dataclass(slots=True)
class _Shown:
    """One camera: its newest frame, the newest one with what was seen in it, what was drawn."""

    newest: ShownFrame | None = None
    came_s: float = 0.0
    analysed: ShownFrame | None = None
    seen: SeenPicture = field(default_factory=SeenPicture)
    drawn: dict[tuple[int, bool], LivePicture] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def frame(self, boxes: bool) -> tuple[ShownFrame, SeenPicture] | None:
        """What to show: with boxes the frame they belong to, while that is fresh."""
        newest, analysed, seen = self.newest, self.analysed, self.seen
        if newest is None:
            return None
        if not boxes or analysed is None:
            return newest, SeenPicture(zones=seen.zones)
        if newest.captured_at - analysed.captured_at > BOXES_LAG:
            return newest, SeenPicture(zones=seen.zones)
        return analysed, seen


class LivePictures:
    """The newest pictures of all cameras; any thread may call."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._shown: dict[int, _Shown] = {}
        self._clock = clock

    def keep(self, camera_id: int, kept: ShownFrame) -> None:
        """Take a camera's newest frame."""
        shown = self._shown.setdefault(camera_id, _Shown())
        shown.newest, shown.came_s = kept, self._clock()

    def see(self, camera_id: int, kept: ShownFrame, seen: SeenPicture) -> None:
        """Take what was seen in a frame."""
        shown = self._shown.setdefault(camera_id, _Shown())
        shown.analysed, shown.seen = kept, seen

    def forget(self, camera_id: int) -> None:
        """The camera is watched no more."""
        self._shown.pop(camera_id, None)

    def newest(self) -> dict[int, ShownFrame]:
        """The newest frame of each camera that gives pictures."""
        cameras = [(number, self._fresh(number)) for number in tuple(self._shown)]
        return {number: one.newest for number, one in cameras if one and one.newest}

    def captured_at(self, camera_id: int, boxes: bool) -> datetime | None:
        """When the picture that ``picture`` would give was captured; cheap."""
        shown = self._fresh(camera_id)
        found = shown.frame(boxes) if shown is not None else None
        return found[0].captured_at if found is not None else None

    def picture(self, camera_id: int, width_px: int, boxes: bool) -> LivePicture | None:
        """The camera's newest picture, about ``width_px`` wide; None where there is none."""
        shown = self._fresh(camera_id)
        found = shown.frame(boxes) if shown is not None else None
        if shown is None or found is None:
            return None
        kept, seen = found
        key = (_width(width_px), boxes)
        with shown.lock:
            drawn = shown.drawn.get(key)
            if drawn is None or drawn.captured_at != kept.captured_at:
                jpeg = _drawn(kept, seen, *key)
                if jpeg is None:
                    return None
                drawn = shown.drawn[key] = LivePicture(kept.captured_at, jpeg)
        return drawn

    def _fresh(self, camera_id: int) -> _Shown | None:
        shown = self._shown.get(camera_id)
        return shown if shown is not None and self._clock() - shown.came_s < STALE_S else None


def _width(width_px: int) -> int:
    steps = -(-width_px // WIDTH_STEP_PX)
    return min(max(steps, 1) * WIDTH_STEP_PX, KEPT_WIDTH_PX)


def _drawn(kept: ShownFrame, seen: SeenPicture, width_px: int, boxes: bool) -> bytes | None:
    if not boxes and width_px >= min(kept.frame_wh[0], KEPT_WIDTH_PX):
        return kept.jpeg
    whole = kept.reduced(width_px)
    if whole is None:
        return None
    image = narrowed(whole, width_px)
    if boxes:
        image = image.copy() if image is whole else image  # a frame is nobody's to draw into
        draw(image, seen, seen.frame_wh or kept.frame_wh)
    return as_jpeg(image, QUALITY)
