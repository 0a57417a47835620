"""Run all checks and tests: style, types, architecture, units, PostgreSQL, browser, acceptance."""

import argparse
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
    _require("tests", ["pytest", "-n", "2", "--dist", "loadgroup", *_selection(arguments)])
    return 0


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
