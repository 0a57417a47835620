"""Checks every few seconds how well each camera sees, and writes what changed.

A thread of its own takes the newest picture of each camera as it is kept for viewers, decoded
small: the journey is not held up, and a camera costs 10 ms in five seconds.
"""

import logging
import math
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import cv2
import numpy as np

from data_access import camera_sights
from data_access.domain.sight import CameraSight, Sight
from data_access.domain.watch import WatchedCamera
from data_access.errors import DataAccessError, MediaError
from data_access.media import MediaFolder
from detection_worker.event_writer import AsWorker
from detection_worker.evidence.kept_frames import ShownFrame
from detection_worker.evidence.room import Room
from detection_worker.frames import Image
from detection_worker.health.sight import SightCheck
from detection_worker.health.usual_views import UsualViews, origin_of

EVERY_S = 5.0
"""What is wrong with a camera stays wrong for minutes: three checks are 15 s."""

AGAIN_EVERY = timedelta(minutes=5)
"""How often an unchanged fault is written again, with its newest numbers."""

KEEP_EVERY = timedelta(minutes=10)
"""How often a usual view is kept: it follows the light over minutes, and shadows over hours."""

ARROWS = "→↘↓↙←↖↑↗"
"""Directions from the right by the clock, for numbers that every language reads alike."""

NewestFrames = Callable[[], dict[int, ShownFrame]]
"""The newest kept frame of each camera that gives pictures."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Checked:
    """One camera's check, and what the database has of it."""

    check: SightCheck = field(default_factory=SightCheck)
    looked_at: datetime | None = None
    written: CameraSight | None = None
    origin: str = ""
    kept_at: datetime | None = None


class SightReporter:
    """Looks at all cameras in turn; what cannot be written is written newer the next time."""

    def __init__(
        self,
        newest: NewestFrames,
        media: MediaFolder,
        room: Room,
        as_worker: AsWorker,
        every_s: float = EVERY_S,
        views: UsualViews | None = None,
    ) -> None:
        self._views, self._origins = views, dict[int, str]()
        self._newest, self._media, self._room, self._as_worker = newest, media, room, as_worker
        self._every_s = every_s
        self._checked: dict[int, _Checked] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera sight", daemon=True)
        self._failing = False

    def start(self) -> None:
        """Begin to look; once."""
        self._thread.start()

    def stop(self, within_s: float = 1.0) -> None:
        """End after the camera that is being looked at."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(within_s)

    def follow(self, cameras: Iterable[WatchedCamera]) -> None:
        """Take over where each camera's pictures come from and what is drawn on them."""
        self._origins = {camera.id: origin_of(camera) for camera in cameras}

    def look(self) -> list[CameraSight]:
        """Look at every camera's newest picture once; what is to be written."""
        frames = self._newest()
        for camera_id in self._checked.keys() - frames.keys():
            self._checked[camera_id].looked_at = None  # its feed is gone: that is said elsewhere
        found = (self._seen(camera_id, kept) for camera_id, kept in frames.items())
        return [sight for sight in found if sight is not None]

    def _run(self) -> None:
        while not self._stopping.wait(self._every_s):
            sights = self.look()
            if sights:
                self._write(sights)

    def _seen(self, camera_id: int, kept: ShownFrame) -> CameraSight | None:
        checked = self._checked_of(camera_id, kept.captured_at)
        if kept.captured_at == checked.looked_at or self._stopping.is_set():
            return None
        checked.looked_at = kept.captured_at
        if kept.jpeg is None:  # a large stream's packets are damaged: the feed says so
            return None
        look = checked.check.check(_small(kept.jpeg, kept.frame_wh[0]), kept.captured_at)
        self._keep_view(camera_id, checked, kept.captured_at)
        since_at = checked.check.since_at or kept.captured_at
        measured = in_pixels(look.measured, kept.frame_wh[0])
        sight = CameraSight(camera_id, look.sight, since_at, kept.captured_at, measured)
        return self._proved(sight, kept.jpeg, checked.written) if _is_due(sight, checked) else None

    def _checked_of(self, camera_id: int, at: datetime) -> _Checked:
        """A camera's check: begun with the view that is kept of it, and begun anew where another
        feed, or zones drawn on a view that had shifted, say that this is the view now."""
        origin = self._origins.get(camera_id, "")
        checked = self._checked.get(camera_id)
        if checked is None:
            usual = self._views.load(camera_id, origin, at) if self._views and origin else None
            checked = _Checked(SightCheck(usual), origin=origin)
        elif origin and checked.origin and origin != checked.origin:
            accepted = checked.check.current.sight is Sight.SHIFTED
            check = SightCheck() if accepted else checked.check
            checked = _Checked(check, written=checked.written, origin=origin)
        checked.origin = checked.origin or origin
        self._checked[camera_id] = checked
        return checked

    def _keep_view(self, camera_id: int, checked: _Checked, at: datetime) -> None:
        """Keep the usual view on disk while it is seen; a full disk is said by the recorder."""
        usual, before = checked.check.usual, checked.kept_at
        is_clear = checked.check.current.sight is Sight.CLEAR
        if self._views is None or usual is None or not (checked.origin and is_clear):
            return
        if before is None or abs(at - before) >= KEEP_EVERY:
            checked.kept_at = at
            with suppress(OSError):
                self._views.keep(camera_id, checked.origin, usual, at)

    def _proved(self, sight: CameraSight, jpeg: bytes, before: CameraSight | None) -> CameraSight:
        """With the picture that proves it, kept once for each fault."""
        if sight.sight is Sight.CLEAR:
            return sight
        if before is not None and before.sight is sight.sight and before.proof_path:
            path, digest = before.proof_path, before.proof_sha256
        else:
            path, digest = self._keep(jpeg)
        return CameraSight(
            sight.camera_id, sight.sight, sight.since_at, sight.checked_at, sight.measured,
            path, digest,
        )  # fmt: skip

    def _keep(self, jpeg: bytes) -> tuple[str, str]:
        with suppress(MediaError):  # a full disk is said by the recorder; the state still counts
            if self._room.for_snapshots:
                file = self._media.keep(jpeg, ".jpg")
                return file.path, file.sha256
        return "", ""

    def _write(self, sights: Sequence[CameraSight]) -> None:
        try:
            with self._as_worker() as tx:
                camera_sights.write(tx, sights)
        except DataAccessError as error:
            if not self._failing:
                _log.warning("how cameras see is not written: %s", error)
            self._failing = True
            return
        self._failing = False
        for sight in sights:
            self._forget_proof(sight)
            self._checked[sight.camera_id].written = sight

    def _forget_proof(self, sight: CameraSight) -> None:
        """Remove the picture of a fault that is over: the database names it no more."""
        before = self._checked[sight.camera_id].written
        if before is not None and before.proof_path not in ("", sight.proof_path):
            with suppress(OSError, MediaError):
                self._media.absolute(before.proof_path).unlink()


def in_pixels(measured: Mapping[str, float | int], width_px: int) -> dict[str, Any]:
    """How far a view has shifted in the picture's own pixels, and which way, besides."""
    if "right_percent" not in measured:
        return dict(measured)
    right, down = (measured[name] * width_px / 100 for name in ("right_percent", "down_percent"))
    arrow = ARROWS[round(math.atan2(down, right) / (math.pi / 4)) % len(ARROWS)]
    return {**measured, "shift_px": round(math.hypot(right, down)), "arrow": arrow}


def _is_due(sight: CameraSight, checked: _Checked) -> bool:
    before = checked.written
    if before is None or before.sight is not sight.sight:
        return True
    return sight.checked_at - before.checked_at >= AGAIN_EVERY


def _small(jpeg: bytes, width_px: int) -> Image:
    """The frame as JPEG, as all are measured, decoded at half of its size where that is enough."""
    flag = cv2.IMREAD_REDUCED_COLOR_2 if width_px >= 640 else cv2.IMREAD_COLOR
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), flag)
    assert image is not None, "a kept frame is a JPEG of our own making"
    return image.astype(np.uint8, copy=False)
