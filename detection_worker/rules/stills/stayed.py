"""Who came to where something stands now, and was not seen to leave."""

import math

from detection_worker.boxes import Box, covered, overlap
from detection_worker.rules.stills.standing import moved_widths
from detection_worker.tracking.tracks import Track

SAME_PLACE = 0.35
"""Overlap (IoU) from which somebody's box and a still place are one and the same."""

PART = 0.7
"""Share of somebody's box within a place from which they are in it, with their shadow."""

SLOW_WIDTHS = 1.0
"""Who moves by less than this in a second is coming to a stop; a walker makes two to three."""

LEFT_WIDTHS = 1.0
"""Who is so far from where they stood has left it."""


class Stayed:
    """Those whose boxes were last seen where a thing stands: they are it until they leave.

    Detectors lose who stands still, some within seconds; a thing of somebody's own outline at
    the very place to which they came is they themselves. Somebody who is lost and goes on under
    another name has left as well.
    """

    def __init__(self) -> None:
        self._last: dict[int, Box] = {}

    def look(self, tracks: tuple[Track, ...], box: Box) -> None:
        """Notice who stands at ``box``, and who has left it."""
        self._last = {
            number: last
            for number, last in self._last.items()
            if not any(_has_left(track, number, last) for track in tracks)
        }
        for track in tracks:
            if _is_somebody(track) and fits(track.box_xyxy, box) and _is_slow(track):
                self._last[track.id] = track.box_xyxy

    def are(self, box: Box) -> bool:
        """Whether what stands at ``box`` is one of them."""
        return any(fits(last, box) for last in self._last.values())


def fits(somebody: Box, box: Box) -> bool:
    """Whether a place is somebody's outline, or that and a shadow."""
    return overlap(somebody, box) >= SAME_PLACE or covered(somebody, box) >= PART


def _is_somebody(track: Track) -> bool:
    """People, and what movement alone calls anything: with a shadow they are wide."""
    return track.is_person or track.label.endswith("_like")


def _is_slow(track: Track) -> bool:
    moved, travelled = moved_widths(track)
    return moved <= SLOW_WIDTHS and (track.is_person or travelled >= 1.0)


def _has_left(track: Track, number: int, last: Box) -> bool:
    first, now = track.path[0], track.path[-1]
    width, feet = max(last[2] - last[0], 1.0), ((last[0] + last[2]) / 2, last[3])
    is_off = math.dist((now.x_px, now.y_px), feet) >= LEFT_WIDTHS * width
    began_here = math.dist((first.x_px, first.y_px), feet) < LEFT_WIDTHS * width
    return is_off and (track.id == number or began_here)
