"""A plate of the watch list: somebody looks for this vehicle."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Zone
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Mark, PlateGuess, Scene
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a zone that is watched for plates of the list."""

    least_confidence: float = 0.5
    """Below it nobody is stopped for a plate: more than half of such readings are wrong."""

    gap_s: float = 5.0
    """How long the vehicle may be hidden and still be the same matter."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle in the zone whose plate is on the list."""
    polygon = in_pixels(zone.points, scene.frame_wh)
    for track in scene.tracks:
        guess = scene.plates.get(track.id)
        if guess is None or not guess.wanted or guess.confidence < params.least_confidence:
            continue
        if point_in_polygon((track.path[-1].x_px, track.path[-1].y_px), polygon):
            yield _finding(zone, track, guess, params)


def _finding(zone: Zone, track: Track, guess: PlateGuess, params: Params) -> Finding:
    return Finding(
        kind="watch_listed_plate",
        matter=f"track {track.id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=guess.confidence,
        facts=_facts(zone, guess),
        gap_s=params.gap_s,
        marks=(_mark(track, guess.text),),
    )


def _facts(zone: Zone, guess: PlateGuess) -> dict[str, Any]:
    """``listed`` stands there only where the plate was read with another O, 0, I or 1."""
    facts: dict[str, Any] = {
        "zone": zone.name,
        "plate": guess.text,
        "reason": guess.wanted,
        "confidence_percent": round(100 * guess.confidence),
    }
    return facts | ({"listed": guess.wanted_as} if guess.wanted_as != guess.text else {})


def _mark(track: Track, text: str) -> Mark:
    left, top, right, bottom = track.box_xyxy
    return Mark(((left, top), (right, top), (right, bottom), (left, bottom)), text, closed=True)
