"""Flagpoles and what flies from them."""

import cv2
import numpy as np

from demo.scenes.picture.camera import Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import colour
from demo.scenes.things.solids import Texture, beam, hang, post

TURQUOISE, GOLD = colour("00a9c0"), colour("f3cf3a")


def flagpole(easel: Easel, foot: Point2, height_m: float, kind: str = "kz") -> None:
    """A pole with a flag that hangs to the right of it in the picture, in a light wind."""
    post(easel, foot, height_m, 0.14, colour("d5d8d9"))
    beam(easel, (*foot, height_m), (*foot, height_m + 0.25), 0.3, colour("d8b34a"))
    size = height_m * 0.22
    right = easel.camera.axes[0]
    pieces = 7
    flag = _flag(kind)
    for number in range(pieces):
        began, ended = number / pieces, (number + 1) / pieces
        a, b = (np.array([*foot, 0.0]) + right * 2 * size * share for share in (began, ended))
        sag_a, sag_b = (
            0.10 * size * np.sin(5 * share + 0.6) - 0.06 * size for share in (began, ended)
        )
        top = height_m - 0.3
        corners = [
            (*a[:2], top + sag_a),
            (*b[:2], top + sag_b),
            (*b[:2], top - size + sag_b),
            (*a[:2], top - size + sag_a),
        ]
        width = flag.shape[1] // pieces
        part = flag[:, number * width : (number + 1) * width]
        hang(easel, np.array(corners), part, 0.86 + 0.2 * np.cos(5 * (began + ended) / 2 + 0.6))


def _flag(kind: str) -> Texture:
    """The state's: a sun over a soaring eagle; or a city's own: white with a blue ring."""
    flag = np.full((120, 238, 3), TURQUOISE if kind == "kz" else colour("f4f2ec"), np.uint8)
    if kind != "kz":
        cv2.circle(flag, (119, 60), 34, colour("2f86b4"), 9, cv2.LINE_AA)
        return flag
    cv2.circle(flag, (119, 54), 22, GOLD, -1, cv2.LINE_AA)
    for turn in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        end = (round(119 + 33 * float(np.cos(turn))), round(54 + 33 * float(np.sin(turn))))
        cv2.line(flag, (119, 54), end, GOLD, 2, cv2.LINE_AA)
    cv2.ellipse(flag, (119, 84), (46, 16), 0, 0, 180, GOLD, 5, cv2.LINE_AA)
    flag[6:114, 10:18] = GOLD
    return flag
