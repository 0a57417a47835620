"""Qala's worker against ultralytics' own ``model.track()`` loop, on one YOLO26n and the same files.

The model is exported untrained from the description in ultralytics' wheel: its speed does not
depend on its weights. Both read the same films in one process, one after the other in
alternating rounds: theirs as its page shows it (``for result in model.track(film,
stream=True)``), ours as the worker does: a reader a camera, the pre-roll, the motion gate, the
detector in batches over cameras, tracker, rules, recorder and outbox. Busy clips are analysed at
their full rate; streams have five frames a second, and a part of the time nothing moves in them.
The streams that a computer can watch are the frames a second by five.

The tracker is ByteTrack in both: the loop's own default costs more, and would flatter us.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.model_time import TimedModel
from benchmarks.stream_films import CYCLE_S, STILL_SHARES, Clip, clips, write_film
from benchmarks.untrained import untrained_onnx
from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from data_access.media import MediaFolder
from data_access.settings import Settings
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.detection.ultralytics import quiet_library
from detection_worker.evidence.recorder import EvidenceRecorder
from detection_worker.evidence.room import Room
from detection_worker.feeds.file import open_file
from detection_worker.feeds.reader import FeedReader
from detection_worker.feeds.source import FeedSource
from detection_worker.live_pictures import LivePictures
from detection_worker.outbox import Outbox
from detection_worker.pipeline import Journey
from detection_worker.rules.rule import ACROSS_THE_MIDDLE, WHOLE_PICTURE
from detection_worker.watch import KeepingDesk

STREAM_FPS = 5.0

LEAST_CLIP_FPS = 7.0
"""The pedestrians' clip was recorded at this; the others have more."""

BUSY = "busy"
WANTED = {BUSY: 1.3, "half": 3.0, "four fifths": 5.0, "nineteen twentieths": 12.0}
"""Issue 3: times the frames a second on busy clips, times the streams where so much is still."""

TRACKER = "bytetrack.yaml"

ZONES = (
    Zone(1, "line", "line_count", ZoneShape.LINE, ACROSS_THE_MIDDLE),
    Zone(2, "people", "crowd", ZoneShape.POLYGON, WHOLE_PICTURE),
    Zone(3, "forbidden", "intrusion", ZoneShape.POLYGON, WHOLE_PICTURE),
    Zone(4, "long stay", "loitering", ZoneShape.POLYGON, WHOLE_PICTURE),
)


@dataclass(frozen=True)
class Spent:
    """What one side took for the films of a part; ``asked`` frames were given to the model."""

    frames: int
    seconds: float
    cpu_s: float
    asked: int = 0
    model_cpu_s: float = 0.0

    @property
    def fps(self) -> float:
        """Frames a second, by the clock on the wall."""
        return self.frames / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of processor time a frame."""
        return self.cpu_s / self.frames * 1000


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """The rates, the streams and their ratios; raises OSError where a package is missing."""
    parser = argparse.ArgumentParser(prog="./qala bench against-ultralytics", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--seconds",
        type=float,
        default=CYCLE_S,
        help=f"of each stream; rounded up to whole cycles of {CYCLE_S:g} s",
    )
    parser.add_argument("--busy-frames", type=int, default=100, help="of each busy clip")
    parser.add_argument("--clip", action="append", help="only this clip; repeatable")
    parser.add_argument("--only", choices=WANTED, action="append", help="this part; repeatable")
    given = parser.parse_args(arguments)
    model = untrained_onnx(settings.models_dir)
    with tempfile.TemporaryDirectory(prefix="qala-bench-") as folder:
        films = _films(Path(folder), given)
        detector, theirs = OnnxDetector(model), _track_loop(model, settings.models_dir)
        timed = TimedModel(detector)
        rounds = [
            {part: (_ours(paths, detector, timed), theirs(paths)) for part, paths in films.items()}
            for _ in range(max(1, given.rounds))
        ]
    return {"model": model.stem, "tracker": TRACKER, "rounds": len(rounds)} | {
        part: _figures(part, [one[part] for one in rounds]) for part in films
    }


def _films(folder: Path, given: argparse.Namespace) -> dict[str, list[Path]]:
    wanted = given.only or list(WANTED)
    made: dict[str, list[Path]] = {}
    if BUSY in wanted:
        lively = clips(given.busy_frames / LEAST_CLIP_FPS, only=given.clip)
        made[BUSY] = [_busy(folder, clip, given.busy_frames) for clip in lively]
    # A cycle begins with what moves: a part of one would be livelier than its name says.
    seconds = ceil(given.seconds / CYCLE_S) * CYCLE_S
    slow = clips(seconds, STREAM_FPS, given.clip) if set(wanted) != {BUSY} else []
    frames = round(seconds * STREAM_FPS)
    for part in (part for part in STILL_SHARES if part in wanted):
        made[part] = [write_film(folder, clip, frames, STILL_SHARES[part]) for clip in slow]
    return made


def _busy(folder: Path, clip: Clip, frames: int) -> Path:
    return write_film(folder, clip, min(frames, len(clip.pictures)), 0.0)


def _track_loop(model: Path, models_dir: Path) -> Callable[[Sequence[Path]], Spent]:
    """Ultralytics' loop over films, one after the other."""
    library = quiet_library(models_dir / ".ultralytics")
    yolo = library.YOLO(str(model), task="detect", verbose=False)

    def run(films: Sequence[Path]) -> Spent:
        began, cpu_began, frames = perf_counter(), _cpu_s(), 0
        for film in films:
            for _ in yolo.track(str(film), stream=True, verbose=False, tracker=TRACKER):
                frames += 1
        return Spent(frames, perf_counter() - began, _cpu_s() - cpu_began, frames)

    return run


def _ours(films: Sequence[Path], detector: OnnxDetector, timed: TimedModel) -> Spent:
    with tempfile.TemporaryDirectory(prefix="qala-bench-") as home:
        media, outbox = Path(home) / "media", Outbox(Path(home) / "outbox")
        recorder = EvidenceRecorder(MediaFolder(media), outbox, LivePictures(), Room(media))
        timed.reset()
        began, cpu_began = perf_counter(), _cpu_s()
        recorder.start()
        frames = _watch(films, detector, recorder, outbox)
        recorder.stop(600.0)
        spent, cpu_s = perf_counter() - began, _cpu_s() - cpu_began
        outbox.close()
    return Spent(frames, spent, cpu_s, timed.pictures, timed.cpu_s)


def _watch(
    films: Sequence[Path], detector: OnnxDetector, recorder: EvidenceRecorder, outbox: Outbox
) -> int:
    """The films as cameras side by side, each as fast as it is taken; how many frames."""
    cameras = {
        number: WatchedCamera(number, path.stem, str(path), analysed_fps=1000.0, zones=ZONES)
        for number, path in enumerate(films, 1)
    }
    journey, desk = Journey(detector, cameras, recorder, outbox), KeepingDesk(recorder)
    readers = [
        FeedReader(camera, _unpaced, desk.slot(camera.id, live=False), lambda state, reason: None)
        for camera in cameras.values()
    ]
    for reader in readers:
        reader.start()
    count, over = 0, False
    while not over:
        over = all(reader.ended for reader in readers)
        taken = desk.take(0.1)
        journey.step(taken)
        count, over = count + len(taken), over and not taken
    journey.finish()
    return count


def _unpaced(camera: WatchedCamera) -> FeedSource:
    return open_file(camera, paced=False)


def _cpu_s() -> float:
    spent = os.times()
    return spent.user + spent.system


def _figures(part: str, rounds: Sequence[tuple[Spent, Spent]]) -> dict[str, Any]:
    ours, theirs = [one for one, _ in rounds], [other for _, other in rounds]
    ratio = statistics.median(one.fps / other.fps for one, other in rounds)
    told: dict[str, Any] = {
        "frames": ours[0].frames,
        "qala": _side(part, ours),
        "ultralytics": _side(part, theirs),
        "ratio": round(ratio, 2),
        "each_ratio": [round(one.fps / other.fps, 2) for one, other in rounds],
        "cpu_ratio": round(statistics.median(o.cpu_ms / q.cpu_ms for q, o in rounds), 2),
        "wanted_ratio": WANTED[part],
        "reached": ratio >= WANTED[part],
    }
    return told


def _side(part: str, rounds: Sequence[Spent]) -> dict[str, Any]:
    fps = statistics.median(one.fps for one in rounds)
    told: dict[str, Any] = {
        "fps": round(fps, 1),
        "cpu_ms_a_frame": round(statistics.median(one.cpu_ms for one in rounds), 2),
        "asked_share": round(rounds[0].asked / rounds[0].frames, 3),
    }
    if part != BUSY:
        told["streams"] = round(fps / STREAM_FPS, 1)
    if rounds[0].model_cpu_s:
        shares = [1 - one.model_cpu_s / one.cpu_s for one in rounds]
        told["non_inference_share"] = round(statistics.median(shares), 3)
    return told
