"""Films for tests, in the codecs and with the habits of cameras."""

from fractions import Fraction
from pathlib import Path

import av

from detection_worker.frames import Image
from tests.detection_worker.pictures import a_picture

FPS = 10

X264 = {"preset": "ultrafast", "g": "8"}
HABITS: dict[str, tuple[str, str, dict[str, str]]] = {
    "a camera": ("libx264", ".mp4", {**X264, "bf": "0"}),
    "reordered": ("libx264", ".mp4", {"preset": "veryfast", "g": "8", "bf": "3"}),
    "open groups": (
        "libx264",
        ".mp4",
        {"preset": "veryfast", "bf": "3", "x264-params": "keyint=8:open-gop=1:scenecut=0"},
    ),
    "HEVC": ("libx265", ".mp4", {"preset": "ultrafast", "x265-params": "keyint=8:log-level=none"}),
    "JPEGs": ("mjpeg", ".avi", {"strict": "unofficial"}),
    "a broadcast": ("libx264", ".ts", {**X264, "bf": "2"}),
}
"""Encoder, suffix and options."""


def write(path: Path, frames: int, encoder: str, options: dict[str, str]) -> Path:
    """``frames`` pictures of a moving square at ``FPS``."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(encoder, rate=FPS, options=options)
        stream.width, stream.height = a_picture(0).shape[1::-1]
        stream.pix_fmt = "yuvj420p" if encoder == "mjpeg" else "yuv420p"
        for number in range(frames):
            container.mux(stream.encode(_frame(a_picture(number), number)))
        container.mux(stream.encode(None))
    return path


def film(folder: Path, habit: str, frames: int = 40) -> Path:
    """A film with one of the ``HABITS``."""
    encoder, suffix, options = HABITS[habit]
    return write(folder / f"film{suffix}", frames, encoder, options)


def _frame(image: Image, number: int) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(image, format="bgr24")
    frame.pts, frame.time_base = number, Fraction(1, FPS)
    return frame
