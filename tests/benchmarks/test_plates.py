"""The reliability curve: confidences against what was right."""

from benchmarks.plates import Tried, reliability
from detection_worker.plates.forms import PlateText
from detection_worker.plates.reading import PlateReading


def tried(text: str, *read: tuple[str, float]) -> Tried:
    return Tried(
        text, tuple(PlateReading(PlateText(one), sure, (0, 0, 1, 1)) for one, sure in read)
    )


def test_a_bin_says_how_many_were_right() -> None:
    curve = reliability(
        [
            tried("A1234", ("A1234", 0.96)),
            tried("B1234", ("B1234", 1.0)),
            tried("C1234", ("G1234", 0.97)),
            tried("D1234", ("O1234", 0.55), ("D1234", 0.52)),
            tried("E1234"),
        ]
    )
    assert curve == [
        {"from": 0.5, "to": 0.6, "readings": 2, "confidence": 0.535, "right": 0.5},
        {"from": 0.95, "to": 1.0, "readings": 3, "confidence": 0.977, "right": 0.667},
    ]


def test_o_and_0_are_counted_alike_beside_the_exact_share() -> None:
    one = tried("DK0H7Z", ("DKOH7Z", 0.9))
    assert (one.exact, one.alike) == (False, True)
