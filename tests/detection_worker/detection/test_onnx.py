"""The onnx detector with models of every head, and with files that are none."""

import math
import re
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from detection_worker.boxes import overlaps
from detection_worker.detection import onnx
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.errors import ModelError, UnknownHead
from detection_worker.frames import Image
from tests.detection_worker.detection.onnx_files import write_model

CELLS = 84  # of a 64 × 64 input: 64 + 16 + 4
TWO_NAMES = {"names": "{0: 'person', 1: 'car'}"}


def a_picture(width: int = 128, height: int = 64, level: int = 0) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def yolo_output() -> npt.NDArray[np.float32]:
    """One person at the input's middle, 16 × 32 px, with a weaker double; one car below 0.1."""
    output = np.zeros((1, 6, CELLS), np.float32)
    output[0, :, 0] = [32, 32, 16, 32, 0.9, 0.0]
    output[0, :, 1] = [33, 32, 16, 32, 0.6, 0.0]
    output[0, :, 2] = [10, 10, 8, 8, 0.0, 0.05]
    return output


def end_to_end_output() -> npt.NDArray[np.float32]:
    output = np.zeros((1, 5, 6), np.float32)
    output[0, 0] = [24, 16, 40, 48, 0.9, 0]
    output[0, 1] = [0, 0, 8, 8, 0.05, 1]
    return output


def yolox_output() -> npt.NDArray[np.float32]:
    """One car in the cell (2, 1) of stride 16, exactly 32 × 16 px around (40, 24)."""
    output = np.zeros((1, CELLS, 7), np.float32)
    output[0, 64 + 1 * 4 + 2] = [0.5, 0.5, np.log(2), np.log(1), 0.8, 0.1, 0.9]
    return output


def test_a_yolo_head_is_read_back_into_the_picture_and_its_double_suppressed(
    tmp_path: Path,
) -> None:
    detector = OnnxDetector(write_model(tmp_path / "m.onnx", yolo_output(), metadata=TWO_NAMES))
    (found,) = detector.detect([1], [a_picture()])
    # 128 × 64 is scaled by half to 64 × 32 and lies in the middle, from row 16 on
    assert found.labels == ("person",)
    assert found.xyxy_px.tolist() == [[48.0, 0.0, 80.0, 64.0]]
    assert found.confidence == pytest.approx([0.9])


def test_an_end_to_end_head_needs_no_suppression(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", end_to_end_output(), metadata=TWO_NAMES)
    (found,) = OnnxDetector(path).detect([1], [a_picture(128, 128)])
    assert found.labels == ("person",)
    assert found.xyxy_px.tolist() == [[48.0, 32.0, 80.0, 96.0]]


def test_a_yolox_head_is_decoded_from_its_grid_and_lies_at_the_top_left(tmp_path: Path) -> None:
    detector = OnnxDetector(write_model(tmp_path / "m.onnx", yolox_output(), metadata=TWO_NAMES))
    (found,) = detector.detect([1], [a_picture()])
    assert found.labels == ("car",)
    assert found.xyxy_px[0] == pytest.approx([48.0, 32.0, 112.0, 64.0])
    assert found.confidence == pytest.approx([0.72])


def test_a_picture_with_nothing_in_it_gives_no_detections(tmp_path: Path) -> None:
    empty = np.zeros((1, 6, CELLS), np.float32)
    detector = OnnxDetector(write_model(tmp_path / "m.onnx", empty, metadata=TWO_NAMES))
    assert [len(found) for found in detector.detect([1, 2], [a_picture(), a_picture()])] == [0, 0]


@pytest.mark.parametrize("batch", ["batch", 1, 2, 4])
def test_every_picture_gets_its_own_result_whatever_the_models_batch(
    tmp_path: Path, batch: int | str
) -> None:
    path = a_model_that_sees_brightness(tmp_path / "m.onnx", batch)
    pictures = [a_picture(64, 64, level) for level in (51, 102, 153, 204, 255)]
    found = OnnxDetector(path, threads=2).detect([1] * 5, pictures)
    widths = [float(one.xyxy_px[0, 2]) for one in found]
    assert widths == pytest.approx([64 * part for part in (0.2, 0.4, 0.6, 0.8, 1.0)], abs=0.01)


def test_a_picture_that_comes_alone_gets_what_it_gets_among_others(tmp_path: Path) -> None:
    detector = OnnxDetector(a_model_that_sees_brightness(tmp_path / "m.onnx", 1), threads=2)
    assert detector.for_one is not detector.opened
    (alone,) = detector.detect([1], [a_picture(64, 64, 102)])
    among = detector.detect([1, 2], [a_picture(64, 64, 51), a_picture(64, 64, 102)])[1]
    assert alone.xyxy_px.tolist() == among.xyxy_px.tolist()


@pytest.mark.parametrize(("threads", "most_bytes"), [(1, 64_000_000), (2, 100)])
def test_a_model_is_kept_once_where_twice_would_not_help(
    tmp_path: Path, threads: int, most_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx, "MOST_TWICE_BYTES", most_bytes)
    path = write_model(tmp_path / "m.onnx", yolo_output(), metadata=TWO_NAMES)
    detector = OnnxDetector(path, threads)
    assert detector.for_one is detector.opened


def test_the_input_may_have_its_channels_last(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", end_to_end_output(), (1, 64, 64, 3), TWO_NAMES)
    detector = OnnxDetector(path)
    assert detector.opened.format.wh == (64, 64)
    assert detector.detect([1], [a_picture()])[0].labels == ("person",)


def test_an_open_input_size_is_taken_from_the_metadata(tmp_path: Path) -> None:
    path = write_model(
        tmp_path / "m.onnx",
        end_to_end_output(),
        (1, 3, "height", "width"),
        TWO_NAMES | {"imgsz": "[96, 160]"},
    )
    assert OnnxDetector(path).opened.format.wh == (160, 96)


@pytest.mark.parametrize(
    ("picture_wh", "most_px", "input_wh"),
    [
        ((768, 576), 0, (64, 64)),
        ((768, 576), 640 * 480, (640, 480)),
        ((768, 576), 640 * 480 - 1, (608, 448)),
        ((1280, 720), 640 * 480, (704, 384)),
        ((20000, 100), 640 * 480, (6400, 32)),
        ((640, 360), 640 * 480, (640, 384)),  # never enlarged
        ((32, 24), 640 * 480, (64, 64)),  # the model's own size is the least
    ],
)
def test_a_model_of_any_size_looks_closer_when_it_is_told_to(
    tmp_path: Path, picture_wh: tuple[int, int], most_px: int, input_wh: tuple[int, int]
) -> None:
    path = write_model(tmp_path / "m.onnx", end_to_end_output(), metadata=TWO_NAMES)
    opened = OnnxDetector(path).opened
    assert opened.any_size
    assert opened.format_for(a_picture(*picture_wh), most_px).wh == input_wh


def test_looking_closer_gives_boxes_in_the_picture_s_own_pixels(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", end_to_end_output(), metadata=TWO_NAMES)
    detector = OnnxDetector(path)
    detector.look_closer(128 * 128)
    (found,) = detector.detect([1], [a_picture(128, 128)])
    assert found.xyxy_px.tolist() == [[24.0, 16.0, 40.0, 48.0]]  # as the model says: not reduced


def test_a_model_of_one_size_looks_as_it_always_does(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", yolo_output(), metadata=TWO_NAMES)
    opened = OnnxDetector(path).opened
    assert not opened.any_size
    assert opened.format_for(a_picture(768, 576), 640 * 480).wh == (64, 64)


def test_names_come_from_a_file_beside_the_model(tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text("fire\nsmoke\n")
    detector = OnnxDetector(write_model(tmp_path / "m.onnx", yolo_output()))
    assert detector.detect([1], [a_picture()])[0].labels == ("fire",)


def test_eighty_classes_without_names_are_those_of_coco(tmp_path: Path) -> None:
    output = np.zeros((1, 84, 189), np.float32)  # 144 + 36 + 9 cells of 96 × 96
    path = write_model(tmp_path / "m.onnx", output, (1, 3, 96, 96))
    assert OnnxDetector(path).labels[2] == "car"


def test_classes_without_names_are_refused_with_the_cure(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", yolo_output())
    with pytest.raises(ModelError, match=r"2 classes and no names.*m\.txt"):
        OnnxDetector(path)


def test_too_few_names_are_refused(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", yolo_output(), metadata={"names": "{0: 'fire'}"})
    with pytest.raises(ModelError, match="2 classes but only 1 names"):
        OnnxDetector(path)


@pytest.mark.parametrize("content", [b"", b"no model at all" * 50])
def test_a_file_that_is_no_model_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"broken\.onnx cannot be loaded.*[Ee]xport it again"):
        OnnxDetector(path)


def test_a_model_cut_short_is_refused(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", yolo_output(), metadata=TWO_NAMES)
    path.write_bytes(path.read_bytes()[:-600])
    with pytest.raises(ModelError, match="cannot be loaded"):
        OnnxDetector(path)


def test_an_unknown_head_is_named_with_its_shape(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", np.zeros((1, 1000), np.float32))
    with pytest.raises(UnknownHead, match=r"\(1, 1000\), which is no YOLO or YOLOX"):
        OnnxDetector(path)


def an_end_to_end_model(path: Path, *rows: list[float]) -> Path:
    return write_model(path, np.array([rows], np.float32), metadata=TWO_NAMES)


@pytest.mark.parametrize("nonsense", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", range(6))
def test_what_is_no_number_is_no_detection(tmp_path: Path, place: int, nonsense: float) -> None:
    good, bad = [4.0, 4, 20, 30, 0.9, 1], [4.0, 4, 20, 30, 0.9, 1]
    bad[place] = nonsense
    detector = OnnxDetector(an_end_to_end_model(tmp_path / "m.onnx", bad, good))
    (found,) = detector.detect([1], [a_picture()])
    assert found.labels == ("car",)
    assert np.isfinite(found.xyxy_px).all()


def test_a_box_that_encloses_nothing_is_no_detection(tmp_path: Path) -> None:
    turned, flat = [20, 30, 4, 4, 0.9, 1], [4, 4, 20, 4, 0.9, 1]
    detector = OnnxDetector(an_end_to_end_model(tmp_path / "m.onnx", turned, flat))
    assert len(detector.detect([1], [a_picture()])[0]) == 0


def test_a_class_without_a_name_has_its_number_and_one_below_nought_is_none(
    tmp_path: Path,
) -> None:
    unnamed, below = [4, 4, 20, 30, 0.9, 7], [4, 4, 20, 30, 0.9, -1]
    detector = OnnxDetector(an_end_to_end_model(tmp_path / "m.onnx", unnamed, below))
    assert detector.detect([1], [a_picture()])[0].labels == ("7",)


def test_half_a_model_that_gives_no_numbers_finds_nothing(tmp_path: Path) -> None:
    output = np.full_like(yolo_output(), np.inf)
    detector = OnnxDetector(write_model(tmp_path / "m.onnx", output, metadata=TWO_NAMES))
    assert len(detector.detect([1], [a_picture()])[0]) == 0


@pytest.mark.parametrize(
    "shape",
    [(), (1, 3), (1, 5, 64, 64), (1, 1, 64, 64), (1, 3, 4, 64, 64), (1, 3, 100_000, 100_000)],
    ids=str,
)
def test_an_input_that_is_no_picture_is_named_with_its_shape(
    tmp_path: Path, shape: tuple[int, ...]
) -> None:
    path = write_model(tmp_path / "m.onnx", yolo_output(), shape, metadata=TWO_NAMES)
    with pytest.raises(ModelError, match=f"shape {re.escape(str(shape))}, which is no picture"):
        OnnxDetector(path)


@pytest.mark.parametrize("count", [0, 2])
def test_a_model_that_wants_other_things_than_a_picture_is_refused(
    tmp_path: Path, count: int
) -> None:
    path = tmp_path / "m.onnx"
    write_model(path, yolo_output(), metadata=TWO_NAMES, inputs=("images", "sizes")[:count])
    with pytest.raises(ModelError, match=f"takes {count} inputs; Qala gives it one, a picture"):
        OnnxDetector(path)


@pytest.mark.parametrize("told", ["[0, 0]", "[100000, 100000]", "[big, small]", "640"])
def test_a_told_size_that_cannot_be_is_not_believed(tmp_path: Path, told: str) -> None:
    metadata = {**TWO_NAMES, "imgsz": told}
    output = np.zeros((1, 6, 8400), np.float32)  # the cells of 640 × 640
    path = write_model(tmp_path / "m.onnx", output, (1, 3, "height", "width"), metadata)
    assert OnnxDetector(path).opened.format.wh == (640, 640)


@pytest.mark.parametrize("names", ["{1000000000: 'fire'}", "{None: 'fire'}", "[" * 20_000])
def test_names_in_the_metadata_that_are_none_are_not_believed(tmp_path: Path, names: str) -> None:
    path = write_model(tmp_path / "m.onnx", yolo_output(), metadata={"names": names})
    with pytest.raises(ModelError, match="2 classes and no names"):
        OnnxDetector(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [("m.txt", b"\xff\xfef\0i\0"), ("m.json", b"\xff\xfe["), ("m.json", b"[" * 100_000),
     ("m.json", b'{"9000000000": "fire"}'), ("m.json", b'{"fire": 1}')],
)  # fmt: skip
def test_names_beside_the_model_that_cannot_be_read_are_said(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = write_model(tmp_path / "m.onnx", yolo_output())
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"class names in {name} cannot be read"):
        OnnxDetector(path)


def test_a_mark_of_the_encoding_is_no_part_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text("fire\nsmoke\n", encoding="utf-8-sig")
    assert OnnxDetector(write_model(tmp_path / "m.onnx", yolo_output())).labels == ("fire", "smoke")


def test_a_model_for_another_task_is_refused(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m.onnx", yolo_output(), metadata={"task": "segment"})
    with pytest.raises(ModelError, match="made for “segment”"):
        OnnxDetector(path)


def a_model_that_sees_brightness(path: Path, batch: int | str = 1) -> Path:
    """Its one box is as many pixels wide as its whole input is bright, from 0 to 64."""
    rows = batch if isinstance(batch, int) else 1
    output = np.tile(np.array([[[0, 0, 0, 8, 0.9, 1]]], np.float32), (rows, 1, 1))
    right_edge = np.zeros((1, 1, 6), np.float32)
    right_edge[0, 0, 2] = 64
    return write_model(path, output, (batch, 3, 64, 64), TWO_NAMES, brightness=right_edge)


def test_a_wide_picture_is_not_padded_to_a_square_where_the_model_goes_along(
    tmp_path: Path,
) -> None:
    detector = OnnxDetector(a_model_that_sees_brightness(tmp_path / "m.onnx"))
    wide, square = a_picture(128, 64, 255), a_picture(64, 64, 255)
    assert detector.opened.format_for(wide).wh == (64, 32)
    found = detector.detect([1, 2, 3], [wide, square, wide])
    # no grey around it darkens the wide picture; its box is 64 px of 128 / 64
    assert [float(one.xyxy_px[0, 2]) for one in found] == pytest.approx([128, 64, 128])


def test_a_model_that_minds_its_size_keeps_it(tmp_path: Path) -> None:
    detector = OnnxDetector(write_model(tmp_path / "m.onnx", yolo_output(), metadata=TWO_NAMES))
    assert detector.opened.format_for(a_picture(128, 64)).wh == (64, 64)


@pytest.mark.shared
def test_without_padding_the_shared_yolox_finds_the_same(shared_folder: Path) -> None:
    from data_access.domain.watch import WatchedCamera
    from detection_worker.feeds.file import open_file

    narrow = OnnxDetector(shared_folder / "models/yolox_nano.onnx")
    square = OnnxDetector(shared_folder / "models/yolox_nano.onnx")
    square.opened = replace(square.opened, any_size=False)
    camera = WatchedCamera(1, "h", str(shared_folder / "feeds/highway_day.mp4"))
    for _, picture in islice(open_file(camera, paced=False).frames(), 0, 40, 10):
        image = picture.bgr
        assert narrow.opened.format_for(image).wh == (416, 256)
        (own,), (usual,) = narrow.detect([1], [image]), square.detect([1], [image])
        sure = usual.confidence > 0.5
        assert (overlaps(usual.xyxy_px[sure], own.xyxy_px).max(axis=1) > 0.8).all()


@pytest.mark.shared
def test_the_shared_yolox_finds_the_cars_on_the_highway(shared_folder: Path) -> None:
    from data_access.domain.watch import WatchedCamera
    from detection_worker.feeds.file import open_file

    detector = OnnxDetector(shared_folder / "models/yolox_nano.onnx")
    camera = WatchedCamera(1, "h", str(shared_folder / "feeds/highway_day.mp4"))
    _, picture = next(open_file(camera, paced=False).frames())
    (found,) = detector.detect([1], [picture.bgr])
    sure = [label for label, part in zip(found.labels, found.confidence, strict=True) if part > 0.5]
    assert sure.count("car") >= 2
