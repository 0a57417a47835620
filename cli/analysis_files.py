"""The files of an analysis: ``tracks.csv``, ``events.jsonl``, ``summary.json``, ``evidence/``."""

import csv
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cli.failure import CommandFailure
from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.explanations import explain
from data_access.domain.plates import PlateRead
from data_access.domain.watch import Zone
from data_access.domain.words import Language
from data_access.language import translator
from detection_worker.event_desk import EventChange
from detection_worker.frames import Frame
from detection_worker.pipeline import Recorder, SeenPicture
from detection_worker.rules.scene import Mark
from detection_worker.tracking.kept_tracks import KeptTracks
from detection_worker.tracking.strands import Strand
from detection_worker.tracking.tracks import Track

EVIDENCE = "evidence"


class TracksFile:
    """A recorder that keeps every track of every frame for a file, and passes all on to another.

    Rows are MOTChallenge's: frame from 1, id, x, y, w, h, confidence, class, -1, -1. They are
    written when the recording is over, since what comes later says more about what was before.
    """

    def __init__(self, inner: Recorder) -> None:
        self._inner = inner
        self._kept = KeptTracks()
        self.began_at = self.ended_at = datetime.min.replace(tzinfo=UTC)
        self.wh = (0, 0)
        self.written: set[int] = set()
        self.left_out: set[int] = set()
        self.marks: dict[UUID, tuple[Mark, ...]] = {}

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        """Keep what was seen in one frame; one that was not analysed says nothing new."""
        if self.wh == (0, 0):
            self.began_at = frame.captured_at
            self.wh = frame.wh
        self.ended_at = frame.captured_at
        if picture.found is not None:
            at_s = (frame.captured_at - self.began_at).total_seconds()
            self._kept.add(frame.number, at_s, picture.found, picture.tracks, frame.picture)
        self._inner.see(frame, picture)

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        """The event with its evidence; what was measured for it is kept for the file."""
        self.marks[change.record.id] = change.finding.marks
        return self._inner.record(change, frame, tracks)

    def write(self, path: Path) -> None:
        """Write the finished tracks by frame and id; ``left_out`` were scenery."""
        strands = self._kept.finished()
        self.written = {strand.id for strand in strands}
        self.left_out = self._kept.left_out
        rows = [row for strand in strands for row in _rows(strand)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(sorted(rows))

    def named(self, event: EventRecord) -> EventRecord:
        """The event with the ids that its tracks have in the file."""
        at_s = (event.started_at - self.began_at).total_seconds()
        ids = dict.fromkeys(self._kept.name_at(number, at_s) for number in event.track_ids)
        return replace(event, track_ids=tuple(ids))


class Collected:
    """An outbox that keeps what was found: the events in their last state, the counts added up."""

    def __init__(self) -> None:
        self.events: dict[UUID, EventRecord] = {}
        self.reads: list[PlateRead] = []
        self._counts: Counter[tuple[int, str, str]] = Counter()

    def put(self, item: EventRecord | TrafficCount | PlateRead) -> None:
        """Keep one item."""
        if isinstance(item, EventRecord):
            self.events[item.id] = item
        elif isinstance(item, PlateRead):
            self.reads.append(item)
        else:
            self._counts[item.zone_id, item.label, item.direction] += item.count

    def by_kind(self) -> dict[str, int]:
        """How many events of each kind."""
        return dict(Counter(event.kind for event in self.events.values()))

    def counts(self, zones: Sequence[Zone]) -> dict[str, dict[str, dict[str, int]]]:
        """Crossings by line, class and direction."""
        names = {zone.id: zone.name for zone in zones}
        found: dict[str, dict[str, dict[str, int]]] = {}
        for (zone_id, label, direction), count in sorted(self._counts.items()):
            found.setdefault(names[zone_id], {}).setdefault(label, {})[direction] = count
        return found


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder to write into that takes ``out``'s place when all went well, and else goes.

    An ``out`` that is there keeps its other files. Raises CommandFailure before anything is
    analysed where there can be no such folder.
    """
    unfinished = _unfinished(out)
    try:
        yield unfinished
        _put_in_place(unfinished, out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def plate_line(read: PlateRead, began_at: datetime) -> dict[str, Any]:
    """A plate read as the summary has it; seconds count from ``began_at``."""
    return {
        "plate": read.plate,
        "region": read.region,
        "confidence": read.confidence,
        "at_s": round((read.read_at - began_at).total_seconds(), 3),
        "crop": read.crop.path if read.crop else None,
    }


def write_events(
    path: Path,
    events: Sequence[EventRecord],
    began_at: datetime,
    marks: Mapping[UUID, Sequence[Mark]],
) -> None:
    """One event a line, in the order of their beginnings; seconds count from ``began_at``.

    ``marks`` are where in the picture each was seen, in pixels of the recording.
    """
    ordered = sorted(events, key=lambda event: (event.started_at, event.kind, str(event.id)))
    with path.open("w", encoding="utf-8") as file:
        for event in ordered:
            file.write(
                json.dumps(_event(event, began_at, marks.get(event.id, ())), ensure_ascii=False)
            )
            file.write("\n")


def write_summary(path: Path, summary: dict[str, Any]) -> None:
    """The summary, for people and programs alike."""
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    # A file's name need not be text; what is none of it stands there as \udc.., which JSON knows.
    path.write_text(text, encoding="utf-8", errors="backslashreplace")


def _rows(strand: Strand) -> Iterator[list[Any]]:
    for number, left, top, right, bottom, confidence in strand.rows.tolist():
        box = [round(value, 2) for value in (left, top, right - left, bottom - top)]
        yield [int(number), strand.id, *box, round(confidence, 4), strand.label, -1, -1]


def _event(event: EventRecord, began_at: datetime, marks: Sequence[Mark]) -> dict[str, Any]:
    ended_at = event.ended_at or event.started_at
    return {
        "id": str(event.id),
        "kind": event.kind,
        "started_at": event.started_at.isoformat(),
        "ended_at": ended_at.isoformat(),
        "start_s": round((event.started_at - began_at).total_seconds(), 3),
        "end_s": round((ended_at - began_at).total_seconds(), 3),
        "confidence": event.confidence,
        "explanation": {
            language.value: explain(event.kind, event.facts, translator(language))
            for language in Language
        },
        "facts": event.facts,
        "track_ids": list(event.track_ids),
        "marks": [_mark(mark) for mark in marks],
        "evidence": [
            {"kind": file.kind, "path": f"{EVIDENCE}/{file.path}", "sha256": file.sha256}
            for file in event.evidence
        ],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    points = [[round(x, 1), round(y, 1)] for x, y in mark.points_px]
    return {"points": points, "closed": mark.closed}


def _unfinished(out: Path) -> Path:
    try:
        if out.exists() and not out.is_dir():
            raise CommandFailure(f"{out} is a file: name a folder for the results with --out.")
        out.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".analysis-", dir=out.parent))
    except OSError as error:
        raise CommandFailure(
            f"The folder {out} cannot be made ({error.strerror}): name another with --out."
        ) from None


def _put_in_place(unfinished: Path, out: Path) -> None:
    if not out.exists():
        unfinished.chmod(0o755)  # temporary folders are closed to others
        unfinished.replace(out)
        return
    for made in sorted(unfinished.iterdir()):
        place = out / made.name
        if place.is_dir():
            shutil.rmtree(place)
        made.replace(place)
