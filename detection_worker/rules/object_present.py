"""Object present: anything that a city's model knows by name and that must not be there."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a zone where certain things are of concern."""

    labels: tuple[str, ...] = ()
    """Classes as the model names them (fire, smoke, weapon, phone …), in small letters or
    capitals; none are of concern everywhere, so without any the rule is silent."""

    least_confidence: float = 0.5
    """Less sure sights do not count."""

    hold_s: float = 1.0
    """How long it must be seen: shorter sights are reflections and false boxes."""

    gap_s: float = 5.0
    """How long it may be unseen before it is over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """One finding for each class of concern that is in the zone.

    Not where its box stands but any part of it decides: smoke does not stand on the ground.
    """
    wanted = {_plain(label) for label in params.labels}
    polygon = in_pixels(zone.points, scene.frame_wh)
    found: dict[str, list[Track]] = {}
    for track in scene.tracks:
        sure = track.confidence >= params.least_confidence
        if sure and _plain(track.label) in wanted and _is_in(track, polygon):
            found.setdefault(track.label, []).append(track)
    for label, tracks in found.items():
        yield _finding(zone, label, tracks, scene, params)


def _is_in(track: Track, polygon: tuple[tuple[float, float], ...]) -> bool:
    left, top, right, bottom = track.box_xyxy
    middle = ((left + right) / 2, (top + bottom) / 2)
    return movement.contains(polygon, middle) or movement.stands_in(track, polygon)


def _plain(label: str) -> str:
    """The words of a class, however a model writes them: ``No_Belt`` is ``no belt``."""
    return label.strip().casefold().replace("_", " ").replace("-", " ")


def _finding(zone: Zone, label: str, tracks: list[Track], scene: Scene, params: Params) -> Finding:
    surest = max(tracks, key=lambda track: track.confidence)
    seen_s = max((scene.at - track.path[0].at).total_seconds() for track in tracks)
    return Finding(
        kind="object_present",
        matter=f"zone {zone.id} {label}",
        zone_id=zone.id,
        track_ids=tuple(track.id for track in tracks),
        confidence=round(min(surest.confidence, 1.0), 3),
        facts={
            "label": label,
            "zone": zone.name,
            "seen_s": round(seen_s, 1),
            "confidence_percent": round(100 * surest.confidence),
            "count": len(tracks),
        },
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=tuple(marks.box(track) for track in tracks),
    )
