"""All tracks of a recording, kept small until it is over: 48 bytes for each sight of a thing."""

from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from detection_worker.detection.detections import Detections
from detection_worker.tracking.finishing import COLUMNS, Look, Strand, finished, not_taken
from detection_worker.tracking.tracks import Track


class KeptTracks:
    """Takes the analysed frames of one camera in their order, and gives back finished tracks."""

    def __init__(self) -> None:
        self._sights: defaultdict[int, array[float]] = defaultdict(lambda: array("d"))
        self._labels: dict[int, str] = {}
        self._looks: list[Look] = []

    @property
    def ids(self) -> set[int]:
        """The tracks so far."""
        return set(self._labels)

    def add(self, number: int, at_s: float, found: Detections, tracks: Sequence[Track]) -> None:
        """Keep a frame: its number, its time, what the detector found and what became of it."""
        left_over = not_taken(found, [track.box_xyxy for track in tracks])
        self._looks.append(Look(number, at_s, left_over))
        for track in tracks:
            self._labels[track.id] = track.label
            self._sights[track.id].extend((number, *track.box_xyxy, track.confidence))

    def finished(self) -> list[Strand]:
        """The tracks, finished; each has the class that it had at last."""
        strands = [
            Strand(number, self._labels[number], np.array(sights).reshape(-1, COLUMNS))
            for number, sights in self._sights.items()
        ]
        return finished(strands, self._looks)
