"""ByteTrack for one camera: detections over time become tracks."""

import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import supervision
from trackers import ByteTrackTracker

from detection_worker.detection.detections import Detections
from detection_worker.detection.families import PERSON, TWO_WHEELER, VEHICLE, family_of
from detection_worker.tracking.heirs import Lost, heir_of
from detection_worker.tracking.paths import Paths
from detection_worker.tracking.tracks import Track, TrackPoint

REFERENCE_FPS = 6.0
"""The rate in which the Kalman filter's noise is expressed; real steps come from capture times.

The filter adds ByteTrack's noise of one step so often a second, and more for a longer step with
its fourth power: at 25 a camera of seven frames a second was believed to know nothing of where
people go, and they changed identities twice as often as with 4 to 8 (``bench tracking``).
"""


HAVE_HEIRS = frozenset({VEHICLE, TWO_WHEELER})
"""Families of things that go on as they went: people turn where they like."""

STEP_WEIGHT = 0.1
"""Weight of the newest step in the usual one: about the last ten frames."""

PERSON_STEPS_S, OTHER_STEPS_S, MOST_MARGIN = (0.12, 0.2), (0.04, 0.12), 0.3
"""Steps between frames up to which boxes are compared as they are, and from which on each has a
margin of ``MOST_MARGIN`` of its size around it: at five frames a second a walker's narrow box leaps
aside by half of itself when the camera shakes; a car at 50 km/h has left its own box by then, and
the shape of its box changes as fast when it turns (buffered IoU: Yang et al., C-BIoU, WACV 2023,
use 0.3–0.5)."""


@dataclass(frozen=True, slots=True)
class TrackerParams:
    """ByteTrack's thresholds, chosen with ``bench tracking`` on clips that are not its test.

    ``activation`` begins a track, ``high`` takes part in the first association, and
    ``least_overlap`` (IoU) matches: from 0.3 on cars were lost at five frames a second, at 0.15
    tracks leapt twice as often. ``lost_s`` is how long a track may be unseen. All are broad
    optima: 0.05 aside the figures of the rendered squares change by less than 0.01.
    """

    activation: float = 0.55
    high: float = 0.40
    least_overlap: float = 0.20
    lost_s: float = 1.5
    confirm_frames: int = 2


class CameraTracker:
    """Gives the things of one camera ids of their own, from 1, never used twice.

    Each family of classes has its own ByteTrack, so that a rider and the bicycle below him
    keep their ids. Time comes from the capture times: a missing second is a second to the
    filter, at 5 frames a second as at 30. A clock that goes back counts as one ordinary step.
    """

    def __init__(self, params: TrackerParams | None = None) -> None:
        self._params = params or TrackerParams()
        self._trackers: dict[str, ByteTrackTracker] = {}
        self._ids: dict[tuple[str, int], int] = {}
        self._next_id = 1
        self._paths = Paths(timedelta(seconds=self._params.lost_s * 2))
        self._clock_s = 0.0
        self._usual_step_s = 0.0
        self._last_at: datetime | None = None

    def update(
        self, at: datetime, detections: Detections, standing_m: npt.NDArray[np.float64]
    ) -> tuple[Track, ...]:
        """The tracks seen in this frame; ``standing_m`` (N, 2) is where each detection stands."""
        self._advance(at)
        tracks = []
        for track_id, index in self._matched(at, detections):
            path = self._paths.of(track_id)
            box, confidence = (
                detections.xyxy_px[index].tolist(),
                float(detections.confidence[index]),
            )
            path.extend(_point(at, box, standing_m[index]), detections.labels[index], confidence)
            tracks.append(Track(track_id, path.label(), confidence, tuple(box), path.points()))
        self._forget(at)
        return tuple(sorted(tracks, key=lambda track: track.id))

    def restart(self) -> None:
        """Forget all tracks, because the picture's size has changed; ids go on."""
        self._trackers.clear()
        self._ids.clear()
        self._paths = Paths(timedelta(seconds=self._params.lost_s * 2))

    def _advance(self, at: datetime) -> None:
        """The filter's own clock, which never stands still and never goes back."""
        step_s = (at - self._last_at).total_seconds() if self._last_at is not None else 0.0
        self._clock_s += step_s if step_s > 0 else 1 / REFERENCE_FPS
        if 0 < step_s <= self._params.lost_s:
            usual_s = self._usual_step_s or step_s
            self._usual_step_s = usual_s + STEP_WEIGHT * (step_s - usual_s)
        self._last_at = at

    def _matched(self, at: datetime, detections: Detections) -> Iterator[tuple[int, int]]:
        """Track ids with the indices of their detections, over all families."""
        members: dict[str, list[int]] = {family: [] for family in self._trackers}
        for index, label in enumerate(detections.labels):
            members.setdefault(family_of(label), []).append(index)
        for family, indices in members.items():
            pairs = self._matched_in(family, np.array(indices, np.intp), detections)
            self._name(family, pairs, at, detections)
            yield from ((self._ids[family, number], index) for number, index in pairs)

    def _matched_in(
        self, family: str, indices: npt.NDArray[np.intp], detections: Detections
    ) -> list[tuple[int, int]]:
        """The numbers of the family's own tracker with the indices of their detections."""
        if family not in self._trackers:
            self._trackers[family] = _byte_track(self._params)
        given = supervision.Detections(
            xyxy=_with_margin(detections.xyxy_px[indices], _margin(family, self._usual_step_s)),
            confidence=detections.confidence[indices],
            class_id=indices,  # the tracker reorders; this brings each back to its detection
        )
        seen = self._trackers[family].update(given, timestamp=self._clock_s)
        return [(number, index) for number, index in _pairs(seen) if number >= 0]

    def _name(
        self, family: str, pairs: Sequence[tuple[int, int]], at: datetime, found: Detections
    ) -> None:
        """Give ids to the tracker's new numbers: a lost vehicle's own one, or the next."""
        seen = {self._ids[family, n] for n, _ in pairs if (family, n) in self._ids}
        for number, index in pairs:
            if (family, number) in self._ids:
                continue
            lost = self._lost(family, seen) if family in HAVE_HEIRS else ()
            left, top, right, bottom = found.xyxy_px[index].tolist()
            heir = heir_of(lost, at, (left, top, right, bottom))
            if heir is None:
                heir, self._next_id = self._next_id, self._next_id + 1
            self._ids = {key: one for key, one in self._ids.items() if one != heir}
            self._ids[family, number] = heir
            seen.add(heir)

    def _lost(self, family: str, seen: Set[int]) -> Iterator[Lost]:
        """The family's tracks that are remembered and are not in this picture."""
        for (own, _), number in self._ids.items():
            if own == family and number not in seen and number in self._paths:
                yield Lost(number, self._paths.of(number).points())

    def _forget(self, now: datetime) -> None:
        self._paths.forget_unseen(now)
        if len(self._ids) > 2 * len(self._paths) + 50:
            self._ids = {key: number for key, number in self._ids.items() if number in self._paths}


def _point(at: datetime, box: list[float], standing_m: npt.NDArray[np.float64]) -> TrackPoint:
    """Where a box stands: its bottom centre, and its place on the ground where that is known."""
    x_m, y_m = standing_m.tolist()
    known = math.isfinite(x_m) and math.isfinite(y_m)
    left, top, right, bottom = box
    return TrackPoint(
        at,
        (left + right) / 2,
        bottom,
        x_m if known else None,
        y_m if known else None,
        (left, top, right, bottom),
    )


def _margin(family: str, step_s: float) -> float:
    """The margin around the boxes of a family, in their sizes, at this step between frames."""
    fast_s, slow_s = PERSON_STEPS_S if family == PERSON else OTHER_STEPS_S
    return MOST_MARGIN * min(max((step_s - fast_s) / (slow_s - fast_s), 0.0), 1.0)


def _with_margin(boxes: npt.NDArray[np.float32], margin: float) -> npt.NDArray[np.float32]:
    """The boxes (N, 4) as they are compared."""
    if not margin or not len(boxes):
        return boxes
    sizes = np.sqrt((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])) * margin
    grown = boxes + sizes[:, None] * np.array([-1, -1, 1, 1])
    return np.asarray(grown, np.float32)


def _pairs(seen: supervision.Detections) -> list[tuple[int, int]]:
    """The tracker's numbers with the indices that went in as classes."""
    if seen.tracker_id is None or seen.class_id is None:
        return []
    return list(zip(seen.tracker_id.tolist(), seen.class_id.tolist(), strict=True))


def _byte_track(params: TrackerParams) -> ByteTrackTracker:
    return ByteTrackTracker(
        lost_track_buffer=round(params.lost_s * 30),  # it counts in frames of 1/30 s
        frame_rate=REFERENCE_FPS,
        track_activation_threshold=params.activation,
        minimum_consecutive_frames=params.confirm_frames,
        minimum_iou_threshold=params.least_overlap,
        high_conf_det_threshold=params.high,
    )
