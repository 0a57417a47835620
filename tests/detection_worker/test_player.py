"""Pictures of a stream are decoded when they are asked for, and are those that decoding gives."""

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from detection_worker.colours import Colours
from detection_worker.frames import Image
from detection_worker.packets import EncodedPicture, PacketLog
from detection_worker.player import Player
from tests.detection_worker.feeds.footage import record

TIMES_S = tuple(number / 10 for number in range(35))


def as_sent_and_decoded(path: Path) -> tuple[list[EncodedPicture], list[Image]]:
    """Each picture as its packet came, and as a decoder of the whole stream gives it."""
    sent: list[EncodedPicture] = []
    colours, images = Colours(), list[Image]()
    with av.open(str(path)) as container:
        track = container.streams.video[0]
        log = PacketLog(track.codec_context.name, track.codec_context.extradata)
        for packet in container.demux(track):
            log.add(packet)
            picture = log.picture(packet.pts) if packet.size else None
            sent += [picture] if picture is not None else []
            images += [colours.of(frame, 0) for frame in packet.decode()]
    return sent, images


@pytest.mark.parametrize("codec", ["libx264", "mpeg4", "mjpeg"])
@pytest.mark.parametrize(
    "asked",
    [
        range(35),
        [0, 7, 8, 9, 10, 11, 34],  # on and over into other groups
        [34, 3, 3, 20, 19, 0],  # back, and the same again
        [25],
    ],
    ids=["all", "some", "back and forth", "one"],
)
def test_a_picture_is_what_decoding_the_whole_stream_gives(
    tmp_path: Path, codec: str, asked: Sequence[int]
) -> None:
    sent, images = as_sent_and_decoded(record(tmp_path / "film.mp4", TIMES_S, codec=codec))
    assert len(sent) == len(images) == 35
    player = Player()
    for number in asked:
        image = player.image(sent[number])
        assert image is not None and np.array_equal(image, images[number])


def test_pictures_in_their_order_are_decoded_once(tmp_path: Path) -> None:
    sent, _ = as_sent_and_decoded(record(tmp_path / "film.mp4", TIMES_S[:10]))
    player = Player()
    for number, picture in enumerate(sent, 1):
        assert player.image(picture) is not None
        assert player._packets == number


def test_a_damaged_picture_is_none_and_the_next_group_is_whole(tmp_path: Path) -> None:
    sent, images = as_sent_and_decoded(record(tmp_path / "film.mp4", TIMES_S))
    group = sent[0].group
    group.packets[:] = [(b"\0" * len(words), pts, dts) for words, pts, dts in group.packets]
    player = Player()
    assert player.image(sent[4]) is None
    image = player.image(sent[-1])
    assert image is not None and np.array_equal(image, images[-1])
