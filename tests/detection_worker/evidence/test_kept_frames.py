from datetime import timedelta

import pytest

from detection_worker.evidence.kept_frames import PreRoll, compressed
from tests.detection_worker.items import NOON
from tests.detection_worker.pictures import a_frame


def test_the_pre_roll_holds_its_last_seconds() -> None:
    pre_roll = PreRoll(seconds=2, most_bytes=10**9)
    for number in range(100):
        pre_roll.add(compressed(a_frame(number)))
    kept = pre_roll.since(NOON)
    assert kept[0].captured_at == NOON + timedelta(seconds=7.9)
    assert len(kept) == 21
    assert pre_roll.bytes == sum(len(frame.jpeg) for frame in kept)


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
    assert pre_roll.bytes == len(kept[0].jpeg)


@pytest.mark.parametrize("size", [(1, 1), (4096, 2160), (3, 999)])
def test_any_size_of_picture_can_be_kept(size: tuple[int, int]) -> None:
    kept = compressed(a_frame(0, size=size))
    assert kept.frame_wh == size
    assert len(kept.jpeg) > 100
