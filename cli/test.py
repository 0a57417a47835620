"""Run all checks and tests: style, types, architecture, units, PostgreSQL, browser, acceptance."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from cli.failure import CommandFailure
from data_access.settings import Settings

ROOT = Path(__file__).resolve().parent.parent

RECORD = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
"""Where pytest notes which tests failed; an older run's note must not speak for this one."""

MOST_BUSY = 3
"""More failures than these are no accident of a busy machine."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``test`` understands."""
    parser.add_argument("--quick", action="store_true", help="without browser and acceptance tests")
    parser.add_argument("pytest", nargs=argparse.REMAINDER, help="words handed to pytest")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run everything in turn; the first failure ends it."""
    del settings  # tests make homes of their own
    _require("style", ["ruff", "check", "."])
    _require("format", ["ruff", "format", "--check", "."])
    _require("types", ["mypy"])
    _require("architecture", ["lint-imports"])
    if not arguments.quick:
        _install_chromium()
    together = ["pytest", "-n", "2", "--dist", "loadgroup", *_selection(arguments)]
    RECORD.unlink(missing_ok=True)
    try:
        _require("tests", together)
    except CommandFailure:
        _once_more_alone(_failed(RECORD))
    return 0


def _failed(record: Path) -> list[str]:
    return sorted(json.loads(record.read_text())) if record.exists() else []


def _once_more_alone(failed: Sequence[str]) -> None:
    """A few tests that measure time may fail on a busy machine: each must pass alone, and is named.

    Raises:
        CommandFailure: there are more than ``MOST_BUSY``, none is known, or one fails alone too.
    """
    if not 0 < len(failed) <= MOST_BUSY:
        raise CommandFailure("tests failed; the lines above say where")
    _require("tests once more, alone", ["pytest", *failed])
    print("qala: these failed beside others and passed alone; look at them:", *failed, sep="\n  ")


def _selection(arguments: argparse.Namespace) -> list[str]:
    quick = ["-m", "not browser and not acceptance"] if arguments.quick else []
    return [*quick, *(word for word in arguments.pytest if word != "--")]


def _require(title: str, words: Sequence[str]) -> None:
    print(f"qala: {title}: {' '.join(words)}", flush=True)
    started = time.monotonic()
    program = Path(sys.executable).parent / words[0]
    ended = subprocess.run([program, *words[1:]], cwd=ROOT, env=_environment(), check=False)  # noqa: S603
    if ended.returncode != 0:
        raise CommandFailure(f"{title} failed; the lines above say where")
    print(f"qala: {title}: {time.monotonic() - started:.0f} s", flush=True)


def _environment() -> dict[str, str]:
    """The person's own settings must not leak into the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QALA_")}
    shared = os.environ.get("QALA_SHARED")
    return kept | ({"QALA_SHARED": shared} if shared else {})


def _install_chromium() -> None:
    """Install Debian's Chromium where we may; else the browser tests say that they are skipped."""
    if shutil.which("chromium") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("qala: installing chromium for the browser tests", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "-y", "install", "chromium"]):
        subprocess.run(words, env=quiet, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
