from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import av
import numpy as np
import pytest

from detection_worker.evidence.clips import write_clip
from detection_worker.evidence.kept_frames import KEPT_WIDTH_PX, KeptFrame, compressed
from detection_worker.frames import Frame, Image, PlainPicture
from tests.detection_worker.items import NOON
from tests.detection_worker.pictures import a_frame, a_picture


@dataclass
class Played:
    """What a player makes of a clip."""

    codec: str
    pixels: str
    size: tuple[int, int]
    times_s: list[float]
    pictures: list[Image]


def played(path: Path) -> Played:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        return Played(
            stream.codec_context.name,
            str(stream.codec_context.pix_fmt),
            (stream.width, stream.height),
            [float(frame.time) for frame in frames if frame.time is not None],
            [frame.to_ndarray(format="bgr24") for frame in frames],
        )


def clip_of(frames: Sequence[Frame], path: Path) -> Played:
    write_clip(path, [compressed(frame) for frame in frames])
    return played(path)


def test_a_clip_is_h264_as_browsers_play_it(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    clip = clip_of([a_frame(number) for number in range(20)], path)
    assert (clip.codec, clip.pixels, clip.size) == ("h264", "yuv420p", (320, 240))
    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat"), "it must play while it is loaded"


def test_frames_are_shown_at_the_times_they_were_captured(tmp_path: Path) -> None:
    times_s = [0.0, 0.1, 0.25, 0.9, 0.95, 3.0]
    frames = [
        Frame(1, NOON + timedelta(seconds=at_s), PlainPicture(a_picture(number)))
        for number, at_s in enumerate(times_s)
    ]
    assert clip_of(frames, tmp_path / "c.mp4").times_s == pytest.approx(times_s, abs=1e-4)


def test_the_picture_is_that_of_the_camera(tmp_path: Path) -> None:
    frames = [a_frame(number * 10) for number in range(6)]
    for frame, shown in zip(frames, clip_of(frames, tmp_path / "c.mp4").pictures, strict=True):
        error = np.abs(shown.astype(int) - frame.image_bgr.astype(int)).mean()
        assert error < 4


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((321, 241), (320, 240)),
        ((2560, 1440), (1280, 720)),
        ((2, 2), (2, 2)),
        ((1921, 3), (1280, 2)),
    ],
)
def test_odd_and_large_sizes_are_made_even_and_narrow(
    tmp_path: Path, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    clip = clip_of([a_frame(number, size=size) for number in range(3)], tmp_path / "c.mp4")
    assert clip.size == shown
    assert clip.size[0] <= KEPT_WIDTH_PX


def test_a_size_that_changes_is_fitted_into_the_first_one(tmp_path: Path) -> None:
    frames = [a_frame(0), a_frame(1), a_frame(2, size=(640, 160)), a_frame(3, size=(100, 300))]
    clip = clip_of(frames, tmp_path / "c.mp4")
    assert clip.size == (320, 240) and len(clip.pictures) == 4
    assert clip.pictures[2][:60].mean() < 20 < clip.pictures[2][120].mean()


def test_one_frame_makes_a_clip(tmp_path: Path) -> None:
    assert len(clip_of([a_frame(0)], tmp_path / "c.mp4").pictures) == 1


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    kept: list[KeptFrame] = [compressed(a_frame(0))]
    with pytest.raises(OSError, match="No such file"):
        write_clip(tmp_path / "missing" / "c.mp4", kept)
