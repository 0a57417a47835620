"""Keeps the evidence of events: snapshot and drawing at once, the clip as soon as it is over.

Frames come in twice: ``keep`` takes every frame in its feed's own thread, so that clips have
the feed's full rate whatever the analysis leaves out; ``see`` and ``record`` follow in the
journey's thread. Clips are encoded one after the other in a thread of their own, which also
signs what is complete. What a crash leaves unsigned is signed after the next start
(``unsealed.py``).
"""

import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from data_access.domain.events import EventRecord
from data_access.domain.evidence import EvidenceKind
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.media import KeptFile, MediaFolder
from detection_worker.event_desk import Change, EventChange
from detection_worker.evidence.case import (
    NO_PICTURES,
    NO_ROOM,
    Case,
    ClipState,
    PlateOf,
    Sighting,
    chosen_tracks,
    file_record,
    no_plate,
    zone_of,
)
from detection_worker.evidence.case_files import CaseFiles
from detection_worker.evidence.clip_writer import ClipWriter
from detection_worker.evidence.clips import MIME
from detection_worker.evidence.first_pictures import FirstPictures
from detection_worker.evidence.kept_frames import (
    KeptFrame,
    ShownFrame,
    kept_of,
    shown_of,
)
from detection_worker.evidence.line_stills import NEAREST_S, cut
from detection_worker.evidence.open_clips import SILENT_S, CameraRoll, OpenClip
from detection_worker.evidence.room import Room
from detection_worker.evidence.sealing import Sealer
from detection_worker.frames import Frame, LargePicture
from detection_worker.live_pictures import LivePictures
from detection_worker.pipeline import Outbox, SeenPicture
from detection_worker.tracking.tracks import Track

PRE_ROLL_BYTES = 512_000_000
"""What the last seconds of all cameras may weigh: 85 cameras of 960 × 540 at ten frames a second.
Beyond it each camera's seconds become fewer."""

EVIDENCE_FAILS = N_("Evidence cannot be written. See QALA_MEDIA_DIR and the worker's log.")
CLIPS_LATE = N_("There are more events than clips can be written: some events have none.")

_log = logging.getLogger(__name__)


class EvidenceRecorder:
    """The journey's ``Recorder``; keeps files in ``media`` and puts late ones into ``outbox``.

    ``sealer`` signs what is complete; without one nothing is signed. ``plate_of`` gives crops
    of plates.
    """

    def __init__(
        self,
        media: MediaFolder,
        outbox: Outbox,
        live: LivePictures,
        room: Room,
        pre_roll_bytes: int = PRE_ROLL_BYTES,
        silent_s: float = SILENT_S,
        sealer: Sealer | None = None,
        plate_of: PlateOf = no_plate,
    ) -> None:
        self._media, self._outbox, self._live, self._room = media, outbox, live, room
        self._pre_roll_bytes, self._silent_s = pre_roll_bytes, silent_s
        self._sealer, self._plate_of = sealer, plate_of
        self._rolls: dict[int, CameraRoll] = {}
        self._seen: dict[int, SeenPicture] = {}
        self._known: dict[UUID, Case] = {}
        self._lock = threading.Lock()
        self._clips = ClipWriter(media, self._clip_is_written, self._look_for_silence)
        self._files = CaseFiles(media, room)
        self._first = FirstPictures(self._files, self._first_are_late)

    @property
    def trouble(self) -> str:
        """A sentence while evidence is not kept as it should be; else empty."""
        if sentence := self._room.trouble:
            return sentence
        if self._files.is_failing or self._clips.is_failing:
            return EVIDENCE_FAILS
        if self._sealer is not None and self._sealer.trouble:
            return self._sealer.trouble
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

    @property
    def known_events(self) -> list[UUID]:
        """The events whose evidence is not complete yet."""
        with self._lock:
            return list(self._known)

    def start(self) -> None:
        """Begin to write clips."""
        self._clips.start()

    def stop(self, within_s: float) -> None:
        """Finish the clips that are being taken with what there is."""
        for roll in tuple(self._rolls.values()):
            self._finish(roll.take_all())
        self._first.stop()
        self._clips.stop(within_s)

    def keep(self, frame: Frame | LargePicture) -> ShownFrame | None:
        """Take a frame for the pre-roll, the clips and the live picture; None: it is damaged."""
        roll = self._rolls.get(frame.camera_id) or self._new_roll(frame.camera_id)
        kept = kept_of(frame, roll.has_room_for(frame))
        if kept is None:
            return None
        shown = shown_of(frame, kept)
        self._live.keep(frame.camera_id, shown)
        self._finish(roll.keep(kept))
        return shown

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        """Take what was seen in a frame; one that was not kept yet is kept now."""
        roll, shown = self._rolls.get(frame.camera_id), frame.shown
        kept = roll.at(shown.captured_at) if roll is not None else None
        if shown is not frame:
            picture = replace(picture, frame_wh=frame.wh)
        self._seen[frame.camera_id] = picture
        newest = shown_of(shown, kept) if kept is not None else self.keep(shown)
        if newest is not None:
            self._live.see(frame.camera_id, newest, picture)

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        """The event with its evidence so far; its clip is put into the outbox when it is there."""
        sighting = self._sighting(change, frame, tracks)
        if change.change is Change.OPENED:
            record = self._open(change.record, sighting, frame)
        else:
            record = self._go_on(change.record, sighting, frame)
        if record.ended_at is not None and record.camera_id in self._rolls:
            self._finish(self._rolls[record.camera_id].close(record.id, record.ended_at))
        return record

    def kept_at(self, camera_id: int, at: datetime) -> KeptFrame | None:
        """The kept picture of a camera that is nearest to a moment; any thread may ask."""
        roll = self._rolls.get(camera_id)
        return roll.nearest(at, NEAREST_S) if roll is not None else None

    def forget(self, camera_id: int) -> None:
        """The camera is watched no more: its clips end, its pictures go."""
        roll = self._rolls.pop(camera_id, None)
        if roll is not None:
            self._finish(roll.take_all())
        self._seen.pop(camera_id, None)
        self._live.forget(camera_id)

    def _new_roll(self, camera_id: int) -> CameraRoll:
        with self._lock:
            roll = self._rolls.setdefault(camera_id, CameraRoll(self._pre_roll_bytes))
            share = self._pre_roll_bytes // len(self._rolls)
            for each in self._rolls.values():
                each.limit(share)
        return roll

    def _sighting(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> Sighting:
        seen = self._seen.get(frame.camera_id, SeenPicture())
        return Sighting(
            change.finding,
            change.found_at or frame.captured_at,
            frame.wh,
            zone_of(change.finding, seen.zones),
            chosen_tracks(change.finding, tracks),
            seen.camera_code,
        )

    def _open(self, record: EventRecord, sighting: Sighting, frame: Frame) -> EventRecord:
        """The case of a new event, with the picture as it came and the drawing on it."""
        case = Case(record, sighting, plate=self._plate_of(record.camera_id, record.track_ids))
        case.to_add = cut(record.facts, self._rolls.get(record.camera_id))
        with self._lock:
            self._known[record.id] = case
        self._first.take(case, frame, self._kept_at(frame, sighting.found_at))
        roll = self._rolls.get(record.camera_id) or self._new_roll(record.camera_id)
        roll.open(record.id, record.started_at, frame.captured_at)
        return case.record

    def _go_on(self, record: EventRecord, sighting: Sighting, frame: Frame) -> EventRecord:
        with self._lock:
            case = self._known.get(record.id)
            if case is None:
                return record
            if sighting.finding is not case.sighting.finding:
                case.sighting = sighting
                case.to_draw = self._kept_at(frame, sighting.found_at) or kept_of(frame.shown)
                if record.facts != case.record.facts:
                    case.to_add = cut(record.facts, self._rolls.get(record.camera_id))
            case.take(record)
            case.plate = self._plate_of(record.camera_id, record.track_ids) or case.plate
            self._complete_if_over(case)
            return case.record

    def _kept_at(self, frame: Frame, at: datetime) -> KeptFrame | None:
        """The kept frame of ``at``; None where that is this very frame, or it is gone."""
        roll = self._rolls.get(frame.camera_id)
        return roll.at(at) if roll is not None and at != frame.captured_at else None

    def _finish(self, clips: Iterable[OpenClip]) -> None:
        for clip in clips:
            if clip.frames and self._room.for_clips:
                self._clips.submit(clip)
            else:
                why = NO_ROOM if clip.frames else NO_PICTURES
                self._clip_is_written(clip.event_id, None, clip.ends_at, why)

    def _look_for_silence(self) -> None:
        for roll in tuple(self._rolls.values()):
            self._finish(roll.take_silent(self._silent_s))

    def _clip_is_written(
        self, event_id: UUID, kept: KeptFile | None, begins_at: datetime, why: str
    ) -> None:
        """Add the clip to what was last known of its event.

        The lock is held over ``put``: a closing report cannot come in between and be undone.
        """
        with self._lock:
            case = self._known.get(event_id)
            if case is None:
                return
            case.clip = ClipState.KEPT if kept is not None else ClipState.GIVEN_UP
            if kept is not None:
                case.add(file_record(EvidenceKind.CLIP, kept, MIME, begins_at))
                self._outbox.put(case.record)
            else:
                case.absent[EvidenceKind.CLIP] = why
            self._complete_if_over(case)

    def _first_are_late(self, case: Case) -> None:
        with self._lock:
            self._outbox.put(case.record)
            self._complete_if_over(case)

    def _complete_if_over(self, case: Case) -> None:
        """Once: whatever is over is known no more when its last files are there."""
        if case.is_over:
            self._clips.do_next(partial(self._complete, case))

    def _complete(self, case: Case) -> None:
        """The last files of an event: the final drawing, the plate, the readings, the manifest."""
        record = case.record
        if case.to_draw is not None and (image := case.to_draw.image) is not None:
            self._files.draw(case, image, case.sighting)
        self._files.add_stills(case)
        plate = self._plate_of(record.camera_id, record.track_ids) or case.plate
        if plate is not None:
            self._files.add_image(case, EvidenceKind.PLATE, plate.image_bgr, plate.captured_at)
        self._seal(case)
        with self._lock:
            if case.record is not record:
                self._outbox.put(case.record)
            self._known.pop(record.id, None)

    def _seal(self, case: Case) -> None:
        if self._sealer is None or not case.record.evidence:
            return
        try:
            case.add(*self._sealer.seal(case.record, case.sighting, case.not_there()))
        except DataAccessError as error:
            _log.error("event %s is not signed; it is tried again: %s", case.record.id, error)
