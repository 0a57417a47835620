"""Recordings of somebody who walks through a yard, made on the spot."""

from pathlib import Path

import av
import cv2
import numpy as np

FPS = 10
WH = (320, 240)
GROUND = cv2.GaussianBlur(
    np.random.default_rng(5).integers(70, 120, (WH[1], WH[0], 3), np.uint8), (7, 7), 0
)


def a_walk(path: Path, seconds: float = 8.0, enters_s: float = 2.0) -> Path:
    """A bright upright thing walks from left to right over the ground, once it has entered."""
    with av.open(str(path), "w") as container:
        track = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"})
        track.width, track.height, track.pix_fmt = *WH, "yuv420p"
        for number in range(round(seconds * FPS)):
            image = GROUND.copy()
            if number >= enters_s * FPS:
                left = 10 + round(4 * (number - enters_s * FPS))
                image[90:150, left : left + 22] = 240
            container.mux(track.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
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
