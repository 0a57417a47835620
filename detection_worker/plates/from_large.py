"""A vehicle's picture from its camera's large stream, cut out where the small one showed it.

Both streams are timed by their arrival, so a vehicle that drives is a little further on in one of
them: its box is moved along its way, and is the wider the faster it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from detection_worker.boxes import Box
from detection_worker.evidence.kept_frames import KeptFrame
from detection_worker.frames import Frame, Image
from detection_worker.tracking.tracks import Track

AROUND = (0.04, 0.06)
"""Parts of a vehicle's width and height that are cut out beside and below it: detectors cut
bumpers off."""

UNSURE_S = 0.15
"""How far apart one moment may be in the two streams, beyond what their times say: packets of
large pictures take longer, and cameras encode one stream after the other."""

PACE_OVER_S = 0.4
"""Over how long a vehicle's pace is taken."""

KeptAt = Callable[[int, datetime], KeptFrame | None]
"""The large picture of a camera that is nearest to a moment, while it is in memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a vehicle was, in pixels of the picture ``wh`` that was analysed; pixels a second."""

    camera_id: int
    at: datetime
    wh: tuple[int, int]
    box_xyxy: Box
    pace_px_s: tuple[float, float]

    def cut(self, kept_at: KeptAt) -> Image | None:
        """The vehicle from the large stream; None where its picture is gone or damaged."""
        kept = kept_at(self.camera_id, self.at)
        image = kept.image if kept is not None else None
        if kept is None or image is None:
            return None
        left, top, right, bottom = self._box_at(kept.captured_at)
        across, down = image.shape[1] / self.wh[0], image.shape[0] / self.wh[1]
        crop = cut(image, (left * across, top * down, right * across, bottom * down))
        return crop.copy() if crop.size else None

    def _box_at(self, at: datetime) -> Box:
        later_s = (at - self.at).total_seconds()
        x, y = (pace * later_s for pace in self.pace_px_s)
        wider, higher = (abs(pace) * UNSURE_S for pace in self.pace_px_s)
        left, top, right, bottom = self.box_xyxy
        return left + x - wider, top + y - higher, right + x + wider, bottom + y + higher


def place_of(frame: Frame, track: Track) -> Place:
    """Where the track is in a frame."""
    at, pace_px_s = frame.captured_at, _pace_px_s(track)
    return Place(frame.camera_id, at, frame.wh, track.box_xyxy, pace_px_s)


def cut(image: Image, box_xyxy: Box) -> Image:
    """The part of a picture with a vehicle in it, with a little around; a view."""
    left, top, right, bottom = cut_box((image.shape[1], image.shape[0]), box_xyxy)
    return image[top:bottom, left:right]


def cut_box(wh: tuple[int, int], box_xyxy: Box) -> tuple[int, int, int, int]:
    """Where ``cut`` cuts in a picture of this size."""
    left, top, right, bottom = box_xyxy
    x, y = AROUND[0] * (right - left), AROUND[1] * (bottom - top)
    last = max(0, min(wh[0], round(right + x))), max(0, min(wh[1], round(bottom + y)))
    return max(0, round(left - x)), max(0, round(top)), *last


def _pace_px_s(track: Track) -> tuple[float, float]:
    now = track.path[-1]
    for before in reversed(track.path):
        if (span_s := (now.at - before.at).total_seconds()) >= PACE_OVER_S:
            return (now.x_px - before.x_px) / span_s, (now.y_px - before.y_px) / span_s
    return 0.0, 0.0
