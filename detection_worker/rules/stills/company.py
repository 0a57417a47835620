"""Who brought a thing, and who of them is still with it: tracks near it, over time."""

import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from detection_worker.boxes import Box, area, covered, overlap
from detection_worker.rules.stills.attention import Attention
from detection_worker.rules.stills.standing import (
    STANDING_SHARE,
    lingers,
    moved_widths,
    never_moved,
)
from detection_worker.rules.stills.stature import is_narrow
from detection_worker.rules.stills.stayed import PART, SAME_PLACE, Stayed
from detection_worker.rules.stills.view import Mask
from detection_worker.tracking.tracks import Track

NEAR_HEIGHTS = 1.7
"""Within so many of a person's own heights (3 m of 1.75 m) a thing is theirs: the distance of
the PETS 2006 scenarios of left luggage."""

FORESHORTENED = 1.6
"""Steps towards or away from the camera look shorter; 40° above the ground by this factor."""

TOUCHING = 0.45
"""Part of that distance (1.3 m) within which somebody can have put a thing down: who sits two
metres off when it comes is no owner of it."""

HANDED_ON = timedelta(seconds=4)
"""A track that breaks goes on under another name within this; later it is somebody else."""

NEAR_WIDTHS = 0.5
"""Within so much of a vehicle's own width in the picture: an arm's length from its door."""

AROUND_BIRTH = timedelta(seconds=2.5)
"""Who was near within this of a thing's coming to rest may have brought it."""

COVERED = 0.5
"""Share of a thing's box within a vehicle's from which it may be a part of the vehicle."""

KEPT = timedelta(seconds=8)
"""How long sightings are kept: a thing is noticed two seconds after it came to rest."""

STAYS_PERSON = timedelta(seconds=6)
"""A detector loses who stands still for seconds: what was a person is one for so long after.
Shorter than anything must lie alone, so that it delays no finding about a thing."""

NOBODYS_S = 20.0
"""Who comes to a thing that has lain alone for so long is not the one who brought it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """The tracks of one moment."""

    at: datetime
    tracks: tuple[Track, ...]


@dataclass(slots=True)
class Member:
    """One of a thing's company as last seen: when, and whether it was near."""

    seen_at: datetime
    near: bool


@dataclass(slots=True)
class Company:
    """Those who were near when a thing came to rest, and those their tracks went on as.

    Tracks break: one that begins beside the thing when a member's has just ended there is taken
    for the same. Nobody else joins: passers-by neither attend a thing nor leave it.
    """

    brought_by: int | None = None
    carrier: str | None = None
    members: dict[int, Member] = field(default_factory=dict)
    covering: dict[int, Box] = field(default_factory=dict)
    stood_before: set[int] = field(default_factory=set)
    attended_at: datetime | None = None
    is_vehicle: bool = False
    is_person: bool = False
    is_no_vehicle: bool = False
    person_at: datetime | None = None
    label: str | None = None
    met_at: datetime | None = None
    stayed: Stayed = field(default_factory=Stayed)

    @property
    def is_hidden_by_vehicle(self) -> bool:
        """Whether a vehicle that covered it when it came to rest was not seen to leave since."""
        return bool(self.covering)

    def meet(self, since_at: datetime, box: Box, sightings: "Sightings") -> None:
        """Find the bringers among those who were near around ``since_at``.

        Where pictures came too rarely then, somebody else may have been there: none is named.
        """
        for seen in sightings.since(since_at - AROUND_BIRTH):
            self.stayed.look(seen.tracks, box)
        nearest: dict[int, tuple[float, Track]] = {}
        seen_at: dict[int, datetime] = {}
        for seen in sightings.around(since_at):
            for track in seen.tracks:
                if not self._may_bring(track, box) or (distance := away(track, box)) > 1.0:
                    continue
                if track.is_vehicle and covered(box, track.box_xyxy) >= COVERED:
                    self.covering[track.id] = track.box_xyxy
                if never_moved(track):
                    self.stood_before.add(track.id)
                    continue
                seen_at[track.id] = seen.at
                if distance < nearest.get(track.id, (math.inf, track))[0]:
                    nearest[track.id] = (distance, track)
        came = {number: one for number, one in nearest.items() if number not in self.stood_before}
        if came and not sightings.missed(since_at):
            self._admit(came, seen_at)

    def _admit(self, nearest: dict[int, tuple[float, Track]], seen_at: dict[int, datetime]) -> None:
        """Who came nearest brought it; with it goes whoever touched it and every vehicle."""
        distance, bringer = min(nearest.values(), key=lambda one: one[0])
        self.brought_by = bringer.id
        self.carrier = _kind(bringer)
        reach = max(TOUCHING, distance)
        for number, (away_by, track) in nearest.items():
            if away_by <= reach or track.is_vehicle:
                self._attend(number, seen_at[number])

    def look(
        self,
        at: datetime,
        box: Box,
        outline: Mask,
        tracks: tuple[Track, ...],
        attention: Attention,
    ) -> None:
        """Notice who is near now; ``outline`` is the thing's mask."""
        lately = self.person_at is not None and at - self.person_at <= STAYS_PERSON
        self.stayed.look(tracks, box)
        self.is_person = lately or (self.stayed.are(box) and is_narrow(outline))
        self.met_at = self.met_at or at
        lonely_since_at = max(self.met_at, self.attended_at or self.met_at)
        lonely_s = (at - lonely_since_at).total_seconds() - attention.blind_s(lonely_since_at)
        here = {track.id for track in tracks}
        for track in tracks:
            if not self._may_bring(track, box):
                self._name(track, box)
                continue
            if away(track, box) > 1.0:
                self._leaves(track, at)
                continue
            if track.id in self.stood_before:
                continue
            if track.id == self.brought_by:
                # Somebody with a long shadow is taken for a vehicle at first; more votes know.
                self.carrier = _kind(track)
            is_late = lonely_s >= NOBODYS_S and track.id not in self.members
            if not is_late and self._belongs(track, box, here):
                self._attend(track.id, at)
            self._recognise(track, box, at)

    def let_go(self, tracks: tuple[Track, ...], is_bare: Callable[[Box], bool]) -> None:
        """Forget vehicles that covered it, were lost from sight and have left their place bare.

        ``is_bare`` says whether the ground is seen at a place of the picture. One that has stood
        for ever is itself the ground.
        """
        here = {track.id: track.box_xyxy for track in tracks if track.id in self.covering}
        self.covering |= here
        for number in set(self.covering) - self.stood_before - set(here):
            if is_bare(self.covering[number]):
                del self.covering[number]

    def _may_bring(self, track: Track, box: Box) -> bool:
        """Whether a track is somebody, and not the thing itself under a detector's name for it.

        ``_like`` labels come from movement alone, and heaps and bags are called cars: one that
        began where the thing lies is the thing.
        """
        if not (track.is_person or track.is_vehicle):
            return False
        misnamed = track.label.endswith("_like") or (track.is_vehicle and self.is_no_vehicle)
        return not (misnamed and _is_at(track, box)) or moved_widths(track)[1] >= 1.0

    def _leaves(self, track: Track, at: datetime) -> None:
        self.covering.pop(track.id, None)
        if track.id in self.members:
            self.members[track.id] = Member(at, near=False)

    def _belongs(self, track: Track, box: Box, here: set[int]) -> bool:
        """Whether somebody near is of its company: known, gone on from one, or come to stay."""
        if track.id in self.members or _has_come_to_stand(track):
            return True
        if self.brought_by is None:
            # Who stands at it for ever may be its owner, or the shadow is theirs.
            is_close = away(track, box) <= TOUCHING or not never_moved(track)
            return track.is_person and lingers(track) and is_close
        began_at = track.path[0].at
        for number, member in self.members.items():
            if member.near and number not in here and abs(began_at - member.seen_at) <= HANDED_ON:
                del self.members[number]
                return True
        return False

    def _attend(self, number: int, at: datetime) -> None:
        self.members[number] = Member(at, near=True)
        self.attended_at = max(at, self.attended_at or at)

    def _recognise(self, track: Track, box: Box, at: datetime) -> None:
        """Whether the thing is the track itself: a parked car, somebody who stands."""
        if track.is_person:
            # A dark leg alone may stand out from the ground: a part of somebody is no thing.
            stays = lingers(track) or never_moved(track)
            # With their shadow somebody who stands makes one place that is wider than they are.
            around = stays and covered(track.box_xyxy, box) >= PART
            if around or covered(box, track.box_xyxy) >= PART or _is_at(track, box):
                self.is_person = True
                self.person_at = at if stays else self.person_at
        else:
            self.is_vehicle |= _is_parked(track, box)

    def _name(self, track: Track, box: Box) -> None:
        """What a detector calls the thing, where it knows a word for it."""
        known = not (track.label.endswith("_like") or track.is_vehicle)
        if known and _is_at(track, box):
            self.label = track.label


class Sightings:
    """The tracks of the last seconds."""

    def __init__(self) -> None:
        self.attention = Attention()
        self._seen: deque[Sighting] = deque()

    def add(self, at: datetime, tracks: tuple[Track, ...]) -> None:
        """Add a moment."""
        self._seen.append(Sighting(at, tracks))
        while abs(at - self._seen[0].at) > KEPT:
            self._seen.popleft()

    def around(self, at: datetime) -> Iterator[Sighting]:
        """The moments within ``AROUND_BIRTH`` of ``at``."""
        return (seen for seen in self._seen if abs(seen.at - at) <= AROUND_BIRTH)

    def since(self, at: datetime) -> Iterator[Sighting]:
        """The moments from ``at`` on."""
        return (seen for seen in self._seen if seen.at >= at)

    def missed(self, at: datetime) -> bool:
        """Whether somebody could have come and gone around ``at`` between two pictures."""
        return self.attention.blind_s(at - AROUND_BIRTH, at + AROUND_BIRTH) > 0


def away(track: Track, box: Box) -> float:
    """How far a track is from a thing, in units of what is near: up to 1 is near."""
    left, top, right, bottom = track.box_xyxy
    across = max(box[0] - right, left - box[2], 0.0)
    if track.is_person:
        down = abs(bottom - box[3]) * FORESHORTENED
        return math.hypot(across, down) / (NEAR_HEIGHTS * max(bottom - top, 1.0))
    down = max(box[1] - bottom, top - box[3], 0.0)
    return math.hypot(across, down) / (NEAR_WIDTHS * max(right - left, 1.0))


def _kind(track: Track) -> str:
    return "vehicle" if track.is_vehicle else "person"


def _is_at(track: Track, box: Box) -> bool:
    return overlap(track.box_xyxy, box) >= SAME_PLACE


def _is_parked(track: Track, box: Box) -> bool:
    """Whether the thing is a vehicle that stands, or the shadow and glass that came with it.

    ``_like`` labels come from movement alone and call a bag a vehicle, too: such a track must
    have come here by its own width before.
    """
    moved, travelled = moved_widths(track)
    if moved > STANDING_SHARE or (track.label.endswith("_like") and travelled < 1.0):
        return False
    part = covered(box, track.box_xyxy)
    large = part >= 0.6 and area(box) >= 0.12 * area(track.box_xyxy)
    return large or _is_at(track, box)


def _has_come_to_stand(track: Track) -> bool:
    """Whether it is a vehicle that drove up and stands: what changes beside it is its doing."""
    moved, travelled = moved_widths(track) if track.is_vehicle else (1.0, 0.0)
    return moved <= STANDING_SHARE and travelled >= 1.0
