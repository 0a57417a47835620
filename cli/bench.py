"""Measure a claim of speed or accuracy; prints JSON."""

import argparse
import importlib
import json
import os
import platform
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import BENCHMARKS
from cli.failure import CommandFailure
from data_access.errors import DataAccessError
from data_access.settings import Settings
from detection_worker.errors import WorkerError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("name", choices=BENCHMARKS, metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("options", nargs=argparse.REMAINDER, help="the benchmark's own")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run one benchmark and print what it found, with where and when."""
    module = importlib.import_module(BENCHMARKS[arguments.name])
    words = ["./qala", "bench", arguments.name, *arguments.options]
    about = {
        "benchmark": arguments.name,
        "command": shlex.join(words),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": _machine(),
    }
    try:
        figures = module.measure(arguments.options, settings)
    except (WorkerError, DataAccessError, OSError) as error:
        raise CommandFailure(f"The benchmark {arguments.name} could not run: {error}") from error
    print(json.dumps(about | figures, ensure_ascii=False, indent=2))
    return 0


def _machine() -> dict[str, Any]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """Its name; Linux tells it in /proc only."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(errors="replace").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
