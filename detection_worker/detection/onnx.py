"""The `onnx` detector: ONNX Runtime alone, for YOLO and YOLOX heads of any size and classes."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from detection_worker.cores import usable_cores
from detection_worker.detection.detections import Detections
from detection_worker.detection.families import suppression_groups
from detection_worker.detection.heads import Raw
from detection_worker.detection.letterbox import Fit, InputFormat, Letterbox
from detection_worker.detection.onnx_model import OpenedModel, on_processor, open_model_file
from detection_worker.detection.suppression import LEAST_CONFIDENCE, OVERLAP_LIMIT, suppress
from detection_worker.frames import Image

MOST_LETTERBOXES = 8
"""Inputs that a thread keeps for pictures of different shapes."""

MOST_TWICE_BYTES = 64_000_000
"""A file of up to this size is kept in memory twice, the second time for pictures that come alone:
YOLO26n has 10 MB, YOLO26m 80."""


@dataclass(frozen=True, slots=True)
class _Share:
    """Pictures of one shape that go through the model together, with their places in the order."""

    format: InputFormat
    places: list[int]


class OnnxDetector:
    """Runs an ONNX file; its head, its input and its classes are read from the file.

    ``threads`` pictures are looked at side by side, each by one core: on two cores that gives
    a third more pictures a second than both cores on one picture. A picture that comes alone
    is looked at by all of them: it is there in two thirds of the time. Raises ModelError for a
    file that is corrupt, has no known head, or whose classes have no names.
    """

    name = "onnx"
    remembers = False

    def __init__(self, path: Path, threads: int | None = None) -> None:
        self.model = path.stem
        self.threads = threads or usable_cores()
        self.opened: OpenedModel = open_model_file(path)
        self.for_one: OpenedModel = self.opened
        if self.threads > 1 and on_processor() and path.stat().st_size <= MOST_TWICE_BYTES:
            self.for_one = open_model_file(path, self.threads)
        self.labels = self.opened.labels
        self._groups = np.array(suppression_groups(self.labels))
        self._pool = ThreadPoolExecutor(self.threads, "onnx") if self.threads > 1 else None
        self._own = threading.local()
        self._most_px = 0

    def look_closer(self, most_px: int) -> None:
        """From now on look at pictures of about ``most_px`` pixels, where the model allows it.

        It finds smaller things for more time; the model's own size is the least.
        """
        self._most_px = most_px

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        """One result an image; many images are shared out over the threads."""
        shares = self._shares(images)
        looked = [[images[place] for place in share.places] for share in shares]
        if self._pool is None or len(shares) == 1:
            results = list(map(partial(self._look, self.for_one), shares, looked))
        else:
            results = list(self._pool.map(partial(self._look, self.opened), shares, looked))
        found = [Detections.none()] * len(images)
        for share, result in zip(shares, results, strict=True):
            for place, detections in zip(share.places, result, strict=True):
                found[place] = detections
        return found

    def forget(self, camera_id: int) -> None:
        """Nothing is remembered of a camera."""

    def _shares(self, images: Sequence[Image]) -> list[_Share]:
        """The images by the shape of their input, as many together as the model and threads ask."""
        alike: dict[tuple[int, int], _Share] = {}
        for place, image in enumerate(images):
            format = self.opened.format_for(image, self._most_px)
            alike.setdefault(format.wh, _Share(format, [])).places.append(place)
        size = self.opened.format.batch or max(1, -(-len(images) // self.threads))
        return [
            _Share(share.format, share.places[start : start + size])
            for share in alike.values()
            for start in range(0, len(share.places), size)
        ]

    def _look(
        self, opened: OpenedModel, share: _Share, images: Sequence[Image]
    ) -> list[Detections]:
        letterbox = self._letterbox(share.format, self.opened.format.batch or len(images))
        fits = [letterbox.put(index, image) for index, image in enumerate(images)]
        output = opened.run(letterbox.tensor)
        return [self._read(output[index], fit, share.format) for index, fit in enumerate(fits)]

    def _letterbox(self, format: InputFormat, batch: int) -> Letterbox:
        """This thread's own, kept from picture to picture."""
        kept: dict[Any, Letterbox] = self._own.__dict__.setdefault("letterboxes", {})
        key = (format.wh, batch)
        if key not in kept:
            if len(kept) >= MOST_LETTERBOXES:
                kept.clear()
            kept[key] = Letterbox(format, batch)
        return kept[key]

    def _read(self, output: npt.NDArray[Any], fit: Fit, format: InputFormat) -> Detections:
        head = self.opened.head
        with np.errstate(all="ignore"):  # a half-precision model overflows to what is no number
            raw = _possible(head.decode(output, LEAST_CONFIDENCE, format.wh))
        if head.needs_suppression:
            kept = suppress(raw.xyxy, raw.confidence, self._groups[raw.classes], OVERLAP_LIMIT)
            raw = Raw(raw.xyxy[kept], raw.confidence[kept], raw.classes[kept])
        labels = tuple(self._label(index) for index in raw.classes.tolist())
        return Detections(fit.back(raw.xyxy), np.clip(raw.confidence, 0, 1), labels)

    def _label(self, index: int) -> str:
        """Its name; its number where an end-to-end model knows more classes than it has names."""
        return self.labels[index] if index < len(self.labels) else str(index)


def _possible(raw: Raw) -> Raw:
    """Without boxes that are no numbers, enclose nothing, or are of no class."""
    left, top, right, bottom = raw.xyxy.T
    real = np.isfinite(raw.xyxy).all(axis=1) & np.isfinite(raw.confidence)
    good = real & (left < right) & (top < bottom) & (raw.classes >= 0)
    return raw if good.all() else Raw(raw.xyxy[good], raw.confidence[good], raw.classes[good])
