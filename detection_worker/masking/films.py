"""Masks a clip: one pass to look, one to hide, with the times of the frames kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import av
import numpy as np

from data_access.domain.words import N_
from detection_worker.errors import WorkerError
from detection_worker.evidence.clips import write_pictures
from detection_worker.frames import Image
from detection_worker.masking.boxes import Boxes
from detection_worker.masking.chains import Chains
from detection_worker.masking.mosaic import mask
from detection_worker.masking.parts import find_in_parts

FACES_EVERY_S, TEXTS_EVERY_S = 0.08, 0.25
"""How often a clip is looked at for each: chains fill what lies between. A walker's face moves
by a third of its size in 0.08 s; a line of text costs three times as much to find."""

CANNOT = N_("A file of this event cannot be masked: it is damaged or gone. Verify the evidence.")


class Unreadable(WorkerError):
    """A file of evidence that is to be masked is no picture and no film any more."""


class Finder(Protocol):
    """Finds boxes to hide in a picture."""

    def find(self, image: Image) -> Boxes:
        """The boxes in its pixels."""
        ...


@dataclass(frozen=True, slots=True)
class Masked:
    """How many faces and lines of text were hidden; in a clip each counts once."""

    faces: int
    texts: int


def mask_picture(image: Image, faces: Finder, texts: Finder) -> Masked:
    """Hide faces and texts in ``image`` itself."""
    found, lines = faces.find(image), find_in_parts(texts.find, image)
    mask(image, found, lines)
    return Masked(len(found), len(lines))


def mask_film(source: Path, target: Path, faces: Finder, texts: Finder) -> Masked:
    """Write ``source`` with faces and texts hidden; raises OSError where it cannot be."""
    found, lines, at_s = Chains(), Chains(), -1.0
    next_face = next_text = 0.0
    for at_s, image in _pictures(source):
        if at_s >= next_face:
            found.add(at_s, faces.find(image))
            next_face = at_s + FACES_EVERY_S
        if at_s >= next_text:
            lines.add(at_s, texts.find(image))
            next_text = at_s + TEXTS_EVERY_S
    if at_s < 0:
        raise Unreadable(CANNOT)
    write_pictures(target, _hidden(source, found, lines))
    return Masked(len(found), len(lines))


def _hidden(source: Path, faces: Chains, texts: Chains) -> Iterator[tuple[float, Image]]:
    for at_s, image in _pictures(source):
        mask(image, faces.at(at_s), texts.at(at_s))
        yield at_s, image


def _pictures(source: Path) -> Iterator[tuple[float, Image]]:
    """The pictures of a film with their times in seconds from its beginning."""
    try:
        with av.open(str(source)) as container:
            for frame in container.decode(video=0):
                yield float(frame.time or 0.0), frame.to_ndarray(format="bgr24").astype(np.uint8)
    except av.error.FFmpegError as error:
        raise Unreadable(CANNOT) from error
