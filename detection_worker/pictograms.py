"""Signs of what was seen, a dozen pixels high: the same in every language.

Each is discs and polygons in a square of 16 by 16, wheels down, looking left.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image

Colour = tuple[int, int, int]
"""BGR."""

Disc = tuple[float, float, float]
"""The middle and the radius."""

SQUARE = 16
_PARTS = 4
"""OpenCV takes points in sixteenths of a pixel: 4 bits."""


@dataclass(frozen=True, slots=True)
class _Sign:
    discs: tuple[Disc, ...] = ()
    rings: tuple[Disc, ...] = ()
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()


_PERSON = _Sign(
    discs=((8, 3, 2.4),),
    polygons=(((5, 6.5), (11, 6.5), (12, 11), (10, 11), (10, 16), (6, 16), (6, 11), (4, 11)),),
)
_CAR = _Sign(
    discs=((4, 13, 2.3), (12, 13, 2.3)),
    polygons=(
        ((0, 12.5), (0, 8.5), (3, 7.5), (5, 3.5), (11, 3.5), (14, 7.5), (16, 8.5), (16, 12.5)),
    ),
)
_LORRY = _Sign(
    discs=((4, 13, 2.3), (12, 13, 2.3)),
    polygons=(
        ((0, 12.5), (0, 8), (2, 5), (5, 5), (5, 12.5)),
        ((6, 12.5), (6, 2), (16, 2), (16, 12.5)),
    ),
)
_BUS = _Sign(
    discs=((4, 13.5, 2), (12, 13.5, 2)),
    polygons=(
        ((0, 13), (0, 2), (16, 2), (16, 4), (1.5, 4), (1.5, 7.5), (16, 7.5), (16, 13)),
        ((5, 3), (6.5, 3), (6.5, 8), (5, 8)),
        ((10, 3), (11.5, 3), (11.5, 8), (10, 8)),
        ((15, 2), (16, 2), (16, 13), (15, 13)),
    ),
)
_TWO_WHEELER = _Sign(
    discs=((8, 2.5, 2),),
    rings=((3.2, 12, 3), (12.8, 12, 3)),
    polygons=(
        (
            (2.5, 6.5),
            (6, 6.5),
            (9, 5),
            (11, 6),
            (10, 9),
            (12, 12),
            (10.5, 13),
            (7.5, 9.5),
            (8, 8),
            (6, 8),
            (2.5, 8),
        ),
    ),
)
_SIGNS = {
    "person": _PERSON, "person_like": _PERSON,
    "car": _CAR, "van": _CAR, "vehicle_like": _CAR,
    "truck": _LORRY, "bus": _BUS, "train": _BUS,
    "motorcycle": _TWO_WHEELER, "bicycle": _TWO_WHEELER,
}  # fmt: skip
"""By a model's class; other things have a number alone."""


def has_pictogram(label: str) -> bool:
    """Whether there is a sign for things of this class."""
    return label in _SIGNS


def draw_pictogram(
    image: Image, label: str, corner: tuple[int, int], room_wh: tuple[int, int], ink: Colour
) -> None:
    """Draw the sign of ``label`` into the middle of ``room_wh`` pixels from ``corner`` on."""
    sign = _SIGNS[label]
    side = 0.88 * min(room_wh)
    scale = side / SQUARE
    start = np.array(corner) + (np.array(room_wh) - side) / 2
    for points in sign.polygons:
        cv2.fillPoly(image, [_fine(np.array(points) * scale + start)], ink, cv2.LINE_AA, _PARTS)
    for thick, discs in ((cv2.FILLED, sign.discs), (1, sign.rings)):
        for x, y, radius in discs:
            middle = _fine(np.array([x, y]) * scale + start)
            size = round(radius * scale * 2**_PARTS)
            cv2.circle(image, tuple(middle.tolist()), size, ink, thick, cv2.LINE_AA, _PARTS)


def _fine(points: npt.NDArray[np.float64]) -> npt.NDArray[np.int32]:
    whole: npt.NDArray[np.int32] = np.rint(points * 2**_PARTS).astype(np.int32)
    return whole
