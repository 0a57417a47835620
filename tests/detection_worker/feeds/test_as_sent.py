"""A stream's pictures as its camera sent them: none is decoded before somebody asks."""

from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from benchmarks.free_ports import free_port
from detection_worker import packets
from detection_worker.feeds.rtsp import open_rtsp
from detection_worker.feeds.source import BROKE_OFF, FeedUnreachable
from detection_worker.feeds.stream import StreamFeed
from detection_worker.frames import Image, LargePicture
from detection_worker.packets import EncodedPicture
from detection_worker.player import Player
from tests.detection_worker.feeds.footage import (
    camera,
    files_in,
    picture,
    record,
    rtsp_server,
    web,
)

TIMES_S = tuple(number / 10 for number in range(30))


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[EncodedPicture]:
    """What has been decoded since."""
    asked: list[EncodedPicture] = []
    really = Player.image

    def image(player: Player, one: EncodedPicture) -> Image | None:
        asked.append(one)
        return really(player, one)

    monkeypatch.setattr(Player, "image", image)
    return asked


def from_camera(folder: Path) -> Iterator[LargePicture]:
    """``live.mp4`` in real time."""
    port = free_port()
    with rtsp_server(folder, port):
        yield from open_rtsp(camera(f"rtsp://127.0.0.1:{port}/live.mp4")).as_sent()


def brightness(image: Image | None) -> float:
    assert image is not None
    return float(image.mean())


def test_only_the_first_picture_is_decoded_unasked(
    tmp_path: Path, decoded: list[EncodedPicture]
) -> None:
    record(tmp_path / "live.mp4", TIMES_S)
    sent = list(islice(from_camera(tmp_path), 12))
    assert len(decoded) == 1
    assert {one.wh for one in sent} == {(160, 96)}
    assert all(later.captured_at > one.captured_at for one, later in pairwise(sent))
    levels = [brightness(one.image_bgr) for one in sent]
    steps = np.diff([level for level in levels if level < 200])
    assert np.all(steps > 0)  # brighter from picture to picture: each is its own


def test_a_stream_over_http_is_kept_as_sent_until_it_breaks_off(
    tmp_path: Path, decoded: list[EncodedPicture]
) -> None:
    record(tmp_path / "live.ts", TIMES_S).rename(tmp_path / "live")
    with web(files_in(tmp_path)) as port, pytest.raises(FeedUnreachable) as raised:
        list(StreamFeed(camera(f"http://127.0.0.1:{port}/live")).as_sent())
    assert raised.value.reason == BROKE_OFF
    assert len(decoded) <= 1


def record_out_of_order(path: Path) -> None:
    """With pictures that are sent after ones that are shown later."""
    with av.open(str(path), "w") as container:
        track = container.add_stream("libx264", rate=10, options={"bf": "2", "g": "10"})
        track.width, track.height, track.pix_fmt = 160, 96, "yuv420p"
        for number in range(40):
            frame = av.VideoFrame.from_ndarray(picture(20 + 3 * number), format="bgr24")
            container.mux(track.encode(frame))
        container.mux(track.encode())


def test_what_cannot_be_decoded_one_by_one_is_decoded_as_it_comes(
    tmp_path: Path, decoded: list[EncodedPicture]
) -> None:
    record_out_of_order(tmp_path / "live.mp4")
    sent = list(islice(from_camera(tmp_path), 15))
    assert decoded == []
    levels = [brightness(one.image_bgr) for one in sent]
    assert levels == sorted(levels) and len(set(levels)) == 15


def test_a_camera_that_sends_no_second_key_picture_is_decoded_as_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packets, "MOST_GROUP_BYTES", 1_000)
    record(tmp_path / "live.mp4", TIMES_S)
    sent = list(islice(from_camera(tmp_path), 20))
    assert {one.wh for one in sent} == {(160, 96)}
    assert all(brightness(one.image_bgr) > 0 for one in sent)
    assert any(one.encoded is None for one in sent)
