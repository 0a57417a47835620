"""Pictures that are drawn on this machine in place of a camera's: rendered scenes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from detection_worker.frames import Image, Picture, PlainPicture


class Drawing(Protocol):
    """What draws; it need not know the worker."""

    live: bool

    def frames(self) -> Iterator[tuple[datetime, Image]]:
        """Pictures, each a new one, and the moment (aware UTC) that each shows."""
        ...

    def close(self) -> None:
        """Let ``frames`` end soon; from any thread."""
        ...


class DrawnFeed:
    """A feed of what ``drawing`` draws."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self.live = drawing.live

    def close(self) -> None:
        """Let ``frames`` end soon; from any thread."""
        self._drawing.close()

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        """Pictures and the moment that each shows."""
        for at, image in self._drawing.frames():
            yield at, PlainPicture(image)
