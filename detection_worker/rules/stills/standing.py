"""How a track stands: whether it lingers, has never moved, or how far it came."""

import math

from detection_worker.tracking.tracks import Track

LINGERS_S, LINGER_HEIGHTS = 4.0, 0.5
"""Who moves by less than half their height in so long is no passer-by."""

STOOD_S = 5.0
"""What was seen for so long and never moved has not brought anything: a parked car, a pole that
a detector takes for a person."""

STOOD_WIDTHS = 0.5

STANDING_SHARE = 0.25
"""A vehicle that moved by less than this part of its width in a second stands."""


def never_moved(track: Track) -> bool:
    """Whether it has stood in one place for as long as it is known, and that is not just now."""
    last, width = track.path[-1], max(track.box_xyxy[2] - track.box_xyxy[0], 1.0)
    if (last.at - track.path[0].at).total_seconds() < STOOD_S:
        return False
    reach = max(math.hypot(last.x_px - one.x_px, last.y_px - one.y_px) for one in track.path)
    return reach < STOOD_WIDTHS * width


def lingers(track: Track) -> bool:
    """Whether a person stays about where they are."""
    last, tall = track.path[-1], max(track.box_xyxy[3] - track.box_xyxy[1], 1.0)
    lately = [one for one in track.path if (last.at - one.at).total_seconds() <= LINGERS_S]
    waits_s = (last.at - lately[0].at).total_seconds()
    reach = max(math.hypot(last.x_px - one.x_px, last.y_px - one.y_px) for one in lately)
    return waits_s >= LINGERS_S / 2 and reach <= LINGER_HEIGHTS * tall


def moved_widths(track: Track) -> tuple[float, float]:
    """How far it moved in the last second and since it was first seen, in its own widths."""
    last, width = track.path[-1], max(track.box_xyxy[2] - track.box_xyxy[0], 1.0)
    lately = [point for point in track.path if (last.at - point.at).total_seconds() <= 1.0]
    steps = [
        math.hypot(last.x_px - point.x_px, last.y_px - point.y_px)
        for point in (lately[0], track.path[0])
    ]
    return steps[0] / width, steps[1] / width
