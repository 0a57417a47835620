"""Nonlinear least squares by Levenberg and Marquardt, with derivatives by differences.

Small problems of about ten unknowns that are solved many times: the model is asked for all
steps of one derivative at once, so that an iteration is one call into NumPy.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

Residuals = Callable[[Floats], Floats]
"""Unknowns of M tries (M, P) → weighted residuals (M, R)."""

MOST_STEPS = 25
ENOUGH = 1e-4
"""A step that lowers the cost by a smaller part of it ends the search."""

FIRST_DAMPING, LEAST_DAMPING, MOST_DAMPING = 1e-2, 1e-9, 1e7


@dataclass(frozen=True, slots=True)
class Solution:
    """Unknowns (P,), residuals (R,) and their derivatives (R, P) there."""

    unknowns: Floats
    residuals: Floats
    jacobian: Floats

    @property
    def cost(self) -> float:
        """The sum of the squared residuals."""
        return float(self.residuals @ self.residuals)

    @property
    def covariance(self) -> Floats:
        """Of the unknowns (P, P), for residuals of unit variance."""
        return np.asarray(np.linalg.pinv(self.jacobian.T @ self.jacobian), np.float64)


def solve(residuals: Residuals, start: Floats, steps: Floats) -> Solution:
    """The unknowns near ``start`` with the least squares; ``steps`` (P,) are for differences."""
    here = start.astype(np.float64)
    value, jacobian = _derive(residuals, here, steps)
    damping = FIRST_DAMPING
    for _ in range(MOST_STEPS):
        better, damping = _step(residuals, here, value, jacobian, damping)
        if better is None:
            break
        before = float(value @ value)
        here = better
        value, jacobian = _derive(residuals, here, steps)
        if before - float(value @ value) < ENOUGH * before:
            break
    return Solution(here, value, jacobian)


def _derive(residuals: Residuals, here: Floats, steps: Floats) -> tuple[Floats, Floats]:
    """Residuals (R,) and differences (R, P)."""
    found = residuals(np.vstack([here[None], here + np.diag(steps)]))
    return found[0], ((found[1:] - found[0]) / steps[:, None]).T


def _step(
    residuals: Residuals, here: Floats, value: Floats, jacobian: Floats, damping: float
) -> tuple[Floats | None, float]:
    """The next unknowns and damping; None where no step lowers the cost."""
    normal, slope, cost = jacobian.T @ jacobian, jacobian.T @ value, float(value @ value)
    scale = np.diag(np.diag(normal) + 1e-12)
    while damping <= MOST_DAMPING:
        tried = here - np.linalg.solve(normal + damping * scale, slope)
        found = residuals(tried[None])[0]
        if np.isfinite(found).all() and float(found @ found) < cost:
            return tried, max(damping / 5, LEAST_DAMPING)
        damping *= 4
    return None, damping
