"""Pictures are decoded again from the packets they came in."""

from contextlib import closing
from itertools import islice
from pathlib import Path

import av
import numpy as np
import pytest

from detection_worker.feeds.video import Video
from detection_worker.frames import Image
from detection_worker.packets import (
    MOST_GROUP_BYTES,
    EncodedPicture,
    Group,
    Head,
    PacketLog,
    decoded,
)
from tests.detection_worker.films import HABITS, film, write

Seen = list[tuple[EncodedPicture | None, Image]]


def seen(path: Path) -> Seen:
    with closing(Video(str(path), {})) as video:
        return [(picture.encoded, picture.bgr) for _, picture in video.pictures()]


def known(pictures: Seen) -> list[EncodedPicture]:
    encoded = [one for one, _ in pictures if one is not None]
    assert len(encoded) == len(pictures)
    return encoded


@pytest.mark.parametrize("habit", HABITS)
def test_every_picture_is_decoded_again_as_it_was(habit: str, tmp_path: Path) -> None:
    pictures = seen(film(tmp_path, habit))
    again = list(decoded(known(pictures)))
    assert len(again) == 40
    for image, (_, first) in zip(again, pictures, strict=True):
        assert image is not None and np.array_equal(image, first)


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("number", [0, 7, 8, 9, 23, 39])
def test_one_picture_is_had_without_those_around_it(
    habit: str, number: int, tmp_path: Path
) -> None:
    pictures = seen(film(tmp_path, habit))
    image = known(pictures)[number].image
    assert image is not None and np.array_equal(image, pictures[number][1])


@pytest.mark.parametrize("habit", HABITS)
def test_the_last_seconds_begin_between_two_key_pictures(habit: str, tmp_path: Path) -> None:
    pictures = seen(film(tmp_path, habit))[13:30:2]
    encoded = known(pictures)
    key_pts = encoded[0].group.packets[0][1]
    for image, one, (_, first) in zip(decoded(encoded), encoded, pictures, strict=True):
        if one.pts < key_pts:  # made from what is no longer kept
            assert image is None
        else:
            assert image is not None and np.array_equal(image, first)


def test_a_camera_that_came_back_is_decoded_on(tmp_path: Path) -> None:
    before, after = (seen(film(tmp_path, habit)) for habit in ("a camera", "a broadcast"))
    pictures = before[30:] + after[:10]
    again = list(decoded(known(pictures)))
    assert all(
        image is not None and np.array_equal(image, first)
        for image, (_, first) in zip(again, pictures, strict=True)
    )


def test_what_is_wanted_no_more_is_not_kept(tmp_path: Path) -> None:
    pictures = known(seen(film(tmp_path, "a camera")))
    last = pictures[-1]
    del pictures
    assert last.group.before is not None and last.group.before() is None
    assert last.group.weight_bytes == sum(len(words) for words, *_ in last.group.packets)


def test_a_damaged_picture_is_none_and_the_next_group_is_well(tmp_path: Path) -> None:
    pictures = seen(film(tmp_path, "a camera"))
    group = known(pictures)[8].group
    group.packets[:] = [(b"\0" * len(words), pts, dts) for words, pts, dts in group.packets]
    again = list(decoded(known(pictures)[8:24]))
    assert again[0] is None
    assert all(image is not None for image in again[8:])


def test_a_codec_that_its_packets_do_not_explain_is_not_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "film.avi", 5, "msmpeg4", {})
    assert [encoded for encoded, _ in seen(path)] == [None] * 5


def test_nothing_is_known_before_the_first_key_picture() -> None:
    log = PacketLog("h264", None)
    assert log.picture(0) is None
    assert log.picture(None) is None


@pytest.mark.parametrize("words", [b"", b"\0", bytes(range(256)) * 40])
def test_arbitrary_bytes_are_no_picture(words: bytes) -> None:
    group = Group(Head("h264", None))
    group.add((words, 0, 0))
    assert EncodedPicture(group, 0, 1).image is None


def test_a_camera_that_sends_no_more_key_pictures_does_not_fill_the_memory(tmp_path: Path) -> None:
    with av.open(str(film(tmp_path, "a camera"))) as container:
        key, *others = islice(container.demux(video=0), 8)
        log = PacketLog("h264", container.streams.video[0].codec_context.extradata)
        log.add(key)
        first = log.picture(key.pts)
        assert first is not None
        for _ in range(1 + MOST_GROUP_BYTES // others[0].size):
            log.add(others[0])
        assert first.group.weight_bytes <= MOST_GROUP_BYTES + others[0].size
        assert log.picture(others[0].pts) is None
