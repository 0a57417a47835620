"""From the picture to metres on the ground, by the homography of four or more point pairs.

``H`` maps picture fractions (x, y, 1) to ground metres (X, Y, W): X/W, Y/W; it is fitted by
the normalised direct linear transform (Hartley and Zisserman, Multiple View Geometry, 4.4).
"""

import numpy as np
import numpy.typing as npt

from data_access.domain.watch import Calibration
from detection_worker.errors import CalibrationError
from detection_worker.road_camera import RoadCamera, find_camera

Floats = npt.NDArray[np.float64]

LEAST_PAIRS = 4
"""A homography has eight unknowns, and each pair gives two equations."""

LEAST_SPREAD = 0.02
"""Points whose cloud is thinner than this part of its length count as points on a line: below
it, one pixel of a careless click moves the far ground by metres."""

EXTENTS = {"picture": (1e-3, 10.0), "ground": (0.1, 1e5)}
"""How far the points may reach from the first one: in fractions of the picture, for which pixels
are easily taken, and in metres, of which a hundred thousand lie behind any horizon."""

POINTING_ERROR = 0.002
"""How far a person's click is off, as a part of the picture: about two pixels of 1080."""


class GroundPlane:
    """Turns picture points into metres; raises CalibrationError for pairs that make no plane."""

    def __init__(self, calibration: Calibration) -> None:
        picture, ground = _checked(calibration)
        self._h = _homography(picture, ground)
        self._front = np.sign(np.median(self._weights(picture)))
        if (np.sign(self._weights(picture)) != self._front).any():
            raise CalibrationError(
                "The calibration points do not lie on one plane seen from one side: check that "
                "each point of the picture is paired with its own place on the ground."
            )
        self._calibration = calibration
        self._cameras: dict[tuple[int, int], RoadCamera] = {}
        self._residual_m = float(np.sqrt(np.mean((self.to_metres(picture) - ground) ** 2)))

    def to_metres(self, points: npt.NDArray[np.floating]) -> Floats:
        """Picture fractions (N, 2) → metres (N, 2); NaN for points at or above the horizon."""
        lifted = _lifted(points) @ self._h.T
        ahead = lifted[:, 2] * self._front > 1e-9
        weights = np.where(ahead, lifted[:, 2], np.nan)
        return np.asarray(lifted[:, :2] / weights[:, None])

    def error_m(self, point: tuple[float, float]) -> float:
        """How far off a place may be, in metres: the fit's own residual, and a pointing error.

        The second is ``POINTING_ERROR`` times the metres that one step in the picture makes
        there, so it grows towards the horizon; infinite at and above it.
        """
        at = np.array([point, (point[0] + 1e-4, point[1]), (point[0], point[1] + 1e-4)])
        here, right, below = self.to_metres(at)
        metres_per_step = max(np.linalg.norm(right - here), np.linalg.norm(below - here)) / 1e-4
        error = float(np.hypot(self._residual_m, POINTING_ERROR * metres_per_step))
        return error if np.isfinite(error) else float("inf")

    def camera(self, frame_wh: tuple[int, int]) -> RoadCamera:
        """The camera that explains the calibration, for pictures of this size; found once."""
        if frame_wh not in self._cameras:
            self._cameras[frame_wh] = find_camera(self._calibration, self._h, frame_wh)
        return self._cameras[frame_wh]

    def area_m2(self, polygon: tuple[tuple[float, float], ...]) -> float:
        """The ground under a polygon of picture fractions; NaN if it reaches the horizon."""
        x, y = self.to_metres(np.array(polygon)).T
        return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)

    def _weights(self, points: Floats) -> Floats:
        return np.asarray(_lifted(points) @ self._h[2])


def _lifted(points: npt.NDArray[np.floating]) -> Floats:
    flat = np.asarray(points, np.float64).reshape(-1, 2)
    return np.column_stack([flat, np.ones(len(flat))])


def _checked(calibration: Calibration) -> tuple[Floats, Floats]:
    picture, ground = np.array(calibration.picture, float), np.array(calibration.ground_m, float)
    if len(picture) != len(ground):
        raise CalibrationError(
            f"The calibration has {len(picture)} points in the picture and {len(ground)} on the "
            "ground: each needs its partner."
        )
    if len(picture) < LEAST_PAIRS:
        raise CalibrationError(
            f"The calibration has {len(picture)} point pairs; it needs {LEAST_PAIRS} or more."
        )
    if not (np.isfinite(picture).all() and np.isfinite(ground).all()):
        raise CalibrationError("The calibration has a coordinate that is no number: correct it.")
    for points, where in ((picture, "picture"), (ground, "ground")):
        least, most = EXTENTS[where]
        if not least <= np.abs(points - points[0]).max() <= most:
            raise CalibrationError(
                f"The calibration points lie too close together or too far apart in the {where}: "
                "check their units; those of the picture are its fractions, those of the ground "
                "metres."
            )
        if not _four_span_a_plane(points):
            raise CalibrationError(
                f"The calibration points lie on a line in the {where}, or nearly so: choose four "
                "that make a wide quadrangle, no three of them on a line."
            )
    return picture, ground


def _four_span_a_plane(points: Floats) -> bool:
    """Whether some four points have no three on a line: only then is there one homography.

    Four such points exist exactly when the points without any one of them still spread in two
    directions.
    """
    return all(
        _spread(np.delete(points, index, axis=0)) > LEAST_SPREAD for index in range(len(points))
    )


def _spread(points: Floats) -> float:
    """The cloud's width as a part of its length."""
    values = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return float(values[1] / values[0]) if values[0] > 0 else 0.0


def _homography(picture: Floats, ground: Floats) -> Floats:
    from_picture, to_ground = _normaliser(picture), _normaliser(ground)
    source, target = _lifted(picture) @ from_picture.T, _lifted(ground) @ to_ground.T
    zeros = np.zeros_like(source)
    rows_x = np.hstack([source, zeros, -target[:, :1] * source])
    rows_y = np.hstack([zeros, source, -target[:, 1:2] * source])
    solution = np.linalg.svd(np.vstack([rows_x, rows_y]))[2][-1].reshape(3, 3)
    h = np.linalg.inv(to_ground) @ solution @ from_picture
    return np.asarray(h / np.linalg.norm(h))


def _normaliser(points: Floats) -> Floats:
    """Moves the points' middle to zero and their mean distance from it to √2."""
    middle = points.mean(axis=0)
    scale = np.sqrt(2) / np.linalg.norm(points - middle, axis=1).mean()
    return np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])
