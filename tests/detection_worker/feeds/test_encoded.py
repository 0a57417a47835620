"""What a source gives can be decoded again from what its camera sent."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from benchmarks.free_ports import free_port
from detection_worker.feeds import FEEDS, scheme
from detection_worker.feeds.file import open_file
from detection_worker.feeds.source import FeedSource
from detection_worker.frames import Image
from detection_worker.packets import EncodedPicture, decoded
from tests.detection_worker.feeds.footage import camera, files_in, record, rtsp_server, web

Seen = list[tuple[Image, EncodedPicture]]


def seen(source: FeedSource, count: int) -> Seen:
    """The first pictures but the very first, to which RTSP gives no time, and what they came in."""
    pictures: Seen = []
    for _, picture in islice(source.frames(), count):
        encoded = picture.encoded
        assert encoded is not None or not pictures
        pictures.extend([(picture.bgr, encoded)] if encoded is not None else [])
    source.close()
    return pictures


def same_again(pictures: Seen) -> bool:
    again = decoded([encoded for _, encoded in pictures])
    return all(
        image is not None and np.array_equal(image, first)
        for image, (first, _) in zip(again, pictures, strict=True)
    )


@pytest.mark.parametrize("paced", [True, False])
def test_a_recording(paced: bool, tmp_path: Path) -> None:
    record(tmp_path / "film.mp4", [n / 10 for n in range(12)])
    pictures = seen(open_file(camera(str(tmp_path / "film.mp4")), paced), 12)
    assert len(pictures) >= 11 and same_again(pictures)


def test_an_rtsp_camera(tmp_path: Path) -> None:
    record(tmp_path / "live.mp4", [n / 10 for n in range(50)])
    port = free_port()
    with rtsp_server(tmp_path, port):
        address = f"rtsp://127.0.0.1:{port}/live.mp4"
        pictures = seen(FEEDS[scheme(address)](camera(address)), 12)
    assert len(pictures) >= 6 and same_again(pictures)


def test_a_stream_over_http(tmp_path: Path) -> None:
    record(tmp_path / "live.ts", [n / 10 for n in range(50)]).rename(tmp_path / "live")

    with web(files_in(tmp_path)) as port:
        address = f"http://127.0.0.1:{port}/live"
        pictures = seen(FEEDS[scheme(address)](camera(address)), 12)
    assert len(pictures) >= 11 and same_again(pictures)
