"""All tracks of a recording, kept small until it is over: 96 bytes for each sight of a thing."""

from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from detection_worker.detection.detections import Detections
from detection_worker.frames import Picture
from detection_worker.tracking import clothes
from detection_worker.tracking.finishing import finished
from detection_worker.tracking.relinking import Names, relinked
from detection_worker.tracking.strands import (
    COLUMNS,
    NUMBER,
    Floats,
    Look,
    Recording,
    Strand,
    not_taken,
)
from detection_worker.tracking.tracks import Track


class KeptTracks:
    """Takes the analysed frames of one camera in their order, and gives back finished tracks.

    Then ``left_out`` has the numbers of those that were scenery.
    """

    def __init__(self) -> None:
        self._sights: defaultdict[int, array[float]] = defaultdict(lambda: array("d"))
        self._worn: defaultdict[int, array[float]] = defaultdict(lambda: array("f"))
        self._labels: dict[int, str] = {}
        self._looks: list[Look] = []
        self._names: Names = {}
        self.left_out: set[int] = set()

    def add(
        self,
        number: int,
        at_s: float,
        found: Detections,
        tracks: Sequence[Track],
        picture: Picture | None = None,
    ) -> None:
        """Keep a frame: its number, its time, what the detector found and what became of it.

        Without its picture nobody is told by what they wear.
        """
        left_over = not_taken(found, [track.box_xyxy for track in tracks])
        self._looks.append(Look(number, at_s, left_over))
        for track in tracks:
            self._labels[track.id] = track.label
            self._sights[track.id].extend((number, *track.box_xyxy, track.confidence))
            self._worn[track.id].extend(_worn(track, picture))

    def finished(self) -> list[Strand]:
        """The tracks, finished; each has the class that it had at last."""
        strands = [
            Strand(number, self._labels[number], np.array(sights).reshape(-1, COLUMNS))
            for number, sights in self._sights.items()
        ]
        worn: dict[int, Floats] = {
            number: np.array(looks, np.float64).reshape(-1, clothes.NUMBERS)
            for number, looks in self._worn.items()
        }
        people, self._names = relinked(strands, worn, Recording(self._looks))
        kept = finished(people, self._looks)
        self.left_out = {one.id for one in people} - {one.id for one in kept}
        return kept

    def name_at(self, track_id: int, at_s: float) -> int:
        """The number that a track has among the finished ones, at that time of its life."""
        seen = np.array(self._sights.get(track_id, array("d"))).reshape(-1, COLUMNS)[:, NUMBER]
        if not len(seen):
            return track_id
        away_s = np.abs(Recording(self._looks).at_s(seen) - at_s)
        return self._names.get((track_id, int(seen[np.argmin(away_s)])), track_id)


def _worn(track: Track, picture: Picture | None) -> Sequence[float]:
    if picture is None or not track.is_person:
        return [float("nan")] * clothes.NUMBERS
    (looks,) = clothes.worn(picture.bgr, [track.box_xyxy]).tolist()
    return list(looks)
