import itertools
import os
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from detection_worker.feeds.file import open_file
from detection_worker.feeds.source import (
    A_FOLDER,
    A_LIST,
    EMPTY_FILE,
    NO_FILE,
    NO_PICTURE,
    NO_RECORDING,
    NOT_A_VIDEO,
    FeedError,
)
from tests.detection_worker.feeds.footage import DRIFT, camera, picture, record, record_sound

RECORDED_AT = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)


def times_s(path: Path) -> list[float]:
    """Seconds from the first frame on, read through without pacing."""
    times = [at for at, _ in open_file(camera(path), paced=False).frames()]
    return [round((at - times[0]).total_seconds(), 3) for at in times]


def test_every_frame_comes_with_its_own_picture_in_order(tmp_path: Path) -> None:
    path = record(tmp_path / "even.mp4")
    brightness = [
        picture.bgr.mean() for _, picture in open_file(camera(path), paced=False).frames()
    ]
    assert brightness == pytest.approx([20 + 3 * n for n in range(20)], abs=5)


def test_times_are_those_of_the_container_however_uneven(tmp_path: Path) -> None:
    uneven_s = [0, 0.04, 0.5, 0.51, 2.0]
    assert times_s(record(tmp_path / "uneven.mp4", uneven_s)) == uneven_s


def test_a_recording_begins_when_its_maker_says(tmp_path: Path) -> None:
    path = record(tmp_path / "dated.mp4", creation_time=RECORDED_AT.isoformat())
    at, _ = next(open_file(camera(path), paced=False).frames())
    assert at == RECORDED_AT


@pytest.mark.parametrize("told", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59Z", "then"])
def test_a_recording_of_no_possible_year_begins_at_the_time_of_its_file(
    tmp_path: Path, told: str
) -> None:
    path = record(tmp_path / "odd.nut", codec="mjpeg", creation_time=told)
    times = [at for at, _ in open_file(camera(path), paced=False).frames()]
    assert times[0].timestamp() == pytest.approx(path.stat().st_mtime)
    assert len(times) == 20


def test_a_leap_of_years_is_a_fault_of_the_clock(tmp_path: Path) -> None:
    leap_s = 1e9  # thirty years
    path = record(tmp_path / "leap.mkv", [0, 0.1, leap_s, leap_s + 0.1])
    assert times_s(path) == pytest.approx([0, 0.1, 0.2, 0.3], abs=0.05)


def test_an_undated_recording_begins_at_the_time_of_its_file(tmp_path: Path) -> None:
    path = record(tmp_path / "undated.mp4")
    at, _ = next(open_file(camera(path), paced=False).frames())
    assert at.timestamp() == pytest.approx(path.stat().st_mtime)


def test_a_recording_in_place_of_a_camera_takes_as_long_as_it_took(tmp_path: Path) -> None:
    feed = open_file(camera(record(tmp_path / "c.mp4", [0, 0.1, 0.3])), paced=True)
    began_at = datetime.now(UTC)
    times = [at for at, _ in feed.frames()]
    ended_at = datetime.now(UTC)
    assert feed.live
    assert began_at - DRIFT <= times[0] and times[-1] <= ended_at + DRIFT
    assert ended_at - began_at >= timedelta(seconds=0.3) - DRIFT


def test_time_goes_on_when_a_recording_starts_again(tmp_path: Path) -> None:
    path = record(tmp_path / "loop.mp4", [0, 0.02, 0.04])
    frames = open_file(camera(path, loops=True), paced=True).frames()
    times = [next(frames)[0] for _ in range(10)]
    assert all(earlier < later for earlier, later in itertools.pairwise(times))
    assert times[-1] - times[0] < timedelta(minutes=2)


def test_closing_ends_a_recording_that_waits_for_its_next_frame(tmp_path: Path) -> None:
    feed = open_file(camera(record(tmp_path / "slow.mp4", [0, 9.0])), paced=True)
    frames = feed.frames()
    next(frames)
    feed.close()
    assert list(frames) == []


def test_a_file_can_be_named_by_its_address_and_hold_a_colon(tmp_path: Path) -> None:
    path = record(tmp_path / "2026-03-01 12:00 қосшы.mp4")
    assert next(open_file(camera(path), paced=False).frames())
    assert next(open_file(camera(path.as_uri()), paced=False).frames())


def test_the_size_may_change_on_the_way(tmp_path: Path) -> None:
    small, large = (record(tmp_path / f"{w}.ts", wh=(w, h)) for w, h in ((160, 96), (320, 192)))
    both = tmp_path / "both.ts"
    both.write_bytes(small.read_bytes() + large.read_bytes())
    sizes = {picture.bgr.shape for _, picture in open_file(camera(both), paced=False).frames()}
    assert sizes == {picture(0).shape, picture(0, (320, 192)).shape}


def test_a_clock_that_goes_back_never_repeats_a_time(tmp_path: Path) -> None:
    once = record(tmp_path / "once.ts")
    twice = tmp_path / "twice.ts"
    twice.write_bytes(once.read_bytes() * 2)
    read_s = times_s(twice)
    assert len(read_s) == 40
    assert all(earlier < later for earlier, later in itertools.pairwise(read_s))
    assert read_s[-1] == pytest.approx(3.9, abs=0.3)


def test_a_stream_without_any_times_gets_its_usual_rate(tmp_path: Path) -> None:
    read_s = times_s(record(tmp_path / "bare.h264"))
    assert len(read_s) == 20
    assert all(earlier < later for earlier, later in itertools.pairwise(read_s))


def test_garbage_in_the_middle_is_passed_over(tmp_path: Path) -> None:
    path = record(tmp_path / "torn.ts", [n / 10 for n in range(60)])
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = bytes(range(250)) * 12
    path.write_bytes(content)
    read_s = times_s(path)
    assert 30 <= len(read_s) <= 60
    assert read_s[-1] == pytest.approx(5.9, abs=0.2)


def test_a_recording_that_was_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    path = record(tmp_path / "cut.mkv", [n / 10 for n in range(60)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 10 <= len(times_s(path)) < 60


def held(path: Path, matrix: tuple[int, int, int, int]) -> Path:
    """A recording bright at its upper left, with how its camera was held: (a, b, c, d)."""
    image = picture(20, (160, 96))
    image[:48, :80] = 230
    with av.open(str(path), "w") as container:
        track = container.add_stream("mpeg4", rate=10)
        track.width, track.height, track.pix_fmt = 160, 96, "yuv420p"
        for _ in range(3):
            container.mux(track.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(track.encode())
    content = path.read_bytes()
    right, straight, down, last = (value * 65_536 for value in matrix)
    usual = struct.pack(">9i", 65_536, 0, 0, 0, 65_536, 0, 0, 0, 1 << 30)
    told = struct.pack(">9i", right, straight, 0, down, last, 0, 0, 0, 1 << 30)
    begins = content.index(usual, content.index(b"tkhd"))  # the film's own stands before it
    path.write_bytes(content[:begins] + told + content[begins + len(told) :])
    return path


@pytest.mark.parametrize(
    ("matrix", "bright"),
    [
        pytest.param((1, 0, 0, 1), "upper left", id="upright"),
        pytest.param((0, 1, -1, 0), "upper right", id="a quarter to the right"),
        pytest.param((-1, 0, 0, -1), "lower right", id="upside down"),
        pytest.param((0, -1, 1, 0), "lower left", id="a quarter to the left"),
        pytest.param((-1, 0, 0, 1), "upper left", id="mirrored, and as the camera saw it"),
        pytest.param((1, 0, 0, -1), "lower right", id="mirrored upside down"),
        pytest.param((0, 0, 0, 0), "upper left", id="noughts"),
    ],
)
def test_a_recording_is_turned_as_its_camera_was_held(
    tmp_path: Path, matrix: tuple[int, int, int, int], bright: str
) -> None:
    (_, shown), *_ = open_file(camera(held(tmp_path / "held.mp4", matrix)), paced=False).frames()
    image = shown.bgr
    assert shown.wh == (image.shape[1], image.shape[0])
    height, width = image.shape[:2]
    assert (width < height) == (matrix[0] == 0 and any(matrix))
    row, column = np.unravel_index(cv2.blur(image[:, :, 1], (31, 31)).argmax(), image.shape[:2])
    upper, left = (
        "upper" if row < height / 2 else "lower",
        "left" if column < width / 2 else "right",
    )
    assert f"{upper} {left}" == bright


def recorded_pieces(tmp_path: Path, end: str) -> Path:
    record(tmp_path / "piece.ts")
    path = tmp_path / "all.m3u8"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\npiece.ts\n{end}")
    return path


def test_a_whole_playlist_is_a_recording(tmp_path: Path) -> None:
    assert len(times_s(recorded_pieces(tmp_path, "#EXT-X-ENDLIST\n"))) == 20


def test_a_still_with_a_per_cent_sign_is_no_series(tmp_path: Path) -> None:
    for name in ("1.jpg", "2.jpg", "%d.jpg"):
        cv2.imwrite(str(tmp_path / name), picture(90))
    assert len(times_s(tmp_path / "%d.jpg")) == 1


def in_colours_nobody_turns(tmp_path: Path) -> Path:
    path = tmp_path / "bgr4.nut"
    with av.open(str(path), "w") as container:
        track = container.add_stream("rawvideo", rate=10)
        track.width, track.height, track.pix_fmt = 64, 64, "bgr4"
        frame = av.VideoFrame(64, 64, "bgr4")
        frame.pts = 0
        container.mux(track.encode(frame))
    return path


def without_its_index(tmp_path: Path) -> Path:
    path = record(tmp_path / "cut.mp4", [n / 10 for n in range(60)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def of_an_unknown_kind(tmp_path: Path) -> Path:
    """As some recorders write them: a codec of their own, that only their own player knows."""
    path = record(tmp_path / "own.avi", codec="mjpeg")
    path.write_bytes(path.read_bytes().replace(b"MJPG", b"QZQZ"))
    return path


def a_pipe(folder: Path, name: str) -> Path:
    os.mkfifo(folder / name)
    return folder / name


def text(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


SELF = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nx.m3u8\n#EXT-X-ENDLIST\n"
JOINED = b"ffconcat version 1.0\nfile x.txt\n"


@pytest.mark.parametrize("paced", [True, False])
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda f: f / "none.mp4", NO_FILE, id="missing"),
        pytest.param(lambda f: f / ("x" * 400), NO_FILE, id="a name too long"),
        pytest.param(lambda f: "bad\0name.mp4", NO_FILE, id="a name with a zero byte"),
        pytest.param(lambda f: f, A_FOLDER, id="a folder"),
        pytest.param(lambda f: text(f, "empty.mp4", b""), EMPTY_FILE, id="empty"),
        pytest.param(lambda f: text(f, "note.mp4", b"hello " * 999), NOT_A_VIDEO, id="text"),
        pytest.param(lambda f: text(f, "note.txt", b"hello " * 999), NOT_A_VIDEO, id="text.txt"),
        pytest.param(lambda f: text(f, "x.mp4", bytes(5000)), NOT_A_VIDEO, id="zeros"),
        pytest.param(lambda f: without_its_index(f), NOT_A_VIDEO, id="cut short"),
        pytest.param(lambda f: of_an_unknown_kind(f), NOT_A_VIDEO, id="no decoder"),
        pytest.param(lambda f: text(f, "x.svg", b"<svg/>" * 99), NOT_A_VIDEO, id="a drawing"),
        pytest.param(lambda f: in_colours_nobody_turns(f), NOT_A_VIDEO, id="odd colours"),
        pytest.param(lambda f: recorded_pieces(f, ""), A_LIST, id="a list that goes on"),
        pytest.param(lambda f: text(f, "x.m3u8", SELF), A_LIST, id="a list of itself"),
        pytest.param(lambda f: text(f, "x.txt", JOINED), NOT_A_VIDEO, id="files to be joined"),
        pytest.param(lambda f: a_pipe(f, "pipe.mp4"), NO_RECORDING, id="a pipe"),
        pytest.param(lambda f: record_sound(f / "song.m4a"), NO_PICTURE, id="sound only"),
    ],
)
def test_what_is_no_video_is_named_with_the_cure(
    tmp_path: Path, make: object, reason: str, paced: bool
) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(FeedError) as raised:
        next(open_file(camera(path, loops=True), paced=paced).frames())
    assert raised.value.reason == reason
    assert str(raised.value) == f"{path}: {reason}"
