"""What is measured of a picture to know how well the camera sees.

All measures but the plain brightness are shares and ratios, which daylight leaves alone. The
structure of the view is kept as directions of its edges: they do not depend on how bright they
are, and they are what stays from morning to evening.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image

Grey = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

WIDTH_PX = 320
"""Blur that takes a plate's letters away is one pixel and more of this width."""

STRUCTURE_PX = 160
"""Width at which structure is compared: a pixel is what shake and the wind in leaves move."""

EDGE_FLOOR = 6.0
"""Gradient (levels a pixel) at which an edge stands out from noise by half."""

TILES = (6, 8)
"""Rows and columns in which edges are looked for."""

TURNS_DEG = tuple(float(angle) for angle in range(-20, 21, 2) if angle)
"""Angles that are tried: a bracket that slips turns a camera by some degrees; further on nothing
of the old view is left to compare."""

DETAIL_TILES = (9, 16)
"""Rows and columns in which detail is measured: what drives through fills some of them."""

SATURATED = 250
USUAL_LIGHT, LEAST_LIGHT = 100.0, 25.0
"""Mean levels: what detail is compared at, and below which a picture is mostly noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """One picture's measures.

    ``light`` is its mean (0–255), ``floor`` the darkest and ``peak`` the brightest twentieth,
    ``bright`` the share that is washed out, ``contrast`` its spread over its mean. By tile:
    ``fine`` the energy of one-pixel detail over that of coarse detail, ``coarse`` the latter.
    ``edges`` (h, w, 2) the directions of
    its edges, weighed from 0 to 1, ``pattern`` a fingerprint to know the very same picture by.
    """

    light: float
    floor: float
    peak: float
    bright: float
    contrast: float
    fine: Floats
    coarse: Floats
    edges: Grey
    pattern: int

    @property
    def strength(self) -> Grey:
        """How clear an edge is at each place, 0 to 1."""
        return np.asarray(np.hypot(self.edges[..., 0], self.edges[..., 1]), np.float32)


def measure(image: Image) -> Measures:
    """Measure a picture of any size (BGR)."""
    height = max(32, round(WIDTH_PX * image.shape[0] / image.shape[1]))
    small = cv2.resize(image, (WIDTH_PX, height), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    floats = grey.astype(np.float32)
    calm = cv2.GaussianBlur(floats, (3, 3), 0)
    low, high = np.percentile(grey, (5, 95))
    light = float(floats.mean())
    # In the light of a usual picture: else detail in a dim one counts as less than it is.
    fine, coarse = _detail(floats * np.float32(USUAL_LIGHT / max(light, LEAST_LIGHT)))
    return Measures(
        light=light,
        floor=float(low),
        peak=float(high),
        bright=float(np.mean(grey >= SATURATED)),
        contrast=float(calm.std()) / (light + 8.0),
        fine=fine,
        coarse=coarse,
        edges=_edges(floats),
        pattern=hash(grey.tobytes()),
    )


def _detail(grey: Grey) -> tuple[Floats, Floats]:
    """Detail of one to two pixels over detail of four to eight by tile, and the latter.

    Noise is measured where the picture is flat (the lower fifth of fine energy) and taken away:
    else a dark, noisy picture would seem sharp.
    """
    once, thrice, far = (cv2.GaussianBlur(grey, (0, 0), sigma) for sigma in (0.8, 2.4, 6.0))
    fine, coarse = (
        cv2.resize(part**2, DETAIL_TILES[::-1], interpolation=cv2.INTER_AREA)
        for part in (once - thrice, thrice - far)
    )
    clear = np.maximum(fine - float(np.percentile(fine, 5)), 0)
    return np.asarray(clear / (coarse + 1.0), np.float64), np.asarray(coarse, np.float64)


def sharpness(
    seen: Measures,
    fine: Floats,
    coarse: Floats,
    of_percent: float = 50.0,
    where: npt.NDArray[np.bool_] | None = None,
) -> float:
    """Fine detail against the usual, over the tiles that usually have much of it.

    The median of them, or another percentile: the 90th is that of the sharpest tiles. ``where``
    (of ``TILES``) keeps to a part of the picture.
    """
    rich = (coarse >= np.percentile(coarse, 60)) & (fine > 0.02)
    if where is not None:
        wide = cv2.resize(
            where.astype(np.uint8), DETAIL_TILES[::-1], interpolation=cv2.INTER_NEAREST
        )
        rich &= np.asarray(wide, np.uint8) > 0
    if not rich.any():
        return 1.0
    return float(np.percentile(seen.fine[rich] / fine[rich], of_percent))


def _edges(grey: Grey) -> Grey:
    height = max(16, round(STRUCTURE_PX * grey.shape[0] / grey.shape[1]))
    small = cv2.resize(grey, (STRUCTURE_PX, height), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), 1.0)
    across, down = (cv2.Sobel(small, cv2.CV_32F, *way, scale=0.25) for way in ((1, 0), (0, 1)))
    # Against the picture's own range: dusk and haze weaken all edges alike.
    scale = EDGE_FLOOR * max(0.12, float(np.percentile(small, 95) - np.percentile(small, 5)) / 160)
    size = cv2.magnitude(across, down) + scale
    return np.asarray(np.stack([across / size, down / size], axis=-1), np.float32)


def agreement(edges: Grey, reference: Grey) -> npt.NDArray[np.float64]:
    """By tile, which share of the reference's edges is seen again (about 0 to 1); NaN where the
    reference has none."""
    again = (edges * reference).sum(axis=-1)
    known = (reference**2).sum(axis=-1)
    return _tiled(again, known)


def _tiled(again: Grey, known: Grey) -> npt.NDArray[np.float64]:
    rows, columns = TILES
    found = np.full(TILES, np.nan)
    for row, (a_row, k_row) in enumerate(
        zip(np.array_split(again, rows), np.array_split(known, rows), strict=True)
    ):
        for column, (a, k) in enumerate(
            zip(np.array_split(a_row, columns, 1), np.array_split(k_row, columns, 1), strict=True)
        ):
            if k.mean() > 0.012:
                found[row, column] = a.sum() / k.sum()
    return found


def shift_of(edges: Grey, reference: Grey) -> tuple[float, float, float]:
    """By which share of the width the view has moved right and down, and how sure that is."""
    both = [np.abs(field).sum(axis=-1).astype(np.float32) for field in (reference, edges)]
    window = cv2.createHanningWindow((both[0].shape[1], both[0].shape[0]), cv2.CV_32F)
    calm = [cv2.GaussianBlur(one - float(one.mean()), (0, 0), 1.0) for one in both]
    (x, y), response = cv2.phaseCorrelate(calm[0], calm[1], window)
    return x / edges.shape[1], y / edges.shape[1], float(response)


def turn_of(edges: Grey, reference: Grey) -> tuple[float, float, float]:
    """By how many degrees the view has turned about its middle (against the clock), and then by
    which shares of the width it has moved right and down: the best of a fan of angles."""
    best = max((_tried(edges, reference, angle) for angle in TURNS_DEG), key=lambda one: one[0])
    near = [best, *(_tried(edges, reference, best[1] + step) for step in (-1.0, 1.0))]
    _, angle, right, down = max(near, key=lambda one: one[0])
    return angle, right, down


def _tried(edges: Grey, reference: Grey, angle: float) -> tuple[float, float, float, float]:
    right, down, sure = shift_of(turned(edges, -angle), reference)
    return sure, angle, right, down


def turned(field: Grey, degrees: float) -> Grey:
    """A field of edges turned about its middle, against the clock; its directions turn, too."""
    height, width = field.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    there = np.asarray(cv2.warpAffine(field, turn, (width, height)), np.float32)
    return np.asarray(there @ turn[:, :2].T.astype(np.float32), np.float32)


def moved(field: Grey, right: float, down: float) -> Grey:
    """A field of edges moved by shares of its width; what comes in has none."""
    height, width = field.shape[:2]
    move = np.array([[1, 0, right * width], [0, 1, down * width]], np.float32)
    return np.asarray(cv2.warpAffine(field, move, (width, height)), np.float32)
