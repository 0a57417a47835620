"""SRT from a drone over real sockets of this machine, in both directions."""

import itertools
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import imageio_ffmpeg
import psutil
import pytest

from benchmarks.free_ports import free_port
from detection_worker.feeds.source import (
    NO_ANSWER,
    NO_PICTURE,
    NOBODY_SENDS,
    NOT_IN_FFMPEG,
    WRONG_PASSWORD,
    FeedError,
)
from detection_worker.feeds.srt import Receiver, open_srt
from tests.detection_worker.feeds.footage import camera

PATIENCE_S = 90.0
PICTURES = ("-f", "lavfi", "-i", "testsrc=size=160x96:rate=25")
SOUND = ("-f", "lavfi", "-i", "sine")
AGAIN = "import subprocess, sys\nwhile True: subprocess.run(sys.argv[1:])"
AS_VIDEO = ("-c:v", "libx264", "-g", "10", "-tune", "zerolatency", "-pix_fmt", "yuv420p")


@contextmanager
def drone(
    url: str, given: tuple[str, ...] = PICTURES, coded: tuple[str, ...] = AS_VIDEO
) -> Iterator[None]:
    """Another process that broadcasts in real time, again and again until it is let in."""
    words = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "quiet", "-nostdin", "-re", *given]
    once = [*words, *coded, "-t", "60", "-f", "mpegts", url]
    process = psutil.Popen([sys.executable, "-c", AGAIN, *once])
    try:
        yield
    finally:
        _end(process)


def _end(process: psutil.Popen) -> None:
    process.suspend()  # or it begins another
    for one in (*process.children(), process):
        one.kill()
    process.wait()


def reason_of(feed_url: str, patience_s: float = PATIENCE_S) -> str:
    with pytest.raises(FeedError) as raised:
        list(open_srt(camera(feed_url), patience_s).frames())
    assert "qala" not in str(raised.value)
    return raised.value.reason


@pytest.mark.parametrize("words", ["", "passphrase=qala-qala-qala"])
def test_a_drone_that_sends_to_this_machine_is_seen(words: str) -> None:
    port = free_port()
    feed = open_srt(camera(f"srt://127.0.0.1:{port}?mode=listener&{words}"), PATIENCE_S)
    with drone(f"srt://127.0.0.1:{port}?{words}"):
        shown = list(itertools.islice(feed.frames(), 30))
    assert {picture.bgr.shape for _, picture in shown} == {(96, 160, 3)}
    assert all(later > earlier for (earlier, _), (later, _) in itertools.pairwise(shown))


def test_a_stream_that_is_waiting_at_its_sender_is_fetched_with_its_packets() -> None:
    port = free_port()
    with drone(f"srt://127.0.0.1:{port}?mode=listener"):
        feed = open_srt(camera(f"srt://127.0.0.1:{port}"), PATIENCE_S)
        with closing(feed.frames()) as frames:
            _, picture = next(frames)
            assert picture.wh == (160, 96)
            assert picture.encoded is not None


def test_a_wrong_passphrase_is_said() -> None:
    port = free_port()
    with drone(f"srt://127.0.0.1:{port}?mode=listener&passphrase=another-one"):
        assert reason_of(f"srt://127.0.0.1:{port}?passphrase=qala-qala-qala") == WRONG_PASSWORD


def test_a_stream_of_sound_alone_is_said() -> None:
    port = free_port()
    with drone(f"srt://127.0.0.1:{port}?mode=listener", SOUND, ("-c:a", "aac")):
        assert reason_of(f"srt://127.0.0.1:{port}") == NO_PICTURE


@pytest.mark.parametrize(("words", "reason"), [("", NO_ANSWER), ("?mode=listener", NOBODY_SENDS)])
def test_nobody_at_the_other_end_is_said_in_time(words: str, reason: str) -> None:
    assert reason_of(f"srt://127.0.0.1:{free_port()}{words}", patience_s=1.0) == reason


def test_an_address_can_open_nothing_but_srt(tmp_path: Path) -> None:
    other = tmp_path / "other.ts"
    other.write_bytes(b"")
    sly = f"srt://127.0.0.1:{free_port()}'\nfile '{other}"
    assert reason_of(sly, patience_s=1.0) == NO_ANSWER


def test_nobody_reads_a_passphrase_from_the_list_of_processes() -> None:
    receiver = Receiver(f"srt://127.0.0.1:{free_port()}?passphrase=qala-qala-qala", 60.0)
    with closing(receiver):
        children = psutil.Process().children(recursive=True)
        assert children
        assert not any("qala-qala" in word for one in children for word in one.cmdline())


def test_the_receiver_ends_with_its_feed() -> None:
    port = free_port()
    with drone(f"srt://127.0.0.1:{port}?mode=listener"):
        frames = open_srt(camera(f"srt://127.0.0.1:{port}"), PATIENCE_S).frames()
        next(frames)
        receivers = [one for one in psutil.Process().children() if "ffmpeg" in one.name()]
        frames.close()
    assert receivers
    assert not any(one.is_running() for one in receivers)


@pytest.fixture
def many_files() -> Iterator[None]:
    """As many open files as a worker of some hundred cameras has."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, before[1]), before[1]))
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    yield
    for one in opened:
        os.close(one)
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("many_files")
def test_a_stream_is_seen_beside_hundreds_of_cameras() -> None:
    port = free_port()
    frames = open_srt(camera(f"srt://127.0.0.1:{port}"), PATIENCE_S).frames()
    with drone(f"srt://127.0.0.1:{port}?mode=listener"), closing(frames):
        assert next(frames)[1].bgr.shape == (96, 160, 3)


def test_a_program_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/nowhere/ffmpeg")
    assert reason_of(f"srt://127.0.0.1:{free_port()}") == NOT_IN_FFMPEG
