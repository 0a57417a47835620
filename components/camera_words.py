"""A camera in words: its state, and why there may be no picture."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from components.live_tiles import LiveTile
from data_access.camera_view import CameraFacts
from data_access.domain.feeds import FEED_STATE_NAMES, FeedState, FeedStatus
from data_access.domain.words import Language
from data_access.language import Translate
from data_access.wall import PICTURE_IS_FRESH


@dataclass(frozen=True, slots=True)
class Feed:
    """What decides whether a camera has a picture; ``state`` is None before any report."""

    state: str | None
    reason: str
    last_frame_at: datetime | None
    enabled: bool


def state_name(health: FeedStatus | None, *, enabled: bool, _: Translate) -> str:
    """The feed's state in words."""
    if not enabled:
        return _(FEED_STATE_NAMES[FeedState.OFF])
    if health is None:
        return _("No worker has reported on this camera yet")
    return _(FEED_STATE_NAMES[health.state])


def no_picture_words(feed: Feed, now: datetime, _: Translate) -> str:
    """What to say for as long as there is no picture; empty where one is due."""
    state, reason = feed.state, feed.reason
    if not feed.enabled:
        return _("This camera is switched off.")
    if state is None:
        return _("No worker has reported on this camera yet")
    if state == FeedState.CONNECTING:
        return ""
    if state == FeedState.LIVE:
        fresh = feed.last_frame_at is not None and now - feed.last_frame_at < PICTURE_IS_FRESH
        return "" if fresh else _("No worker watches this camera now.")
    name = _(FEED_STATE_NAMES[FeedState(state)])
    return f"{name}: {_(reason)}" if reason else name


def feed_of(health: FeedStatus | None, *, enabled: bool) -> Feed:
    """What of a camera's health decides about its picture."""
    if health is None:
        return Feed(None, "", None, enabled)
    return Feed(str(health.state), health.reason, health.last_frame_at, enabled)


def camera_address(camera_id: int) -> str:
    """The address of a camera's own screen."""
    return "/camera?" + urlencode({"camera": camera_id})


def zones_address(camera_id: int) -> str:
    """The address of the screen where a camera's zones are drawn."""
    return "/zones?" + urlencode({"camera": camera_id})


def tile_state(feed: Feed, reason: str) -> str:
    """The state that a tile's dot shows: live only where a picture is due."""
    return feed.state if feed.state and not reason else str(FeedState.OFF)


def camera_tile(
    facts: CameraFacts,
    health: FeedStatus | None,
    now: datetime,
    language: Language,
    _: Translate,
) -> LiveTile:
    """One live tile of this camera."""
    feed = feed_of(health, enabled=facts.camera.enabled)
    reason = no_picture_words(feed, now, _)
    return LiveTile(
        id=facts.camera.id,
        name=f"{facts.camera.code} · {facts.camera.name.in_language(language)}",
        place=facts.district.in_language(language),
        state=tile_state(feed, reason),
        reason=reason,
        href=camera_address(facts.camera.id),
    )
