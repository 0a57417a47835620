import pytest

from detection_worker.load import LEAST_SHARE, Load


def after(busy: list[float]) -> float:
    """The share after seconds that were so busy."""
    load = Load()
    for second, share in enumerate(busy):
        load.note(second, second + share)
        load.note(second + 1.0, second + 1.0)
    return load.share


@pytest.mark.parametrize(
    ("busy", "share"),
    [
        pytest.param([0.2] * 10, 1.0, id="an idle computer looks at all"),
        pytest.param([1.0] * 2, 0.8, id="a busy one at less after two seconds"),
        pytest.param([1.0] * 400, LEAST_SHARE, id="never at nothing"),
        pytest.param([0.85] * 10, 1.0, id="a well used one stays as it is"),
        pytest.param([1.0] * 4 + [0.5] * 30, 1.0, id="it comes back when there is room again"),
    ],
)
def test_the_share_follows_the_load(busy: list[float], share: float) -> None:
    assert after(busy) == pytest.approx(share)
