"""When something last moved at each place, in coarse cells: whatever comes, comes with somebody."""

from datetime import datetime, timedelta

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.rules.stills.pieces import Pixels
from detection_worker.rules.stills.view import Mask

CELL_PX = 4
ARRIVAL = timedelta(seconds=6)
"""Whatever brings a thing moves beside it within this before it came to rest."""

ARRIVAL_CELLS = 3
BESIDE_CELLS = 2
"""How far beside a place movement counts."""


class Movements:
    """The last movement of each cell of one camera's small picture."""

    def __init__(self) -> None:
        self._moved_at: npt.NDArray[np.float64] | None = None

    def note(self, moving: Mask, at: datetime) -> None:
        """Take in where something moves now (255)."""
        size = (max(1, moving.shape[1] // CELL_PX), max(1, moving.shape[0] // CELL_PX))
        cells = cv2.resize(moving, size, interpolation=cv2.INTER_AREA)
        if self._moved_at is None or self._moved_at.shape != cells.shape:
            self._moved_at = np.full(cells.shape, -np.inf)
        self._moved_at[cells > 96] = at.timestamp()

    def beside(self, box: Pixels, since_at: datetime) -> bool:
        """Whether something moved beside ``box``, not within it, when it came to rest."""
        if self._moved_at is None:
            return False
        left, top, right, bottom = (side // CELL_PX for side in box)
        above, before = max(0, top - BESIDE_CELLS), max(0, left - BESIDE_CELLS)
        around = self._moved_at[
            above : bottom + BESIDE_CELLS + 1, before : right + BESIDE_CELLS + 1
        ].copy()
        around[top - above : bottom - above + 1, left - before : right - before + 1] = -np.inf
        recent = around >= (since_at - ARRIVAL).timestamp()
        return int(np.count_nonzero(recent)) >= ARRIVAL_CELLS
