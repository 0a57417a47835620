"""Drawing vehicles: their faces in the light, their plates where they can be read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.canvas import Canvas, Tone, fill, fixed
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Colour, Daylight, colour
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.looks import VehicleLook
from demo.scenes.things.meshes import Mesh
from demo.scenes.things.plates import plate_picture
from demo.scenes.things.solids import scaled

MATERIALS: dict[str, Colour] = {
    "under": colour("26262a"),
    "dark": colour("2b2c2f"),
    "trim": colour("3a3b3e"),
    "seam": colour("4a4b4e"),
    "grille": colour("26282b"),
    "tyre": colour("1d1d1f"),
    "rim": colour("9a9da1"),
    "glass": colour("37424b"),
    "screen": colour("50626e"),
    "lamp": colour("f1f1ea"),
    "tail": colour("9c2320"),
    "roof": colour("c9c8c3"),
    "cab": colour("d65a2b"),
    "sign": colour("e8a834"),
    "plate": colour("e9e9e4"),
    "blue": colour("2456b0"),
}

BRAKING = colour("ff3b30")
BRAKES_FROM_MS2 = -0.7
NEAREST_M = 1.0
DETAIL_PX_M = 15.0
"""Pixels of the canvas for a metre below which seams, rims and grilles are left out."""

READABLE_PX = 20
"""A plate that is narrower than this on the canvas is a light patch."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedVehicle:
    """A vehicle somewhere in the picture.

    ``pixels`` of the corners of all its faces, how ``bright`` each face is and which of them
    ``shows``, and the outline of its shadow.
    """

    look: VehicleLook
    pixels: Floats
    bright: Floats
    shows: list[int]
    depth_m: float
    shadow_px: Floats

    @property
    def mesh(self) -> Mesh:
        """Its body."""
        return BODIES[self.look.body]

    def draw(self, canvas: Canvas, tone: Tone, gains_ms2: float = 0.0) -> None:
        """Draw it; its brake lights shine while it slows down."""
        corners = fixed(self.pixels)
        braking = gains_ms2 < BRAKES_FROM_MS2
        inks = tone.inks(_paints(self.look, braking) * self.bright[:, None])
        spans, faces = self.mesh.spans, self.mesh.faces
        for number in self.shows:
            began, ended = spans[number]
            if faces[number].paint == "plate":
                _plate(canvas, self.look.plate, self.pixels[began:ended], tone)
            else:
                fill(canvas, corners[began:ended], inks[number])


def place(
    camera: CameraModel,
    light: Daylight,
    looks: Sequence[VehicleLook],
    at_m: Floats,
    yaw: Floats,
) -> list[PlacedVehicle | None]:
    """Where vehicles at (N, 3) are in the picture; ``None`` for one that is too near.

    All are worked out at once: it takes hardly longer than for one of them.
    """
    meshes = [BODIES[look.body] for look in looks]
    corners, whose = _turned([mesh.points for mesh in meshes], yaw)
    pixels, depth = camera.project(corners + at_m[whose])
    fallen = _fallen(meshes, light, at_m, yaw)
    shadows, shadow_depth = camera.project(fallen)
    bright, shows = _seen_faces(meshes, camera, light, at_m, yaw)
    rows = zip(
        looks,
        _split(pixels, [mesh.points for mesh in meshes]),
        _split(depth, [mesh.points for mesh in meshes]),
        _split(bright, [mesh.offsets for mesh in meshes]),
        _split(shows, [mesh.offsets for mesh in meshes]),
        _split(shadows, [mesh.bulk for mesh in meshes]),
        _split(shadow_depth, [mesh.bulk for mesh in meshes]),
        strict=True,
    )
    return [_placed(camera, *row) for row in rows]


def _placed(
    camera: CameraModel,
    look: VehicleLook,
    pixels: Floats,
    depth: Floats,
    bright: Floats,
    shows: npt.NDArray[np.bool_],
    shadow: Floats,
    shadow_depth: Floats,
) -> PlacedVehicle | None:
    if min(depth.min(), shadow_depth.min()) < NEAREST_M:
        return None
    far = camera.focal * camera.wh[0] / float(depth.mean()) < DETAIL_PX_M
    plain = BODIES[look.body].plain
    numbers = np.flatnonzero(shows & plain if far else shows).tolist()
    outline = cv2.convexHull(shadow.astype(np.float32)).reshape(-1, 2)
    return PlacedVehicle(
        look, pixels, bright, numbers, float(depth.mean()), outline.astype(np.float64)
    )


def _fallen(meshes: Sequence[Mesh], light: Daylight, at_m: Floats, yaw: Floats) -> Floats:
    """Where the sun throws what throws a shadow, on the ground under each vehicle."""
    points, whose = _turned([mesh.bulk for mesh in meshes], yaw)
    step = light.shadow_step
    points[:, 0] += points[:, 2] * step[0]
    points[:, 1] += points[:, 2] * step[1]
    points[:, 2] = 0.0
    return points + at_m[whose]


def _seen_faces(
    meshes: Sequence[Mesh], camera: CameraModel, light: Daylight, at_m: Floats, yaw: Floats
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """How bright the faces of all vehicles are, and which of them look at the camera."""
    normals, whose = _turned([mesh.normals for mesh in meshes], yaw)
    to_camera = (np.array(camera.at_m) - at_m)[whose]
    out = np.concatenate([mesh.offsets for mesh in meshes])
    bright = light.on_faces(normals)
    bright[np.concatenate([mesh.glowing for mesh in meshes])] = 1.0
    return bright, np.einsum("fi,fi->f", normals, to_camera) > out


def _turned(parts: Sequence[Floats], yaw: Floats) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Points of several vehicles, each turned its way: right, ahead, up to east, north, up.

    All of them in one (N, 3), and whose each is.
    """
    whose = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    x, y, z = np.concatenate(parts).T
    sine, cosine = np.sin(yaw)[whose], np.cos(yaw)[whose]
    return np.column_stack([x * cosine + y * sine, y * cosine - x * sine, z]), whose


def _split(values: npt.NDArray[Any], like: Sequence[Floats]) -> list[npt.NDArray[Any]]:
    """Values of all vehicles as those of each."""
    return np.split(values, np.cumsum([len(part) for part in like])[:-1])


@lru_cache(maxsize=1024)
def _paints(look: VehicleLook, braking: bool) -> Floats:
    """The colours (F, 3) of all faces in full sun."""
    own = {"paint": look.paint, "low": scaled(look.paint, 0.84)}
    if braking:
        own["tail"] = BRAKING
    return np.array(
        [own.get(face.paint) or MATERIALS[face.paint] for face in BODIES[look.body].faces]
    )


def _plate(canvas: Canvas, plate: str, pixels: Floats, tone: Tone) -> None:
    corners = pixels[::-1]
    width_px = float(np.linalg.norm(corners[1] - corners[0]))
    if width_px < READABLE_PX:
        fill(canvas, fixed(pixels), tone.ink(MATERIALS["plate"], 0.9))
        return
    face = plate_picture(plate, max(24, 8 * round(width_px / 8)))
    height, width = face.shape[:2]
    low, high = np.floor(pixels.min(axis=0)).astype(int), np.ceil(pixels.max(axis=0)).astype(int)
    canvas_height, canvas_width = canvas.picture.shape[:2]
    if low.min() < 0 or high[0] >= canvas_width or high[1] >= canvas_height:
        return
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    fitted = cv2.getPerspectiveTransform(source, (corners - low).astype(np.float32))
    part = canvas.picture[low[1] : high[1] + 1, low[0] : high[0] + 1]
    shown = cv2.convertScaleAbs(face, alpha=tone.gain[1] * 0.97)
    size = (part.shape[1], part.shape[0])
    cv2.warpPerspective(shown, fitted, size, part, borderMode=cv2.BORDER_TRANSPARENT)


def _parked(
    easel: Easel, look: VehicleLook, foot: Point2, heading_deg: float
) -> PlacedVehicle | None:
    at_m, yaw = np.array([[*foot, 0.0]]), np.array([math.radians(heading_deg)])
    return place(easel.camera, easel.light, [look], at_m, yaw)[0]


def parked_shadow(easel: Easel, look: VehicleLook, foot: Point2, heading_deg: float) -> None:
    """The shadow of a parked vehicle, before the ground is settled."""
    placed = _parked(easel, look, foot, heading_deg)
    if placed is not None:
        turned, _ = _turned([placed.mesh.bulk], np.array([math.radians(heading_deg)]))
        flat = turned[:, :2] + turned[:, 2:] * np.array(easel.light.shadow_step) + np.array(foot)
        hull = cv2.convexHull(flat.astype(np.float32)).reshape(-1, 2)
        easel.shade(easel.spot(hull))


def park(easel: Easel, look: VehicleLook, foot: Point2, heading_deg: float) -> None:
    """Paint a parked vehicle into the backdrop."""
    placed = _parked(easel, look, foot, heading_deg)
    if placed is None:
        return
    turned, _ = _turned([placed.mesh.points], np.array([math.radians(heading_deg)]))
    corners = turned + np.array([*foot, 0.0])
    paints = _paints(look, braking=False) * placed.bright[:, None]
    for number in placed.shows:
        began, ended = placed.mesh.spans[number]
        face = corners[began:ended]
        blue, green, red = paints[number].tolist()
        easel.stand(easel.spot(face), (blue, green, red), easel.nearness(face))
