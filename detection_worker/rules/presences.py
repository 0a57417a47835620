"""The watcher of presences: how long each thing has been there, whatever its track is called.

A track's path is kept for a minute, and its id is lost when something larger stands before it.
Parking and loitering last longer, so what stays is remembered here: by its place while it
stands, by how far it can have walked while it does not.
"""

import math
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Point, WatchedCamera, Zone
from detection_worker.boxes import overlap
from detection_worker.detection.families import family_of
from detection_worker.frames import Frame
from detection_worker.rules import movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Presence, Scene
from detection_worker.tracking.tracks import Track

REST_SIZES, REST_PX = 0.25, 4.0
"""How far the box of what stands may wander, in its sizes (root of its area) and at the least
in pixels: a half hidden car's box is smaller by a quarter."""

OFF = timedelta(seconds=3)
"""How long it may seem elsewhere before it has moved: a car that passes before it takes less."""

HIDDEN_STANDING = timedelta(seconds=30)
"""How long what stood may be hidden and still be the same: a bus at its stop hides a parked car."""

HIDDEN_WALKING = timedelta(seconds=6)
"""The same for what moves: people behind a kiosk or a car."""

SAME_OVERLAP = 0.35
"""Overlap (IoU) from which a box in the place of one that stood there is the same thing."""

WALK_HEIGHTS_A_SECOND, SLACK_HEIGHTS = 1.2, 0.5
"""How far a person can have gone unseen: 2 m/s by the yardstick of their height, and a slack."""

OUT_OF_ZONE = timedelta(seconds=15)
"""How long a step out of a zone may last that is ignored."""


STIRRED_HEIGHTS, STIRRED_SECONDS = 0.06, 2
"""From how far away the middle of a person's box was, in heights, in how many seconds, he has
stirred: those who stand shift their weight and turn. Means over a second: the box of a road sign
that a model takes for a person wanders by 0.03 in 13 s, that of a woman who waits by 0.07 in 20 s
(tunnel_entrance.mp4, intersection.mp4)."""


@dataclass(slots=True)
class _Poise:
    """Where the middle of a box is, second by second, and how often it was elsewhere."""

    since_at: datetime
    sum_x: float = 0.0
    sum_y: float = 0.0
    count: int = 0
    first: Point | None = None
    away: int = 0

    def add(self, track: Track, at: datetime) -> None:
        """Take one sight; a second that is over is compared with the first one."""
        if self.count and not timedelta(0) <= at - self.since_at < timedelta(seconds=1):
            mean = (self.sum_x / self.count, self.sum_y / self.count)
            self.first = self.first or mean
            self.away += math.dist(self.first, mean) >= (
                STIRRED_HEIGHTS * movement.height_px(track)
            )
            self.since_at, self.sum_x, self.sum_y, self.count = at, 0.0, 0.0, 0
        left, top, right, bottom = track.box_xyxy
        self.sum_x += (left + right) / 2
        self.sum_y += (top + bottom) / 2
        self.count += 1


@dataclass(slots=True)
class _Known:
    """Something that is or was there."""

    id: int
    family: str
    track: Track
    anchor: Point
    rest_since_at: datetime
    last_at: datetime
    poise: _Poise
    came: bool = False
    off_since_at: datetime | None = None
    zone_since: dict[int, datetime] = field(default_factory=dict)
    zone_last: dict[int, datetime] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Whether it had been in its place for a while when it was last seen."""
        return self.off_since_at is None and self.last_at - self.rest_since_at >= OFF


class PresenceWatcher:
    """Remembers one camera's presences; time is the frames' own."""

    def __init__(self) -> None:
        self._zones: tuple[Zone, ...] = ()
        self._known: list[_Known] = []
        self._next_id = 1
        self._last_at: datetime | None = None

    def follow(self, camera: WatchedCamera) -> None:
        """Take over the camera's zones."""
        self._zones = camera.zones

    def add(self, frame: Frame, scene: Scene) -> Scene:
        """The scene with how long each of its tracks has been there."""
        return self.see(scene)

    def see(self, scene: Scene) -> Scene:
        """The same, without a picture: none is looked at."""
        if self._last_at is not None and scene.at < self._last_at:
            self._known.clear()
        self._last_at = scene.at
        seen = {track.id: self._met(track, scene) for track in scene.tracks}
        self._known = [one for one in self._known if scene.at - one.last_at <= HIDDEN_STANDING]
        found = {
            number: Presence(
                one.id, one.rest_since_at, one.came, dict(one.zone_since),
                one.came or one.poise.away >= STIRRED_SECONDS,
            )
            for number, one in seen.items()
        }  # fmt: skip
        return replace(scene, presences=found)

    def _met(self, track: Track, scene: Scene) -> _Known:
        known = self._of(track, scene)
        _follow_rest(known, track, scene.at)
        known.poise.add(track, scene.at)
        self._follow_zones(known, track, scene)
        known.track, known.last_at = track, scene.at
        return known

    def _of(self, track: Track, scene: Scene) -> _Known:
        """What the track is: known by its id, found again, or new."""
        for one in self._known:
            if one.track.id == track.id:
                return one
        here = {other.id for other in scene.tracks}
        lost = [one for one in self._known if one.track.id not in here]
        likely = [one for one in lost if _may_be(one, track, scene.at)]
        if likely:
            return min(likely, key=lambda one: _apart_px(one.track, track))
        first_at = track.path[0].at
        new = _Known(
            self._next_id, family_of(track.label), track, _place(track), first_at, scene.at,
            _Poise(scene.at),
        )  # fmt: skip
        new.rest_since_at, new.came = _rest_of_path(track)
        self._next_id += 1
        self._known.append(new)
        return new

    def _follow_zones(self, known: _Known, track: Track, scene: Scene) -> None:
        for zone in self._zones:
            if point_in_polygon(_place(track), in_pixels(zone.points, scene.frame_wh)):
                known.zone_since.setdefault(zone.id, scene.at)
                known.zone_last[zone.id] = scene.at
            elif scene.at - known.zone_last.get(zone.id, scene.at) > OUT_OF_ZONE:
                del known.zone_since[zone.id], known.zone_last[zone.id]


def _follow_rest(known: _Known, track: Track, at: datetime) -> None:
    """Whether it is still where it rested; what is elsewhere for long has moved."""
    if math.dist(_place(track), known.anchor) <= _wander_px(track):
        known.off_since_at = None
        return
    known.off_since_at = known.off_since_at or at
    if at - known.off_since_at >= OFF:
        known.anchor, known.off_since_at, known.came = _place(track), None, True
        known.rest_since_at = _rest_of_path(track)[0]


def _rest_of_path(track: Track) -> tuple[datetime, bool]:
    """Since when the path has been where it is now, and whether it was elsewhere before."""
    since_at = track.path[-1].at
    for point in reversed(track.path):
        if math.dist((point.x_px, point.y_px), _place(track)) > _wander_px(track):
            return since_at, True
        since_at = point.at
    return since_at, False


def _may_be(lost: _Known, track: Track, at: datetime) -> bool:
    """Whether a new track may be what was lost."""
    if lost.family != family_of(track.label) or track.path[0].at < lost.last_at:
        return False
    hidden = at - lost.last_at
    here = overlap(lost.track.box_xyxy, track.box_xyxy) >= SAME_OVERLAP
    if here and lost.stands and hidden <= HIDDEN_STANDING:
        return True
    reach = WALK_HEIGHTS_A_SECOND * hidden.total_seconds() + SLACK_HEIGHTS
    near = _apart_px(lost.track, track) <= reach * movement.height_px(lost.track)
    return lost.track.is_person and hidden <= HIDDEN_WALKING and near


def _place(track: Track) -> Point:
    return movement.standing(track)


def _wander_px(track: Track) -> float:
    return max(REST_PX, REST_SIZES * movement.size_px(track))


def _apart_px(one: Track, other: Track) -> float:
    return math.dist(_place(one), _place(other))
