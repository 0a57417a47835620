"""What the recorder knows of one event until its evidence is signed."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import numpy as np

from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.domain.evidence import EvidenceKind
from data_access.domain.explanations import filled
from data_access.domain.watch import Zone
from data_access.domain.words import N_
from data_access.evidence_manifest import Absent
from data_access.media import KeptFile
from detection_worker.evidence.kept_frames import KeptFrame
from detection_worker.frames import Image
from detection_worker.rules.scene import Finding
from detection_worker.tracking.tracks import Track


class ClipState(StrEnum):
    """Where an event's clip is on its way."""

    FOLLOWS = "follows"
    KEPT = "kept"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """The strongest finding of an event, and when and where it was made.

    ``frame_wh`` is the size in which its marks and the tracks are measured.
    """

    finding: Finding
    found_at: datetime
    frame_wh: tuple[int, int]
    zone: Zone | None = None
    tracks: tuple[Track, ...] = ()
    camera_code: str = ""

    @property
    def shows_boxes(self) -> bool:
        """Whether the tracks' boxes are those of this very picture."""
        return all(track.path and track.path[-1].at == self.found_at for track in self.tracks)


@dataclass(slots=True)
class Case:
    """An event as it was last reported, with its evidence so far and what is missing of it.

    ``to_draw`` is the picture of a sighting that no drawing shows yet, ``to_add`` the stills of
    one that are not among the files yet. ``waits``: its first pictures are still being decoded.
    """

    record: EventRecord
    sighting: Sighting
    to_draw: KeptFrame | None = None
    to_add: dict[EvidenceKind, KeptFrame | None] = field(default_factory=dict)
    plate: "PlateCrop | None" = None
    clip: ClipState = ClipState.FOLLOWS
    absent: dict[str, str] = field(default_factory=dict)
    waits: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come: it has ended, and its clip is there or given up."""
        is_there = self.clip is not ClipState.FOLLOWS and not self.waits
        return is_there and self.record.ended_at is not None

    def add(self, *files: EvidenceRecord) -> None:
        """One or more new files of evidence; any thread may bring them."""
        with self._lock:
            self.record = replace(self.record, evidence=(*self.record.evidence, *files))

    def take(self, record: EventRecord) -> None:
        """The event as it is reported now; its files are those that are known here."""
        with self._lock:
            self.record = replace(record, evidence=self.record.evidence)

    def not_there(self) -> list[Absent]:
        """What belongs to the event and is missing, with the reasons."""
        return [Absent(kind, self.absent[kind]) for kind in sorted(self.absent)]


NO_ROOM = N_("The disk was nearly full.")
NOT_WRITTEN = N_("It could not be written.")
TOO_MANY = N_("There were more events than clips could be written.")
NO_PICTURES = N_("The camera gave no pictures.")
NOT_KEPT = N_("Its picture was no longer in memory.")
BROKEN_OFF = N_("The worker was stopped before it was written.")
"""Why a file is missing, as manifests and screens say it."""


@dataclass(frozen=True, slots=True, eq=False)
class PlateCrop:
    """A plate as it was cut out of a picture, for the evidence of its vehicle's events."""

    image_bgr: Image
    captured_at: datetime


PlateOf = Callable[[int, Sequence[int]], PlateCrop | None]
"""The sharpest crop so far of a plate of one of these tracks of a camera, where there is one;
asked in the journey's thread, each time that an event of these tracks is reported, and in the
clips' thread when the event is complete."""


def no_plate(camera_id: int, track_ids: Sequence[int]) -> PlateCrop | None:
    """Where nobody reads plates."""
    return None


def file_record(kind: str, kept: KeptFile, mime: str, captured_at: datetime) -> EvidenceRecord:
    """A kept file as its event carries it."""
    return EvidenceRecord(uuid4(), kind, kept.path, kept.sha256, kept.size_bytes, mime, captured_at)


def chosen_tracks(finding: Finding, tracks: Sequence[Track]) -> tuple[Track, ...]:
    """The tracks that a finding is about."""
    return tuple(track for track in tracks if track.id in finding.track_ids)


def zone_of(finding: Finding, zones: Sequence[Zone]) -> Zone | None:
    """The zone that a finding was made in."""
    return next((zone for zone in zones if zone.id == finding.zone_id), None)


def readings(record: EventRecord, sighting: Sighting | None) -> dict[str, Any]:
    """The numbers that decided, with where and on what they were measured; not yet plain JSON."""
    measured: dict[str, Any] = {
        "format": "qala-readings-1",
        "event": str(record.id),
        "facts": record.facts,
        "confidence": record.confidence,
        "plate": record.plate,
        "track_ids": list(record.track_ids),
    }
    return measured | (_measured(sighting) if sighting else {})


def _measured(sighting: Sighting) -> dict[str, Any]:
    finding, zone = sighting.finding, sighting.zone
    return {
        "measured_at": sighting.found_at.isoformat(),
        "frame_wh": list(sighting.frame_wh),
        "zone": _zone(zone) if zone else None,
        "marks": [
            {
                "points_px": mark.points_px,
                "text": filled(mark.text, mark.facts),
                "closed": mark.closed,
            }
            for mark in finding.marks
        ],
        "tracks": [_track(track) for track in sighting.tracks],
    }


def _zone(zone: Zone) -> Mapping[str, Any]:
    return {
        "id": zone.id, "name": zone.name, "rule": zone.rule, "shape": str(zone.shape),
        "points": zone.points, "params": zone.params,
    }  # fmt: skip


def _track(track: Track) -> Mapping[str, Any]:
    path = [
        {"at": point.at.isoformat(), "px": [point.x_px, point.y_px], "m": [point.x_m, point.y_m]}
        for point in track.path
    ]
    box = np.round(track.box_xyxy, 1).tolist()
    return {"id": track.id, "label": track.label, "box_xyxy": box, "path": path}
