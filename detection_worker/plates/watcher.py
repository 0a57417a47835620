"""The watcher ``plates``: what stands on the plates of the vehicles that a camera sees."""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from data_access.domain.geometry import point_in_polygon
from data_access.domain.plates import PlateRead, WatchList
from data_access.domain.watch import WatchedCamera, Zone
from detection_worker.evidence.case import PlateCrop
from detection_worker.frames import Frame, Image
from detection_worker.plates.choice import LEAST_CONFIDENCE
from detection_worker.plates.crops import KeepCrop
from detection_worker.plates.desk import Desk
from detection_worker.plates.from_large import KeptAt, cut, cut_box, place_of
from detection_worker.plates.pictures import PlatePictures
from detection_worker.plates.reading import PlateReading
from detection_worker.plates.track_plate import LEAST_WIDTH_PX, Sighting, TrackPlate, worth_of
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import PlateGuess, Scene
from detection_worker.tracking.tracks import Track

RULE = "plates"
"""Zones of this rule say where plates are read; without one, in the whole picture."""

GONE_S = 2.0
"""A track that was not seen for so long is over: trackers bridge less."""

LATE_S = 30.0
"""How long a reading is waited for after that."""

PutRead = Callable[[PlateRead], None]

_log = logging.getLogger(__name__)


class PlatesWatcher:
    """Has the best frames of each vehicle read by ``desk`` and gives the track's vote.

    A track's last word goes to ``put`` with its picture from ``keep_crop``, once it is over.
    ``listed`` gives the watch list, ``pictures`` takes the best picture of each plate so far.
    Where a camera has a large stream, vehicles are cut out of its pictures from ``kept_at``.
    """

    def __init__(
        self,
        desk: Desk,
        put: PutRead = lambda read: None,
        keep_crop: KeepCrop = lambda image: None,
        listed: Callable[[], WatchList] = WatchList,
        pictures: PlatePictures | None = None,
        kept_at: KeptAt | None = None,
    ) -> None:
        self._desk, self._put, self._keep_crop, self._listed = desk, put, keep_crop, listed
        self._pictures = pictures or PlatePictures()
        self._kept_at = kept_at
        self._camera_id: int | None = None
        self._tracks: dict[int, TrackPlate] = {}
        self._zones: tuple[Zone, ...] = ()
        # The desk tells on its thread; a deque takes that without a lock.
        self._told: deque[tuple[Sighting, PlateReading | None]] = deque()

    def follow(self, camera: WatchedCamera) -> None:
        """Take over where plates are read."""
        if self._camera_id is None:
            self._pictures.forget(camera.id)
        self._camera_id = camera.id
        self._zones = tuple(zone for zone in camera.zones if zone.rule == RULE)

    def add(self, frame: Frame, scene: Scene) -> Scene:
        """The scene with the plates of its tracks as read so far."""
        for track in scene.tracks:
            if track.is_vehicle and self._is_inside(track, scene):
                self._look_at(frame, track)
        self._take_readings()
        self._end_tracks(frame.captured_at)
        return replace(scene, plates=self._guesses())

    def finish(self) -> None:
        """The camera is left: the last word of all tracks."""
        self._take_readings()
        for number in list(self._tracks):
            self._end(number)
        if self._camera_id is not None:
            self._pictures.forget(self._camera_id)

    def _is_inside(self, track: Track, scene: Scene) -> bool:
        place = (track.path[-1].x_px, track.path[-1].y_px)
        shapes = [in_pixels(zone.points, scene.frame_wh) for zone in self._zones]
        return not shapes or any(point_in_polygon(place, shape) for shape in shapes)

    def _look_at(self, frame: Frame, track: Track) -> None:
        known = self._tracks.setdefault(track.id, TrackPlate(frame.captured_at))
        known.seen_at = frame.captured_at
        known.drive_on(frame.image_bgr, track.box_xyxy)
        crop = cut(frame.image_bgr, track.box_xyxy)
        if crop.shape[1] * _times_as_wide(frame) < LEAST_WIDTH_PX or not crop.size:
            return
        worth = worth_of(crop)
        if known.wants(worth):
            known.best_worth = worth
            known.offered += 1
            known.waiting += 1
            sighting = self._sighting(frame, track, crop, worth)
            self._desk.offer(sighting, lambda one, reading: self._told.append((one, reading)))

    def _sighting(self, frame: Frame, track: Track, crop: Image, worth: float) -> Sighting:
        """With a copy of its part of the picture: the whole would be kept as long as that waits."""
        large = None
        if frame.large is not None and self._kept_at is not None:
            large = partial(place_of(frame, track).cut, self._kept_at)
        return Sighting(
            frame.camera_id,
            track.id,
            frame.captured_at,
            crop.copy(),
            worth,
            cut_box(frame.wh, track.box_xyxy),
            large,
        )

    def _take_readings(self) -> None:
        while self._told:
            sighting, reading = self._told.popleft()
            known = self._tracks.get(sighting.track_id)
            if known is not None:
                known.note(sighting, reading)
                self._match(known)
                self._show(known)

    def _match(self, known: TrackPlate) -> None:
        guess = known.guess
        if guess is None:
            return
        match = self._listed().match(guess.text)
        if match is not None:
            known.guess = replace(guess, wanted=match.listed.reason, wanted_as=match.listed.plate)

    def _show(self, known: TrackPlate) -> None:
        """What was read so far, as a picture; a guess is none."""
        best = known.best()
        if best is None or known.guess is None or known.guess.confidence < LEAST_CONFIDENCE:
            return
        reading, sighting = best
        crop = PlateCrop(_plate_picture(reading, sighting), sighting.at)
        self._pictures.show(sighting.camera_id, sighting.track_id, crop)

    def _guesses(self) -> Mapping[int, PlateGuess]:
        return {
            number: known.guess
            for number, known in self._tracks.items()
            if known.guess is not None and known.guess.confidence >= LEAST_CONFIDENCE
        }

    def _end_tracks(self, now: datetime) -> None:
        for number, known in list(self._tracks.items()):
            silent = now - known.seen_at
            if silent < timedelta(0):
                known.seen_at = now  # the camera's clock went back
            late = silent > timedelta(seconds=LATE_S)
            if silent > timedelta(seconds=GONE_S) and (late or not known.waiting):
                self._end(number)

    def _end(self, number: int) -> None:
        """The last word of a track; a guess is none."""
        known = self._tracks.pop(number)
        best = known.best()
        if known.guess is None or best is None or known.guess.confidence < LEAST_CONFIDENCE:
            return
        reading, sighting = best
        self._put(
            PlateRead(
                id=uuid4(),
                read_at=sighting.at,
                camera_id=sighting.camera_id,
                plate=known.guess.text,
                confidence=known.guess.confidence,
                region=known.guess.region,
                crop=self._keep_crop(_plate_picture(reading, sighting)),
            )
        )


def _times_as_wide(frame: Frame) -> float:
    """How much wider the best picture of the moment is than the one that is analysed."""
    return frame.shown.wh[0] / frame.wh[0]


def _plate_picture(reading: PlateReading, sighting: Sighting) -> Image:
    """The plate with as much around it as shows what it is on; a copy, to be kept for long."""
    left, top, right, bottom = reading.box_xyxy
    margin = bottom - top
    height, width = sighting.crop_bgr.shape[:2]
    rows = slice(max(0, top - margin), min(height, bottom + margin))
    return sighting.crop_bgr[rows, max(0, left - margin) : min(width, right + margin)].copy()
