"""A small RTSP server that sends H.264 over UDP, as cameras do that know nothing else.

FFmpeg sends the RTP packets itself; this module only agrees on the ports with the client.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import av

from tests.detection_worker.feeds.footage import picture

SDP = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=test\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n"
    "a=control:track1\r\n"
)


@contextlib.contextmanager
def rtsp_udp_camera() -> Iterator[tuple[int, list[str]]]:
    """Its port, and the ``Transport`` headers that it was asked for."""
    over, transports = threading.Event(), list[str]()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        serving = threading.Thread(target=_serve, args=(listening, over, transports))
        serving.start()
        try:
            yield int(listening.getsockname()[1]), transports
        finally:
            over.set()
            serving.join()


def _serve(listening: socket.socket, over: threading.Event, transports: list[str]) -> None:
    while not over.is_set():
        with contextlib.suppress(TimeoutError):
            client = listening.accept()[0]
            client.settimeout(0.1)
            with client:
                _talk(client, over, transports)


def _talk(client: socket.socket, over: threading.Event, transports: list[str]) -> None:
    sending: threading.Thread | None = None
    heard = b""
    while not over.is_set():
        try:
            piece = client.recv(4096)
        except TimeoutError:
            continue
        except OSError:
            break
        if not piece:
            break
        heard += piece
        while b"\r\n\r\n" in heard:
            request, heard = heard.split(b"\r\n\r\n", 1)
            answer, port = _answer(request.decode(), transports)
            client.sendall(answer.encode())
            if port:
                sending = threading.Thread(target=_send, args=(port, over))
                sending.start()
    over.set()
    if sending is not None:
        sending.join()


def _answer(request: str, transports: list[str]) -> tuple[str, int]:
    lines = request.split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    method, sequence = lines[0].split()[0], headers["CSeq"]
    body, more, port = "", "", 0
    if method == "OPTIONS":
        more = "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n"
    elif method == "DESCRIBE":
        body, more = SDP, "Content-Type: application/sdp\r\n"
    elif method == "SETUP":
        transports.append(headers["Transport"])
        more = f"Transport: {headers['Transport']};server_port=50000-50001\r\nSession: 1\r\n"
    elif method == "PLAY":
        more = "Session: 1\r\n"
        port = int(transports[-1].split("client_port=")[1].split("-")[0])
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"RTSP/1.0 200 OK\r\nCSeq: {sequence}\r\n{more}{length}\r\n{body}", port


def _send(port: int, over: threading.Event) -> None:
    options = {"preset": "ultrafast", "tune": "zerolatency", "g": "5"}
    with av.open(f"rtp://127.0.0.1:{port}", "w", format="rtp") as container:
        track = container.add_stream("libx264", rate=20, options=options)
        track.width, track.height, track.pix_fmt = 160, 96, "yuv420p"
        number = 0
        while not over.is_set():
            frame = av.VideoFrame.from_ndarray(picture(20 + number % 200), format="bgr24")
            frame.pts = number
            container.mux(track.encode(frame))
            number += 1
            time.sleep(0.05)
