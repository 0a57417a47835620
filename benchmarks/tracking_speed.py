"""The whole command ``analyse`` on one core: see ``benchmarks.tracking``."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.shared import PROJECT, shared

CLIP = "feeds/pedestrians_pets09.avi"
FRAMES = 795

ROUNDS = 2
"""The better one counts: the first may have to read the model and the clip from the disk."""


def one_core(model: Path) -> dict[str, Any]:
    """Frames a second, of the clock and of the processor's own time; its start is included."""
    spent = [_round(model) for _ in range(ROUNDS)]
    return {
        "clip": CLIP,
        "frames": FRAMES,
        "fps": round(FRAMES / min(wall_s for wall_s, _ in spent), 1),
        "frames_a_cpu_second": round(FRAMES / min(cpu_s for _, cpu_s in spent), 1),
        "load": round(os.getloadavg()[0], 1),
    }


def _round(model: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder, _held_to_one_core():
        words = [str(shared(CLIP)), "--models", str(model.parent), "--out", f"{folder}/out"]
        before, began = _children_s(), perf_counter()
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "cli", "analyse", *words],
            env=os.environ | {"QALA_HOME": folder, "PYTHONPATH": str(PROJECT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        return perf_counter() - began, _children_s() - before


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _held_to_one_core() -> Iterator[None]:
    """Processes started now have the first of our cores; elsewhere than on Linux, all of them."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(ours)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, ours)
