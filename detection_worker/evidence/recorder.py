"""Keeps the evidence of events: a snapshot at once, a clip as soon as it is over.

Frames come in twice: ``keep`` takes every frame in its feed's own thread, so that clips have
the feed's full rate whatever the analysis leaves out; ``see`` and ``record`` follow in the
journey's thread. Clips are encoded one after the other in a thread of their own.
"""

import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.domain.words import N_
from data_access.errors import MediaError
from data_access.media import KeptFile, MediaFolder
from detection_worker.event_desk import Change, EventChange
from detection_worker.evidence.clip_writer import ClipWriter
from detection_worker.evidence.clips import MIME
from detection_worker.evidence.kept_frames import KeptFrame, as_jpeg, compressed
from detection_worker.evidence.open_clips import SILENT_S, CameraRoll, OpenClip
from detection_worker.evidence.room import Room
from detection_worker.frames import Frame
from detection_worker.live_pictures import LivePictures
from detection_worker.pipeline import Outbox, SeenPicture
from detection_worker.tracking.tracks import Track

PRE_ROLL_BYTES = 512_000_000
"""What the last seconds of all cameras may weigh: 85 cameras of 960 × 540 at ten frames a second.
Beyond it each camera's seconds become fewer."""

SNAPSHOT_QUALITY = 92
"""JPEG quality of evidence: no artefact that could be taken for something seen."""

EVIDENCE_FAILS = N_("Evidence cannot be written. See QALA_MEDIA_DIR and the worker's log.")
CLIPS_LATE = N_("There are more events than clips can be written: some events have none.")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Known:
    """An event as it was last reported, with its evidence so far."""

    record: EventRecord
    clip_follows: bool = True


class EvidenceRecorder:
    """The journey's ``Recorder``; keeps files in ``media`` and puts late ones into ``outbox``."""

    def __init__(
        self,
        media: MediaFolder,
        outbox: Outbox,
        live: LivePictures,
        room: Room,
        pre_roll_bytes: int = PRE_ROLL_BYTES,
        silent_s: float = SILENT_S,
    ) -> None:
        self._media, self._outbox, self._live, self._room = media, outbox, live, room
        self._pre_roll_bytes, self._silent_s = pre_roll_bytes, silent_s
        self._rolls: dict[int, CameraRoll] = {}
        self._known: dict[UUID, _Known] = {}
        self._lock = threading.Lock()
        self._clips = ClipWriter(media, self._clip_is_written, self._look_for_silence)
        self._failing = False

    @property
    def trouble(self) -> str:
        """A sentence while evidence is not kept as it should be; else empty."""
        if sentence := self._room.trouble:
            return sentence
        if self._failing or self._clips.is_failing:
            return EVIDENCE_FAILS
        return CLIPS_LATE if self._clips.is_late else ""

    @property
    def pre_roll_bytes(self) -> int:
        """What the last seconds of all cameras weigh in memory."""
        return sum(roll.bytes for roll in tuple(self._rolls.values()))

    @property
    def open_events(self) -> list[UUID]:
        """The events that have been opened and not closed."""
        with self._lock:
            return [key for key, known in self._known.items() if known.record.ended_at is None]

    def start(self) -> None:
        """Begin to write clips."""
        self._clips.start()

    def stop(self, within_s: float) -> None:
        """Finish the clips that are being taken with what there is."""
        for roll in tuple(self._rolls.values()):
            self._finish(roll.take_all())
        self._clips.stop(within_s)

    def keep(self, frame: Frame) -> KeptFrame:
        """Take a frame for the pre-roll, the clips and the live picture."""
        roll = self._rolls.get(frame.camera_id) or self._new_roll(frame.camera_id)
        kept = compressed(frame)
        self._live.keep(frame.camera_id, kept)
        self._finish(roll.keep(kept))
        return kept

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        """Take what was seen in a frame; one that was not kept yet is kept now."""
        roll, shown = self._rolls.get(frame.camera_id), frame.shown
        kept = roll.at(shown.captured_at) if roll is not None else None
        if shown is not frame:
            height, width = frame.image_bgr.shape[:2]
            picture = replace(picture, frame_wh=(width, height))
        self._live.see(frame.camera_id, kept or self.keep(shown), picture)

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        """The event with its evidence so far; its clip is put into the outbox when it is there."""
        record = change.record
        if change.change is Change.OPENED:
            record = replace(record, evidence=self._snapshot(frame.shown))
            self._open(record, frame)
        else:
            record = self._with_evidence(record)
        if record.ended_at is not None and record.camera_id in self._rolls:
            self._finish(self._rolls[record.camera_id].close(record.id, record.ended_at))
        return record

    def forget(self, camera_id: int) -> None:
        """The camera is watched no more: its clips end, its pictures go."""
        roll = self._rolls.pop(camera_id, None)
        if roll is not None:
            self._finish(roll.take_all())
        self._live.forget(camera_id)

    def _new_roll(self, camera_id: int) -> CameraRoll:
        with self._lock:
            roll = self._rolls.setdefault(camera_id, CameraRoll(self._pre_roll_bytes))
            share = self._pre_roll_bytes // len(self._rolls)
            for each in self._rolls.values():
                each.limit(share)
        return roll

    def _open(self, record: EventRecord, frame: Frame) -> None:
        with self._lock:
            self._known[record.id] = _Known(record)
        roll = self._rolls.get(record.camera_id) or self._new_roll(record.camera_id)
        roll.open(record.id, record.started_at, frame.captured_at)

    def _with_evidence(self, record: EventRecord) -> EventRecord:
        with self._lock:
            known = self._known.get(record.id)
            if known is None:
                return record
            known.record = replace(record, evidence=known.record.evidence)
            self._forget_if_over(known)
            return known.record

    def _forget_if_over(self, known: _Known) -> None:
        if known.record.ended_at is not None and not known.clip_follows:
            del self._known[known.record.id]

    def _snapshot(self, frame: Frame) -> tuple[EvidenceRecord, ...]:
        """The whole picture as it came, nothing drawn on it; empty where there is no room."""
        if not self._room.for_snapshots:
            return ()
        try:
            kept = self._media.keep(as_jpeg(frame.image_bgr, SNAPSHOT_QUALITY), ".jpg")
        except MediaError as error:
            _log.error("an event of camera %s has no snapshot: %s", frame.camera_id, error)
            self._failing = True
            return ()
        self._failing = False
        return (_evidence("snapshot", kept, "image/jpeg", frame.captured_at),)

    def _finish(self, clips: Iterable[OpenClip]) -> None:
        for clip in clips:
            if clip.frames and self._room.for_clips:
                self._clips.submit(clip)
            else:
                self._clip_is_written(clip.event_id, None, clip.ends_at)

    def _look_for_silence(self) -> None:
        for roll in tuple(self._rolls.values()):
            self._finish(roll.take_silent(self._silent_s))

    def _clip_is_written(self, event_id: UUID, kept: KeptFile | None, begins_at: datetime) -> None:
        """Add the clip to what was last known of its event.

        The lock is held over ``put``: a closing report cannot come in between and be undone.
        """
        with self._lock:
            known = self._known.get(event_id)
            if known is None:
                return
            known.clip_follows = False
            if kept is not None:
                clip = _evidence("clip", kept, MIME, begins_at)
                known.record = replace(known.record, evidence=(*known.record.evidence, clip))
                self._outbox.put(known.record)
            self._forget_if_over(known)


def _evidence(kind: str, kept: KeptFile, mime: str, captured_at: datetime) -> EvidenceRecord:
    return EvidenceRecord(
        id=uuid4(),
        kind=kind,
        path=kept.path,
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        mime=mime,
        captured_at=captured_at,
    )
