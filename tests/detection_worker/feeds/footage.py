"""Recordings made on the spot, and servers that send them."""

import contextlib
import http.server
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from benchmarks.free_ports import free_port
from data_access.domain.watch import WatchedCamera
from detection_worker.frames import Image

PASSWORD = "s3cr%40t"

DRIFT = timedelta(seconds=0.02)
"""How far the time of day may be set from a steady clock within one test."""


def camera(feed_url: str | Path, loops: bool = False) -> WatchedCamera:
    return WatchedCamera(7, "KSH-0007", str(feed_url), loops=loops)


def picture(brightness: int, wh: tuple[int, int] = (160, 96)) -> Image:
    return np.full((wh[1], wh[0], 3), brightness, np.uint8)


def record(
    path: Path,
    times_s: Sequence[float] = tuple(number / 10 for number in range(20)),
    wh: tuple[int, int] = (160, 96),
    codec: str = "libx264",
    creation_time: str | None = None,
) -> Path:
    """A recording with a frame at each of ``times_s``, brighter by three from frame to frame up to 219."""
    with av.open(str(path), "w") as container:
        if creation_time:
            container.metadata["creation_time"] = creation_time
        track = container.add_stream(codec, rate=10)
        track.width, track.height, track.pix_fmt = *wh, "yuv420p"
        if codec == "libx264":
            track.options = {"g": "10", "preset": "ultrafast", "tune": "zerolatency"}
        if codec == "mjpeg":
            track.pix_fmt = "yuvj420p"
        track.codec_context.time_base = Fraction(1, 1000)
        for number, time_s in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(picture(20 + 3 * number % 200, wh), format="bgr24")
            frame.pts, frame.time_base = round(time_s * 1000), Fraction(1, 1000)
            container.mux(track.encode(frame))
        container.mux(track.encode())
    return path


def record_sound(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        track = container.add_stream("aac", rate=16000)
        for number in range(20):
            frame = av.AudioFrame.from_ndarray(
                np.zeros((1, 1024), np.float32), format="fltp", layout="mono"
            )
            frame.sample_rate, frame.pts = 16000, number * 1024
            container.mux(track.encode(frame))
        container.mux(track.encode())
    return path


@contextlib.contextmanager
def rtsp_server(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """A real RTSP server for the MP4 files in ``folder``, from when it listens on ``port``."""
    command = [Path(sys.executable).with_name("rtsp-server"), "-d", folder, "-H", "127.0.0.1"]
    ports = ["-p", str(port), "-cp", str(free_port())]
    server = subprocess.Popen(
        [*map(str, command), *ports], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert server.stdout is not None
    for line in server.stdout:
        if str(port) in line:
            break
    drain = threading.Thread(target=server.stdout.read)
    drain.start()
    try:
        yield server
    finally:
        server.terminate()
        server.wait()
        drain.join()
        server.stdout.close()


@contextlib.contextmanager
def hanging_server(port: int) -> Iterator[int]:
    """Accepts on ``port`` and never says anything."""
    with tcp_server(port=port) as taken:
        yield taken


@contextlib.contextmanager
def tcp_server(greeting: bytes = b"", repeat: bool = False, port: int = 0) -> Iterator[int]:
    """Accepts, says ``greeting`` (for ever if ``repeat``), and then nothing; yields its port."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", port)) as listening:
        listening.settimeout(0.1)
        threads: list[threading.Thread] = []

        def talk(client: socket.socket) -> None:
            with client, contextlib.suppress(OSError):
                client.sendall(greeting)
                while not over.wait(0.01):
                    if repeat:
                        client.sendall(greeting)

        def accept() -> None:
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    client = listening.accept()[0]
                    client.settimeout(1.0)
                    threads.append(threading.Thread(target=talk, args=(client,)))
                    threads[-1].start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            over.set()
            accepting.join()
            for thread in threads:
                thread.join()


def files_in(folder: Path) -> type[http.server.BaseHTTPRequestHandler]:
    """A handler for ``web`` that gives the files of a folder."""

    class Files(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    return Files


@contextlib.contextmanager
def web(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
