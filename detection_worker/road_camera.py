"""The camera behind a calibration: where it hangs, how it looks, how sure that is.

A homography knows the ground alone. A camera of seven unknowns (focal length, three turns,
three metres) and one of its lens explains the same points with fewer freedoms, tells where
things above the ground are seen, and how uncertain that is. Lengths in the picture are in
picture widths from its middle; x to the right, y downwards.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from data_access.domain.watch import Calibration
from detection_worker.least_squares import Floats, Solution, solve

POINTING_SD = 0.001
"""How far a careful click is off, as a part of the picture: two pixels of a full HD picture."""

POINTING_TRUST = 6.0
"""What the calibration's own residuals say counts against so many made-up ones of POINTING_SD:
six pairs leave too few of their own to estimate a deviation from."""

FOCAL_USUAL, FOCAL_SD = 1.0, 0.6
"""Focal length in picture widths and the deviation of its logarithm: street cameras have
fields of view between 20 and 90 degrees, 0.5 to 2.8 widths."""

LENS_SD = 0.06
"""Deviation of the lens term ``k`` (r becomes r · (1 + k · r²), r in picture widths): a street
camera's barrel distortion shifts the picture's corner by about two percent of the width."""

NEAREST_M = 0.1
"""Nearer along the optical axis nothing is seen."""

_TURN_STEP, _METRE_STEP = 1e-5, 1e-3
_STEPS = np.array([1e-5, *[_TURN_STEP] * 3, *[_METRE_STEP] * 3, 1e-4])
_FIRST_FOCALS = (0.6, 1.0, 1.7, 3.0)


@dataclass(frozen=True, eq=False)
class RoadCamera:
    """A pinhole camera with a radial lens term, and the covariance of its eight unknowns.

    ``unknowns``: logarithm of the focal length, turn vector (3), place in metres (3), lens.
    """

    unknowns: Floats
    covariance: Floats
    aspect: float

    @property
    def height_m(self) -> float:
        """How high above the ground it hangs."""
        return abs(float(self.unknowns[6]))

    @property
    def up(self) -> float:
        """+1 where the ground's third axis points up, -1 where its metres are mirrored."""
        return 1.0 if self.unknowns[6] > 0 else -1.0

    def project(self, points_m: Floats) -> Floats:
        """Picture fractions (…, 2) of points (…, 3); NaN behind the camera."""
        return project(self.unknowns, points_m, self.aspect)

    def variants(self) -> tuple[Floats, Floats]:
        """The independent ways in which it may be wrong: (8, 8), each by one deviation."""
        values, ways = np.linalg.eigh(self.covariance)
        return self.unknowns, ways.T * np.sqrt(np.maximum(values, 0))[:, None]


def project(unknowns: Floats, points_m: Floats, aspect: float) -> Floats:
    """Picture fractions (…, K, 2) of points (…, K, 3) by cameras (…, 8) of leading sizes alike."""
    rotation = _rotation(unknowns[..., 1:4])
    moved = points_m - unknowns[..., None, 4:7]
    right, down, depth = np.moveaxis(moved @ np.swapaxes(rotation, -1, -2), -1, 0)
    nearer = 1 / np.where(depth > NEAREST_M, depth, np.nan)
    focal, lens = np.exp(unknowns[..., :1]), unknowns[..., 7:8]
    x, y = focal * right * nearer, focal * down * nearer
    bent = 1 + lens * (x * x + y * y)
    return np.stack([0.5 + x * bent, 0.5 + y * bent * aspect], axis=-1)


def _rotation(turns: Floats) -> Floats:
    """Rotation matrices (…, 3, 3) of turn vectors (…, 3), by Rodrigues' formula."""
    angle = np.linalg.norm(turns, axis=-1)[..., None, None]
    x, y, z = np.moveaxis(turns, -1, 0)
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], -1).reshape(*turns.shape[:-1], 3, 3)
    safe = np.maximum(angle, 1e-12)
    around = np.sin(angle) / safe * cross + (1 - np.cos(angle)) / safe**2 * (cross @ cross)
    return np.asarray(np.eye(3) + around)


def find_camera(calibration: Calibration, homography: Floats, wh: tuple[int, int]) -> RoadCamera:
    """The camera that explains a calibration best.

    ``homography`` maps picture fractions to metres. It gives the first guesses; of several
    focal lengths that with the least squares wins.
    """
    picture, ground = np.array(calibration.picture), np.array(calibration.ground_m)
    aspect = wh[0] / wh[1]
    points = np.column_stack([ground, np.zeros(len(ground))])

    def residuals(tries: Floats) -> Floats:
        off = project(tries, points, aspect) - picture
        off = np.nan_to_num(off, nan=10.0) / np.array([1.0, aspect])
        usual = (tries[:, :1] - np.log(FOCAL_USUAL)) / FOCAL_SD
        return np.hstack([off.reshape(len(tries), -1) / POINTING_SD, usual, tries[:, 7:] / LENS_SD])

    to_picture = np.asarray(np.linalg.inv(homography), np.float64)
    starts = [_start(to_picture, focal, aspect, ground) for focal in _FIRST_FOCALS]
    found = min((solve(residuals, start, _STEPS) for start in starts), key=lambda one: one.cost)
    return RoadCamera(found.unknowns, found.covariance * _variance(found, len(ground)), aspect)


def _variance(found: Solution, pairs: int) -> float:
    """Of the residuals in units of POINTING_SD², the calibration's own word among others."""
    own = float(found.residuals[: 2 * pairs] @ found.residuals[: 2 * pairs])
    freedom = max(0, 2 * pairs - 7)
    return (POINTING_TRUST + own) / (POINTING_TRUST + freedom)


def _start(to_picture: Floats, focal: float, aspect: float, ground: Floats) -> Floats:
    """A camera of this focal length near a homography from metres to picture fractions."""
    centred = np.array([[1, 0, -0.5], [0, 1 / aspect, -0.5 / aspect], [0, 0, 1.0]]) @ to_picture
    columns = np.diag([1 / focal, 1 / focal, 1.0]) @ centred
    columns /= np.sqrt(np.linalg.norm(columns[:, 0]) * np.linalg.norm(columns[:, 1]))
    if columns[2] @ np.array([*ground.mean(axis=0), 1.0]) < 0:
        columns = -columns
    first, second, shift = columns.T
    left, _, right = np.linalg.svd(np.column_stack([first, second, np.cross(first, second)]))
    rotation = left @ np.diag([1, 1, np.linalg.det(left @ right)]) @ right
    return np.array([np.log(focal), *_turn(rotation), *(-rotation.T @ shift), 0.0])


def _turn(rotation: Floats) -> Floats:
    """The turn vector of a rotation matrix."""
    return np.asarray(cv2.Rodrigues(rotation)[0].ravel(), np.float64)
