"""Recordings of somebody who walks through a yard and of cars on a road, made on the spot."""

from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np

from detection_worker.frames import Image

FPS = 10
WH = (320, 240)
GROUND = cv2.GaussianBlur(
    np.random.default_rng(5).integers(70, 120, (WH[1], WH[0], 3), np.uint8), (7, 7), 0
)


STEP_PX = 8
"""How far a car of these films drives from picture to picture."""


def a_walk(path: Path, seconds: float = 8.0, enters_s: float = 2.0) -> Path:
    """A bright upright thing walks from left to right over the ground, once it has entered."""

    def picture(number: int) -> Image:
        image = GROUND.copy()
        if number >= enters_s * FPS:
            left = 10 + round(4 * (number - enters_s * FPS))
            image[90:150, left : left + 22] = 240
        return image

    return _written(path, picture, round(seconds * FPS))


def a_road(path: Path, leftward_s: list[float], rightward_s: list[float]) -> Path:
    """Cars drive over the ground in one lane, each from its second on."""
    width = WH[0] + 60

    def picture(number: int) -> Image:
        image = GROUND.copy()
        for enters_s in (*leftward_s, *rightward_s):
            gone = STEP_PX * (number - round(enters_s * FPS))
            left = width - 60 - gone if enters_s in leftward_s else gone - 60
            if 0 <= gone <= width:
                image[110:138, max(left, 0) : max(left + 60, 0)] = 240
        return image

    last_s = max(*leftward_s, *rightward_s) + width / STEP_PX / FPS + 1
    return _written(path, picture, round(last_s * FPS))


def _written(path: Path, picture: Callable[[int], Image], count: int) -> Path:
    with av.open(str(path), "w") as container:
        track = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"})
        track.width, track.height, track.pix_fmt = *WH, "yuv420p"
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(picture(number), format="bgr24")
            container.mux(track.encode(frame))
        container.mux(track.encode())
    return path


def the_beginning(video: Path, path: Path, frames: int) -> Path:
    """The first frames of a recording that has no frames out of order, as they are."""
    with av.open(str(video)) as whole, av.open(str(path), "w") as part:
        source = whole.streams.video[0]
        track = part.add_stream_from_template(source)
        for number, packet in enumerate(whole.demux(source)):
            if number == frames:
                break
            packet.stream = track
            part.mux(packet)
    return path
