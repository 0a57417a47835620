"""Drawing people: figures of joints whose legs and arms swing as they walk."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.canvas import SHIFT, Canvas, Ink, Points, Tone, disc, fill, fixed, line
from demo.scenes.picture.light import colour
from demo.scenes.things.looks import PersonLook

STRIDE = 0.83
"""Length of two steps in heights of the walker (1.4 m at 1.7 m)."""

SMALL_PX, TINY_PX = 56.0, 30.0
"""Figures lower than this on the canvas are drawn with fewer strokes, or with the fewest."""

SHOES = colour("221f1e")
RED_BAG, BLUE_BAG = colour("c0392b"), colour("2e5aa8")

# Joints, so that each limb is a run of them.
HEAD, NECK, CHEST, WAIST = 0, 1, 2, 3
ARMS = ((4, 7), (7, 10))  # shoulder, elbow, hand: left, right
LEGS = ((10, 14), (14, 18))  # hip, knee, foot, toe: left, right
JOINTS = 18

# Measures of a body as shares of its height (Drillis and Contini, 1966).
_HIP_UP, _THIGH, _SHIN, _UPPER_ARM, _FOREARM = 0.515, 0.25, 0.245, 0.17, 0.155


def figures(heights_m: Floats, along_m: Floats, speed_ms: Floats, idle: Floats) -> Floats:
    """Joints (N, 18, 3) of walkers in metres from where each stands: aside, ahead, up.

    ``idle`` is an angle that moves those who stand a little, each in a time of its own.
    """
    phase = 2 * np.pi * along_m / (STRIDE * heights_m)
    swing = np.clip(speed_ms / 1.35, 0.0, 1.5)
    sway = 0.015 * np.sin(idle) * (swing < 0.1)
    joints = np.zeros((len(heights_m), JOINTS, 3))
    bob = 0.012 * np.abs(np.sin(phase)) * swing
    for joint, up in ((HEAD, 0.93), (NECK, 0.84), (CHEST, 0.72), (WAIST, 0.53)):
        joints[:, joint, 0] = sway * up
        joints[:, joint, 1] = 0.02 * swing * up
        joints[:, joint, 2] = up + bob
    for side in (0, 1):
        _leg_joints(joints, side, phase + np.pi * side, swing, bob)
        _arm_joints(joints, side, phase + np.pi * side, swing, bob)
    return joints * heights_m[:, None, None]


def _leg_joints(joints: Floats, side: int, phase: Floats, swing: Floats, bob: Floats) -> None:
    thigh = 0.46 * np.sin(phase) * swing
    shin = thigh - (0.12 + 0.75 * np.clip(np.cos(phase), 0, None)) * np.minimum(swing, 1.0)
    hip = np.stack([0 * thigh, _HIP_UP + bob])
    knee = hip + _THIGH * np.stack([np.sin(thigh), -np.cos(thigh)])
    foot = knee + _SHIN * np.stack([np.sin(shin), -np.cos(shin)])
    foot[1] = np.maximum(foot[1], 0.02)
    toe = foot + np.stack([0.075 + 0 * thigh, 0.02 * np.sin(phase) * swing - 0.012])
    _put(joints, LEGS[side][0], (0.052, 0.055, 0.058, 0.064), side, (hip, knee, foot, toe))


def _arm_joints(joints: Floats, side: int, phase: Floats, swing: Floats, bob: Floats) -> None:
    arm = -0.5 * np.sin(phase) * swing  # against the leg of the same side
    bent = arm + 0.25 + 0.35 * np.clip(arm, 0, None)
    shoulder = np.stack([0.01 + 0 * arm, 0.815 + bob])
    elbow = shoulder + _UPPER_ARM * np.stack([np.sin(arm), -np.cos(arm)])
    hand = elbow + _FOREARM * np.stack([np.sin(bent), -np.cos(bent)])
    _put(joints, ARMS[side][0], (0.115, 0.14, 0.14), side, (shoulder, elbow, hand))


def _put(
    joints: Floats,
    first: int,
    asides: tuple[float, ...],
    side: int,
    ahead_up: tuple[Floats, ...],
) -> None:
    for number, (aside, place) in enumerate(zip(asides, ahead_up, strict=True)):
        joints[:, first + number, 0] = aside * (2 * side - 1)
        joints[:, first + number, 1:] = place.T


def stand_up(joints: Floats, at_m: Floats, yaw: Floats) -> Floats:
    """The joints (N, 18, 3) in metres of the city: east, north, up."""
    sine, cosine = np.sin(yaw)[:, None], np.cos(yaw)[:, None]
    aside, ahead = joints[..., 0], joints[..., 1]
    east = aside * cosine + ahead * sine
    north = ahead * cosine - aside * sine
    return np.stack([east, north, joints[..., 2]], axis=-1) + at_m[:, None]


def fallen(joints_m: Floats, step: Point2, ground_m: Floats) -> Floats:
    """Where the sun throws joints (N, 18, 3) on ground at the heights ``ground_m`` (N,)."""
    shadow = joints_m.copy()
    up = joints_m[..., 2] - ground_m[:, None]
    shadow[..., 0] += up * step[0]
    shadow[..., 1] += up * step[1]
    shadow[..., 2] = ground_m[:, None]
    return shadow


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPeople:
    """People in the picture: pixels of joints (N, 18, 2), depths, heights in pixels.

    ``broad`` is how wide the trunk shows, from the side (about 0.6) to the front (1);
    ``right_near`` says whose right side is nearer.
    """

    pixels: Floats
    depth_m: Floats
    size_px: Floats
    broad: Floats
    right_near: npt.NDArray[np.bool_]


def place(camera: CameraModel, joints_m: Floats, heights_m: Floats, yaw: Floats) -> PlacedPeople:
    """Where people with these joints (N, 18, 3) are."""
    pixels, depth = camera.project(joints_m)
    depth_m = np.maximum(depth[:, WAIST], 1e-3)
    view = joints_m[:, WAIST] - np.array(camera.at_m)
    view /= np.linalg.norm(view, axis=1, keepdims=True)
    to_right = view[:, 0] * np.cos(yaw) - view[:, 1] * np.sin(yaw)
    size = camera.focal * camera.wh[0] / depth_m * heights_m
    broad = np.sqrt(1 - 0.7 * to_right**2)
    return PlacedPeople(pixels, depth_m, size, broad, to_right < 0)


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One of the placed people, to be drawn."""

    look: PersonLook
    points: Points
    size_px: float
    broad: float
    right_near: bool

    def draw(self, canvas: Canvas, tone: Tone) -> None:
        """Draw the figure, the limbs that are farther off first."""
        far, near = (0, 1) if self.right_near else (1, 0)
        small = self.size_px < SMALL_PX
        bottom, top = tone.ink(self.look.bottom, 0.95), tone.ink(self.look.top, 0.95)
        self._leg(canvas, far, tone.ink(self.look.bottom, 0.78), tone)
        if not small:
            self._arm(canvas, far, tone.ink(self.look.top, 0.78), tone)
        self._leg(canvas, near, bottom, tone)
        if self.size_px < TINY_PX:
            line(canvas, self.points[NECK : WAIST + 1], top, 0.17 * self.size_px)
        else:
            self._trunk(canvas, tone)
            self._arm(canvas, near, top, tone)
        self._head(canvas, tone, small)

    def _leg(self, canvas: Canvas, side: int, ink: Ink, tone: Tone) -> None:
        first, last = LEGS[side]
        if self.size_px < SMALL_PX:
            line(canvas, self.points[first:last], ink, 0.075 * self.size_px)
            return
        line(canvas, self.points[first : first + 2], ink, 0.09 * self.size_px)
        line(canvas, self.points[first + 1 : last - 1], ink, 0.068 * self.size_px)
        line(canvas, self.points[last - 2 : last], tone.ink(SHOES), 0.05 * self.size_px)

    def _arm(self, canvas: Canvas, side: int, ink: Ink, tone: Tone) -> None:
        first, last = ARMS[side]
        line(canvas, self.points[first:last], ink, 0.056 * self.size_px)
        if self.size_px >= SMALL_PX:
            skin = tone.ink(self.look.skin, 0.9)
            disc(canvas, self.points[last - 1], 0.024 * self.size_px, skin)

    def _trunk(self, canvas: Canvas, tone: Tone) -> None:
        look, size = self.look, self.size_px
        neck, waist = self.points[NECK], self.points[WAIST]
        wide = 0.125 * size * self.broad
        fill(canvas, _column(neck, waist, wide, 0.095 * size), tone.ink(look.top, 0.92))
        lit = _column(neck, waist, wide * 0.45, 0.04 * size, -0.4 * wide)
        fill(canvas, lit, tone.ink(look.top, 1.1))
        if look.coat:
            knees = (self.points[LEGS[0][0] + 1] + self.points[LEGS[1][0] + 1]) // 2
            fill(canvas, _column(waist, knees, 0.09 * size, 0.12 * size), tone.ink(look.top, 0.84))
        if look.bag:
            self._bag(canvas, tone.ink(RED_BAG if look.top[2] < 120 else BLUE_BAG, 0.95))

    def _bag(self, canvas: Canvas, ink: Ink) -> None:
        x, y = (int(part) >> SHIFT for part in self.points[CHEST])
        axes = (max(1, round(0.075 * self.size_px)), max(1, round(0.11 * self.size_px)))
        cv2.ellipse(canvas.picture, (x, y), axes, 0, 0, 360, ink, -1)

    def _head(self, canvas: Canvas, tone: Tone, small: bool) -> None:
        head, size = self.points[HEAD], self.size_px
        if not small:
            neck = tone.ink(self.look.skin, 0.8)
            line(canvas, self.points[HEAD : NECK + 1], neck, 0.05 * size)
        disc(canvas, head, 0.062 * size, tone.ink(self.look.skin, 0.95))
        crown = head - np.array([0, round(0.024 * size * (1 << SHIFT))], np.int32)
        disc(canvas, crown, 0.058 * size, tone.ink(self.look.hair))


def _column(
    top: Points, bottom: Points, top_px: float, bottom_px: float, aside_px: float = 0.0
) -> Points:
    """A four-cornered patch between two joints, so wide at each end."""
    a, b, c = (round(part * (1 << SHIFT)) for part in (top_px, bottom_px, aside_px))
    (x1, y1), (x2, y2) = top.tolist(), bottom.tolist()
    corners = [[x1 - a + c, y1], [x1 + a + c, y1], [x2 + b + c, y2], [x2 - b + c, y2]]
    return np.array(corners, np.int32)


def draw_shadow(mask: npt.NDArray[np.uint8], pixels: Floats, size_px: float) -> None:
    """Draw the shadow of a person whose joints fell on ``pixels`` (18, 2)."""
    points = fixed(pixels)
    _stroke(mask, points[HEAD : WAIST + 1], 0.16 * size_px)
    for first, last in LEGS:
        _stroke(mask, points[first : last - 1], 0.08 * size_px)
    if size_px >= SMALL_PX:
        for first, last in ARMS:
            _stroke(mask, points[first:last], 0.055 * size_px)


def _stroke(mask: npt.NDArray[np.uint8], points: Points, width_px: float) -> None:
    thick = max(1, round(width_px))
    cv2.polylines(mask, [points], False, (255,), thick, cv2.LINE_8, SHIFT)
