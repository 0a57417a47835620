"""What a detector finds in one frame."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image


@dataclass(frozen=True, slots=True, eq=False)
class Detections:
    """Boxes of one frame: ``xyxy_px`` (N, 4) float32, ``confidence`` (N,) float32, N labels.

    Labels are the model's own class names; the motion detector's are ``person_like`` and
    ``vehicle_like``.
    """

    xyxy_px: npt.NDArray[np.float32]
    confidence: npt.NDArray[np.float32]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @staticmethod
    def none() -> "Detections":
        """No detections."""
        return Detections(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), ())


class Detector(Protocol):
    """Finds things in frames; people see ``name`` and ``model``; ``labels`` are its classes.

    A detector that ``remembers`` learns a camera's background and must see all of its frames.
    """

    name: str
    model: str
    labels: tuple[str, ...]
    remembers: bool

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        """One result an image; ``cameras`` says whose each is, for models that remember."""
        ...

    def forget(self, camera_id: int) -> None:
        """Let go of what is remembered of a camera."""
        ...


@runtime_checkable
class LooksCloser(Protocol):
    """A detector that can look at larger pictures than it usually does, for more time."""

    def look_closer(self, most_px: int) -> None:
        """From now on look at pictures of about ``most_px`` pixels; the usual size is the least."""
        ...
