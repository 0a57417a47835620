"""The watcher that learns which way traffic usually goes."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data_access.domain.watch import Point, WatchedCamera
from detection_worker.frames import Frame
from detection_worker.rules import movement
from detection_worker.rules.scene import Scene
from detection_worker.rules.usual_ways import UsualWays, steps
from detection_worker.tracking.tracks import Track, TrackPoint

LEAST_TRAVEL_PERCENT = 8.0
"""Only who has come so far, in percent of the picture's diagonal, teaches a way: what trembles,
pulls out of a yard or jumps from one car to the next does not."""

LEAST_STEP_SIZES = 0.25
"""Shorter steps, in sizes of the box, are its trembling."""

FORGOTTEN = timedelta(seconds=10)
"""Who has been unseen for so long does not come back under the same id."""


@dataclass(slots=True)
class _Pupil:
    """A vehicle whose way is learnt: until when, and where that was."""

    until_at: datetime
    until: Point
    seen_at: datetime


class WaysWatcher:
    """Learns the usual ways of one camera as its traffic passes."""

    def __init__(self) -> None:
        self._ways: UsualWays | None = None
        self._pupils: dict[int, _Pupil] = {}

    @property
    def ways(self) -> UsualWays | None:
        """What has been learnt; None before the first picture."""
        return self._ways

    def follow(self, camera: WatchedCamera) -> None:
        """Nothing of the camera's settings matters: the whole picture is learnt."""

    def add(self, frame: Frame, scene: Scene) -> Scene:
        """The scene with the usual ways as they are known by now."""
        return self.see(scene)

    def see(self, scene: Scene) -> Scene:
        """The same, without a picture: none is looked at."""
        ways = self._of_size(scene.frame_wh)
        for track in scene.tracks:
            if track.is_vehicle:
                self._learn(ways, track, scene.at)
        self._forget(scene.at)
        return replace(scene, usual_ways=ways)

    def _of_size(self, frame_wh: tuple[int, int]) -> UsualWays:
        """What was learnt in pictures of this size; another size is another view."""
        if self._ways is None or self._ways.frame_wh != frame_wh:
            self._ways, self._pupils = UsualWays(frame_wh), {}
        return self._ways

    def _learn(self, ways: UsualWays, track: Track, now: datetime) -> None:
        pupil = self._pupils.get(track.id)
        path = [point for point in track.path if pupil is None or point.at > pupil.until_at]
        if pupil is None:
            if not _has_travelled(track, ways):
                return
            pupil = self._pupils[track.id] = _Pupil(path[0].at, _foot(path[0], track), now)
            ways.tracks += 1
        pupil.seen_at = now
        way = [pupil.until, *(_foot(point, track) for point in path)]
        least_px = max(ways.cell_px, LEAST_STEP_SIZES * movement.size_px(track))
        for step, length_px in steps(way, least_px):
            ways.learn(track.id, step, length_px)
            pupil.until = step.at
        pupil.until_at = now

    def _forget(self, now: datetime) -> None:
        for number in [n for n, one in self._pupils.items() if abs(now - one.seen_at) > FORGOTTEN]:
            del self._pupils[number]


class KnownWays:
    """A watcher that has nothing left to learn."""

    def __init__(self, ways: UsualWays) -> None:
        self._ways = ways

    def follow(self, camera: WatchedCamera) -> None:
        """Nothing of the camera's settings matters."""

    def add(self, frame: Frame, scene: Scene) -> Scene:
        """The scene with the usual ways."""
        return replace(scene, usual_ways=self._ways)


def _foot(point: TrackPoint, track: Track) -> Point:
    """The middle of a vehicle's footprint at a point of its path, by its box of then."""
    box = point.box_xyxy or track.box_xyxy
    return (point.x_px, point.y_px - movement.FOOTPRINT_HEIGHTS * (box[3] - box[1]))


def _has_travelled(track: Track, ways: UsualWays) -> bool:
    travelled = movement.distance(movement.in_pixels_of([track.path[0], track.path[-1]]))
    return travelled >= LEAST_TRAVEL_PERCENT / 100 * math.hypot(*ways.frame_wh)
