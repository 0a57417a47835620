"""A frame on its journey, the slot that keeps a camera's newest one, and the desk of all slots.

The worker's loop waits on one bell for all its cameras and never polls::

    desk = FrameDesk()
    reader = FeedReader(camera, open_feed, desk.slot(camera.id, live=True), on_state)
    reader.start()
    while not stop.is_set():
        journey.step(desk.take(timeout_s=1.0))

A recording that is analysed uses ``live=False``: its reader waits where it is too far ahead, so
no frame is lost; it is over when ``reader.ended`` was true before a ``take`` that gave nothing.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from detection_worker.packets import EncodedPicture

Image = npt.NDArray[np.uint8]
"""A picture: height × width × 3, BGR, 0–255."""


class Brightness(NamedTuple):
    """How bright a picture is: levels, height × width, and how many from black to white."""

    levels: npt.NDArray[np.uint8]
    span: int = 255


class Picture(Protocol):
    """One picture as a feed gives it; its colours may be made only once somebody asks for them.

    Most pictures of a camera are never looked at: nothing moves in them, or they stand between
    two that are analysed. Nobody draws into one, and the feed never writes to it again.
    """

    @property
    def wh(self) -> tuple[int, int]:
        """Width and height in pixels."""
        ...

    @property
    def bgr(self) -> Image:
        """The picture in colours; any thread may ask, the first one waits for them."""
        ...

    @property
    def brightness(self) -> Brightness:
        """Costs less than the colours; may lie on its side where the camera was held so."""
        ...

    @property
    def encoded(self) -> "EncodedPicture | None":
        """The picture as the camera sent it, where that can be decoded again."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class PlainPicture:
    """A picture that is there in colours from the beginning: a still, a scene."""

    bgr: Image
    encoded: "EncodedPicture | None" = None

    @property
    def wh(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.bgr.shape[1], self.bgr.shape[0]

    @property
    def brightness(self) -> Brightness:
        """The green channel, which makes most of it."""
        return Brightness(cv2.extractChannel(self.bgr, 1).astype(np.uint8, copy=False))


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of one camera; ``captured_at`` is aware UTC and is the only clock.

    ``number`` counts the feed's frames from 1 and serves output files only. ``large`` is the
    same moment in the camera's large stream, where it has two.
    """

    camera_id: int
    captured_at: datetime
    picture: Picture
    number: int = 0
    large: "LargePicture | None" = None

    @property
    def image_bgr(self) -> Image:
        """The picture in colours; nobody draws into it."""
        return self.picture.bgr

    @property
    def encoded(self) -> "EncodedPicture | None":
        """The picture as the camera sent it, where that can be decoded again."""
        return self.picture.encoded

    @property
    def wh(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.picture.wh

    @property
    def shown(self) -> "Frame | LargePicture":
        """The best picture of this moment: what people look at, and what evidence is made of."""
        return self.large or self


@dataclass(frozen=True, slots=True, eq=False)
class LargePicture:
    """One picture of a camera's large stream: ``look`` decodes it, once somebody asks.

    ``wh`` is the size of the stream's pictures. ``encoded`` is as of a frame.
    """

    camera_id: int
    captured_at: datetime
    wh: tuple[int, int]
    look: Callable[[], Image | None]
    encoded: "EncodedPicture | None" = None

    @classmethod
    def of(cls, camera_id: int, captured_at: datetime, picture: Picture) -> "LargePicture":
        """One that was decoded as it came."""
        look = partial(getattr, picture, "bgr")
        return cls(camera_id, captured_at, picture.wh, look, picture.encoded)

    @property
    def image_bgr(self) -> Image | None:
        """The picture; None where the camera's packets turn out to be damaged."""
        return self.look()


AHEAD = 4
"""Frames that a recording is read ahead: while the model looks at one picture, a core is free."""


class Slot:
    """Room for one frame of a live feed, which overwrites it (and counts a drop).

    A recording waits; it has room for ``AHEAD`` frames.

    ``bell`` is shared by the slots of a desk; a slot that stands alone has its own.
    """

    def __init__(self, live: bool, bell: threading.Condition | None = None) -> None:
        self.live = live
        self.dropped = 0
        self._frames: deque[Frame] = deque()
        self._bell = bell or threading.Condition()

    def put(self, frame: Frame, stop: threading.Event) -> None:
        """Leave a frame; for a file, wait until there is room or ``stop`` is set.

        Whoever sets ``stop`` calls ``wake`` after it; a frame that is stopped so is not left.
        """
        with self._bell:
            self._bell.wait_for(lambda: self.live or len(self._frames) < AHEAD or stop.is_set())
            if stop.is_set():
                return
            if self.live and self._frames:
                self._frames.clear()
                self.dropped += 1
            self._frames.append(frame)
            self._bell.notify_all()

    def take(self) -> Frame | None:
        """The next frame if there is one that was not taken yet; never waits."""
        with self._bell:
            self._bell.notify_all()
            return self._frames.popleft() if self._frames else None

    def wake(self) -> None:
        """Let everyone who waits on this slot or its desk look again."""
        with self._bell:
            self._bell.notify_all()

    @property
    def full(self) -> bool:
        """Whether a frame waits to be taken."""
        return bool(self._frames)


class FrameDesk:
    """The slots of all cameras of a worker, and the one bell that rings when any is filled."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._slots: dict[int, Slot] = {}
        self._woken = False

    def slot(self, camera_id: int, live: bool = True) -> Slot:
        """A new empty slot for a camera, in place of an earlier one if there was."""
        slot = Slot(live, self._bell)
        with self._bell:
            self._slots[camera_id] = slot
        return slot

    def remove(self, camera_id: int) -> None:
        """Forget a camera and the frame that waits in its slot; unknown cameras are fine."""
        with self._bell:
            self._slots.pop(camera_id, None)

    def wait(self, timeout_s: float) -> bool:
        """Wait until a slot is full, ``wake`` is called or the time is up; whether any is full."""
        with self._bell:
            self._bell.wait_for(lambda: self._woken or self._any_full(), timeout_s)
            self._woken = False
            return self._any_full()

    def take(self, timeout_s: float = 0.0) -> list[Frame]:
        """Every camera's waiting frame, at most one a camera, the longest captured first.

        Waits like ``wait`` for the first of them; empty when there is none by then.
        """
        self.wait(timeout_s)
        with self._bell:
            taken = [slot.take() for slot in self._slots.values()]
        frames = [frame for frame in taken if frame is not None]
        return sorted(frames, key=lambda frame: frame.captured_at)

    def wake(self) -> None:
        """Let ``wait`` and ``take`` return at once, with what there is: to stop, for instance."""
        with self._bell:
            self._woken = True
            self._bell.notify_all()

    def _any_full(self) -> bool:
        return any(slot.full for slot in self._slots.values())
