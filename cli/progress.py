"""How far a long command is, on the terminal's error stream."""

import sys
import time
from typing import TextIO

TERMINAL_EVERY_S, LOG_EVERY_S = 0.5, 15.0
"""A terminal's line is written over and over; a log gets a line now and then."""


class Progress:
    """Counts frames; ``show`` may be called for each, and writes seldom."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._over = stream.isatty()
        self._began_s = self._shown_s = time.monotonic()

    @property
    def spent_s(self) -> float:
        """Time since the beginning."""
        return time.monotonic() - self._began_s

    def show(self, count: int) -> None:
        """Say how many frames are done and how fast it goes, if it is time to."""
        now_s = time.monotonic()
        if now_s - self._shown_s >= (TERMINAL_EVERY_S if self._over else LOG_EVERY_S):
            self._shown_s = now_s
            self._write(f"frames: {count}, {count / max(self.spent_s, 1e-3):.0f} a second")

    def end(self, words: str) -> None:
        """The last line."""
        self._write(words)
        if self._over:
            print(file=self._stream)

    def _write(self, words: str) -> None:
        if self._over:
            print(f"\r\x1b[K{words}", end="", file=self._stream, flush=True)
        else:
            print(words, file=self._stream, flush=True)


def say(text: str) -> None:
    """One line to the person who started the command, at once."""
    print(f"qala: {text}", file=sys.stderr, flush=True)
