"""Evidence of a camera whose pictures are kept as it encoded them."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from data_access.evidence_manifest import opened
from data_access.media import MediaFolder
from detection_worker.event_desk import Change
from detection_worker.evidence.case import NOT_WRITTEN
from detection_worker.evidence.recorder import EVIDENCE_FAILS, EvidenceRecorder
from detection_worker.feeds.video import Video
from detection_worker.frames import Frame, Image
from detection_worker.pipeline import SeenPicture
from tests.detection_worker.evidence.test_clips import played
from tests.detection_worker.evidence.test_line_stills import a_crossing
from tests.detection_worker.evidence.test_recorder import (
    Make,
    Put,
    at,
    change,
    files,
    make,
    media,
    outbox,
)
from tests.detection_worker.films import film
from tests.detection_worker.items import an_event

__all__ = ["make", "media", "outbox"]


def streamed(folder: Path, habit: str = "a camera", frames: int = 200) -> list[Frame]:
    with closing(Video(str(film(folder, habit, frames)), {})) as video:
        return [
            Frame(1, at(number), picture, number + 1)
            for number, (_, picture) in enumerate(video.pictures())
        ]


def number_of(image: Image) -> int:
    """The frame's number in its film, by where its square stands."""
    bright = np.flatnonzero(image[image.shape[0] // 3 + 10, :, 1] > 200)
    return round(float(bright.mean() - 9.5) / 3)


def event_of(recorder: EvidenceRecorder, frames: list[Frame]) -> None:
    """An event from second 9 to second 11, and the pictures around it."""
    event = an_event(started_at=at(90))
    for frame in frames[:101]:
        recorder.keep(frame)
    recorder.record(change(Change.OPENED, event), frames[100], ())
    for frame in frames[101:131]:
        recorder.keep(frame)
    recorder.record(change(Change.CLOSED, replace(event, ended_at=at(110))), frames[130], ())
    for frame in frames[131:]:
        recorder.keep(frame)


@pytest.mark.parametrize("habit", ["a camera", "open groups", "HEVC", "JPEGs"])
def test_a_clip_shows_each_picture_of_the_stream_at_its_time(
    habit: str, make: Make, media: MediaFolder, outbox: Put, tmp_path: Path
) -> None:
    frames = streamed(tmp_path, habit)
    event_of(make(), frames)
    clip = files(outbox.wait_for(2)[-1])["clip"]
    assert clip.captured_at == at(40)
    shown = played(media.absolute(clip.path))
    assert shown.times_s == pytest.approx([number / 10 for number in range(121)], abs=0.001)
    assert [number_of(picture) for picture in shown.pictures[:60]] == list(range(40, 100))


def test_no_jpeg_is_made_until_somebody_looks(make: Make, tmp_path: Path) -> None:
    recorder, (frame,) = make(), streamed(tmp_path, frames=1)
    before = frame.image_bgr.copy()
    shown = recorder.keep(frame)
    assert "jpeg" not in vars(shown)
    recorder.see(frame, SeenPicture(open_kinds=("crowd",)))
    picture = recorder._live.picture(1, frame.image_bgr.shape[1], True)
    assert picture is not None
    assert np.array_equal(frame.image_bgr, before)  # drawn on a copy


def test_stills_of_a_stream_are_cut_from_its_own_pictures(
    make: Make, media: MediaFolder, tmp_path: Path
) -> None:
    recorder, frames = make(), streamed(tmp_path, frames=50)
    for frame in frames:
        recorder.keep(frame)
    record = recorder.record(change(Change.OPENED, a_crossing(20, 45)), frames[49], ())
    for kind, number in (("before", 20), ("behind", 45)):
        still = cv2.imread(str(media.absolute(files(record)[kind].path)))
        assert still is not None and number_of(still.astype(np.uint8)) == number


def test_a_stream_that_cannot_be_decoded_again_leaves_its_event_without_a_clip(
    make: Make, media: MediaFolder, outbox: Put, tmp_path: Path
) -> None:
    recorder, frames = make(), streamed(tmp_path)
    for frame in frames:
        assert frame.encoded is not None
        packets = frame.encoded.group.packets
        packets[:] = [(b"\0" * len(words), pts, dts) for words, pts, dts in packets]
    event_of(recorder, frames)
    record = outbox.wait_for(1)[-1]
    manifest = opened(media.absolute(files(record)["manifest"].path).read_bytes())
    assert manifest.statement["absent"] == [{"kind": "clip", "reason": NOT_WRITTEN}]
    assert recorder.trouble == EVIDENCE_FAILS
