"""The state of a feed, with its reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data_access.domain.words import N_


class FeedState(StrEnum):
    """How a feed is doing."""

    CONNECTING = "connecting"
    LIVE = "live"
    STALLED = "stalled"
    OFFLINE = "offline"
    BROKEN = "broken"
    ENDED = "ended"
    OFF = "off"


FEED_STATE_NAMES: dict[FeedState, str] = {
    FeedState.CONNECTING: N_("Connecting"),
    FeedState.LIVE: N_("Live"),
    FeedState.STALLED: N_("No picture"),
    FeedState.OFFLINE: N_("Offline"),
    FeedState.BROKEN: N_("Unreadable stream"),
    FeedState.ENDED: N_("Recording ended"),
    FeedState.OFF: N_("Switched off"),
}


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """What the worker knows about one camera's feed at ``updated_at``."""

    camera_id: int
    state: FeedState
    reason: str
    updated_at: datetime
    since_at: datetime
    detector: str
    fps: float = 0.0
    analysed_fps: float = 0.0
    dropped: int = 0
    latency_ms: float = 0.0
    width_px: int = 0
    height_px: int = 0
    last_frame_at: datetime | None = None
    rules_off: tuple[str, ...] = ()
    decoder: str = ""
    turns: bool = False
