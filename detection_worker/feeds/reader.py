"""One camera's feed, kept running in a thread of its own."""

import logging
import random
import threading
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from data_access.domain.feeds import FeedState
from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.address import take_number
from detection_worker.feeds.clock import OnwardClock
from detection_worker.feeds.redact import redact, without_secrets
from detection_worker.feeds.source import OUR_FAULT, SILENT, FeedError, FeedSource, OpenFeed
from detection_worker.frames import Frame, Slot

OnState = Callable[[FeedState, str], None]
"""Told a state and its reason."""

log = logging.getLogger(__name__)

STALLED_AFTER = timedelta(seconds=10)
"""A live feed without a frame for so long is shown as stalled."""

HEALTHY_AFTER_S = 60.0
"""A feed that ran so long is healthy: its next failure is retried after the shortest pause."""

FPS_OVER = 50
"""Frames that the rate is taken over: two seconds of most cameras."""


@dataclass(frozen=True, slots=True)
class FeedCondition:
    """How a feed is doing at one moment; ``reason`` is empty, or a sentence of the catalogues."""

    state: FeedState
    reason: str
    since_at: datetime
    fps: float = 0.0
    dropped: int = 0
    width_px: int = 0
    height_px: int = 0
    last_frame_at: datetime | None = None
    decoder: str = ""


class Pauses:
    """How long after the beginning of one attempt the next begins: 1, 2, 4, 8, 10 s.

    A fifth more or less keeps a thousand cameras behind one switch from coming back in one
    instant. With at most 12 s from attempt to attempt, a camera that returns is seen within 15.
    """

    def __init__(
        self, first_s: float = 1.0, longest_s: float = 10.0, chance: random.Random | None = None
    ) -> None:
        self._first_s, self._longest_s = first_s, longest_s
        self._next_s = first_s
        self._chance = chance or random.Random()  # noqa: S311 - no secret hangs on it

    def after(self, healthy_s: float, waited_s: float = 0.0) -> float:
        """The pause in seconds after a run that gave frames for ``healthy_s``.

        ``waited_s`` of it passed in an attempt in vain already; some pause there always is.
        """
        if healthy_s >= HEALTHY_AFTER_S:
            self._next_s = self._first_s
        pause_s = self._next_s
        self._next_s = min(2 * pause_s, self._longest_s)
        planned_s = pause_s * self._chance.uniform(0.8, 1.2)
        return max(planned_s - waited_s, min(planned_s, self._first_s))


class FeedReader:
    """Reads one camera's feed into its slot, and opens it again whenever it fails.

    ``on_state`` is called in the feed's thread at each change of state with the reason (empty
    when all is well). ``condition`` may be asked from any thread at any time.
    """

    def __init__(
        self,
        camera: WatchedCamera,
        open_feed: OpenFeed,
        slot: Slot,
        on_state: OnState,
        pauses: Pauses | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.camera = camera
        self._open_feed, self._slot, self._on_state = open_feed, slot, on_state
        self._pauses = pauses or Pauses()
        self._now = now
        self._stalled_after = _stalled_after(camera.feed_url)
        self._stop = threading.Event()
        self._source: FeedSource | None = None
        self._onward = OnwardClock(step_s=0.001)
        self._number = 0
        self._recent: deque[datetime] = deque(maxlen=FPS_OVER)
        self._condition = FeedCondition(FeedState.CONNECTING, "", now())
        self._thread = threading.Thread(
            target=self._run, name=f"feed of camera {camera.id}", daemon=True
        )

    def start(self) -> None:
        """Begin to read; once."""
        self._on_state(FeedState.CONNECTING, "")
        self._thread.start()

    def stop(self, wait_s: float = 0.0) -> bool:
        """Stop for good, and wait up to ``wait_s`` for the thread; whether it has ended.

        No frame reaches the slot after this. A thread that waits for a camera that does not
        answer ends by itself within seconds and holds nothing up.
        """
        self._stop.set()
        if (source := self._source) is not None:
            source.close()
        self._slot.wake()
        if self._thread.is_alive():
            self._thread.join(wait_s)
        return not self._thread.is_alive()

    @property
    def ended(self) -> bool:
        """Whether no more frames will come: the recording is over, or the reader stopped."""
        return self._condition.state in (FeedState.ENDED, FeedState.OFF)

    @property
    def pictures(self) -> int:
        """How many have come."""
        return self._number

    def condition(self) -> FeedCondition:
        """How the feed is doing now."""
        condition = replace(self._condition, fps=self._fps(), dropped=self._slot.dropped)
        last_at = condition.last_frame_at
        if condition.state is not FeedState.LIVE or last_at is None or not self._slot.live:
            return condition
        if self._now() - last_at <= self._stalled_after:
            return condition
        return replace(condition, state=FeedState.STALLED, reason=SILENT, fps=0.0, since_at=last_at)

    def _run(self) -> None:
        while not self._stop.is_set():
            began_at, frames_before = self._now(), self._number
            ending = self._watch()
            if self._stop.is_set():
                break
            self._say(*ending)
            if ending[0] is FeedState.ENDED:
                return
            seen = self._number > frames_before
            spent_s = (self._now() - began_at).total_seconds()
            pause_s = self._pauses.after(spent_s) if seen else self._pauses.after(0.0, spent_s)
            self._stop.wait(pause_s)
        self._say(FeedState.OFF, "")

    def _watch(self) -> tuple[FeedState, str]:
        """Read the feed until it ends, fails or is stopped; how that leaves it."""
        try:
            with closing(self._open_feed(self.camera)) as self._source:
                self._read(self._source)
        except FeedError as error:
            log.warning("Camera %s: %s", self.camera.code, self._clean(str(error)))
            return error.state, error.reason
        except Exception:  # noqa: BLE001 - the border of a feed: one bad camera stays alone
            log.error("Camera %s: %s", self.camera.code, self._clean(traceback.format_exc()))
            return FeedState.BROKEN, OUR_FAULT
        return FeedState.ENDED, ""

    def _read(self, source: FeedSource) -> None:
        if self._stop.is_set():
            return
        for captured_at, picture in source.frames():
            if self._stop.is_set():
                return
            at = self._note(captured_at, picture.wh, source)
            self._slot.put(Frame(self.camera.id, at, picture, self._number), self._stop)

    def _note(self, captured_at: datetime, wh: tuple[int, int], source: FeedSource) -> datetime:
        """A picture has come: the camera is live; when it was captured, later than all before."""
        at = datetime.fromtimestamp(self._onward.read(captured_at.timestamp()), UTC)
        self._number += 1
        self._recent.append(at)
        decoder = getattr(source, "decoder", "")
        self._condition = replace(
            self._condition, last_frame_at=at, width_px=wh[0], height_px=wh[1], decoder=decoder
        )
        self._say(FeedState.LIVE, "")
        return at

    def _say(self, state: FeedState, reason: str) -> None:
        if (state, reason) == (self._condition.state, self._condition.reason):
            return
        self._condition = replace(self._condition, state=state, reason=reason, since_at=self._now())
        self._on_state(state, reason)

    def _fps(self) -> float:
        recent = tuple(self._recent)
        if self._condition.state is not FeedState.LIVE or len(recent) < 2:
            return 0.0
        return (len(recent) - 1) / (recent[-1] - recent[0]).total_seconds()

    def _clean(self, text: str) -> str:
        url = self.camera.feed_url
        return redact(text.replace(url, without_secrets(url)))


def _stalled_after(feed_url: str) -> timedelta:
    """Longer only for a camera of which it is said that its stills come more rarely."""
    _, every_s = take_number(feed_url, "every_s", usual=0.0, least=0.0)
    return max(STALLED_AFTER, timedelta(seconds=min(3 * every_s, 86_400)))
