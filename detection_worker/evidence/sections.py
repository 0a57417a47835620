"""The evidence of a section's average speed: both passages, the numbers, a page, a signature.

Both plates were cut out when they were read; their pictures are copied, for reads are kept for
other days than evidence. What cannot be written leaves the event without it, and is said.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any
from uuid import uuid5

import cv2
import numpy as np

from data_access import fines, section_speed
from data_access.database import Transaction
from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.domain.evidence import EvidenceKind
from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.plates import PlateCrop
from data_access.domain.sections import PassageRead, SectionPassage
from data_access.errors import DataAccessError, MediaError
from data_access.evidence_manifest import Absent
from data_access.media import KeptFile, MediaFolder
from detection_worker.evidence.case import NOT_KEPT, file_record
from detection_worker.evidence.sealing import Sealer
from detection_worker.evidence.section_sheet import draw_sheet
from detection_worker.frames import Image
from detection_worker.rules.section_speed import SectionReading

NOT_CERTIFIED = "Qala is not a certified meter."

_log = logging.getLogger(__name__)


class SectionEvidence:
    """Keeps it in ``media``; ``sealer`` signs it, without one it waits to be signed."""

    def __init__(self, media: MediaFolder, sealer: Sealer | None = None) -> None:
        self._media, self._sealer = media, sealer

    def add(
        self,
        tx: Transaction,
        record: EventRecord,
        passage: SectionPassage,
        reading: SectionReading,
    ) -> EventRecord:
        """The event with its evidence; with what could be kept, where the disk fails."""
        page = sheet(tx, passage, reading)
        crops = section_speed.crops(tx, passage)
        made = record
        try:
            pictures = [self._copied(crop) for crop in crops]
            for kept, read in zip(pictures, (passage.entry, passage.exit), strict=True):
                if kept is not None:
                    file = file_record(EvidenceKind.PLATE, kept, "image/jpeg", read.at)
                    made = replace(made, evidence=(*made.evidence, file))
            for file in self._written(record, page, [self._picture(one) for one in pictures]):
                made = replace(made, evidence=(*made.evidence, file))
            return self._signed(made, str(page["exit"]["camera"]))
        except DataAccessError as error:
            _log.error("event %s has not all of its evidence: %s", record.id, error)
            return made

    def discard(self, records: Sequence[EventRecord]) -> None:
        """Remove the files of events that could not be written."""
        for record in records:
            for file in record.evidence:
                self._media.remove(file.path)

    def _written(
        self, record: EventRecord, page: dict[str, Any], pictures: Sequence[Image | None]
    ) -> list[EvidenceRecord]:
        """The page to print and the numbers as JSON."""
        drawn = draw_sheet(page, pictures, record.id)
        png = cv2.imencode(".png", drawn)[1].tobytes()
        number, at = uuid5(record.id, EvidenceKind.READINGS), record.ended_at or record.started_at
        content = json.dumps(page, ensure_ascii=False, indent=2).encode()
        words = self._media.keep(content, ".json")
        numbers = file_record(EvidenceKind.READINGS, words, "application/json", at)
        shown = file_record(EvidenceKind.SHEET, self._media.keep(png, ".png"), "image/png", at)
        return [shown, replace(numbers, id=number)]

    def _signed(self, record: EventRecord, camera_code: str) -> EventRecord:
        if self._sealer is None:
            return record
        plates = [file for file in record.evidence if file.kind == EvidenceKind.PLATE]
        absent = [] if len(plates) > 1 else [Absent(EvidenceKind.PLATE, NOT_KEPT)]
        files = self._sealer.seal(record, None, absent, camera_code)
        return replace(record, evidence=(*record.evidence, *files))

    def _copied(self, crop: PlateCrop | None) -> KeptFile | None:
        """A read's picture as a file of its own; None where it is gone or not what was kept."""
        if crop is None:
            return None
        try:
            with self._media.open(crop.path) as file:
                content = file.read()
        except MediaError:
            return None
        kept = self._media.keep(content, ".jpg")
        if kept.sha256 == crop.sha256:
            return kept
        self._media.remove(kept.path)
        return None

    def _picture(self, kept: KeptFile | None) -> Image | None:
        if kept is None:
            return None
        with self._media.open(kept.path) as file:
            image = cv2.imdecode(np.frombuffer(file.read(), np.uint8), cv2.IMREAD_COLOR)
        return image.astype(np.uint8, copy=False) if image is not None else None


def facts(passage: SectionPassage, reading: SectionReading) -> dict[str, Any]:
    """The numbers that decided it."""
    return {
        "section": passage.section.name,
        "speed_kmh": round(reading.speed_kmh, 1),
        "limit_kmh": passage.section.limit_kmh,
        "length_m": round(passage.section.length_m, 1),
        "travel_s": round(reading.travel_s, 2),
        "error_kmh": max(0.1, round(reading.error_kmh, 1)),
    }


def sheet(tx: Transaction, passage: SectionPassage, reading: SectionReading) -> dict[str, Any]:
    """The numbers of the sheet: both passages, the clocks, the error, and the fine of that day."""
    section = passage.section
    codes = section_speed.camera_codes(tx, section)
    return {
        **facts(passage, reading),
        "plate": passage.plate,
        "entry": _passage_row(section.entry_camera_id, codes, passage.entry),
        "exit": _passage_row(section.exit_camera_id, codes, passage.exit),
        "clocks": {"offset_s": section.clock_offset_s, "error_s": section.clock_error_s},
        "length_error_m": section.length_error_m,
        "errors_hold": "95 %",
        "fine": _fine(tx, passage, reading),
        "method": "length / time between the two readings (СТ РК 3825-2022)",
        "note": NOT_CERTIFIED,
    }


def _passage_row(camera_id: int, codes: dict[int, str], read: PassageRead) -> dict[str, Any]:
    return {
        "camera_id": camera_id,
        "camera": codes.get(camera_id, str(camera_id)),
        "read_id": str(read.id),
        "at": read.at.astimezone(UTC).isoformat(),
        "at_local": read.at.astimezone(LOCAL_ZONE).isoformat(),
        "confidence": round(read.confidence, 3),
    }


def _fine(
    tx: Transaction, passage: SectionPassage, reading: SectionReading
) -> dict[str, Any] | None:
    """The fine by the monthly index (МРП) of that day; None where none was in force."""
    day = passage.entry.at.astimezone(LOCAL_ZONE).date()
    over_kmh = round(reading.speed_kmh, 1) - passage.section.limit_kmh
    found = fines.fine(tx, "section_speed", day, over_kmh)
    if found is None:
        return None
    return {
        "article": found.article,
        "mci_count": float(found.mci_count),
        "mci_tenge": found.mci_tenge,
        "tenge": found.tenge,
        "day": day.isoformat(),
        "confirmed_by_lawyer": found.confirmed,
        "source": found.source,
    }
