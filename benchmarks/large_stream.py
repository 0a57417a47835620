"""What a camera's large stream costs: decoded as it comes, and kept as it was sent.

One film of 1920 × 1080 at 25 frames a second over RTSP, read in real time by the worker's own
readers, in alternating rounds. The processor time is that of this process; the server is another.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.free_ports import free_port
from benchmarks.stream_films import Clip, rendered, write_film
from data_access.domain.watch import WatchedCamera
from data_access.settings import Settings
from detection_worker.feeds import opener
from detection_worker.feeds.pair import LargeReader
from detection_worker.feeds.reader import FeedReader
from detection_worker.frames import LargePicture, Slot

WH, FPS = (1920, 1080), 25.0
FILM_S = 30.0
WATCHED_S = 10.0
PATIENCE_S = 60.0
ASKED = 20
"""Pictures that are asked for, one now and then."""


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """Processor time a picture, both ways, and what one that is asked for takes."""
    del settings
    parser = argparse.ArgumentParser(prog="./qala bench large-stream", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="qala-bench-") as folder:
        _write(Path(folder))
        rounds = [(_decoded(Path(folder)), *_as_sent(Path(folder))) for _ in range(given.rounds)]
    decoded, sent, asked = (statistics.median(one) for one in zip(*rounds, strict=True))
    return {
        "wh": WH,
        "fps": FPS,
        "decoded_cpu_ms_a_picture": round(decoded, 2),
        "as_sent_cpu_ms_a_picture": round(sent, 2),
        "times_less": round(decoded / sent, 1),
        "one_asked_for_ms": round(asked, 1),
    }


def _write(folder: Path) -> None:
    small = rendered("square", 4.0, FPS)
    pictures = [np.asarray(cv2.resize(one, WH), np.uint8) for one in small.pictures]
    write_film(folder, Clip("live", FPS, pictures), round(FILM_S * FPS), 0.0)


def _decoded(folder: Path) -> float:
    slot = Slot(live=True)
    return _cost_ms(folder, lambda camera: FeedReader(camera, opener(), slot, _say_nothing))


def _as_sent(folder: Path) -> tuple[float, float]:
    """Processor time a picture; the time to decode one, over some from all over the groups."""
    came: list[LargePicture] = []
    cost_ms = _cost_ms(
        folder,
        lambda camera: LargeReader(
            camera, opener(), lambda picture, stop: came.append(picture), _say_nothing
        ),
    )
    asked = came[:: max(1, len(came) // ASKED)]
    began_s = time.perf_counter()
    for picture in reversed(asked):  # so none goes on from the one before
        assert picture.image_bgr is not None
    return cost_ms, (time.perf_counter() - began_s) * 1000 / len(asked)


def _cost_ms(folder: Path, reader_of: Callable[[WatchedCamera], FeedReader]) -> float:
    port, live = free_port(), threading.Event()
    with _server(folder, port):
        reader = reader_of(WatchedCamera(1, "large", f"rtsp://127.0.0.1:{port}/live-0.mp4"))
        reader.start()
        _until(lambda: reader.condition().last_frame_at is not None, live)
        began_s, count = time.process_time(), reader.pictures
        live.wait(WATCHED_S)
        spent_s, pictures = time.process_time() - began_s, reader.pictures - count
        reader.stop(PATIENCE_S)
    return spent_s * 1000 / pictures


def _until(is_so: Callable[[], bool], never: threading.Event) -> None:
    until_s = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > until_s:
            raise OSError("the film was not to be had from this machine's own server")
        never.wait(0.05)


@contextmanager
def _server(folder: Path, port: int) -> Iterator[None]:
    program = Path(sys.executable).with_name("rtsp-server")
    words = [str(program), "-d", str(folder), "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(  # noqa: S603 - a fixed program
        [*words, "-cp", str(free_port())], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert server.stdout is not None
    with server.stdout as said:
        next(line for line in said if str(port).encode() in line)  # it listens
        drained = threading.Thread(target=said.read)
        drained.start()
        try:
            yield
        finally:
            server.terminate()
            server.wait()
            drained.join()


def _say_nothing(state: object, reason: str) -> None:
    """Its states are not what is measured."""
