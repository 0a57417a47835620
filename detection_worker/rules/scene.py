"""What a rule looks at, and what it returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from data_access.domain.watch import Zone
from detection_worker.boxes import Box
from detection_worker.ground_plane import GroundPlane
from detection_worker.rules.usual_ways import UsualWays
from detection_worker.tracking.tracks import Track


class SignalState(StrEnum):
    """What a traffic signal shows; unknown is said, never guessed."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal at one moment, and since when it has shown this.

    ``earlier`` is what it showed before, the newest first: each state with when it began.
    """

    state: SignalState
    since_at: datetime
    earlier: tuple[tuple[SignalState, datetime], ...] = ()

    def at(self, moment: datetime) -> "Signal":
        """What it showed at a moment; unknown before all that is remembered."""
        if moment >= self.since_at:
            return self
        for index, (state, since_at) in enumerate(self.earlier):
            if moment >= since_at:
                return Signal(state, since_at, self.earlier[index + 1 :])
        return Signal(SignalState.UNKNOWN, moment)


@dataclass(frozen=True, slots=True)
class Presence:
    """How long someone or something has been there, through short losses and new track ids.

    ``id`` outlives the ids of tracks. ``rest_since_at`` is since when it has been where it is
    now, give or take its jitter; ``came`` is whether it was seen to move before that;
    ``zone_since`` is since when it has been in each zone (by number), short steps out ignored;
    ``stirred`` is whether it ever moved as the living do, and as posts and signs never do.
    """

    id: int
    rest_since_at: datetime
    came: bool
    zone_since: Mapping[int, datetime] = field(default_factory=dict)
    stirred: bool = True


@dataclass(frozen=True, slots=True)
class Still:
    """Something that was not there before and stands still: no model need know what it is.

    ``since_at`` is when it came to rest, ``brought_by`` the track that it came with, if any was
    near, ``carrier`` what that is (``person`` or ``vehicle``) and ``attended_at`` when one of
    those who were there when it came was last near; ``label`` is what a detector calls it, if
    one does. ``unwatched_s`` is how much of the time that it has been alone passed between
    pictures too far apart to follow anybody; ``upright`` is whether it is as tall and narrow as
    the people who were seen there.
    """

    id: int
    box_xyxy: Box
    since_at: datetime
    confidence: float
    brought_by: int | None = None
    label: str | None = None
    carrier: str | None = None
    attended_at: datetime | None = None
    unwatched_s: float = 0.0
    upright: bool = False

    @property
    def alone_since_at(self) -> datetime:
        """Since when nobody who may have brought it is near."""
        return max(self.since_at, self.attended_at or self.since_at)


@dataclass(frozen=True, slots=True)
class Fill:
    """The share of a container's zone that looks other than when it was empty, and since when."""

    share: float
    since_at: datetime


@dataclass(frozen=True, slots=True)
class PlateGuess:
    """The plate of a track as read so far; ``region`` where the form has one (``02``).

    ``wanted`` is the reason for which it is on the watch list, ``wanted_as`` how it stands there:
    another O, 0, I or 1 may have been read. Both are empty for all others.
    """

    text: str
    confidence: float
    country: str = ""
    region: str = ""
    wanted: str = ""
    wanted_as: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One camera at one moment: tracks with their paths, zones, signals, the local clock.

    ``signals`` are by name, ``plates`` and ``presences`` by the id of their track, ``fills`` by
    that of their zone; ``usual_ways`` is what the traffic so far says of the road.
    """

    camera_id: int
    at: datetime
    frame_wh: tuple[int, int]
    tracks: tuple[Track, ...]
    zones: tuple[Zone, ...] = ()
    signals: Mapping[str, Signal] = field(default_factory=dict)
    ground: GroundPlane | None = None
    stills: tuple[Still, ...] = ()
    plates: Mapping[int, PlateGuess] = field(default_factory=dict)
    presences: Mapping[int, Presence] = field(default_factory=dict)
    fills: Mapping[int, Fill] = field(default_factory=dict)
    usual_ways: UsualWays | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to draw on the evidence's picture: what the rule measured, and where.

    One point is a spot, two or more a line through them; ``closed`` makes it an outline.
    ``text`` is English, marked ``N_``, with ``facts`` by name: whoever draws it says it in the
    language of the drawing. What is the same in every language (a number, a plate) has no facts.
    """

    points_px: tuple[tuple[float, float], ...]
    text: str = ""
    closed: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule saw in one scene.

    ``matter`` says which findings belong together (a track, a zone): findings of one kind,
    camera and matter merge into one event. It becomes an event after ``hold_s`` of findings
    with no gap over ``gap_s``, and ends ``gap_s`` after the last one. ``facts`` are the numbers
    that decided it.
    """

    kind: str
    matter: str
    zone_id: int | None
    track_ids: tuple[int, ...]
    confidence: float
    facts: Mapping[str, Any]
    hold_s: float = 0.0
    gap_s: float = 2.0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Crossing:
    """A track has crossed a counting line: it is counted, and is no event."""

    zone_id: int
    track_id: int
    label: str
    direction: str
    at: datetime
