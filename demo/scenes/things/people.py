"""Drawing people: figures of joints whose legs and arms swing as they walk."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.canvas import Canvas, Points, Tone, disc, fill, fixed, line
from demo.scenes.picture.light import Colour, colour
from demo.scenes.things.looks import PersonLook

STRIDE = 0.83
"""Length of two steps in heights of the walker (Bohannon's adults: 1.4 m at 1.7 m)."""

SHOES = colour("221f1e")

# Joints as shares of the height: aside (right is positive), ahead, up.
_HEAD, _NECK, _CHEST, _WAIST = 0, 1, 2, 3
_SHOULDERS, _ELBOWS, _HANDS, _HIPS, _KNEES, _FEET, _TOES = 4, 6, 8, 10, 12, 14, 16
_COUNT = 18
_HIP_UP, _THIGH, _SHIN, _UPPER_ARM, _FOREARM = 0.515, 0.25, 0.245, 0.17, 0.155


def figures(heights_m: Floats, along_m: Floats, speed_ms: Floats, idle_s: Floats) -> Floats:
    """Joints (N, 18, 3) of walkers in metres from where each stands: aside, ahead, up.

    ``idle_s`` moves those who stand: a little, each at a time of its own.
    """
    phase = 2 * np.pi * along_m / (STRIDE * heights_m)
    swing = np.clip(speed_ms / 1.35, 0.0, 1.5)
    sway = 0.012 * np.sin(0.9 * idle_s) * (swing < 0.1)
    joints = np.zeros((len(heights_m), _COUNT, 3))
    bob = 0.012 * np.abs(np.sin(phase)) * swing
    for joint, up in ((_HEAD, 0.93), (_NECK, 0.84), (_CHEST, 0.72), (_WAIST, 0.53)):
        joints[:, joint, 2] = up + bob
        joints[:, joint, 1] = 0.02 * swing * up + sway * up
    for side in (0, 1):
        _limbs(joints, side, np.sin(phase + np.pi * side), np.cos(phase + np.pi * side), swing, bob)
    return joints * heights_m[:, None, None]


def _limbs(
    joints: Floats, side: int, sine: Floats, cosine: Floats, swing: Floats, bob: Floats
) -> None:
    """One leg and the arm of the same side, which swing against each other."""
    aside = -1.0 if side == 0 else 1.0
    thigh = 0.46 * sine * swing
    bend = (0.12 + 0.75 * np.clip(cosine, 0, None)) * np.minimum(swing, 1.0)
    hip_up = _HIP_UP + bob
    knee = np.stack([np.sin(thigh) * _THIGH, hip_up - np.cos(thigh) * _THIGH])
    shin = thigh - bend
    foot = knee + np.stack([np.sin(shin) * _SHIN, -np.cos(shin) * _SHIN])
    foot[1] = np.maximum(foot[1], 0.02)
    toe = foot + np.stack([np.full_like(thigh, 0.075), 0.02 * sine * swing - 0.012])
    _put(joints, _HIPS + side, 0.052 * aside, np.stack([0 * thigh, hip_up]))
    _put(joints, _KNEES + side, 0.055 * aside, knee)
    _put(joints, _FEET + side, 0.058 * aside, foot)
    _put(joints, _TOES + side, 0.064 * aside, toe)
    arm = -0.5 * sine * swing
    shoulder = np.stack([0.01 + 0 * arm, 0.815 + bob])
    elbow = shoulder + np.stack([np.sin(arm) * _UPPER_ARM, -np.cos(arm) * _UPPER_ARM])
    forearm = arm + 0.25 + 0.35 * np.clip(arm, 0, None)
    hand = elbow + np.stack([np.sin(forearm) * _FOREARM, -np.cos(forearm) * _FOREARM])
    _put(joints, _SHOULDERS + side, 0.115 * aside, shoulder)
    _put(joints, _ELBOWS + side, 0.14 * aside, elbow)
    _put(joints, _HANDS + side, 0.14 * aside, hand)


def _put(joints: Floats, joint: int, aside: float, ahead_up: Floats) -> None:
    joints[:, joint, 0] = aside
    joints[:, joint, 1:] = ahead_up.T


def stand_up(joints: Floats, at_m: Floats, yaw: Floats) -> Floats:
    """The joints (N, 18, 3) in metres of the city: east, north, up."""
    sine, cosine = np.sin(yaw)[:, None], np.cos(yaw)[:, None]
    aside, ahead = joints[..., 0], joints[..., 1]
    east = aside * cosine + ahead * sine
    north = ahead * cosine - aside * sine
    return np.stack([east, north, joints[..., 2]], axis=-1) + at_m[:, None]


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPerson:
    """A person somewhere: pixels of the joints and pixels of a metre there."""

    pixels: Floats
    px_m: float
    depth_m: float
    right_near: bool
    broad: float


def place(camera: CameraModel, joints_m: Floats, yaw: float) -> PlacedPerson | None:
    """Where a person with these joints (18, 3) is; ``None`` when too near the camera."""
    pixels, depth = camera.project(joints_m)
    if depth.min() < 1.0:
        return None
    px_m = camera.focal * camera.wh[0] / float(depth[_WAIST])
    view = joints_m[_WAIST] - np.array(camera.at_m)
    view /= np.linalg.norm(view)
    right = np.array([np.cos(yaw), -np.sin(yaw), 0.0])
    broad = float(np.sqrt(1 - (view @ right) ** 2 + 0.3 * (view @ right) ** 2))
    return PlacedPerson(pixels, px_m, float(depth[_WAIST]), bool(view @ right < 0), broad)


def draw(canvas: Canvas, look: PersonLook, placed: PlacedPerson, tone: Tone) -> None:
    """Draw a person, the limbs that are farther off first."""
    points = fixed(placed.pixels)
    size = placed.px_m * look.height_m
    far, near = (0, 1) if placed.right_near else (1, 0)
    _leg(canvas, look, points, far, size, tone, 0.78)
    _arm(canvas, look, points, far, size, tone, 0.78)
    _leg(canvas, look, points, near, size, tone, 0.96)
    _trunk(canvas, look, points, placed, size, tone)
    _arm(canvas, look, points, near, size, tone, 0.9)
    _head(canvas, look, points, size, tone)


def _leg(
    canvas: Canvas, look: PersonLook, points: Points, side: int, size: float, tone: Tone, bright: float
) -> None:
    ink = tone.ink(look.bottom, bright)
    line(canvas, points[[_HIPS + side, _KNEES + side]], ink, 0.088 * size)
    line(canvas, points[[_KNEES + side, _FEET + side]], ink, 0.066 * size)
    line(canvas, points[[_FEET + side, _TOES + side]], tone.ink(SHOES), 0.05 * size)


def _arm(
    canvas: Canvas, look: PersonLook, points: Points, side: int, size: float, tone: Tone, bright: float
) -> None:
    joints = points[[_SHOULDERS + side, _ELBOWS + side, _HANDS + side]]
    line(canvas, joints, tone.ink(look.top, bright), 0.056 * size)
    disc(canvas, points[_HANDS + side], 0.024 * size, tone.ink(look.skin, bright))


def _trunk(
    canvas: Canvas, look: PersonLook, points: Points, placed: PlacedPerson, size: float, tone: Tone
) -> None:
    shoulders, waist = points[_NECK], points[_WAIST]
    wide = 0.125 * size * placed.broad
    fill(canvas, _column(shoulders, waist, wide, 0.095 * size), tone.ink(look.top, 0.92))
    fill(canvas, _column(shoulders, waist, wide * 0.45, 0.04 * size, -0.4 * wide), tone.ink(look.top, 1.1))
    if look.coat:
        knees = (points[_KNEES] + points[_KNEES + 1]) // 2
        fill(canvas, _column(waist, knees, 0.09 * size, 0.12 * size), tone.ink(look.top, 0.84))
    if look.bag:
        chest = points[_CHEST]
        ink = tone.ink(_bag_of(look), 0.95)
        cv2.ellipse(
            canvas.picture,
            (int(chest[0]) >> 3, int(chest[1]) >> 3),
            (max(1, round(0.075 * size)), max(1, round(0.11 * size))),
            0, 0, 360, ink, -1,
        )  # fmt: skip


def _bag_of(look: PersonLook) -> Colour:
    """A bag in a colour that differs from what is worn."""
    return colour("c0392b") if look.top[2] < 120 else colour("2e5aa8")


def _column(top: Points, bottom: Points, top_px: float, bottom_px: float, aside_px: float = 0.0) -> Points:
    """A four-cornered patch between two joints, so wide at each end."""
    a, b, c = round(top_px * 8), round(bottom_px * 8), round(aside_px * 8)
    return np.array(
        [
            [top[0] - a + c, top[1]],
            [top[0] + a + c, top[1]],
            [bottom[0] + b + c, bottom[1]],
            [bottom[0] - b + c, bottom[1]],
        ],
        np.int32,
    )


def _head(canvas: Canvas, look: PersonLook, points: Points, size: float, tone: Tone) -> None:
    head = points[_HEAD]
    line(canvas, points[[_NECK, _HEAD]], tone.ink(look.skin, 0.8), 0.05 * size)
    disc(canvas, head, 0.062 * size, tone.ink(look.skin, 0.95))
    crown = head - np.array([0, round(0.024 * size * 8)], np.int32)
    disc(canvas, crown, 0.058 * size, tone.ink(look.hair, 1.0))


SHADOW_LINES: tuple[tuple[tuple[int, ...], float], ...] = (
    ((_WAIST, _KNEES, _FEET), 0.075),
    ((_WAIST, _KNEES + 1, _FEET + 1), 0.075),
    ((_NECK, _WAIST), 0.19),
    ((_SHOULDERS, _ELBOWS, _HANDS), 0.055),
    ((_SHOULDERS + 1, _ELBOWS + 1, _HANDS + 1), 0.055),
    ((_HEAD, _NECK), 0.11),
)
"""Joints that a shadow joins by lines, and how wide these are in heights."""


def fallen(joints_m: Floats, step: Point2, ground_m: float) -> Floats:
    """Where the sun throws joints (N, 3): points (N, 3) on the ground at ``ground_m``."""
    up = joints_m[:, 2:] - ground_m
    flat = joints_m[:, :2] + up * np.array(step)
    return np.column_stack([flat, np.full(len(flat), ground_m)])


Mask = npt.NDArray[np.uint8]


def draw_shadow(mask: Mask, pixels: Floats, size_px: float) -> None:
    """Draw the shadow of a person whose joints fell on ``pixels`` (18, 2)."""
    points = fixed(pixels)
    for joints, width in SHADOW_LINES:
        thick = max(1, round(width * size_px))
        cv2.polylines(mask, [points[list(joints)]], False, (255,), thick, cv2.LINE_8, 3)
