"""The processes that ``up`` starts: watched, started again when they die, stopped together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from cli.failure import CommandFailure

RESTARTS_A_MINUTE = 5
STOP_WITHIN_S = 10.0
LOG_LIMIT_BYTES = 20_000_000
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask Linux to end this child if ``up`` itself is killed and cannot do it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _open_log(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


@dataclass
class Child:
    """One ``./qala`` command kept alive; its output goes to ``log``."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS_A_MINUTE + 1))

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches ``up`` alone."""
        self.starts.append(time.monotonic())
        with _open_log(self.log) as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", "cli", *self.words],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    def keep_alive(self) -> None:
        """Start it again if it has died; too often within a minute is a failure."""
        if self.process is None or self.process.poll() is None:
            return
        if len(self.starts) > RESTARTS_A_MINUTE and time.monotonic() - self.starts[0] < 60:
            raise CommandFailure(
                f"the {self.name} ended {RESTARTS_A_MINUTE} times within a minute. "
                f"Its last words:\n{self.last_words()}"
            )
        print(
            f"qala: the {self.name} ended ({self.process.returncode}); starting it again",
            file=sys.stderr,
        )
        self.start()

    def last_words(self, lines: int = 6) -> str:
        """The end of its log, for a person."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def ask_to_stop(self) -> None:
        """SIGTERM, if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end until monotonic ``until``, then kill its whole session."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def stop_all(children: Sequence[Child]) -> None:
    """Stop all children within ``STOP_WITHIN_S``."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_WITHIN_S
    for child in children:
        child.wait(until)
