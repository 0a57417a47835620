"""The watcher ``fills``: how much of a container's zone looks other than when it was empty.

The zone is cut into cells; each is compared by the directions of its edges, which light does
not change. A cell counts only when most pictures of the last half minute agree, and pictures in
which somebody stands in the zone, or in which there is too little light, say nothing at all.
"""

import base64
import binascii
from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta

import cv2
import numpy as np
import numpy.typing as npt

from data_access.domain.watch import WatchedCamera, Zone
from detection_worker.boxes import Box, overlap
from detection_worker.errors import RuleError
from detection_worker.frames import Frame, Image
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Fill, Scene

Grey = npt.NDArray[np.uint8]
Cells = npt.NDArray[np.bool_]

RULE = "overflowing_container"
SIDE_PX = 96
"""Longer side of the zone's picture: a bottle of 30 cm is 10 px of a container 3 m wide."""

CELL_PX = 8
LOOK_EVERY = timedelta(seconds=2)
PICTURES = 15
"""Pictures of half a minute: a cell has changed when most of them say so."""

ALIKE = 0.45
"""Correlation of a cell's edges with the reference from which it is the same; noise and
compression leave 0.7, other things under 0.3."""

LEAST_EDGE = 5.0
"""Mean gradient (levels a pixel) below which a cell is bare wall or ground."""

LEAST_LIGHT = 35.0
"""Mean brightness below which the zone cannot be judged: night without a lamp."""


class FillsWatcher:
    """Looks every two seconds at the zones of the rule ``overflowing_container``."""

    def __init__(self) -> None:
        self._zones: dict[int, _Container] = {}
        self._looked_at: datetime | None = None
        self._fills: dict[int, Fill] = {}

    def follow(self, camera: WatchedCamera) -> None:
        """Take over the zones; one whose shape and reference are the same keeps its memory."""
        kept = self._zones
        self._zones = {}
        for zone in camera.zones:
            if zone.rule == RULE and _is_usable(zone):
                known = kept.get(zone.id)
                same = known is not None and known.zone == zone
                self._zones[zone.id] = known if known and same else _Container(zone)
        self._fills = {key: fill for key, fill in self._fills.items() if key in self._zones}

    def add(self, frame: Frame, scene: Scene) -> Scene:
        """The scene with how full each container is."""
        at = frame.captured_at
        if self._looked_at is None or abs(at - self._looked_at) >= LOOK_EVERY:
            self._looked_at = at
            boxes = [track.box_xyxy for track in scene.tracks]
            for number, container in self._zones.items():
                fill = container.look(frame.image_bgr, at, boxes)
                if fill is not None:
                    self._fills[number] = fill
        return replace(scene, fills=dict(self._fills))


def _is_usable(zone: Zone) -> bool:
    """Whether its reference, if it has one, is a picture; health says where it is not."""
    try:
        given = str(zone.params.get("reference", ""))
        return not given or decoded(given).size > 0
    except RuleError:
        return False


class _Container:
    """One zone: its empty picture, and which cells differed lately."""

    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        given = str(zone.params.get("reference", ""))
        self._empty: Grey | None = decoded(given) if given else None
        self._first: list[Grey] = []
        self._lately: deque[Cells] = deque(maxlen=PICTURES)
        self._share, self._since_at = 0.0, None

    _since_at: datetime | None

    def look(self, image: Image, at: datetime, boxes: list[Box]) -> Fill | None:
        """How full it is; None while that cannot be told."""
        picture = cut(image, self.zone)
        if picture.mean() < LEAST_LIGHT or self._is_hidden(image, boxes):
            return None
        if self._empty is None:
            self._learn(picture)
            return None
        self._lately.append(changed_cells(self._empty, picture))
        if len(self._lately) < PICTURES:
            return None
        share = float(np.mean(np.mean(list(self._lately), axis=0) > 0.6))
        if self._since_at is None or abs(share - self._share) > 0.15:
            self._share, self._since_at = share, at
        return Fill(share, self._since_at)

    def _learn(self, picture: Grey) -> None:
        self._first.append(picture)
        if len(self._first) >= PICTURES:
            self._empty = np.median(self._first, axis=0).astype(np.uint8)
            self._first = []

    def _is_hidden(self, image: Image, boxes: list[Box]) -> bool:
        height, width = image.shape[:2]
        points = in_pixels(self.zone.points, (width, height))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        zone: Box = (min(xs), min(ys), max(xs), max(ys))
        return any(overlap(box, zone) > 0.02 for box in boxes)


def cut(image: Image, zone: Zone) -> Grey:
    """The zone's picture in grey, of a size that its shape alone decides."""
    height, width = image.shape[:2]
    points = in_pixels(zone.points, (width, height))
    xs, ys = [round(x) for x, _ in points], [round(y) for _, y in points]
    part = image[max(0, min(ys)) : max(ys) + 1, max(0, min(xs)) : max(xs) + 1]
    scale = SIDE_PX / max(part.shape[:2])
    size = tuple(max(2 * CELL_PX, round(side * scale)) for side in part.shape[1::-1])
    small = cv2.resize(part, (size[0], size[1]), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def encoded(picture: Grey) -> str:
    """A zone's picture as the param ``reference``."""
    _, words = cv2.imencode(".png", picture)
    return base64.b64encode(bytes(words)).decode("ascii")


def decoded(reference: str) -> Grey:
    """The picture of a ``reference``; raises RuleError for one that holds none."""
    try:
        words = np.frombuffer(base64.b64decode(reference, validate=True), np.uint8)
        picture = cv2.imdecode(words, cv2.IMREAD_GRAYSCALE) if len(words) else None
    except (binascii.Error, cv2.error):
        picture = None
    if picture is None:
        raise RuleError(
            "The reference of an overflowing container is not a picture: take it again while the "
            "container is empty, or remove it."
        )
    return np.asarray(picture, np.uint8)


def changed_cells(empty: Grey, now: Grey) -> Cells:
    """By cell, whether it looks other than when empty, whatever the light."""
    if empty.shape != now.shape:
        # Taken on a screen it is of another size: it is made smaller as pictures of now are.
        wh = (now.shape[1], now.shape[0])
        empty = np.asarray(cv2.resize(empty, wh, interpolation=cv2.INTER_AREA), np.uint8)
    before, after = _edges(empty), _edges(now)
    same = _summed((before * after).sum(axis=-1))
    sizes = [_summed((field**2).sum(axis=-1)) for field in (before, after)]
    alike = same / np.sqrt(sizes[0] * sizes[1] + 1e-6)
    floor = LEAST_EDGE**2 * CELL_PX**2
    rich = np.maximum(sizes[0], sizes[1] * _light(empty, now)) > floor
    return np.asarray(rich & (alike < ALIKE), np.bool_)


def _light(empty: Grey, now: Grey) -> float:
    """What edges of now would be in the light of the reference."""
    return float(np.clip((empty.std() + 1) / (now.std() + 1), 0.5, 2.0)) ** 2


def _edges(picture: Grey) -> npt.NDArray[np.float32]:
    calm = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 1.0)
    across, down = (cv2.Sobel(calm, cv2.CV_32F, *way, scale=0.25) for way in ((1, 0), (0, 1)))
    return np.asarray(np.stack([across, down], axis=-1), np.float32)


def _summed(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    height, width = values.shape
    size = (max(1, width // CELL_PX), max(1, height // CELL_PX))
    mean = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    return np.asarray(mean * CELL_PX**2, np.float32)
