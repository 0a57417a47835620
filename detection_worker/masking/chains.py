"""Follows what is to be masked from look to look, so that no frame in between is left open."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from detection_worker.boxes import overlaps
from detection_worker.masking.boxes import Boxes, grown, no_boxes

LONGEST_GAP_S = 1.0
"""A face that was not found for so long may be another one; until then it is still there."""

BEFORE_AND_AFTER_S = 0.5
"""A face is hidden so long before it is first found and after it is last found: it turns to the
camera and away from it."""

GROWS_A_SECOND = 1.0
"""By what part of its sides a mask grows each second in which nothing was found: as far as a
walker's head moves."""

SAME_OVERLAP = 0.1
SAME_WITHIN_SIDES = 1.5
"""Two boxes are one thing if they overlap by so much, or if the middles are no further from
each other than so many sides a tenth of a second: vehicles cross their own plates."""


@dataclass(slots=True, eq=False)
class _Chain:
    """One thing over time: when it was found, and where."""

    at_s: list[float] = field(default_factory=list)
    boxes: list[Boxes] = field(default_factory=list)

    def add(self, at_s: float, box: Boxes) -> None:
        self.at_s.append(at_s)
        self.boxes.append(box)

    def box_at(self, at_s: float) -> Boxes | None:
        """Where to mask it; a box between two looks, a growing one before and after them."""
        if not self.at_s[0] - BEFORE_AND_AFTER_S <= at_s <= self.at_s[-1] + BEFORE_AND_AFTER_S:
            return None
        known = np.array(self.boxes)
        box = np.array([np.interp(at_s, self.at_s, known[:, side]) for side in range(4)])
        away_s = float(np.min(np.abs(np.array(self.at_s) - at_s)))
        larger: Boxes = grown(box[None], away_s * GROWS_A_SECOND)[0]
        return larger


class Chains:
    """Takes looks in the order of time; then tells what to mask at any time."""

    def __init__(self) -> None:
        self._open: list[_Chain] = []
        self._all: list[_Chain] = []

    def add(self, at_s: float, boxes: Boxes) -> None:
        """What was found at ``at_s``."""
        self._open = [one for one in self._open if at_s - one.at_s[-1] <= LONGEST_GAP_S]
        free = list(self._open)
        for box in boxes:
            chain = _nearest(at_s, box, free)
            if chain is None:
                chain = _Chain()
                self._open.append(chain)
                self._all.append(chain)
            else:
                free.remove(chain)
            chain.add(at_s, box)

    def at(self, at_s: float) -> Boxes:
        """What to mask at ``at_s``."""
        boxes = [box for chain in self._all if (box := chain.box_at(at_s)) is not None]
        return np.array(boxes) if boxes else no_boxes()

    def __len__(self) -> int:
        return len(self._all)


def _nearest(at_s: float, box: Boxes, chains: Sequence[_Chain]) -> _Chain | None:
    """The chain that a box goes on, the one it overlaps most, else the one next to it."""
    if not chains:
        return None
    last = np.array([chain.boxes[-1] for chain in chains])
    shares = overlaps(box[None], last)[0]
    if shares.max() >= SAME_OVERLAP:
        return chains[int(shares.argmax())]
    middles = (last[:, :2] + last[:, 2:]) / 2 - (box[:2] + box[2:]) / 2
    sides = np.maximum(last[:, 2:] - last[:, :2], box[2:] - box[:2]).max(axis=1)
    tenths = np.array([max(1.0, (at_s - chain.at_s[-1]) * 10) for chain in chains])
    away = np.hypot(*middles.T) / np.maximum(sides * tenths, 1e-9)
    return chains[int(away.argmin())] if away.min() <= SAME_WITHIN_SIDES else None
