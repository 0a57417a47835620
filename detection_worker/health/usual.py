"""A camera's usual view, in numbers: what its pictures are compared with."""

from dataclasses import dataclass

import numpy as np

from detection_worker.health.measures import Floats, Grey, Measures, sharpness

FOLLOW = 0.02
"""Weight of a new good picture in the usual view: it changes over minutes, with the shadows."""

SHARP_SHARE, LEARN_SHARP = 0.65, 0.8
"""Fine detail against the usual below which it is out of focus, and from which it is learnt;
rain, noise and compression leave 0.9, a blur of 1.3 px of 320 leaves half."""

UNSTEADY, LEAST_SHARP = 3.0, 0.35
"""Bare asphalt under compression shows its grain in one picture and not in the next: where
detail usually wanders by so much, out of focus is what lies three times (of its mean deviation)
below, but never less than this; a blur of 1.3 px of 320 leaves a third of such grain."""


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """A camera's usual view: edges, brightness, contrast, detail, washed-out share.

    ``unsteady`` is by how much fine detail wanders from picture to picture (mean deviation).
    """

    edges: Grey
    light: float
    floor: float
    contrast: float
    fine: Floats
    coarse: Floats
    bright: float
    pictures: int = 1
    unsteady: float = 0.0

    @property
    def least_sharp(self) -> float:
        """Fine detail against the usual below which it is out of focus."""
        return float(np.clip(1 - UNSTEADY * self.unsteady, LEAST_SHARP, SHARP_SHARE))

    def followed(self, seen: Measures) -> "Usual":
        """The usual view with one more good picture; the first ones count alike."""
        weight = max(FOLLOW, 1 / (self.pictures + 1))
        strays = abs(1 - sharpness(seen, self.fine, self.coarse))
        return Usual(
            self.edges + np.float32(weight) * (seen.edges - self.edges),
            _followed(self.light, seen.light, weight),
            _followed(self.floor, seen.floor, weight),
            _followed(self.contrast, seen.contrast, weight),
            self.fine + weight * (seen.fine - self.fine),
            self.coarse + weight * (seen.coarse - self.coarse),
            _followed(self.bright, seen.bright, weight),
            self.pictures + 1,
            _followed(self.unsteady, min(strays, 1.0), weight),
        )


def _followed(usual: float, seen: float, weight: float) -> float:
    return usual + weight * (seen - usual)


def usual_of(seen: Measures) -> Usual:
    """The usual view as of a first good picture."""
    return Usual(
        seen.edges, seen.light, seen.floor, seen.contrast, seen.fine, seen.coarse, seen.bright
    )
