"""Illegal dump: something was left in a zone where nothing may be left.

One matter is two events: a work order (``illegal_dump``: take it away) and, where somebody was
seen to bring it, a violation (``littering``: who did it). Both carry the same ``reference``, so
that the officer finds the order and the crew finds out who pays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from data_access.domain.watch import Zone
from detection_worker.rules.lying import (
    alone_s,
    box_mark,
    is_of_size,
    least_alone_s,
    lies_in,
    seconds,
)
from detection_worker.rules.scene import Finding, Mark, Scene, Still


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a place where nothing may be dumped."""

    still_s: float = 30.0
    """How long it must lie: people put bags down while they open the container."""

    alone_s: float = 15.0
    """How long those who brought it must be away: who unloads a car goes to and fro."""

    unseen_s: float = 60.0
    """How long it must lie where nobody was seen to bring it."""

    upright_s: float = 300.0
    """How long it must have been alone if it is as tall and narrow as the people seen there: a
    detector may have lost somebody who stands, and works at what he unloads."""

    least_confidence: float = 0.65
    """How sure it must be that a thing came, from 0 to 1: light and leaves stay below."""

    least_share: float = 0.0002
    """Smallest heap as a part of the picture: a rubbish bag of 60 cm at 40 m."""

    most_share: float = 0.15
    """Largest: a lorry's load; more is a change of the picture itself."""

    gap_s: float = 60.0
    """How long it may be hidden before it counts as gone: vans stop before it."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A work order for each thing left in the zone, and a violation where its bringer is known."""
    for still in scene.stills:
        left_s = alone_s(scene, still)
        if (
            seconds(scene, still.since_at) >= params.still_s
            and left_s >= least_alone_s(still, params)
            and still.confidence >= params.least_confidence
            and is_of_size(still, scene, params.least_share, params.most_share)
            and lies_in(still, scene, zone)
        ):
            order = _work_order(scene, zone, params, still)
            yield order
            if still.brought_by is not None:
                yield replace(order, kind="littering")


def _work_order(scene: Scene, zone: Zone, params: Params, still: Still) -> Finding:
    return Finding(
        kind="illegal_dump",
        matter=f"still {still.id}",
        zone_id=zone.id,
        track_ids=(still.brought_by,) if still.brought_by is not None else (),
        confidence=still.confidence,
        facts=_facts(scene, zone, still),
        gap_s=params.gap_s,
        marks=(box_mark(still), *_bringer_marks(scene, still)),
    )


def _facts(scene: Scene, zone: Zone, still: Still) -> dict[str, Any]:
    lain_s = seconds(scene, still.since_at)
    facts: dict[str, Any] = {
        "zone": zone.name,
        "still_s": round(lain_s),
        "still_min": round(lain_s / 60, 1),
        "brought_by": still.carrier or "unknown",
        "reference": f"{scene.camera_id}-{still.since_at:%Y%m%dT%H%M%S}-{still.id}",
    }
    plate = scene.plates.get(still.brought_by) if still.brought_by is not None else None
    if plate is not None and still.carrier == "vehicle":
        facts |= {"plate": plate.text, "plate_confidence": round(plate.confidence, 2)}
    return facts


def _bringer_marks(scene: Scene, still: Still) -> Iterator[Mark]:
    """The way of whoever brought it, while that track lives."""
    for track in scene.tracks:
        if track.id == still.brought_by:
            yield Mark(tuple((point.x_px, point.y_px) for point in track.path))
