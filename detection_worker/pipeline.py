"""The journey of a frame, on one screen: see ``Journey.step``."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from time import perf_counter
from typing import Protocol

from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.watch import WatchedCamera, Zone
from detection_worker.camera_post import CameraPost, Figures
from detection_worker.cores import usable_cores
from detection_worker.detection.detections import Detections, Detector
from detection_worker.event_desk import EventChange, EventDesk
from detection_worker.frames import Frame, Image
from detection_worker.rules import RULES, WATCHERS
from detection_worker.rules.evaluation import OnRuleOff, evaluate
from detection_worker.rules.rule import Rule
from detection_worker.rules.watcher import MakeWatcher
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """What was made of a frame, for whoever draws it: boxes in its pixels, zones in fractions."""

    tracks: tuple[Track, ...] = ()
    zones: tuple[Zone, ...] = ()
    open_kinds: tuple[str, ...] = ()
    camera_code: str = ""
    frame_wh: tuple[int, int] | None = None
    """The size that the boxes were found in, where it is not that of the picture."""
    found: Detections | None = None
    """What the detector found, tracks or not; None where the frame was not analysed."""


class Recorder(Protocol):
    """Keeps pictures: the newest for those who look, the last seconds for the clips."""

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        """Take one frame, analysed or not; must not wait for disk or network."""
        ...

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        """The event with the evidence that is there at once; a clip follows by itself."""
        ...


class Outbox(Protocol):
    """Takes what was found, and keeps it until PostgreSQL has it."""

    def put(self, item: EventRecord | TrafficCount) -> None:
        """Keep ``item``: counts add up, an event replaces the earlier one of its id."""
        ...


class Journey:
    """Takes the frames of all cameras from the slot to the outbox; belongs to one thread.

    ``detectors`` has those that a camera may ask for by name beside the usual one. ``gated``
    says whether the detector is spared pictures in which nothing moves. ``pace`` is the share of
    the analysed frames a second that the cameras ask for; whoever owns the thread may lower it.
    """

    def __init__(
        self,
        detector: Detector,
        cameras: Mapping[int, WatchedCamera],
        recorder: Recorder,
        outbox: Outbox,
        *,
        detectors: Mapping[str, Detector] | None = None,
        rules: Mapping[str, Rule] = RULES,
        watchers: Mapping[str, MakeWatcher] = WATCHERS,
        gated: bool = True,
        on_rule_off: OnRuleOff = lambda camera_id, rule, reason: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        # Kept as it is, not copied: a mapping may open a detector when a camera first asks.
        self._detector, self._detectors = detector, detectors if detectors is not None else {}
        self._recorder, self._outbox = recorder, outbox
        self._rules, self._watchers, self._gated = rules, watchers, gated
        self._on_rule_off, self._now = on_rule_off, now
        self.pace = 1.0
        self._painters = ThreadPoolExecutor(usable_cores(), "colours")
        self._desk = EventDesk()
        self._posts: dict[int, CameraPost] = {}
        for camera in cameras.values():
            self.watch(camera)

    def step(self, frames: Sequence[Frame]) -> None:
        """Take frames all the way: of one camera in their order, of many cameras at once."""
        watched = [frame for frame in frames if frame.camera_id in self._posts]
        for frame, found in zip(watched, self._detect(watched), strict=True):
            post = self._posts[frame.camera_id]
            if found is None:  # between two frames that are analysed
                self._recorder.see(frame, self._picture(post))
                continue
            standing_m = post.to_metres(frame, found)
            post.tracks = post.tracker.update(frame.captured_at, found, standing_m)
            scene = post.scene(frame)
            seen = evaluate(scene, post.rules, self._on_rule_off)
            changes = self._desk.report(
                frame.camera_id, frame.captured_at, seen.findings, scene.plates
            )
            self._recorder.see(frame, replace(self._picture(post), found=found))
            records = [self._recorder.record(change, frame, post.tracks) for change in changes]
            counts = post.counts.add(frame.captured_at, seen.crossings)
            self._put(records, counts)
            post.figures.note_latency((self._now() - frame.captured_at).total_seconds() * 1000)

    def watch(self, camera: WatchedCamera) -> None:
        """Begin with a camera, or take over its changed zones and settings without a break."""
        post = self._posts.get(camera.id)
        if post is None:
            post = self._posts[camera.id] = CameraPost(camera, self._rules, self._watchers)
        else:
            post.arm(camera, self._rules)
        for rule, reason in post.rules.off.items():
            self._on_rule_off(camera.id, rule, reason)

    def leave(self, camera_id: int) -> None:
        """Close the camera's events and counts and forget it: its feed is gone."""
        post = self._posts.pop(camera_id, None)
        if post is None or post.last_frame is None:
            return
        self.detector_of(post.camera).forget(camera_id)
        post.finish()
        changes = self._desk.leave(camera_id)
        records = [
            self._recorder.record(change, post.last_frame, post.tracks) for change in changes
        ]
        self._put(records, post.counts.finish())

    def finish(self) -> None:
        """Leave all cameras: the recording is over, or the worker stops."""
        for camera_id in list(self._posts):
            self.leave(camera_id)

    def figures(self, camera_id: int) -> Figures | None:
        """What was done for a camera so far; None where it is not watched."""
        post = self._posts.get(camera_id)
        return post.figures if post is not None else None

    def rules_off(self, camera_id: int) -> Mapping[str, str]:
        """The camera's rules that are switched off, or see too little for now, with reasons."""
        post = self._posts.get(camera_id)
        return post.waiting() | post.rules.off if post is not None else {}

    def detector_of(self, camera: WatchedCamera) -> Detector:
        """The detector that looks at a camera's pictures."""
        return self._detectors.get(camera.detector or "", self._detector)

    def _picture(self, post: CameraPost) -> SeenPicture:
        camera = post.camera
        kinds = self._desk.open_kinds(camera.id)
        return SeenPicture(post.tracks, camera.zones, kinds, camera.code)

    def _put(self, records: Sequence[EventRecord], counts: Sequence[TrafficCount]) -> None:
        for record in records:
            self._outbox.put(record)
        for count in counts:
            self._outbox.put(count)

    def _detect(self, frames: Sequence[Frame]) -> list[Detections | None]:
        """What each frame shows, asking each detector once; None for frames not analysed.

        Where nothing has moved, what the detector found last still stands.
        """
        for frame in frames:
            self._posts[frame.camera_id].meet(frame)
        due = [self._posts[frame.camera_id].is_due(frame, self.pace) for frame in frames]
        asked = [index for index, frame in enumerate(frames) if due[index] and self._moves(frame)]
        fresh = self._ask(frames, asked)
        return [
            self._posts[frame.camera_id].stands(fresh.get(index)) if due[index] else None
            for index, frame in enumerate(frames)
        ]

    def _moves(self, frame: Frame) -> bool:
        post = self._posts[frame.camera_id]
        if not self._gated or self.detector_of(post.camera).remembers:
            return True
        return post.gate.moves(frame)

    def _ask(self, frames: Sequence[Frame], asked: Sequence[int]) -> dict[int, Detections]:
        """What the detectors find in the frames at the indices ``asked``."""
        shares: dict[int, tuple[Detector, list[int]]] = {}
        for index in asked:
            detector = self.detector_of(self._posts[frames[index].camera_id].camera)
            shares.setdefault(id(detector), (detector, []))[1].append(index)
        found: dict[int, Detections] = {}
        for detector, indices in shares.values():
            found.update(self._ask_one(detector, frames, indices))
        return found

    def _ask_one(
        self, detector: Detector, frames: Sequence[Frame], indices: Sequence[int]
    ) -> dict[int, Detections]:
        began = perf_counter()
        cameras = [frames[index].camera_id for index in indices]
        found = detector.detect(cameras, self._in_colours([frames[index] for index in indices]))
        spent_ms = (perf_counter() - began) * 1000 / len(indices)
        for camera_id in cameras:
            self._posts[camera_id].figures.note_inference(spent_ms)
        return dict(zip(indices, found, strict=True))

    def _in_colours(self, frames: Sequence[Frame]) -> list[Image]:
        """Many are made side by side: one after the other they would keep a GPU waiting."""
        made = self._painters.map if len(frames) > 1 else map
        return list(made(attrgetter("image_bgr"), frames))
