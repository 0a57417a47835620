import itertools
import os
import statistics
import threading
from pathlib import Path

import cv2
import pytest

from detection_worker.feeds import opener
from detection_worker.feeds.folder import FolderFeed
from detection_worker.feeds.source import NO_FOLDER, NO_STILLS, FeedError
from detection_worker.frames import Picture
from tests.detection_worker.feeds.footage import camera, picture


def put(folder: Path, name: str, brightness: int, at_s: float = 1_772_366_400.0) -> None:
    """Written beside and moved, as an upload is."""
    upload = folder / "upload.tmp"
    upload.write_bytes(cv2.imencode(".png", picture(brightness))[1].tobytes())
    os.utime(upload, (at_s, at_s))
    upload.rename(folder / name)


def brightness(pictures: list[Picture]) -> list[int]:
    return [round(float(picture.bgr.mean())) for picture in pictures]


@pytest.mark.parametrize("form", ["{}", "file://{}", "folder://{}", "{}?fps=20"])
def test_stills_come_in_the_order_of_their_numbers(tmp_path: Path, form: str) -> None:
    for number in (10, 9, 2):
        put(tmp_path, f"still{number}.png", number)
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "still1.jpg").write_bytes(b"damaged")
    (tmp_path / "still3.jpg").mkdir()
    os.mkfifo(tmp_path / "still4.jpg")
    feed = FolderFeed(camera(form.format(tmp_path)), paced=False)
    assert brightness([picture for _, picture in feed.frames()]) == [2, 9, 10]


def test_a_folder_is_opened_as_one_wherever_a_feed_is(tmp_path: Path) -> None:
    put(tmp_path, "1.png", 50)
    assert isinstance(opener()(camera(tmp_path)), FolderFeed)


def test_stills_that_play_in_place_of_a_camera_keep_their_rate_and_begin_again(
    tmp_path: Path,
) -> None:
    put(tmp_path, "1.png", 10)
    put(tmp_path, "2.png", 20)
    feed = FolderFeed(camera(f"folder://{tmp_path}?fps=20", loops=True), paced=True)
    shown = list(itertools.islice(feed.frames(), 5))
    assert brightness([picture for _, picture in shown]) == [10, 20, 10, 20, 10]
    steps_s = [(b - a).total_seconds() for (a, _), (b, _) in itertools.pairwise(shown)]
    assert statistics.median(steps_s) == pytest.approx(0.05)


def test_what_a_camera_uploads_is_shown_as_it_comes_at_the_time_of_its_file(
    tmp_path: Path,
) -> None:
    put(tmp_path, "1.png", 10)
    put(tmp_path, "2.png", 20)
    feed = FolderFeed(camera(f"folder://{tmp_path}?follow=1"), paced=True)
    frames = feed.frames()
    assert round(float(next(frames)[1].bgr.mean())) == 20, "it begins with the newest"
    threading.Timer(0.3, put, (tmp_path, "3.png", 30, 1_772_366_405.0)).start()
    at, picture = next(frames)
    assert (round(float(picture.bgr.mean())), at.timestamp()) == (30, 1_772_366_405.0)
    feed.close()
    assert list(frames) == []


@pytest.mark.parametrize(("make", "reason"), [(True, NO_STILLS), (False, NO_FOLDER)])
def test_a_folder_without_stills_is_said(tmp_path: Path, make: bool, reason: str) -> None:
    if make:
        (tmp_path / "cam").mkdir()
    with pytest.raises(FeedError) as raised:
        list(FolderFeed(camera(f"folder://{tmp_path}/cam"), paced=False).frames())
    assert raised.value.reason == reason
