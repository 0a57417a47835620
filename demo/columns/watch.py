"""How cameras are doing, the cameras with a feed, and units, as columns."""

from collections.abc import Iterator

import numpy as np

from data_access.copying import Column
from data_access.domain.feeds import FeedState
from data_access.domain.places import CameraKind
from data_access.domain.words import N_
from demo.chance import Floats, Moments, Numbers, chance
from demo.columns.places import camera_districts, positions
from demo.columns.written import Written
from demo.history import History
from demo.history.health import CAUSES
from demo.history.units import KINDS as UNIT_KINDS
from demo.history.units import STATES as UNIT_STATES
from demo.places import City
from demo.texts import chosen

Table = tuple[str, dict[str, Column]]

NOT_INSTALLED = N_("Not put up yet.")

SIZES_PX: dict[CameraKind, tuple[int, int]] = {
    CameraKind.FIXED: (1920, 1080),
    CameraKind.TURNING: (1920, 1080),
    CameraKind.OVERVIEW: (3840, 2160),
    CameraKind.DRONE: (1920, 1080),
}
FPS = (25.0, 25.0, 15.0, 12.5)

UP, CONNECTING, OFF = 0, 1, 2
FIRST_CAUSE = 3
_STATES = [str(FeedState.LIVE), str(FeedState.CONNECTING), str(FeedState.OFF)]
_REASONS = ["", "", NOT_INSTALLED]


def watch_tables(city: City, history: History, written: Written) -> Iterator[Table]:
    """Feeds' states and outages, and units."""
    live = np.array([one.camera for one in written.live])
    yield "feed_status", _statuses(city, history, live)
    yield "feed_outages", _outages(city, history)
    yield "units", _units(city, history)


LAST_SEEN_S = (90.0, 150.0)
"""Nobody takes pictures of these cameras: the last is old enough that no screen promises one."""


def _statuses(city: City, history: History, live: Numbers) -> dict[str, Column]:
    count = len(city.cameras)
    code, since = _states(city, history, live)
    shows = code == UP
    kind = [group.kind for group in city.profile.groups]
    sizes = np.array([SIZES_PX[one] for one in kind])[city.cameras.group] * shows[:, None]
    source = chance(city.seed, "feed status")
    fps = np.array(FPS)[source.integers(0, len(FPS), count)] * shows
    return {
        "camera_id": city.cameras.ids,
        "district_id": camera_districts(city),
        "state": chosen([*_STATES, *(str(state) for state, _, _ in CAUSES)], code),
        "reason": chosen([*_REASONS, *(reason for _, reason, _ in CAUSES)], code),
        "fps": fps,
        "latency_ms": np.round(source.gamma(6, 35, count)) * shows,
        "width_px": sizes[:, 0],
        "height_px": sizes[:, 1],
        "last_frame_at": _last_frames(history, code, since, source.uniform(*LAST_SEEN_S, count)),
        "since_at": since,
        "updated_at": np.full(count, history.year.now),
    }


def _states(city: City, history: History, live: Numbers) -> tuple[Numbers, Moments]:
    """The state of each camera (an index) and since when it is in it."""
    gone, now = history.outages, history.year.now
    planned = np.isnat(city.cameras.installed_on)
    code = np.where(planned, OFF, UP)
    code[live] = CONNECTING
    since = np.where(planned, now, city.cameras.installed_on.astype("datetime64[us]"))
    over = ~gone.open()
    since[gone.camera[over]] = gone.ended_at[over]
    since[live] = now
    down = gone.open()
    code[gone.camera[down]] = FIRST_CAUSE + gone.cause[down]
    since[gone.camera[down]] = gone.started_at[down]
    return code, since


def _last_frames(history: History, code: Numbers, since: Moments, ago_s: Floats) -> Moments:
    """A moment ago where there is a picture; when it broke off where there is none."""
    never = np.datetime64("NaT", "us")
    fresh = history.year.now - (ago_s * 1e6).astype("timedelta64[us]")
    return np.where(code == UP, fresh, np.where(code >= FIRST_CAUSE, since, never))


def _outages(city: City, history: History) -> dict[str, Column]:
    gone = history.outages
    return {
        "id": np.arange(1, len(gone.camera) + 1),
        "camera_id": gone.camera + 1,
        "district_id": camera_districts(city)[gone.camera],
        "started_at": gone.started_at,
        "ended_at": gone.ended_at,
        "state": chosen([str(state) for state, _, _ in CAUSES], gone.cause),
        "reason": chosen([reason for _, reason, _ in CAUSES], gone.cause),
    }


def _units(city: City, history: History) -> dict[str, Column]:
    units = history.units
    count = len(units.kind)
    ago_s = chance(city.seed, "telemetry").uniform(2, 110, count)
    return {
        "id": np.arange(1, count + 1),
        "code": units.codes,
        "name": units.names,
        "kind": chosen(list(UNIT_KINDS), units.kind),
        "state": chosen(list(UNIT_STATES), units.state),
        "district_id": units.district,
        **positions(city, units.place_m),
        "seen_at": history.year.now - (ago_s * 1e6).astype("timedelta64[us]"),
    }
