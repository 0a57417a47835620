"""What an ONNX file wants to be given: one picture in three colours, of a size that can be."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from detection_worker.detection.input_size import Size
from detection_worker.detection.letterbox import InputFormat
from detection_worker.errors import ModelError

USUAL_SIDE_PX = 640
"""Input side of a model that leaves its size open and names none in its metadata."""

MOST_PX = 8192 * 8192
"""No detector looks at more; an input of it takes 800 MB."""

_DTYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(uint8)": np.uint8}


def check_input(path: Path, session: Any) -> None:
    """Raises ModelError, naming what the file wants instead of a picture."""
    given = session.get_inputs()
    if len(given) != 1:
        raise ModelError(
            f"The model {path.name} takes {len(given)} inputs; Qala gives it one, a picture: "
            "export it as a YOLO or YOLOX detector."
        )
    shape = given[0].shape
    if not _is_picture(shape):
        raise ModelError(
            f"The model {path.name} takes an input of shape {tuple(shape)}, which is no picture in "
            "three colours: export it as a YOLO or YOLOX detector."
        )


def _is_picture(shape: Sequence[int | str | None]) -> bool:
    """Whether pictures have this shape: some of its sides, or all, may be left open."""
    if len(shape) != 4 or not any(side == 3 or not isinstance(side, int) for side in shape[1::2]):
        return False
    return math.prod(side for side in shape[1:] if isinstance(side, int)) <= 3 * MOST_PX


def input_wh(session: Any, metadata: Mapping[str, str]) -> Size:
    """The input's size: from its shape, else from the metadata, else the usual one."""
    shape = session.get_inputs()[0].shape
    sides = shape[1:3] if shape[-1] == 3 else shape[2:4]
    if all(isinstance(side, int) for side in sides):
        return sides[1], sides[0]
    words = metadata.get("imgsz", "").strip("[]").split(",")
    numbers = [int(word) for word in words if word.strip().isdecimal()]
    if len(numbers) != 2 or not 0 < numbers[0] * numbers[1] <= MOST_PX:
        return USUAL_SIDE_PX, USUAL_SIDE_PX
    return numbers[1], numbers[0]


def input_format(session: Any, wh: Size, yolox: bool) -> InputFormat:
    """YOLOX takes BGR 0–255 at the top left; the YOLO family RGB 0–1 in the middle."""
    given = session.get_inputs()[0]
    dtype = _DTYPES.get(given.type, np.float32)
    first = given.shape[0]
    return InputFormat(
        name=given.name,
        wh=wh,
        batch=first if isinstance(first, int) and first > 0 else None,
        channels_last=given.shape[-1] == 3,
        dtype=dtype,
        rgb=not yolox,
        unit_range=not yolox and dtype is not np.uint8,
        centred=not yolox,
    )
