"""What the evidence of one event costs: drawing, clip and signature, in CPU milliseconds.

The event is a rendered one: ten seconds at ``fps`` and the size given, a track, two marks and a
zone. Each part is done ``--rounds`` times; the figures are medians of the process's CPU time,
so that other work on the machine hardly counts. ``--mask`` adds the masking of the clip.
"""

import argparse
import hashlib
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any
from uuid import uuid4

import numpy as np

from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.domain.watch import Zone, ZoneShape
from data_access.evidence_check import check_event
from data_access.evidence_files import EvidenceFile
from data_access.media import MediaFolder
from data_access.settings import Settings
from demo.scenes import SCENES
from detection_worker.evidence.case import Sighting
from detection_worker.evidence.clips import write_clip
from detection_worker.evidence.drawing import draw_case
from detection_worker.evidence.kept_frames import EVIDENCE_QUALITY, KeptFrame, as_jpeg, compressed
from detection_worker.evidence.sealing import Sealer
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.masking.events import open_finders
from detection_worker.masking.films import mask_film
from detection_worker.rules.scene import Finding, Mark
from detection_worker.tracking.tracks import Track, TrackPoint

AT = datetime(2026, 5, 4, 7, tzinfo=UTC)
SCENE = "crossroad"


def measure(arguments: Sequence[str], settings: Settings) -> dict[str, Any]:
    """CPU milliseconds of each part of one event's evidence, and what its files weigh."""
    options = _options(arguments)
    frames = [_frame(number, options.fps) for number in range(round(options.seconds * options.fps))]
    kept = [compressed(frame) for frame in frames]
    with tempfile.TemporaryDirectory() as folder:
        parts = _parts(frames[0], kept, Path(folder), options)
        spent = {name: _median_ms(work, options.rounds) for name, work in parts.items()}
        weighs = {path.name: path.stat().st_size for path in Path(folder).glob("*.*")}
    width, height = frames[0].wh
    return {
        "picture": [width, height],
        "clip": {"frames": len(frames), "fps": options.fps, "seconds": options.seconds},
        "rounds": options.rounds,
        "cpu_ms": {name: round(value, 2) for name, value in spent.items()},
        "cpu_ms_event": round(sum(spent[name] for name in _EACH_EVENT), 1),
        "bytes": weighs,
    }


_EACH_EVENT = ("snapshot", "draw", "clip", "sign")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./qala bench evidence")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10.0, help="the clip's length")
    parser.add_argument("--fps", type=float, default=25.0)
    parser.add_argument("--mask", action="store_true", help="mask the clip, too; takes minutes")
    return parser.parse_args(arguments)


def _parts(
    frame: Frame, kept: Sequence[KeptFrame], folder: Path, options: argparse.Namespace
) -> dict[str, Callable[[], object]]:
    media = MediaFolder(folder / "media")
    sealer, record, sighting = Sealer(media, folder / "home"), _event(), _sighting(frame.image_bgr)
    clip = folder / "clip.mp4"
    write_clip(clip, kept)
    drawing = as_jpeg(draw_case(frame.image_bgr, record, sighting), EVIDENCE_QUALITY)
    (folder / "drawing.jpg").write_bytes(drawing)
    signed = _signed(record, media, clip.read_bytes(), sealer)
    parts: dict[str, Callable[[], object]] = {
        "snapshot": lambda: media.keep(as_jpeg(frame.image_bgr, EVIDENCE_QUALITY), ".jpg"),
        "draw": lambda: media.keep(
            as_jpeg(draw_case(frame.image_bgr, record, sighting), EVIDENCE_QUALITY), ".jpg"
        ),
        "clip": lambda: write_clip(clip, kept),
        "sign": lambda: sealer.seal(record, sighting),
        "verify": lambda: check_event(signed, media, sealer.key().public),
    }
    if options.mask:
        finders = open_finders()
        parts["mask_clip"] = lambda: mask_film(
            clip, folder / "masked.mp4", finders.faces, finders.texts
        )
    return parts


def _signed(
    record: EventRecord, media: MediaFolder, clip: bytes, sealer: Sealer
) -> list[EvidenceFile]:
    kept = media.keep(clip, ".mp4")
    assert kept.sha256 == hashlib.sha256(clip).hexdigest()
    file = EvidenceRecord(uuid4(), "clip", kept.path, kept.sha256, kept.size_bytes, "video/mp4", AT)
    whole = replace(record, evidence=(file,))
    return [
        EvidenceFile(
            one.id, record.id, one.kind, one.path, one.sha256, one.size_bytes, one.mime,
            one.captured_at,
        )
        for one in (file, *sealer.seal(whole))
    ]  # fmt: skip


def _median_ms(work: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        began = process_time()
        work()
        spent.append((process_time() - began) * 1000)
    return statistics.median(spent)


def _frame(number: int, fps: float) -> Frame:
    scene = SCENES[SCENE]
    image = np.asarray(scene.draw(number / fps, 1), np.uint8)
    return Frame(1, AT + timedelta(seconds=number / fps), PlainPicture(image), number + 1)


def _event() -> EventRecord:
    facts = {"speed_kmh": 83.4, "limit_kmh": 60, "length_m": 32.5, "error_kmh": 1.8}
    return EventRecord(uuid4(), "spot_speed", 1, AT, AT, 0.9, facts, "123 ABC 02", (7,))


def _sighting(image: Image) -> Sighting:
    height, width = image.shape[:2]
    path = tuple(
        TrackPoint(AT + timedelta(seconds=n / 25 - 4), 100 + n, 200 + n / 2) for n in range(100)
    )
    track = Track(7, "car", 0.9, (180, 180, 260, 250), path)
    marks = (Mark(((100, 200), (200, 250)), "32,5 m"), Mark(((200, 250),), "83,4 km/h"))
    finding = Finding("spot_speed", "track 7", 1, (7,), 0.9, {}, marks=marks)
    corners = ((0.1, 0.2), (0.9, 0.2), (0.9, 0.9), (0.1, 0.9))
    zone = Zone(1, "Lane", "spot_speed", ZoneShape.POLYGON, corners)
    return Sighting(finding, AT, (width, height), zone, (track,), "K-1")
