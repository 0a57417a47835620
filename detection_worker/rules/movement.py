"""How tracks move: places, speeds and sizes, in metres where the camera is calibrated."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Point
from detection_worker.tracking.tracks import Track, TrackPoint

PERSON_HEIGHT_M = 1.7
"""A person's height, which serves as a yardstick where no camera is calibrated: adults are
1.5–1.9 m (NCD-RisC, eLife 2016), so lengths by it are good to a tenth or so."""


FOOTPRINT_HEIGHTS = 0.2
"""How far above the lower edge of a vehicle's box the middle of its footprint is, in heights of
the box: 0.15–0.3 for cars seen from 10–30° above. Where the camera looks across a lane, the lower
edge is the near side of the car, which is beyond the line while the car is on it."""


def footprint(track: Track, way: Sequence[TrackPoint]) -> tuple[TrackPoint, ...]:
    """The way of the middle of a vehicle's footprint; metres stay those of where it stands."""
    lift = FOOTPRINT_HEIGHTS * height_px(track)
    return tuple(replace(point, y_px=point.y_px - lift) for point in way)


FINE_STEP_S = 0.1
"""A path with a point in each tenth of a second misses no crosswalk: cars go a metre or two."""


def without_holes(way: Sequence[TrackPoint]) -> tuple[TrackPoint, ...]:
    """The way with points between those that are far apart in time: straight on while unseen.

    The new points are places on the picture only, without metres.
    """
    found = list(way[:1])
    for before, after in pairwise(way):
        span_s = (after.at - before.at).total_seconds()
        parts = max(1, math.ceil(span_s / FINE_STEP_S - 0.5))
        found += [_between(before, after, number / parts) for number in range(1, parts)]
        found.append(after)
    return tuple(found)


def _between(before: TrackPoint, after: TrackPoint, share: float) -> TrackPoint:
    return TrackPoint(
        before.at + (after.at - before.at) * share,
        before.x_px + (after.x_px - before.x_px) * share,
        before.y_px + (after.y_px - before.y_px) * share,
    )


def standing(track: Track) -> Point:
    """Where a track stands now, in pixels."""
    return (track.path[-1].x_px, track.path[-1].y_px)


def contains(polygon: Sequence[Point], point: Point) -> bool:
    """Whether a polygon of pixels holds a point."""
    return point_in_polygon(point, polygon)


def stands_in(track: Track, polygon: Sequence[Point]) -> bool:
    """Whether a track stands in a polygon of pixels."""
    return point_in_polygon(standing(track), polygon)


def size_px(track: Track) -> float:
    """The side of the square that is as large as its box: the measure of how boxes jitter."""
    left, top, right, bottom = track.box_xyxy
    return math.sqrt(max(right - left, 1.0) * max(bottom - top, 1.0))


def height_px(track: Track) -> float:
    """The height of its box."""
    return max(track.box_xyxy[3] - track.box_xyxy[1], 1.0)


def lately(track: Track, now: datetime, within_s: float) -> tuple[TrackPoint, ...]:
    """The points of the last seconds, oldest first."""
    since = now - timedelta(seconds=within_s)
    return tuple(point for point in track.path if point.at >= since)


def seconds(way: Sequence[TrackPoint]) -> float:
    """How long a way took; 0 for a single point."""
    return (way[-1].at - way[0].at).total_seconds() if way else 0.0


def in_metres(way: Sequence[TrackPoint]) -> list[Point] | None:
    """The way on the ground; None where some of it is not known."""
    found = [(p.x_m, p.y_m) for p in way if p.x_m is not None and p.y_m is not None]
    return found if found and len(found) == len(way) else None


def in_pixels_of(way: Sequence[TrackPoint]) -> list[Point]:
    """The way on the picture."""
    return [(point.x_px, point.y_px) for point in way]


def distance(places: Sequence[Point]) -> float:
    """From the first of the places to the last, as the crow flies."""
    return math.dist(places[0], places[-1])


def velocity(way: Sequence[TrackPoint], places: Sequence[Point]) -> Point:
    """The velocity a second of a way through ``places``, by least squares: jitter cancels out.

    (0, 0) for a way of no duration.
    """
    times = [(point.at - way[0].at).total_seconds() for point in way]
    middle = sum(times) / len(times)
    spread = sum((time - middle) ** 2 for time in times)
    if spread <= 0:
        return (0.0, 0.0)
    return (
        sum((time - middle) * place[0] for time, place in zip(times, places, strict=True)) / spread,
        sum((time - middle) * place[1] for time, place in zip(times, places, strict=True)) / spread,
    )


def kmh(metres_a_second: float) -> float:
    """Metres a second as kilometres an hour, with one decimal."""
    return round(3.6 * metres_a_second, 1)


def moment(at: datetime) -> str:
    """A capture time as facts keep it: ISO 8601 in UTC with milliseconds."""
    return at.isoformat(timespec="milliseconds")


def sureness(track: Track, certainty: float) -> float:
    """A finding's confidence: half the detector's, half how clearly the rule's limit is passed.

    ``certainty`` is 0 at the limit and 1 where nobody would doubt it.
    """
    return round(0.5 * min(track.confidence, 1.0) + 0.5 * min(max(certainty, 0.0), 1.0), 3)
