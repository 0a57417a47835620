"""How boxes lie on one another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detection_worker.boxes import Box, area, covered, overlap, overlaps


def test_boxes_overlap_by_what_they_share_of_what_they_cover() -> None:
    boxes = np.array([[0, 0, 10, 10], [0, 5, 10, 15], [20, 20, 30, 30]], np.float32)
    np.testing.assert_allclose(overlaps(boxes[:1], boxes), [[1, 1 / 3, 0]], atol=1e-6)


@given(arrays(np.float32, (12, 4), elements=st.floats(0, 100, width=32)))
def test_overlaps_are_symmetric_and_between_0_and_1(boxes: np.ndarray) -> None:
    boxes[:, 2:] += boxes[:, :2]
    shared = overlaps(boxes, boxes)
    assert np.allclose(shared, shared.T)
    assert (shared >= 0).all()
    assert (shared <= 1 + 1e-5).all()


@given(arrays(np.float64, (5, 4), elements=st.floats(0, 100, width=32)))
def test_one_on_one_and_many_on_many_say_the_same(boxes: np.ndarray) -> None:
    boxes[:, 2:] += boxes[:, :2]
    one_by_one = [[overlap(one, other) for other in boxes.tolist()] for one in boxes.tolist()]
    np.testing.assert_allclose(overlaps(boxes, boxes), one_by_one, atol=1e-9)


@pytest.mark.parametrize(
    ("box", "by", "share"),
    [
        ((0, 0, 10, 10), (0, 0, 10, 10), 1.0),
        ((0, 0, 10, 10), (5, 0, 100, 100), 0.5),
        ((0, 0, 10, 10), (20, 20, 30, 30), 0.0),
        ((0, 0, 10, 10), (9, 9, 9, 9), 0.0),
        ((5, 5, 5, 5), (0, 0, 10, 10), 0.0),  # nothing of it is to be seen
    ],
)
def test_a_box_is_covered_by_the_share_of_it_that_lies_in_another(
    box: Box, by: Box, share: float
) -> None:
    assert covered(box, by) == pytest.approx(share)


def test_a_box_that_is_turned_inside_out_has_no_area() -> None:
    assert area((10, 10, 0, 0)) == 0.0
