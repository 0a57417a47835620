"""What the worker's memory does over an hour: the real process on a PostgreSQL of its own.

A demonstration city is made in a home of its own, and ``./qala worker`` watches its six cameras:
rendered scenes, with recordings from beside the project in the place of some of them where they
are there, so that the model, the plates and the clips are at work, too. The figure is what the
process and its children keep for themselves: their anonymous memory and what they share with
each other. The pages of programs on the disk are not in it: they are shared with whatever else
of Qala runs, so that their share falls and rises by 60 MB as a neighbour starts and ends.
"""

import argparse
import contextlib
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.running import own_worker
from benchmarks.shared import shared
from cli.installation import open_installation
from data_access.settings import Settings, read_settings

FEEDS = (
    "feeds/highway_day.mp4",
    "feeds/intersection.mp4",
    "feeds/pedestrians_pets09.avi",
)
"""Recordings that are shown in place of scenes: cars, a crossroad, people."""

MODEL = "models/yolox_nano.onnx"

SETTLED_S = 600.0
"""Growth is counted from the tenth minute on: by then pre-rolls, caches and models are there."""

AROUND_S = 120.0
"""A level is the median over so long: clips and busy minutes come and go."""

MOST_GROWTH = 0.02
EVERY_S = 5.0

OF_ITS_OWN = re.compile(r"^(Pss_Anon|Pss_Shmem): +(\d+) kB$", re.MULTILINE)
"""proc(5): pages of no file, each counted in full or, where forks share them, in part."""

Sample = tuple[float, float]
"""Seconds since the start, and megabytes."""


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """The levels and the growth; raises FileNotFoundError where feeds are asked for in vain."""
    parser = argparse.ArgumentParser(prog="./qala bench memory", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--feeds", type=int, help="recordings among the six cameras; usually 3")
    parser.add_argument("--home", type=Path, help="keep what it makes here; usually nowhere")
    given = parser.parse_args(arguments)
    feeds = _feeds(given.feeds)
    with contextlib.ExitStack() as kept:
        home = given.home or Path(kept.enter_context(tempfile.TemporaryDirectory("-memory")))
        samples, ended = _watched(home.resolve(), feeds, given.minutes * 60)
    return {"feeds": [path.stem for path in feeds]} | figures(samples) | ended


def figures(samples: Sequence[Sample]) -> dict[str, Any]:
    """The levels over time, and the growth after the tenth minute where it ran so long."""
    last_s = samples[-1][0]
    minutes = {
        f"{minute}": level(samples, minute * 60)
        for minute in range(1, int(last_s // 60) + 1)
        if minute in (1, 2, 5) or minute % 5 == 0
    }
    told: dict[str, Any] = {
        "minutes": round(last_s / 60, 1),
        "mb_at_minute": minutes,
        "most_mb": round(max(mb for _, mb in samples)),
    }
    if last_s < SETTLED_S + 2 * AROUND_S:
        return told | {"note": "growth is counted from the tenth minute on: run it longer"}
    settled, last = level(samples, SETTLED_S), level(samples, last_s - AROUND_S / 2)
    growth = last / settled - 1
    return told | {
        "settled_mb": settled,
        "last_mb": last,
        "growth": round(growth, 4),
        "wanted_growth": MOST_GROWTH,
        "reached": growth <= MOST_GROWTH,
    }


def level(samples: Sequence[Sample], at_s: float) -> float:
    """The median of the two minutes around a time, in megabytes."""
    near = [mb for second, mb in samples if abs(second - at_s) <= AROUND_S / 2]
    return round(statistics.median(near or [samples[-1][1]]), 1)


def _feeds(asked: int | None) -> list[Path]:
    try:
        return [shared(name) for name in FEEDS[:asked]]
    except FileNotFoundError:
        if asked:
            raise
        return []


def _watched(
    home: Path, feeds: Sequence[Path], seconds: float
) -> tuple[list[Sample], dict[str, Any]]:
    settings = read_settings({"QALA_HOME": str(home)})
    with open_installation(settings) as installation:
        installation.fill("kosshy", False, [str(path) for path in feeds])
        told = {**installation.worker_environment(), **_models()}
        with own_worker(told, home) as (process, port):
            samples = list(_samples(process, seconds))
            return samples, _state(port)


def _models() -> dict[str, str]:
    with contextlib.suppress(FileNotFoundError):
        return {"QALA_MODELS_DIR": str(shared(MODEL).parent)}
    return {"QALA_DETECTOR": "motion"}


def _samples(process: subprocess.Popen[bytes], seconds: float) -> Iterator[Sample]:
    began_s = time.monotonic()
    while (now_s := time.monotonic() - began_s) < seconds:
        if process.poll() is not None:
            raise OSError(f"the worker ended with {process.returncode}")
        if now_s > EVERY_S:
            yield now_s, _megabytes(psutil.Process(process.pid))
        time.sleep(EVERY_S)


def _megabytes(process: psutil.Process) -> float:
    """Of a process and its children; where the system does not tell it, what is theirs alone."""
    return sum(own_bytes(one) for one in (process, *process.children(recursive=True))) / 1e6


def own_bytes(process: psutil.Process) -> float:
    """What a process keeps for itself, in bytes; what forks share is counted in part."""
    rollup = Path(f"/proc/{process.pid}/smaps_rollup")
    if not rollup.is_file():
        return float(process.memory_full_info().uss)
    told = dict(OF_ITS_OWN.findall(rollup.read_text("ascii")))
    return sum(float(kilobytes) for kilobytes in told.values()) * 1024


def _state(port: int) -> dict[str, Any]:
    """What it was doing, so that a flat line is not that of a worker without pictures."""
    health = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=10, trust_env=False).json()
    told = ("cameras", "live", "detector", "analysed_share", "troubles")
    return {name: health.get(name) for name in told}
