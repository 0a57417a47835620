"""How boxes lie on one another: one on one in plain numbers, many on many in arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""

AnyFloats = npt.NDArray[np.floating[Any]]


def overlap(one: Sequence[float], other: Sequence[float]) -> float:
    """Intersection over union."""
    common = _common(one, other)
    return common / max(area(one) + area(other) - common, 1e-9)


def covered(box: Sequence[float], by: Sequence[float]) -> float:
    """The share of ``box`` that lies in ``by``."""
    return _common(box, by) / max(area(box), 1e-9)


def area(box: Sequence[float]) -> float:
    """Its area."""
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def overlaps(first: AnyFloats, second: AnyFloats) -> AnyFloats:
    """Intersection over union of each box with each of others: (N, 4), (M, 4) → (N, M)."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=2)
    areas = [np.prod(np.clip(one[:, 2:] - one[:, :2], 0, None), axis=1) for one in (first, second)]
    return np.asarray(shared / np.maximum(areas[0][:, None] + areas[1][None] - shared, 1e-9))


def _common(one: Sequence[float], other: Sequence[float]) -> float:
    return area(
        (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))
    )
