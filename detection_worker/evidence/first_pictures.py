"""The first pictures of an event: its snapshot, its drawing, its stills at a line.

A frame that was analysed is there and kept at once. A large stream's picture has to be decoded
from its key picture on, up to seconds of stream: that is done in a thread of its own, while the
journey of the frames goes on, and the event is put into the outbox again with its pictures.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from data_access.domain.evidence import EvidenceKind
from detection_worker.evidence.case import Case, Sighting
from detection_worker.evidence.case_files import CaseFiles
from detection_worker.evidence.kept_frames import KeptFrame
from detection_worker.frames import Frame, Image

_log = logging.getLogger(__name__)


class FirstPictures:
    """Adds them to cases; ``on_late`` is told the case, in another thread, where that took time."""

    def __init__(self, files: CaseFiles, on_late: Callable[[Case], None]) -> None:
        self._files, self._on_late = files, on_late
        self._pool = ThreadPoolExecutor(1, "first pictures")

    def take(self, case: Case, frame: Frame, kept: KeptFrame | None) -> None:
        """Of a case that ``frame`` opened; ``kept`` is the frame of its sighting, if another."""
        given = case, case.sighting, frame, kept
        if frame.large is None or frame.large.encoded is None:
            self._add(*given)
            return
        case.waits = True
        self._pool.submit(self._add_late, *given)

    def stop(self) -> None:
        """Finish what was begun; after that none is taken."""
        self._pool.shutdown()

    def _add_late(
        self, case: Case, sighting: Sighting, frame: Frame, kept: KeptFrame | None
    ) -> None:
        try:
            self._add(case, sighting, frame, kept)
        except Exception:  # noqa: BLE001 - the border of a thread: one event, told in the log
            _log.exception("event %s has no first pictures", case.record.id)
        case.waits = False
        self._on_late(case)

    def _add(self, case: Case, sighting: Sighting, frame: Frame, kept: KeptFrame | None) -> None:
        at, snapshot = _snapshot(frame)
        self._files.add_image(case, EvidenceKind.SNAPSHOT, snapshot, at)
        image = kept.image if kept is not None else None
        self._files.draw(case, snapshot if image is None else image, sighting)
        self._files.add_stills(case)


def _snapshot(frame: Frame) -> tuple[datetime, Image]:
    """The best picture of the moment; the one that was analysed where that one is damaged."""
    image = frame.shown.image_bgr
    if image is None:
        return frame.captured_at, frame.image_bgr
    return frame.shown.captured_at, image
