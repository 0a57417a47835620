"""A picture in a model's input, and boxes back from there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.detection.letterbox import InputFormat, Letterbox


def a_format(**changes: object) -> InputFormat:
    usual: dict[str, object] = {
        "name": "images", "wh": (64, 64), "batch": 1, "channels_last": False,
        "dtype": np.float32, "rgb": False, "unit_range": False, "centred": False,
    }  # fmt: skip
    return InputFormat(**(usual | changes))  # type: ignore[arg-type]


def test_yolox_pictures_lie_at_the_top_left_in_bgr_with_grey_around() -> None:
    letterbox = Letterbox(a_format(), 1)
    letterbox.put(0, np.full((32, 64, 3), (10, 20, 30), np.uint8))
    assert letterbox.tensor[0, :, 0, 0].tolist() == [10, 20, 30]
    assert letterbox.tensor[0, :, 32, 0].tolist() == [114, 114, 114]


def test_yolo_pictures_lie_in_the_middle_in_rgb_from_0_to_1() -> None:
    letterbox = Letterbox(a_format(rgb=True, unit_range=True, centred=True), 1)
    letterbox.put(0, np.full((32, 64, 3), (0, 51, 255), np.uint8))
    assert letterbox.tensor[0, :, 32, 32] == pytest.approx([1.0, 0.2, 0.0])
    assert letterbox.tensor[0, :, 0, 0] == pytest.approx([114 / 255] * 3)


def test_a_picture_of_another_shape_leaves_nothing_of_the_last_one_behind() -> None:
    letterbox = Letterbox(a_format(), 1)
    letterbox.put(0, np.full((64, 64, 3), 200, np.uint8))
    letterbox.put(0, np.full((16, 64, 3), 200, np.uint8))
    assert (letterbox.tensor[0, :, 16:, :] == 114).all()


@pytest.mark.parametrize("channels_last", [False, True])
def test_pictures_of_all_shapes_in_turn_are_as_if_each_came_first(channels_last: bool) -> None:
    chance = np.random.default_rng(5)
    format = a_format(
        rgb=True, unit_range=True, centred=True, channels_last=channels_last, wh=(96, 64)
    )
    used = Letterbox(format, 2)
    for wh in [(96, 64), (30, 64), (96, 20), (64, 64), (200, 10), (11, 90), (96, 64)]:
        image = chance.integers(0, 256, (wh[1], wh[0], 3), np.uint8)
        first = Letterbox(format, 2)
        assert used.put(1, image) == first.put(1, image)
        assert np.array_equal(used.tensor, first.tensor)


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_each_level_is_its_255th_part(dtype: type) -> None:
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    letterbox = Letterbox(a_format(wh=(16, 16), unit_range=True, dtype=dtype), 1)
    letterbox.put(0, np.stack([levels] * 3, 2))
    told = letterbox.tensor[0].astype(float)
    assert np.abs(told - levels / 255).max() <= np.finfo(dtype).eps


def test_a_picture_one_pixel_high_still_fits() -> None:
    letterbox = Letterbox(a_format(), 1)
    fit = letterbox.put(0, np.zeros((1, 1000, 3), np.uint8))
    assert fit.inner_wh == (64, 1)


@given(
    wh=st.tuples(st.integers(8, 4000), st.integers(8, 4000)),
    centred=st.booleans(),
    at=st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
)
def test_a_point_of_the_picture_comes_back_to_where_it_was(
    wh: tuple[int, int], centred: bool, at: tuple[float, float]
) -> None:
    fit = a_format(centred=centred, wh=(640, 384)).fit(np.empty((wh[1], wh[0], 3), np.uint8))
    x, y = at[0] * wh[0], at[1] * wh[1]
    inside = [x * fit.scale + fit.left_px, y * fit.scale + fit.top_px]
    back = fit.back(np.array([inside * 2], np.float32))[0]
    assert back == pytest.approx([x, y, x, y], abs=0.05)
