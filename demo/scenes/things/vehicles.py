"""Drawing vehicles: their faces in the light, their plates where they can be read."""

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

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
    "chequer": colour("1f1f1f"),
}

BRAKING = colour("ff3b30")
BRAKES_FROM_MS2 = -0.7
READABLE_PX = 20
"""A plate that is narrower than this on the canvas is a light patch."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedVehicle:
    """A vehicle somewhere: pixels of its corners, the brightness of its faces, which show."""

    mesh: Mesh
    pixels: Floats
    bright: Floats
    shows: list[int]
    depth_m: float


def place(
    camera: CameraModel, light: Daylight, look: VehicleLook, at_m: Floats, yaw: float
) -> PlacedVehicle | None:
    """Where a vehicle is in the picture; ``None`` when it is too near or behind the camera."""
    mesh = BODIES[look.body]
    turn = _turn(yaw)
    pixels, depth = camera.project(mesh.points @ turn.T + at_m)
    if depth.min() < 1.0:
        return None
    from_camera = turn.T @ (np.array(camera.at_m) - at_m)
    shows = np.flatnonzero(mesh.normals @ from_camera > mesh.offsets).tolist()
    bright = light.on_faces(mesh.normals @ turn.T)
    bright[mesh.glowing] = 1.0
    return PlacedVehicle(mesh, pixels, bright, shows, float(depth.mean()))


def draw(
    canvas: Canvas, look: VehicleLook, placed: PlacedVehicle, tone: Tone, gains: float
) -> None:
    """Draw a vehicle; its brake lights shine while it slows down (``gains`` in m/s²)."""
    corners = fixed(placed.pixels)
    braking = gains < BRAKES_FROM_MS2
    inks = tone.inks(_paints(look, braking) * placed.bright[:, None])
    for number in placed.shows:
        began, ended = placed.mesh.spans[number]
        if placed.mesh.faces[number].paint == "plate":
            _plate(canvas, look.plate, placed.pixels[began:ended], tone)
        else:
            fill(canvas, corners[began:ended], inks[number])


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


def _turn(yaw: float) -> Floats:
    """Local (right, ahead, up) to east, north, up."""
    sine, cosine = math.sin(yaw), math.cos(yaw)
    return np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0], [0.0, 0.0, 1.0]])


def shadow(look: VehicleLook, at_m: Floats, yaw: float, step: Point2) -> Floats:
    """The outline (N, 2) in metres of a vehicle's shadow on the ground."""
    points = BODIES[look.body].bulk @ _turn(yaw).T
    fallen = points[:, :2] + points[:, 2:] * np.array(step) + at_m[:2]
    hull = cv2.convexHull(fallen.astype(np.float32)).reshape(-1, 2)
    return np.asarray(hull, np.float64)


def parked_shadow(easel: Easel, look: VehicleLook, foot: Point2, heading_deg: float) -> None:
    """The shadow of a parked vehicle, before the ground is settled."""
    at_m, yaw = np.array([*foot, 0.0]), math.radians(heading_deg)
    easel.shade(easel.spot(shadow(look, at_m, yaw, easel.light.shadow_step)))


def park(easel: Easel, look: VehicleLook, foot: Point2, heading_deg: float) -> None:
    """Paint a parked vehicle into the backdrop."""
    at_m, yaw = np.array([*foot, 0.0]), math.radians(heading_deg)
    placed = place(easel.camera, easel.light, look, at_m, yaw)
    if placed is None:
        return
    corners = placed.mesh.points @ _turn(yaw).T + at_m
    paints = _paints(look, braking=False) * placed.bright[:, None]
    for number in placed.shows:
        began, ended = placed.mesh.spans[number]
        face = corners[began:ended]
        blue, green, red = paints[number].tolist()
        easel.stand(easel.spot(face), (blue, green, red), easel.nearness(face))
