"""The cameras that are watched: their readers, their slots, and the journey's thread.

Cameras may be added, changed and removed at any time; what changes is taken over between two
steps of the journey, whose thread alone touches it.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from data_access.domain.feeds import FeedState, FeedStatus
from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.pair import FeedPair
from detection_worker.feeds.reader import FeedReader
from detection_worker.feeds.source import OpenFeed
from detection_worker.frames import Frame, FrameDesk, LargePicture, Slot
from detection_worker.load import Load
from detection_worker.pipeline import Journey

_log = logging.getLogger(__name__)

RATE_OVER_S = 2.0
"""How long a rate is measured."""


class Keeper(Protocol):
    """What sees every frame in its reader's thread, and forgets cameras that are left."""

    def keep(self, frame: Frame | LargePicture) -> object:
        """Take a frame, also one that the journey will never see."""
        ...

    def forget(self, camera_id: int) -> None:
        """The camera is watched no more."""
        ...


class KeepingDesk(FrameDesk):
    """A desk whose slots show each frame to a ``Keeper`` before it is left for the journey."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self._keeper = keeper

    def slot(self, camera_id: int, live: bool = True) -> Slot:
        """A new empty slot for a camera, in place of an earlier one if there was."""
        slot = _KeepingSlot(live, self._bell, self._keeper)
        with self._bell:
            self._slots[camera_id] = slot
        return slot


class _KeepingSlot(Slot):
    def __init__(self, live: bool, bell: threading.Condition, keeper: Keeper) -> None:
        super().__init__(live, bell)
        self._keeper = keeper

    def put(self, frame: Frame, stop: threading.Event) -> None:
        if not stop.is_set() and frame.large is None:  # else that one has been kept
            self._keeper.keep(frame)
        super().put(frame, stop)


class Rate:
    """How often something was counted a second, over the last ``RATE_OVER_S`` or longer."""

    def __init__(self) -> None:
        self._since: tuple[float, int] | None = None
        self._rate = 0.0

    def of(self, count: int, now_s: float) -> float:
        """The rate, given the count so far."""
        since_s, before = self._since or (now_s, count)
        if self._since is None or now_s - since_s >= RATE_OVER_S:
            self._rate = (count - before) / (now_s - since_s) if now_s > since_s else 0.0
            self._since = (now_s, count)
        return self._rate


@dataclass(slots=True)
class _Watched:
    camera: WatchedCamera
    reader: FeedReader | FeedPair
    analysed: Rate


class Watch:
    """Follows the cameras it is given and takes their frames through ``journey``.

    ``on_failure`` is called when the journey itself fails; ``failure`` then says with what.
    """

    def __init__(
        self,
        journey: Journey,
        keeper: Keeper,
        open_feed: OpenFeed,
        on_failure: Callable[[], None] = lambda: None,
    ) -> None:
        self._journey, self._keeper, self._open_feed = journey, keeper, open_feed
        self._on_failure = on_failure
        self._desk = KeepingDesk(keeper)
        self._watched: dict[int, _Watched] = {}
        self._wanted: Sequence[WatchedCamera] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="journey", daemon=True)
        self.failure: Exception | None = None
        self._load = Load()

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def follow(self, cameras: Sequence[WatchedCamera]) -> None:
        """Watch these cameras from now on, and no others; returns at once."""
        self._wanted = tuple(cameras)
        self._desk.wake()

    def stop(self, within_s: float) -> None:
        """Stop all readers, close the open events and end the thread."""
        self._stopping.set()
        self._desk.wake()
        self._thread.join(within_s)

    def statuses(self, now: datetime) -> list[FeedStatus]:
        """How each camera's feed is doing."""
        now_s = time.monotonic()
        return [self._status(watched, now, now_s) for watched in tuple(self._watched.values())]

    @property
    def inference_ms(self) -> float:
        """The detector's time a picture, over the cameras."""
        found = [self._journey.figures(camera_id) for camera_id in tuple(self._watched)]
        spent = [figures.inference_ms for figures in found if figures and figures.inference_ms]
        return sum(spent) / len(spent) if spent else 0.0

    def onvif_url(self, camera_id: int) -> str | None:
        """Where a camera that is watched is turned; None where it is not, or cannot be."""
        watched = self._watched.get(camera_id)
        return watched.camera.onvif_url if watched is not None else None

    @property
    def analysed_share(self) -> float:
        """How much of what the cameras ask for is analysed, from 0 to 1."""
        return self._load.share

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._take_over_changes()
                self._step(self._desk.take(timeout_s=1.0))
        except Exception as error:  # noqa: BLE001 - not hidden: the worker ends with it
            self.failure = error
            self._on_failure()
        finally:
            self._leave_all()

    def _step(self, frames: Sequence[Frame]) -> None:
        began_s = time.monotonic()
        self._journey.step(frames)
        self._journey.pace = self._load.note(began_s, time.monotonic())

    def _take_over_changes(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        cameras = {camera.id: camera for camera in wanted}
        for camera_id in self._watched.keys() - cameras.keys():
            self._leave(self._watched[camera_id])
        for camera in cameras.values():
            self._take_over(camera)

    def _take_over(self, camera: WatchedCamera) -> None:
        watched = self._watched.get(camera.id)
        if watched is None:
            self._begin(camera)
        elif _is_other_feed(watched.camera, camera):
            self._leave(watched)
            self._begin(camera)
        elif watched.camera != camera:
            self._journey.watch(camera)
            watched.camera = camera

    def _begin(self, camera: WatchedCamera) -> None:
        self._journey.watch(camera)
        slot = self._desk.slot(camera.id)
        reader = self._reader(camera, slot)
        self._watched[camera.id] = _Watched(camera, reader, Rate())
        reader.start()

    def _reader(self, camera: WatchedCamera, slot: Slot) -> FeedReader | FeedPair:
        tell = _tell_state(camera)
        if camera.sub_feed_url is None:
            return FeedReader(camera, self._open_feed, slot, tell)
        return FeedPair(camera, self._open_feed, slot, self._keeper.keep, tell)

    def _leave(self, watched: _Watched) -> None:
        watched.reader.stop()
        camera_id = watched.camera.id
        self._desk.remove(camera_id)
        self._journey.leave(camera_id)
        self._keeper.forget(camera_id)
        del self._watched[camera_id]

    def _leave_all(self) -> None:
        """Stop the readers and close the events; pictures stay, for the clips."""
        for watched in self._watched.values():
            watched.reader.stop()
        self._journey.finish()

    def _status(self, watched: _Watched, now: datetime, now_s: float) -> FeedStatus:
        condition = watched.reader.condition()
        camera = watched.camera
        status = FeedStatus(
            camera_id=camera.id,
            state=condition.state,
            reason=condition.reason,
            updated_at=now,
            since_at=condition.since_at,
            detector=self._journey.detector_of(camera).name,
            fps=round(condition.fps, 1),
            dropped=condition.dropped,
            width_px=condition.width_px,
            height_px=condition.height_px,
            last_frame_at=condition.last_frame_at,
            rules_off=tuple(sorted(self._journey.rules_off(camera.id))),
            decoder=condition.decoder,
            turns=camera.onvif_url is not None,
        )
        figures = self._journey.figures(camera.id)
        if figures is None or status.state is not FeedState.LIVE:
            return status
        return replace(
            status,
            analysed_fps=round(watched.analysed.of(figures.analysed, now_s), 1),
            latency_ms=round(figures.latency_ms, 1),
        )


def _is_other_feed(before: WatchedCamera, now: WatchedCamera) -> bool:
    return (before.feed_url, before.sub_feed_url, before.loops) != (
        now.feed_url, now.sub_feed_url, now.loops
    )  # fmt: skip


def _tell_state(camera: WatchedCamera) -> Callable[[FeedState, str], None]:
    def tell(state: FeedState, reason: str) -> None:
        _log.info("camera %s: %s%s", camera.code, state, f" ({reason})" if reason else "")

    return tell
