"""Pictures as FFmpeg decoded them: brightness as sent, colours once somebody asks."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from detection_worker.colours import Colours
from detection_worker.decoded_picture import DecodedPicture
from detection_worker.feeds.video import Video
from tests.detection_worker.feeds.footage import record

RED_LEFT = np.full((48, 64, 3), 30, np.uint8)
RED_LEFT[:, :32] = (0, 0, 250)


class Counted(Colours):
    """Counts what it makes."""

    def __init__(self) -> None:
        super().__init__()
        self.made = 0

    def of(self, frame: VideoFrame, turns: int) -> np.ndarray:
        self.made += 1
        return super().of(frame, turns)


def sent_as(form: str, image: np.ndarray = RED_LEFT, turns: int = 0) -> DecodedPicture:
    frame = av.VideoFrame.from_ndarray(image, format="bgr24").reformat(format=form)
    return DecodedPicture(frame, turns, Counted(), None)


def made(picture: DecodedPicture) -> int:
    colours = picture._colours
    assert isinstance(colours, Counted)
    return colours.made


@pytest.mark.parametrize("form", ["yuv420p", "yuvj422p", "nv12", "gray", "yuv444p"])
def test_its_brightness_is_there_without_its_colours(form: str) -> None:
    grey = np.full((48, 70, 3), 128, np.uint8)  # rows that FFmpeg fills up to a round number
    picture = sent_as(form, grey)
    levels, span = picture.brightness
    assert levels.shape == (48, 70)
    black = 0 if span == 255 else 16
    assert (levels.mean() - black) * 255 / span == pytest.approx(128, abs=1.5)
    assert made(picture) == 0


@pytest.mark.parametrize("form", ["yuv420p10le", "bgr24", "rgb565le", "yuyv422", "gray16le"])
def test_what_is_sent_otherwise_is_as_bright_as_its_green(form: str) -> None:
    picture = sent_as(form)
    levels, span = picture.brightness
    assert span == 255
    assert np.array_equal(levels, picture.bgr[:, :, 1])


def test_a_camera_that_says_that_it_uses_all_levels_is_believed() -> None:
    frame = av.VideoFrame.from_ndarray(RED_LEFT, format="bgr24").reformat(
        format="yuv420p", dst_color_range="JPEG"
    )
    assert DecodedPicture(frame, 0, Colours(), None).brightness.span == 255


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_camera_held_on_its_side_shows_what_is_up_at_the_top(turns: int) -> None:
    picture = sent_as("yuv444p", turns=turns)
    assert picture.wh == ((64, 48) if turns % 2 == 0 else (48, 64))
    assert picture.bgr.shape[1::-1] == picture.wh
    upright = np.rot90(RED_LEFT, turns).astype(int)
    assert np.abs(picture.bgr.astype(int) - upright).mean() < 3
    assert picture.brightness.levels.shape == (48, 64)


def test_many_who_ask_at_once_see_the_same_colours() -> None:
    pictures = [sent_as("yuv420p", RED_LEFT + step) for step in range(5)]
    colours = Colours()
    pictures = [DecodedPicture(one._frame, 0, colours, None) for one in pictures]
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda number: pictures[number % 5].bgr, range(200)))
    for number, image in enumerate(seen):
        assert np.array_equal(image, seen[number % 5])
    assert not np.array_equal(seen[0], seen[4])


def frames_alive() -> int:
    # By type, not isinstance: that would wake what libraries load only when it is asked for.
    return sum(type(one) is VideoFrame for one in gc.get_objects())


def test_a_picture_goes_when_nobody_holds_it_any_more(tmp_path: Path) -> None:
    """Not when the garbage collector comes by: by then there are hundreds of megabytes."""
    video = Video("film", {}, location=f"file:{record(tmp_path / 'film.mp4')}")
    gc.collect()
    before = frames_alive()
    gc.disable()
    try:
        for _, picture in video.pictures():
            assert picture.bgr.size
            assert picture.brightness.levels.size
        assert frames_alive() - before < 5
    finally:
        gc.enable()
        video.close()
