from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from detection_worker.evidence.kept_frames import compressed, kept_of
from detection_worker.evidence.pre_roll import PreRoll
from detection_worker.feeds.video import Video
from detection_worker.frames import Frame, PlainPicture
from tests.detection_worker.films import film
from tests.detection_worker.items import NOON
from tests.detection_worker.pictures import a_frame


def test_the_pre_roll_holds_its_last_seconds() -> None:
    pre_roll = PreRoll(seconds=2, most_bytes=10**9)
    for number in range(100):
        pre_roll.add(compressed(a_frame(number)))
    kept = pre_roll.since(NOON)
    assert kept[0].captured_at == NOON + timedelta(seconds=7.9)
    assert len(kept) == 21
    assert pre_roll.bytes == sum(frame.weight_bytes for frame in kept)


def test_the_pre_roll_never_weighs_more_than_its_share() -> None:
    pre_roll = PreRoll(seconds=60, most_bytes=20_000)
    for number in range(200):
        pre_roll.add(compressed(a_frame(number)))
        assert pre_roll.bytes <= 20_000
    assert len(pre_roll.since(NOON)) > 1


def test_one_frame_is_kept_however_large_it_is() -> None:
    pre_roll = PreRoll(seconds=5, most_bytes=1)
    pre_roll.add(compressed(a_frame(0)))
    pre_roll.add(compressed(a_frame(1)))
    assert len(pre_roll.since(NOON)) == 1


def test_a_clock_that_goes_back_begins_the_pre_roll_anew() -> None:
    pre_roll = PreRoll(seconds=5, most_bytes=10**9)
    for number in (50, 51, 3):
        pre_roll.add(compressed(a_frame(number)))
    kept = pre_roll.since(NOON)
    assert [frame.captured_at for frame in kept] == [NOON + timedelta(seconds=0.3)]
    assert pre_roll.bytes == kept[0].weight_bytes


def test_a_stream_is_kept_as_its_camera_encoded_it(tmp_path: Path) -> None:
    frames = streamed(tmp_path)
    pre_roll = PreRoll(seconds=10, most_bytes=10**9)
    for frame in frames:
        pre_roll.add(kept_of(frame))
    groups = {frame.encoded.group for frame in frames if frame.encoded is not None}
    assert pre_roll.bytes == sum(group.weight_bytes for group in groups)
    last = pre_roll.since(NOON)[-1].image
    assert last is not None and np.array_equal(last, frames[-1].image_bgr)


def test_a_stream_never_weighs_more_than_its_share(tmp_path: Path) -> None:
    frames = streamed(tmp_path)
    share = 3 * max(frame.encoded.group.weight_bytes for frame in frames if frame.encoded)
    pre_roll = PreRoll(seconds=60, most_bytes=share)
    for frame in frames:
        assert pre_roll.has_room_for(frame)
        pre_roll.add(kept_of(frame))
        assert pre_roll.bytes <= share
    assert len(pre_roll.since(NOON)) > 8


def test_a_stream_whose_key_pictures_are_too_far_apart_is_kept_as_jpegs(tmp_path: Path) -> None:
    frame = streamed(tmp_path)[-1]
    assert frame.encoded is not None
    assert not PreRoll(5, 2 * frame.encoded.group.weight_bytes - 1).has_room_for(frame)
    assert PreRoll(5, 1).has_room_for(replace(frame, picture=PlainPicture(frame.image_bgr)))


def streamed(folder: Path) -> list[Frame]:
    with closing(Video(str(film(folder, "a camera")), {})) as video:
        return [
            Frame(1, NOON + timedelta(seconds=at_s or 0.0), picture)
            for at_s, picture in video.pictures()
        ]
