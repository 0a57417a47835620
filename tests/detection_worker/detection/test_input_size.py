"""How large pictures go into a model of any size."""

import numpy as np
import pytest

from detection_worker.detection.input_size import Size, fitting_wh

CLOSER_PX = 608 * 448


@pytest.mark.parametrize(
    ("picture_wh", "most_px", "wh"),
    [
        ((1920, 1080), 0, (416, 256)),
        ((640, 480), 0, (416, 320)),
        ((480, 640), 0, (320, 416)),
        ((416, 416), 0, (416, 416)),
        ((100, 50), 0, (416, 224)),
        ((1, 1000), 0, (32, 416)),
        ((768, 576), CLOSER_PX, (608, 448)),
        ((1920, 1080), CLOSER_PX, (704, 384)),
        ((320, 240), CLOSER_PX, (416, 320)),
    ],
)
def test_a_picture_is_neither_padded_to_a_square_nor_enlarged_for_more(
    picture_wh: Size, most_px: int, wh: Size
) -> None:
    width, height = picture_wh
    given = fitting_wh(np.zeros((height, width, 3), np.uint8), (416, 416), most_px)
    assert given == wh
    assert given[0] * given[1] <= max(most_px, 416 * 416)
