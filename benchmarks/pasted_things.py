"""Things left behind in recordings of real places: a bag is pasted where somebody passes.

Footage of things that were really left lies nowhere beside the project. What can be had is a real
camera's noise, light, compression, people, traffic and missed detections, with drawn things put
into them: each appears where a track of ``analyse`` is just then and stays, behind whoever walks
before it. ``./qala analyse --rule abandoned_object`` then runs over the film as over any other.
The recordings as they are come first: whatever is found in them nobody has left.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.shared import PROJECT, shared
from data_access.domain.watch import WatchedCamera
from data_access.settings import Settings
from detection_worker.boxes import Box, overlap
from detection_worker.evidence.clips import write_pictures
from detection_worker.feeds.file import open_file
from detection_worker.frames import Image

CLIPS = ("pedestrians_pets09.avi", "intersection.mp4")
BRINGERS = {"person", "car", "truck", "bus", "motorcycle"}

OF_ITS_BRINGER = (0.22, 0.4)
"""Heights of things, of the one who passes: a bag, a suitcase; a box beside a car."""

LAST_S, FIRST_S, LEAST_TRACK_S = 22.0, 3.0, 4.0
"""A thing comes when the ground is known and so early that it can be found before the end."""

APART_PX = 60
BEFORE_IT = 38
"""Levels from the empty place at which a pixel shows somebody who is before the thing."""

SAME_THING = 0.2
"""Overlap (IoU) from which a finding is about the thing: masks of small things are coarse."""

Row = tuple[int, int, Box, str]
"""Frame, track, box and class."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is pasted: from which frame (from 1) and second on, and where (xyxy, pixels)."""

    frame: int
    at_s: float
    box: Box


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """What was found, missed and invented, by clip; raises FileNotFoundError without clips."""
    parser = argparse.ArgumentParser(prog="./qala bench pasted-things", description=__doc__)
    parser.add_argument("--clip", action="append", help="of the shared feeds; repeatable")
    parser.add_argument("--things", type=int, default=5, help="in each film")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args(arguments)
    told = {}
    for name in asked.clip or CLIPS:
        with tempfile.TemporaryDirectory(prefix="qala-pasted-") as folder:
            told[Path(name).stem] = _of_clip(shared(f"feeds/{name}"), Path(folder), asked, settings)
    return told


def _of_clip(
    clip: Path, folder: Path, asked: argparse.Namespace, settings: Settings
) -> dict[str, Any]:
    clean = _analysed(clip, folder / "clean", settings)
    rows = list(_rows(folder / "clean" / "tracks.csv"))
    told: dict[str, Any] = {"as_it_is": len(clean)}
    for seed in asked.seeds:
        film = folder / f"{seed}.mp4"
        things = write_film(clip, film, rows, asked.things, np.random.default_rng(seed))
        found = _analysed(film, folder / str(seed), settings)
        told[f"seed {seed}"] = compared(things, found)
    return told


def _analysed(video: Path, out: Path, settings: Settings) -> list[dict[str, Any]]:
    """The events of the command with this rule alone."""
    words = [str(video), "--rule", "abandoned_object", "--out", str(out)]
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "cli", "analyse", *words],
        env=os.environ | {"QALA_MODELS_DIR": str(_models(settings)), "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return [json.loads(line) for line in (out / "events.jsonl").read_text("utf-8").splitlines()]


def _models(settings: Settings) -> Path:
    own = settings.models_dir
    return own if any(own.glob("*.onnx")) else shared("models")


def _rows(tracks: Path) -> Iterator[Row]:
    with tracks.open(encoding="utf-8", newline="") as file:
        for frame, track, x, y, wide, high, _, label, *_ in csv.reader(file):
            left, top = float(x), float(y)
            box = (left, top, left + float(wide), top + float(high))
            yield int(frame), int(track), box, label


def compared(things: Sequence[Thing], events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Things found, events that are about none, and those about one already found."""
    found: dict[Thing, list[float]] = {}
    invented = []
    for event in events:
        box = _around(event["marks"][0]["points"])
        thing = max(things, key=lambda one: overlap(box, one.box), default=None)
        if thing is None or overlap(box, thing.box) < SAME_THING:
            invented.append({"start_s": event["start_s"], "box": box})
        else:
            found.setdefault(thing, []).append(round(event["start_s"] - thing.at_s, 1))
    return {
        "things": len(things),
        "found": len(found),
        "after_s": sorted(times[0] for times in found.values()),
        "told_twice": sum(len(times) - 1 for times in found.values()),
        "invented": invented,
        "missed": [asdict(thing) for thing in things if thing not in found],
    }


def _around(points: Sequence[Sequence[float]]) -> Box:
    x, y = zip(*points, strict=True)
    return (min(x), min(y), max(x), max(y))


def write_film(
    clip: Path, film: Path, rows: Sequence[Row], count: int, chance: np.random.Generator
) -> list[Thing]:
    """The clip with things in it, as H.264; what was pasted."""
    fps, frames = _fps(clip), sum(1 for _ in _frames(clip))
    some = islice(_frames(clip), 0, None, max(1, frames // 60))
    empty = np.median([picture for _, picture in some], axis=0).astype(np.uint8)
    things = list(_placed(rows, count, (fps, frames), empty, chance))
    drawn = [(thing, *_bag(thing, empty, chance)) for thing in things]
    write_pictures(film, _pasted(clip, drawn, empty), fps)
    return things


def _frames(clip: Path) -> Iterator[tuple[float, Image]]:
    """Seconds and pictures with even sides, as H.264 has them."""
    began = None
    for at, picture in open_file(WatchedCamera(1, clip.stem, str(clip)), paced=False).frames():
        began = began or at
        wide, high = (side // 2 * 2 for side in picture.wh)
        yield (at - began).total_seconds(), np.ascontiguousarray(picture.bgr[:high, :wide])


def _fps(clip: Path) -> float:
    pictures = _frames(clip)
    first_s, second_s = next(pictures)[0], next(pictures)[0]
    return 1 / (second_s - first_s)


def _placed(
    rows: Sequence[Row],
    count: int,
    lasts: tuple[float, int],
    empty: Image,
    chance: np.random.Generator,
) -> Iterator[Thing]:
    """Where things are put down: at the feet of tracks drawn by chance, apart from each other."""
    fps, frames = lasts
    by_track = sorted(rows, key=lambda row: (row[1], row[0]))
    tracks = [list(some) for _, some in groupby(by_track, key=lambda row: row[1])]
    tracks = [some for some in tracks if some[0][3] in BRINGERS and len(some) > LEAST_TRACK_S * fps]
    used: list[Box] = []
    for index in chance.permutation(len(tracks)):
        some = tracks[index]
        frame, _, bringer, _ = some[int(chance.integers(len(some) // 4, len(some) * 3 // 4))]
        box = _at_feet(bringer, chance)
        is_in = min(box) >= 2 and box[2] < empty.shape[1] - 2 and box[3] < empty.shape[0] - 2
        is_apart = all(abs(box[0] - o[0]) + abs(box[1] - o[1]) > APART_PX for o in used)
        if FIRST_S * fps < frame < frames - LAST_S * fps and is_in and is_apart:
            used.append(box)
            yield Thing(frame, frame / fps, box)
        if len(used) == count:
            return


def _at_feet(bringer: Box, chance: np.random.Generator) -> Box:
    left, top, right, bottom = bringer
    high = max(8, round((bottom - top) * chance.uniform(*OF_ITS_BRINGER)))
    wide = max(8, round(high * chance.uniform(0.9, 1.5)))
    beside = (right - left) * chance.uniform(-0.4, 0.4)
    x, y = round((left + right - wide) / 2 + beside), round(bottom) - high
    return (x, y, x + wide, y + high)


Drawn = tuple[Thing, npt.NDArray[np.float32], npt.NDArray[np.float32]]


def _bag(thing: Thing, empty: Image, chance: np.random.Generator) -> tuple[Any, Any]:
    """Its colours (h, w, 3) and how much of each pixel it covers (h, w, 1)."""
    left, top, right, bottom = (round(side) for side in thing.box)
    wide, high = right - left, bottom - top
    dull = chance.random() < 0.7
    colour = chance.uniform(20, 120, 3) if dull else chance.uniform(20, 230, 3)
    shades = np.linspace(1.25, 0.75, high, dtype=np.float32)[:, None, None]
    grain = cv2.GaussianBlur(chance.normal(0, 14, (high, wide, 3)).astype(np.float32), (0, 0), 1)
    light = np.clip(empty[top:bottom, left:right].mean() / max(empty.mean(), 1), 0.5, 1.3)
    large = np.zeros((high * 8, wide * 8), np.float32)
    cv2.rectangle(large, (wide, high * 2), (wide * 7, high * 8 - 2), 1, -1)
    handle = (wide * 3, int(high * 1.6))
    cv2.ellipse(large, (wide * 4, high * 2), handle, 0, 180, 360, 1, max(2, wide // 2))
    small = cv2.resize(large, (wide, high), interpolation=cv2.INTER_AREA)
    cover = cv2.GaussianBlur(small, (0, 0), 0.6)[..., None]
    return (np.clip(colour * shades + grain, 0, 255) * light).astype(np.float32), cover


def _pasted(clip: Path, drawn: Sequence[Drawn], empty: Image) -> Iterator[tuple[float, Image]]:
    for number, (at_s, picture) in enumerate(_frames(clip), 1):
        for thing, colours, cover in drawn:
            if number >= thing.frame:
                left, top, right, bottom = (round(side) for side in thing.box)
                room = picture[top:bottom, left:right]
                room[:] = _laid(room, empty[top:bottom, left:right], colours, cover)
        yield at_s, picture


def _laid(room: Image, empty: Image, colours: Any, cover: Any) -> Image:
    """A place with the thing on it, with the camera's own noise, behind who is before it."""
    differs = room.astype(np.float32) - empty
    before = (np.abs(differs).max(axis=2) > BEFORE_IT).astype(np.float32)
    hidden = cv2.GaussianBlur(before, (0, 0), 1.2)[..., None] > 0.45
    with_it = room * (1 - cover) + (colours + 0.6 * differs) * cover
    return np.asarray(np.clip(np.where(hidden, room, with_it), 0, 255), np.uint8)
