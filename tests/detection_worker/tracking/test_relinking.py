"""Who is who after people have met."""

from collections.abc import Sequence

import numpy as np
import pytest

from detection_worker.detection.detections import Detections
from detection_worker.tracking.clothes import NUMBERS
from detection_worker.tracking.relinking import relinked
from detection_worker.tracking.strands import NUMBER, Floats, Look, Recording, Strand
from tests.detection_worker.tracking.sightings import a_box

FPS, FRAMES = 10.0, 200
RED, BLUE, DARK_BLUE = 60.0, 0.0, 6.0
Worn = dict[int, Floats]


def recording() -> Recording:
    nothing = Detections.none()
    return Recording([Look(number, number / FPS, nothing) for number in range(1, FRAMES + 1)])


def right(number: int) -> float:
    """Somebody goes to the right, and is in the middle of the picture in frame 50."""
    return 200 + 4 * (number - 50)


def left(number: int) -> float:
    """Somebody comes towards him."""
    return 200 - 4 * (number - 50)


def a_strand(
    track_id: int, numbers: Sequence[int], places: Sequence[float], label: str = "person"
) -> Strand:
    rows = [
        [number, *a_box(x, 200, 30, 80), 0.8] for number, x in zip(numbers, places, strict=True)
    ]
    return Strand(track_id, label, np.array(rows, np.float64))


def clothes(*parts: tuple[int, float]) -> Floats:
    """Rows of clothes: (how many, their shade)."""
    return np.vstack([np.full((count, NUMBERS), shade) for count, shade in parts])


def frames_of(strands: Sequence[Strand], track_id: int) -> list[int]:
    (one,) = (strand for strand in strands if strand.id == track_id)
    return one.rows[:, NUMBER].astype(int).tolist()


def swapped() -> list[Strand]:
    """Two meet, and turn back; or they pass each other, and the tracker took it for a turn."""
    first = [right(n) if n <= 50 else left(n) for n in range(30, 71)]
    second = [left(n) if n <= 50 else right(n) for n in range(30, 71)]
    return [a_strand(1, range(30, 71), first), a_strand(2, range(30, 71), second)]


def test_two_who_pass_keep_their_own_numbers_where_their_clothes_say_so() -> None:
    first, second = swapped()
    worn = {1: clothes((21, RED), (20, BLUE)), 2: clothes((21, BLUE), (20, RED))}
    found, names = relinked([first, second], worn, recording())
    places = {one.id: one.rows[:, 1].tolist() for one in found}
    assert sorted(places) == [1, 2]
    for place in places.values():
        assert place == sorted(place) or place == sorted(place, reverse=True)
    assert names == {(old, n): 3 - old for old in (1, 2) for n in range(30, 50)}


def test_two_who_turn_back_keep_theirs_too() -> None:
    first, second = swapped()
    worn = {1: clothes((41, RED)), 2: clothes((41, BLUE))}
    found, names = relinked([first, second], worn, recording())
    assert [one.rows.tolist() for one in found] == [first.rows.tolist(), second.rows.tolist()]
    assert not names


@pytest.mark.parametrize(
    ("case", "begins", "place", "shade", "joined"),
    [
        ("he comes out where he was going", 75, right(75), RED, True),
        ("in another light", 75, right(75), RED + 4, True),
        ("somebody else comes out", 75, right(75), BLUE, False),
        ("too far away to have walked", 75, right(75) + 250, RED, False),
        ("too late", 95, right(95), RED, False),
        ("at the same time, so it is another", 58, right(58) + 50, RED, False),
    ],
)
def test_who_was_hidden_is_known_again_by_way_and_clothes(
    case: str, begins: int, place: float, shade: float, joined: bool
) -> None:
    before = a_strand(1, range(40, 61), [right(n) for n in range(40, 61)])
    numbers = range(begins, begins + 20)
    after = a_strand(2, numbers, [place + 4 * (n - begins) for n in numbers])
    worn = {1: clothes((21, RED)), 2: clothes((20, shade))}
    found, names = relinked([before, after], worn, recording())
    assert len(found) == (1 if joined else 2), case
    if joined:
        assert frames_of(found, 1) == [*range(40, 61), *numbers]
        assert names == {(2, number): 1 for number in numbers}


def test_in_doubt_the_trackers_word_stands() -> None:
    """Somebody takes off a coat behind a post: nobody else fits, so it is still he."""
    numbers = [*range(40, 61), *range(70, 91)]
    one = a_strand(1, numbers, [right(n) for n in numbers])
    found, names = relinked([one], {1: clothes((21, RED), (21, BLUE))}, recording())
    assert (frames_of(found, 1), names) == (numbers, {})


def test_of_two_who_could_be_he_the_one_in_his_clothes_is() -> None:
    before = a_strand(1, range(40, 61), [right(n) for n in range(40, 61)])
    numbers = range(66, 90)
    alike = a_strand(2, numbers, [right(n) + 20 for n in numbers])
    same = a_strand(3, numbers, [right(n) - 20 for n in numbers])
    worn = {1: clothes((21, BLUE)), 2: clothes((24, DARK_BLUE)), 3: clothes((24, BLUE))}
    found, _ = relinked([before, alike, same], worn, recording())
    assert frames_of(found, 2) == list(numbers)
    assert len(found) == 2


def test_without_pictures_and_for_other_things_nothing_changes() -> None:
    unknown = np.full((41, NUMBERS), np.nan)
    people = swapped()
    assert relinked(people, {1: unknown, 2: unknown}, recording()) == (people, {})
    cars = [a_strand(one.id, range(30, 71), one.rows[:, 1].tolist(), "car") for one in people]
    worn = {1: clothes((21, RED), (20, BLUE)), 2: clothes((21, BLUE), (20, RED))}
    assert relinked(cars, worn, recording()) == (cars, {})
    assert relinked([], {}, Recording([])) == ([], {})
