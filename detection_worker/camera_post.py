"""All that the journey remembers of one camera between its frames."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from data_access.domain.watch import WatchedCamera
from detection_worker.detection.detections import Detections
from detection_worker.errors import CalibrationError
from detection_worker.frames import Frame
from detection_worker.ground_plane import GroundPlane
from detection_worker.motion_gate import MotionGate
from detection_worker.rules.evaluation import ArmedRules, arm
from detection_worker.rules.minute_counts import MinuteCounts
from detection_worker.rules.rule import Rule
from detection_worker.rules.scene import Scene
from detection_worker.rules.watcher import LastWord, MakeWatcher, MayLack, Watcher
from detection_worker.tracking.camera_tracker import CameraTracker
from detection_worker.tracking.tracks import Track

log = logging.getLogger(__name__)

SMOOTHING = 0.1
"""Weight of the newest time in the shown averages: about the last ten pictures."""

LEAST_FPS = 0.1
"""A camera that asks for fewer analysed frames a second, or for none, still gets one in ten
seconds: it is watched, or it is not in the worker at all."""


@dataclass(slots=True)
class Figures:
    """What the journey did for one camera so far, for health; times are moving averages."""

    analysed: int = 0
    still: int = 0
    inference_ms: float = 0.0
    latency_ms: float = 0.0

    def note_inference(self, spent_ms: float) -> None:
        """One picture through the detector; its share of a batch."""
        self.inference_ms = _smoothed(self.inference_ms, spent_ms)

    def note_latency(self, spent_ms: float) -> None:
        """One picture from its capture to the outbox."""
        self.analysed += 1
        self.latency_ms = _smoothed(self.latency_ms, spent_ms)


def _smoothed(average: float, newest: float) -> float:
    """The moving average, which begins with its first value."""
    return average + SMOOTHING * (newest - average) if average else newest


class CameraPost:
    """One camera's gate, tracker, ground plane, rules and counts."""

    def __init__(
        self,
        camera: WatchedCamera,
        rules: Mapping[str, Rule],
        watchers: Mapping[str, MakeWatcher] = MappingProxyType({}),
    ) -> None:
        self.camera = camera
        self._watchers: dict[str, Watcher] = {}
        self._make_watcher = watchers
        self.gate = MotionGate()
        self.tracker = CameraTracker()
        self.counts = MinuteCounts(camera.id)
        self.figures = Figures()
        self.last_frame: Frame | None = None
        self.tracks: tuple[Track, ...] = ()
        self._last_found = Detections.none()
        self._next_at: datetime | None = None
        self.arm(camera, rules)

    def arm(self, camera: WatchedCamera, rules: Mapping[str, Rule]) -> None:
        """Take over the camera's zones, calibration and rate; tracks go on."""
        self.camera = camera
        self.rules: ArmedRules = arm(camera.zones, rules, camera.paused)
        self.ground = _ground(camera, self.rules)
        needed = dict.fromkeys(need for one in self.rules.armed for need in one.rule.needs)
        kept = self._watchers
        self._watchers = {need: kept.get(need) or self._make_watcher[need]() for need in needed}
        _finish(watcher for need, watcher in kept.items() if need not in needed)
        for watcher in self._watchers.values():
            watcher.follow(camera)

    def meet(self, frame: Frame) -> None:
        """Notice a frame; one of another size than before starts tracks anew."""
        before = self.last_frame
        if before is not None and before.wh != frame.wh:
            self.tracker.restart()
            self._last_found, self.tracks = Detections.none(), ()
        self.last_frame = frame

    def is_due(self, frame: Frame, pace: float = 1.0) -> bool:
        """Whether to analyse this frame, to keep to ``pace`` of the camera's frames a second."""
        at = frame.captured_at
        step = timedelta(seconds=1 / max(self.camera.analysed_fps * pace, LEAST_FPS))
        if self._next_at is not None and timedelta(0) < self._next_at - at <= step:
            return False
        on_time = self._next_at is not None and timedelta(0) <= at - self._next_at < step
        self._next_at = (self._next_at if on_time and self._next_at else at) + step
        return True

    def stands(self, fresh: Detections | None) -> Detections:
        """The new detections, or the last ones where the detector was not asked."""
        if fresh is None:
            self.figures.still += 1
        else:
            self._last_found = fresh
        return self._last_found

    def scene(self, frame: Frame) -> Scene:
        """What the rules look at."""
        scene = Scene(
            camera_id=self.camera.id,
            at=frame.captured_at,
            frame_wh=frame.wh,
            tracks=self.tracks,
            zones=self.camera.zones,
            ground=self.ground,
        )
        for watcher in self._watchers.values():
            scene = watcher.add(frame, scene)
        return scene

    def waiting(self) -> dict[str, str]:
        """The armed rules that say nothing for now, by id, with what they lack."""
        lacks = {
            need: watcher.lacking()
            for need, watcher in self._watchers.items()
            if isinstance(watcher, MayLack)
        }
        pairs = ((one.rule.id, need) for one in self.rules.armed for need in one.rule.needs)
        return {rule: lacks[need] for rule, need in pairs if lacks.get(need)}

    def finish(self) -> None:
        """The camera is left: let its watchers say what they have left to say."""
        _finish(self._watchers.values())

    def to_metres(self, frame: Frame, found: Detections) -> npt.NDArray[np.float64]:
        """Where each detection stands on the ground, (N, 2); NaN where that is not known."""
        if self.ground is None or not len(found):
            return np.full((len(found), 2), np.nan)
        left, _, right, bottom = found.xyxy_px.T
        width, height = frame.wh
        return self.ground.to_metres(np.stack([(left + right) / 2 / width, bottom / height], 1))


def _finish(watchers: Iterable[Watcher]) -> None:
    for watcher in watchers:
        if isinstance(watcher, LastWord):
            watcher.finish()


def _ground(camera: WatchedCamera, rules: ArmedRules) -> GroundPlane | None:
    """The camera's ground plane; one that cannot be is said in health and left out."""
    if camera.calibration is None:
        return None
    try:
        return GroundPlane(camera.calibration)
    except CalibrationError as error:
        log.warning("camera %s: %s", camera.id, error)
        rules.off["calibration"] = str(error)
        return None
