"""A camera in words: its state, and why there may be no picture."""

from urllib.parse import urlencode

from components.live_tiles import LiveTile
from data_access.camera_view import CameraFacts
from data_access.domain.feeds import FEED_STATE_NAMES, FeedState, FeedStatus
from data_access.domain.words import Language
from data_access.language import Translate


def state_name(health: FeedStatus | None, *, enabled: bool, _: Translate) -> str:
    """The feed's state in words."""
    if not enabled:
        return _(FEED_STATE_NAMES[FeedState.OFF])
    if health is None:
        return _("No worker has reported on this camera yet")
    return _(FEED_STATE_NAMES[health.state])


def no_picture_words(state: str | None, reason: str, *, enabled: bool, _: Translate) -> str:
    """What to say for as long as there is no picture; empty where one is due."""
    if not enabled:
        return _("This camera is switched off.")
    if state is None:
        return _("No worker has reported on this camera yet")
    if state in (FeedState.LIVE, FeedState.CONNECTING):
        return ""
    name = _(FEED_STATE_NAMES[FeedState(state)])
    return f"{name}: {_(reason)}" if reason else name


def why_no_picture(health: FeedStatus | None, *, enabled: bool, _: Translate) -> str:
    """As ``no_picture_words``, out of a camera's health."""
    state, reason = (str(health.state), health.reason) if health else (None, "")
    return no_picture_words(state, reason, enabled=enabled, _=_)


def camera_address(camera_id: int) -> str:
    """The address of a camera's own screen."""
    return "/camera?" + urlencode({"camera": camera_id})


def camera_tile(
    facts: CameraFacts, health: FeedStatus | None, language: Language, _: Translate
) -> LiveTile:
    """One live tile of this camera."""
    enabled = facts.camera.enabled
    return LiveTile(
        id=facts.camera.id,
        name=f"{facts.camera.code} · {facts.camera.name.in_language(language)}",
        place=facts.district.in_language(language),
        state=str(health.state) if health and enabled else str(FeedState.OFF),
        reason=why_no_picture(health, enabled=enabled, _=_),
        href=camera_address(facts.camera.id),
    )
