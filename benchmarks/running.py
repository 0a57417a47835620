"""``./qala up`` as a person starts it: a real process with a home of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.free_ports import free_port

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 400.0


@dataclass(frozen=True)
class City:
    """A Qala that is up."""

    process: subprocess.Popen[str]
    home: Path
    address: str
    worker_port: int
    said: str
    passwords: dict[str, str]

    def stop(self, number: int = signal.SIGINT, within_s: float = 90) -> int:
        self.process.send_signal(number)
        return self.process.wait(within_s)

    def last_words(self) -> str:
        """What it said after it was up; ask when it has ended."""
        return self.process.stdout.read() if self.process.stdout is not None else ""


def _environment(home: Path, more: dict[str, str]) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QALA_")}
    return kept | {"QALA_HOME": str(home), "PYTHONUNBUFFERED": "1"} | more


def _read_until_up(process: subprocess.Popen[str]) -> str:
    """What it says until the sign-in list is complete; its end is a failure with its words."""
    assert process.stdout is not None
    said: list[str] = []
    until = time.monotonic() + READY_WITHIN_S
    for line in process.stdout:
        said.append(line)
        if "Stop: Ctrl-C" in line:
            return "".join(said)
        assert time.monotonic() < until, "".join(said)
    raise AssertionError(f"./qala up ended with {process.wait()}:\n{''.join(said)}")


def _passwords(said: str) -> dict[str, str]:
    return dict(re.findall(r"^  ([\w.-]+) +(\S+)  ", said, re.M))


@contextmanager
def city_up(home: Path, *words: str, **environment: str) -> Iterator[City]:
    """Start it, hand it over when it is ready, stop it whatever happens."""
    port, worker_port = free_port(), free_port()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [ROOT / "qala", "up", "--port", str(port), "--worker-port", str(worker_port), *words],
        env=_environment(home, environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said = _read_until_up(process)
        yield City(process, home, f"http://127.0.0.1:{port}", worker_port, said, _passwords(said))
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(90)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def own_worker(
    environment: Mapping[str, str], home: Path, *words: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """``./qala worker`` as a process of its own, and its port; what it says is in ``home``."""
    port = free_port()
    with (home / "worker.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "cli", "worker", "--port", str(port), *words],
            env=_environment(home, dict(environment)),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait(30)
