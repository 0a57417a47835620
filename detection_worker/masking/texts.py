"""Finds lines of text, and with them every plate, with the finder of `rapidocr`.

Signs and shop names are covered, too: that hides nothing an officer has to see, for the
original stays beside the masked file.
"""

from typing import Any

import numpy as np

from detection_worker.frames import Image
from detection_worker.masking.boxes import Boxes, no_boxes

LARGEST_SIDE_PX = 1280
"""Clips are at most so wide; a plate whose letters are lost in it cannot be read in it either."""

LEAST_CONFIDENCE = 0.3
"""Lower than the finder's own 0.5: a mask too many hides a sign, one too few shows a plate."""


class TextFinder:
    """The finder of lines alone, without the reader; for one thread."""

    def __init__(self, threads: int = 1) -> None:
        # Imported here: it takes a second, and only who masks needs it.
        from rapidocr import RapidOCR

        params = {
            "Global.use_cls": False,
            "Global.use_rec": False,
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": LARGEST_SIDE_PX,
            "Det.box_thresh": LEAST_CONFIDENCE,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
        self._finder: Any = RapidOCR(params=params)

    def find(self, image: Image) -> Boxes:
        """The upright boxes around the lines in a picture (BGR)."""
        found = self._finder(image).boxes
        if found is None or not len(found):
            return no_boxes()
        corners = np.asarray(found, float)
        return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
