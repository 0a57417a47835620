"""One process of the worker, kept running."""

import contextlib
import logging
import os
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence

from detection_worker.cores import VARIABLE
from detection_worker.processes.share import line_of

RESTARTS_A_MINUTE = 5
MINUTE_S = 60.0

_log = logging.getLogger(__name__)

Command = Callable[[int, int], Sequence[str]]
"""Python's words that start process ``number`` (from 0) on an inherited socket's file number."""


class Child:
    """A process that is started again when it dies, at most five times a minute.

    It uses ``cores`` processors: without that each process would take all of them.
    Its port is a socket of this process, so that its address is known before it runs, and stays
    when it is started again.
    """

    def __init__(
        self,
        number: int,
        name: str,
        command: Command,
        cores: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.number, self.name, self.restarts = number, name, 0
        self._command, self._cores, self._clock = command, cores, clock
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self._lately: deque[float] = deque(maxlen=RESTARTS_A_MINUTE)
        self._told: frozenset[int] = frozenset()
        self.dies_too_often = False

    @property
    def runs(self) -> bool:
        """Whether it runs now."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The number of its process."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start it, and tell it its cameras."""
        number = self._socket.fileno()
        words = [sys.executable, *self._command(self.number, number)]
        # A session of its own: Ctrl-C reaches the process in front alone, which stops this one.
        self._process = subprocess.Popen(  # noqa: S603
            words,
            env={**os.environ, VARIABLE: str(self._cores)},
            stdin=subprocess.PIPE,
            pass_fds=(number,),
            start_new_session=True,
        )
        self._say()

    def keep_alive(self) -> None:
        """Start it again if it has died and has not died too often within the last minute."""
        if self.runs:
            self.dies_too_often = self.dies_too_often and self._spent()
            return
        if self._spent():
            self._say_once()
            return
        self._lately.append(self._clock())
        self.restarts += 1
        _log.warning("%s has ended (%s): it is started again", self.name, self._code())
        self._let_go()
        self.start()

    def tell(self, cameras: Collection[int]) -> None:
        """Let it watch these cameras and no others."""
        if frozenset(cameras) != self._told:
            self._told = frozenset(cameras)
            self._say()

    def ask_to_stop(self) -> None:
        """SIGTERM, if it runs."""
        if self._process is not None and self.runs:
            self._process.terminate()

    def stop(self, within_s: float) -> None:
        """Wait for its end, and end it where it does not."""
        if self._process is None:
            return
        try:
            self._process.wait(max(within_s, 0.1))
        except subprocess.TimeoutExpired:
            _log.error("%s does not stop: it is killed", self.name)
            self._process.kill()
            self._process.wait()
        self._let_go()
        self._socket.close()

    def _spent(self) -> bool:
        full = len(self._lately) == RESTARTS_A_MINUTE
        return full and self._clock() - self._lately[0] < MINUTE_S

    def _say_once(self) -> None:
        if not self.dies_too_often:
            _log.error("%s ended %d times within a minute", self.name, RESTARTS_A_MINUTE + 1)
        self.dies_too_often = True

    def _say(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it has died: the next one is told
                self._process.stdin.write(line_of(self._told))
                self._process.stdin.flush()

    def _code(self) -> int | None:
        return self._process.returncode if self._process is not None else None

    def _let_go(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
