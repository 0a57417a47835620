import pytest

from detection_worker.evidence.kept_frames import compressed
from tests.detection_worker.pictures import a_frame


@pytest.mark.parametrize("size", [(1, 1), (4096, 2160), (3, 999)])
def test_any_size_of_picture_can_be_kept(size: tuple[int, int]) -> None:
    kept = compressed(a_frame(0, size=size))
    assert kept.frame_wh == size
    assert len(kept.jpeg) > 100
