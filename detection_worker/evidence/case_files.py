"""The pictures of a case on their way into the media folder."""

import logging
from datetime import datetime

from data_access.domain.evidence import EvidenceKind
from data_access.errors import MediaError
from data_access.media import MediaFolder
from detection_worker.evidence.case import (
    NO_ROOM,
    NOT_KEPT,
    NOT_WRITTEN,
    Case,
    Sighting,
    file_record,
)
from detection_worker.evidence.drawing import draw_case
from detection_worker.evidence.kept_frames import EVIDENCE_QUALITY, as_jpeg
from detection_worker.evidence.room import Room
from detection_worker.frames import Image

_log = logging.getLogger(__name__)


class CaseFiles:
    """Keeps pictures where there is room, and notes in the case why one is missing."""

    def __init__(self, media: MediaFolder, room: Room) -> None:
        self._media, self._room = media, room
        self.is_failing = False

    def draw(self, case: Case, image: Image, sighting: Sighting) -> None:
        """Keep the drawing of a sighting of the case on ``image``."""
        drawn = draw_case(image, case.record, sighting)
        self.add_image(case, EvidenceKind.DRAWING, drawn, sighting.found_at)
        if sighting is case.sighting:
            case.to_draw = None

    def add_stills(self, case: Case) -> None:
        """Keep the stills before and behind a line: the kept frames as they stand."""
        while case.to_add:
            kind, kept = case.to_add.popitem()
            jpeg = kept.jpeg if kept is not None else None
            if kept is not None and jpeg is not None:
                self._add(case, kind, jpeg, kept.captured_at)
            elif all(file.kind != kind for file in case.record.evidence):
                case.absent.setdefault(kind, NOT_KEPT)

    def add_image(
        self, case: Case, kind: EvidenceKind, image: Image, captured_at: datetime
    ) -> None:
        """Keep a picture."""
        self._add(case, kind, as_jpeg(image, EVIDENCE_QUALITY), captured_at)

    def _add(self, case: Case, kind: EvidenceKind, jpeg: bytes, captured_at: datetime) -> None:
        if not self._room.for_snapshots:
            case.absent.setdefault(kind, NO_ROOM)
            return
        try:
            kept = self._media.keep(jpeg, ".jpg")
        except MediaError as error:
            _log.error("event %s has no %s: %s", case.record.id, kind, error)
            self.is_failing = True
            case.absent.setdefault(kind, NOT_WRITTEN)
            return
        self.is_failing = False
        case.absent.pop(kind, None)
        case.add(file_record(kind, kept, "image/jpeg", captured_at))
