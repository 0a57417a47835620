"""Run the journey over a recording, without a database.

Writes tracks.csv, events.jsonl, summary.json and evidence/ into a folder. tracks.csv has the
columns of MOTChallenge without a heading: frame from 1, track, left, top, width and height in
pixels of the recording, confidence, class by its name, -1, -1.
Without --camera a counting line lies across the middle of the picture and its whole is
watched for crowds; --rule watches the whole picture for other things.
"""

import argparse
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from cli.analysis_files import (
    EVIDENCE,
    Collected,
    TracksFile,
    plate_line,
    whole_folder,
    write_events,
    write_summary,
)
from cli.failure import CommandFailure
from cli.progress import Progress
from data_access.domain.camera_file import EVERY_FRAME_FPS, CameraFileError, read_camera
from data_access.domain.watch import WatchedCamera, Zone
from data_access.media import MediaFolder
from data_access.settings import Settings
from detection_worker.detection import DETECTORS, choose_detector
from detection_worker.detection.detections import Detector, LooksCloser
from detection_worker.errors import WorkerError
from detection_worker.evidence.recorder import EvidenceRecorder
from detection_worker.evidence.room import Room
from detection_worker.feeds.file import open_file, recording
from detection_worker.first_look import KeptDetections, learnt_ways
from detection_worker.live_pictures import LivePictures
from detection_worker.pipeline import Journey
from detection_worker.plates.crops import crops_in
from detection_worker.plates.desk import PromptDesk
from detection_worker.plates.pictures import PlatePictures
from detection_worker.plates.watcher import PlatesWatcher
from detection_worker.recording import run_through
from detection_worker.rules import RULES, WATCHERS
from detection_worker.rules.stills.watcher import StillsWatcher
from detection_worker.rules.watcher import MakeWatcher
from detection_worker.rules.ways_watcher import KnownWays
from detection_worker.rules.wrong_way import is_learnt, lacking_ways

USUAL_RULES = ("line_count", "crowd")
"""What is watched for when nothing is asked: it needs no drawing to make sense."""

IN_THE_DATABASE = (
    "The rule {rule} needs the city's watch list, which stands in the database; over a recording "
    "it finds nothing."
)

AT_ONCE = 4
"""Frames that are looked at together; what is found does not depend on it."""

LOOKED_AT_PX = 608 * 448
"""Size of the pictures that the detector is given, if the recording's are not smaller. In rendered
squares of 768 × 576 (``bench tracking``) a model of 416 × 416 found 66 of 100 walkers, at this
size 76; an eighth more pixels gave no more, and one core still analyses 25 frames a second."""

CLIPS_WITHIN_S = 600.0
"""How long the last clips may take; they are short."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("video", type=_recording, metavar="VIDEO", help="a recording")
    parser.add_argument("--camera", type=Path, metavar="FILE", help="zones and calibration, JSON")
    parser.add_argument("--detector", choices=DETECTORS, help="instead of QALA_DETECTOR")
    parser.add_argument("--rule", action="append", choices=RULES, help="only this, repeatable")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: VIDEO's name + -analysis")
    parser.add_argument("--models", type=Path, metavar="DIR", help="instead of QALA_MODELS_DIR")
    parser.add_argument("--no-gate", action="store_true", help="ask the detector on every frame")


def _recording(word: str) -> Path:
    """The path that a word names; an address is not repeated, it may hold a password."""
    if "://" in word:
        raise argparse.ArgumentTypeError(
            "this is the address of a camera, not a recording; watch it with ./qala up --feed"
        )
    return Path(word)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Analyse one recording; raises CommandFailure with what is wrong."""
    camera = _with_rules(_camera(arguments), arguments.rule)
    notes = _told(_notes(camera))
    out = arguments.out or Path(f"{arguments.video.stem}-analysis")
    try:
        recording(camera.feed_url)  # a wrong name is said before a model is loaded
        detector = choose_detector(
            arguments.detector or camera.detector or settings.detector,
            arguments.models or settings.models_dir,
        )
        if isinstance(detector, LooksCloser):
            detector.look_closer(LOOKED_AT_PX)
        summary = _analyse(camera, detector, out, notes, gated=not arguments.no_gate)
    except (WorkerError, OSError) as error:
        raise CommandFailure(str(error)) from error
    print(f"{out}: frames: {summary['frames']}, events: {sum(summary['events'].values())}")
    return 0


def _camera(arguments: argparse.Namespace) -> WatchedCamera:
    feed_url = str(arguments.video)
    if arguments.camera is None:
        return WatchedCamera(1, "recording", feed_url, analysed_fps=EVERY_FRAME_FPS)
    try:
        return read_camera(arguments.camera.read_text(encoding="utf-8-sig"), feed_url)
    except UnicodeDecodeError:
        raise CommandFailure(
            f"The camera file {arguments.camera} is no text in UTF-8: save it as such."
        ) from None
    except CameraFileError as error:
        said = str(error).removesuffix(".")
        raise CommandFailure(f"The camera file {arguments.camera}: {said}.") from error
    except OSError as error:
        raise CommandFailure(
            f"The camera file {arguments.camera} cannot be read ({error.strerror}): check its path."
        ) from error


def _with_rules(camera: WatchedCamera, asked: list[str] | None) -> WatchedCamera:
    """The camera with the zones to watch: its own, or the usual ones for rules without a zone."""
    if not asked and camera.zones:
        return camera
    wanted = dict.fromkeys(asked or USUAL_RULES)
    own = tuple(zone for zone in camera.zones if zone.rule in wanted)
    return replace(camera, zones=own + tuple(_usual_zones(wanted, own)))


def _usual_zones(wanted: Iterable[str], own: tuple[Zone, ...]) -> Iterable[Zone]:
    missing = [rule for rule in wanted if rule not in {zone.rule for zone in own}]
    free = max((zone.id for zone in own), default=0) + 1
    return (RULES[rule].usual_zone(free + index) for index, rule in enumerate(missing))


def _notes(camera: WatchedCamera) -> list[str]:
    """What the rules lack to find anything: a drawing, a signal, a calibration, a watch list."""
    asked = dict.fromkeys(zone.rule for zone in camera.zones if zone.rule in RULES)
    wants = (RULES[rule].wants(camera.zones, camera.calibration is not None) for rule in asked)
    return [want for want in wants if want is not None] + [
        IN_THE_DATABASE.format(rule=rule) for rule in asked if rule == "watch_listed_plate"
    ]


def _told(notes: list[str]) -> list[str]:
    for note in notes:
        print(note, file=sys.stderr)
    return notes


def _analyse(
    camera: WatchedCamera, detector: Detector, out: Path, notes: list[str], gated: bool
) -> dict[str, Any]:
    found, progress, pictures = Collected(), Progress(), PlatePictures()
    detector, learnt, lacking = _first_look(camera, detector, gated, progress)
    notes = notes + _told(lacking)
    with whole_folder(out) as folder, ExitStack() as kept:
        media = folder / EVIDENCE
        recorder = EvidenceRecorder(
            MediaFolder(media), found, LivePictures(), Room(media), plate_of=pictures.of
        )
        recorder.start()
        kept.callback(recorder.stop, CLIPS_WITHIN_S)
        tracks = TracksFile(recorder)
        keep_crop = crops_in(MediaFolder(media))
        plates = partial(PlatesWatcher, PromptDesk(), found.put, keep_crop, pictures=pictures)
        eye = StillsWatcher()
        watchers = WATCHERS | {"plates": plates, "stills": lambda: eye} | learnt
        journey = Journey(
            detector, {camera.id: camera}, tracks, found, watchers=watchers, gated=gated
        )
        _refuse_idle_rules(journey, camera)
        count = run_through(
            open_file(camera, paced=False),
            journey,
            camera.id,
            AT_ONCE,
            on_read=recorder.keep,
            on_step=progress.show,
        )
        notes = notes + _told([eye.lacking()] if eye.lacking() else [])
        kept.close()
        tracks.write(folder / "tracks.csv")
        summary = _summary(camera, detector, tracks, found, count, progress.spent_s)
        summary["notes"] = notes
        events = [tracks.named(event) for event in found.events.values()]
        write_events(folder / "events.jsonl", events, tracks.began_at, tracks.marks)
        write_summary(folder / "summary.json", summary)
    return summary


def _first_look(
    camera: WatchedCamera, detector: Detector, gated: bool, progress: Progress
) -> tuple[Detector, dict[str, MakeWatcher], list[str]]:
    """What must be known before the recording can be judged: the usual ways, if they are asked for.

    Returns the detector for the second look, watchers that know, and what is lacking to judge.
    """
    asking = [zone for zone in camera.zones if is_learnt(zone)]
    if not asking:
        return detector, {}, []
    kept = KeptDetections(detector)
    source = open_file(camera, paced=False)
    ways = learnt_ways(
        source, camera, asking, kept, at_once=AT_ONCE, gated=gated, on_step=progress.show
    )
    kept.rewind()
    watchers: dict[str, MakeWatcher] = {"ways": partial(KnownWays, ways)} if ways else {}
    return kept, watchers, lacking_ways(ways, asking)


def _refuse_idle_rules(journey: Journey, camera: WatchedCamera) -> None:
    """In a live worker a wrong zone is shown in health; here somebody waits for its events."""
    reasons = journey.rules_off(camera.id).values()
    if reasons:
        raise CommandFailure(" ".join(reasons))


def _summary(
    camera: WatchedCamera,
    detector: Detector,
    tracks: TracksFile,
    found: Collected,
    count: int,
    spent_s: float,
) -> dict[str, Any]:
    seconds = (tracks.ended_at - tracks.began_at).total_seconds()
    return {
        "video": camera.feed_url,
        "frames": count,
        "seconds": round(seconds, 3),
        "fps": round((count - 1) / seconds, 3) if seconds else 0.0,
        "width_px": tracks.wh[0],
        "height_px": tracks.wh[1],
        "detector": detector.name,
        "model": detector.model,
        "rules": sorted({zone.rule for zone in camera.zones}),
        "tracks": len(tracks.written),
        "left_out_as_scenery": sorted(tracks.left_out),
        "counts": found.counts(camera.zones),
        "plates": [plate_line(read, tracks.began_at) for read in found.reads],
        "events": found.by_kind(),
        "analysed_in_s": round(spent_s, 2),
        "analysed_fps": round(count / spent_s, 1),
    }
