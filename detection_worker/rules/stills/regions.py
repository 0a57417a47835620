"""The places where something stands that was not there: found, judged and followed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import cv2
import numpy as np

from detection_worker.boxes import Box
from detection_worker.rules.scene import Still
from detection_worker.rules.stills.attention import Attention
from detection_worker.rules.stills.company import Company, Sightings
from detection_worker.rules.stills.memory import Memory
from detection_worker.rules.stills.movements import Movements
from detection_worker.rules.stills.pieces import (
    MOST_REGIONS,
    Piece,
    Pixels,
    box_of,
    components,
    in_common,
    inside,
    labelled,
    mask_of,
    wider,
)
from detection_worker.rules.stills.stature import Statures
from detection_worker.rules.stills.verdict import Nature, Verdict, judge, place
from detection_worker.rules.stills.view import Mask, Small
from detection_worker.tracking.tracks import Track

GONE = timedelta(seconds=2)
"""A region unseen for so long is gone: taken, or it never was."""

SURE_AFTER = 3.0
"""Doubts one after the other before a place becomes the ground: three clear ones, more of
others. A thing's first looks are its worst, while its owner still stands half before it."""

SWARM, TOGETHER = 6, timedelta(seconds=1)
"""Who leaves things leaves one, or a few: not six within a second of each other."""

KNOWN_AFTER, MERGED = 3, 1.4
"""A thing seen in so many judgements keeps its outline where it merges with so much more that is
no thing; until then it grows, as who stands before it goes."""

UPRIGHT_SHARE = 0.5
"""Share of judgements from which a thing has somebody's outline: when its owner still stands
half before it, a bag has it, too, and so has not what is left of somebody who walks off."""

PARKED_FOR = timedelta(seconds=5)
RESTLESS = 0.25
"""Share of judgements at which a region's outline had changed by half: somebody who sways."""

BARE_SHARE = 0.75
"""Share of a vehicle's last place that must show the ground if it has driven off: a grey one on
asphalt shows a half by chance."""

GROWS = 1.5
SETTLED_FOR = timedelta(seconds=4)
"""A thing has the size that it has: what grew or shrank by half within this is a shadow that
creeps, or somebody who is stepping aside."""


@dataclass(slots=True)
class Region:
    """A place where something stands, as last seen, in pixels of the small picture."""

    id: int
    box: Pixels
    area_px: int
    since_at: datetime
    seen_at: datetime
    judged_at: datetime
    verdict: Verdict
    came_moving: bool
    picture: Small
    mask: Mask
    settled_at: datetime
    company: Company = field(default_factory=Company)
    settled_px: int = 0
    doubts: float = 0.0
    looks: int = 1
    restless: int = 0
    upright: int = 0

    @property
    def confidence(self) -> float:
        """From how clear it is that it came, how it keeps its outline, and who brought it."""
        calm = 1.0 - self.restless / self.looks
        brought = 1.0 if self.company.brought_by is not None else 0.8
        settled = 1.0 if self.seen_at - self.settled_at >= SETTLED_FOR else 0.6
        clear = 0.55 + 0.45 * self.verdict.clarity
        return round(min(0.99, clear * calm * brought * settled), 3)


class Regions:
    """All regions of one camera; ids are never used twice."""

    def __init__(self) -> None:
        self._regions: list[Region] = []
        self._next_id = 1
        self.movements = Movements()
        self._parked: Mask | None = None

    def update(
        self,
        at: datetime,
        memory: Memory,
        scale: float,
        tracks: tuple[Track, ...],
        sightings: Sightings,
        statures: Statures,
    ) -> None:
        """Find the regions of this moment, follow those known, judge them all."""
        height_px = round(memory.support_s.shape[0] / scale)
        ground = memory.ground_picture
        for mask, box, area in self._apart(memory, ground):
            region = self._known(box, at) or self._begun(at, memory, mask, box, area)
            self._see(region, at, memory, ground, mask, box, area)
        self._regions = [one for one in self._regions if at - one.seen_at <= GONE]
        for region in self._regions:
            wide = _scaled(region.box, scale)
            region.company.is_no_vehicle = statures.is_no_vehicle(wide, height_px)
            if region.looks == 1:
                region.company.meet(region.since_at, wide, sightings)
            region.company.look(at, wide, region.mask, tracks, sightings.attention)
            region.company.let_go(tracks, partial(self._is_bare, memory, region, scale))
            region.upright += statures.is_like_somebody(wide, region.mask, height_px)
        self._doubt_swarms()
        self._settle(at, memory)

    def stills(self, scale: float, attention: Attention) -> tuple[Still, ...]:
        """The things that came and stand, neither cars nor people, in the picture's pixels."""
        things = (region for region in self._regions if _is_thing(region))
        return tuple(_still(region, scale, attention) for region in things)

    def still_there(self, memory: Memory, small: Small) -> Mask:
        """Where things known stand in a picture of another light, by their structure."""
        kept = np.zeros(small.shape[:2], np.uint8)
        for region in self._regions:
            if _is_thing(region) and _is_alike(region, small):
                left, top, right, bottom = region.box
                kept[top:bottom, left:right] |= region.mask
        return kept

    def _apart(self, memory: Memory, ground: Small) -> list[Piece]:
        """The places where newcomers stand, a thing known by itself where one merges with more:
        the place of a car that drove off beside a heap is not the heap."""
        standing = memory.standing()
        labels, stats = labelled(standing)
        alone = []
        for region in self._regions:
            if region.looks >= KNOWN_AFTER and _is_thing(region):
                under = labels[inside(region.box)][region.mask > 0]
                number = int(np.bincount(under).argmax())
                if number and stats[number][cv2.CC_STAT_AREA] >= MERGED * region.area_px:
                    mask = _whole(region, standing.shape)
                    rest = mask_of(labels == number) & ~wider(mask)
                    box = box_of(stats[number])
                    if judge(place(ground, memory.newcomer, rest, box)).nature is not Nature.CAME:
                        alone.append(mask)
        for mask in alone:
            standing = standing & ~wider(mask)
        pieces = [piece for mask in alone for piece in components(mask)]
        return [*pieces, *components(standing)][:MOST_REGIONS]

    def _known(self, box: Pixels, at: datetime) -> Region | None:
        """The region that has the largest part of itself or of ``box`` in common."""
        shares = [(in_common(box, one.box), one) for one in self._regions if one.seen_at != at]
        share, region = max(shares, key=lambda pair: pair[0], default=(0.0, None))
        return region if share >= 0.5 else None

    def _begun(self, at: datetime, memory: Memory, mask: Mask, box: Pixels, area: int) -> Region:
        support_s = float(np.median(memory.support_s[mask > 0]))
        since_at = at - timedelta(seconds=support_s)
        verdict = Verdict(Nature.CAME, 0.0)
        came = self.movements.beside(box, since_at)
        crop = memory.newcomer[box[1] : box[3], box[0] : box[2]].copy()
        within = mask[box[1] : box[3], box[0] : box[2]]
        region = Region(
            self._next_id, box, area, since_at, at, at, verdict, came, crop, within, at, looks=0
        )
        self._next_id += 1
        self._regions.append(region)
        return region

    def _see(
        self,
        region: Region,
        at: datetime,
        memory: Memory,
        ground: Small,
        mask: Mask,
        box: Pixels,
        area: int,
    ) -> None:
        if region.looks and not 0.67 <= area / max(region.area_px, 1) <= 1.5:
            region.restless += 1
        if not 1 / GROWS <= area / max(region.settled_px, 1) <= GROWS:
            region.settled_px, region.settled_at = area, at
        region.verdict = judge(place(ground, memory.newcomer, mask, box))
        region.box, region.area_px, region.seen_at = box, area, at
        region.picture = memory.newcomer[box[1] : box[3], box[0] : box[2]].copy()
        region.mask = mask[box[1] : box[3], box[0] : box[2]]
        region.looks += 1
        is_thing = region.verdict.nature is Nature.CAME and region.came_moving
        went = region.verdict.nature is Nature.WENT and region.came_moving
        region.doubts = 0 if is_thing else region.doubts + (region.verdict.clarity if went else 1)

    def _doubt_swarms(self) -> None:
        """Many places that changed in the same second are weather, or a view that moved."""
        young = [region for region in self._regions if region.looks <= 2]
        for region in young:
            fellows = [one for one in young if abs(one.since_at - region.since_at) <= TOGETHER]
            if len(fellows) >= SWARM:
                region.doubts += 1

    def _is_bare(self, memory: Memory, region: Region, scale: float, box: Box) -> bool:
        """Whether the ground, and no parked car, is seen at a place beside the region itself."""
        left, top, right, bottom = (max(0, round(side * scale)) for side in box)
        seen = memory.is_ground if self._parked is None else memory.is_ground & ~self._parked
        seen = seen[top:bottom, left:right]
        beside = _whole(region, memory.is_ground.shape)[top:bottom, left:right] == 0
        return bool(beside.any()) and float(np.mean(seen[beside] > 0)) >= BARE_SHARE

    def _settle(self, at: datetime, memory: Memory) -> None:
        """What is only light, or an empty place, or a parked car, becomes the ground."""
        kept = []
        for region in self._regions:
            parked = region.company.is_vehicle and at - region.since_at >= PARKED_FOR
            if region.doubts >= SURE_AFTER or parked:
                self._absorb(memory, _whole(region, memory.support_s.shape), parked)
            else:
                kept.append(region)
        self._regions = kept

    def _absorb(self, memory: Memory, where: Mask, parked: bool) -> None:
        """Let a place be the ground, and remember whether it is one of a car that parks."""
        memory.absorb(where)
        before = np.zeros_like(where) if self._parked is None else self._parked
        self._parked = before | wider(where) if parked else before & ~where


def _whole(region: Region, shape: tuple[int, ...]) -> Mask:
    """A region's mask in the whole small picture."""
    whole = np.zeros(shape, np.uint8)
    whole[inside(region.box)] = region.mask
    return whole


def _is_thing(region: Region) -> bool:
    company = region.company
    return (
        region.verdict.nature is Nature.CAME
        and region.came_moving
        and not company.is_vehicle
        and not company.is_person
        and not company.is_hidden_by_vehicle
        and region.restless <= max(1, RESTLESS * region.looks)
    )


def _still(region: Region, scale: float, attention: Attention) -> Still:
    company = region.company
    alone_since_at = max(region.since_at, company.attended_at or region.since_at)
    return Still(
        id=region.id,
        box_xyxy=_scaled(region.box, scale),
        since_at=region.since_at,
        confidence=region.confidence,
        brought_by=company.brought_by,
        label=company.label,
        carrier=company.carrier,
        attended_at=company.attended_at,
        unwatched_s=attention.blind_s(alone_since_at),
        upright=region.upright >= UPRIGHT_SHARE * region.looks,
    )


def _is_alike(region: Region, small: Small) -> bool:
    left, top, right, bottom = region.box
    now = cv2.cvtColor(small[top:bottom, left:right], cv2.COLOR_BGR2GRAY).astype(np.float32)
    before = cv2.cvtColor(region.picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    if min(now.std(), before.std()) < 1.0:
        return False
    return float(np.corrcoef(now.ravel(), before.ravel())[0, 1]) >= 0.6


def _scaled(box: Pixels, scale: float) -> Box:
    left, top, right, bottom = (side / scale for side in box)
    return (left, top, right, bottom)
