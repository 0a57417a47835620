"""The films of ``bench tracking`` and how tracks are scored."""

from itertools import islice

import pytest

from benchmarks.tracking_scores import Boxes, scores
from benchmarks.walkers import VIEWS, frames

TRUTH: list[Boxes] = [{1: (number, 0, number + 10, 20)} for number in range(10)]


def test_the_truth_itself_scores_one() -> None:
    assert (scores(TRUTH, TRUTH)["mota"], scores(TRUTH, TRUTH)["idf1"]) == (1.0, 1.0)


def test_a_track_that_changes_its_number_half_way_loses_a_tenth_and_half_the_identity() -> None:
    told = [{5 if frame < 5 else 6: boxes[1]} for frame, boxes in enumerate(TRUTH)]
    found = scores(TRUTH, told)
    assert (found["mota"], found["idf1"], found["changes_of_identity"]) == (0.9, 0.5, 1)


def test_somebody_who_is_not_there_and_somebody_missed_both_count() -> None:
    told: list[Boxes] = [{**boxes, 2: (500, 500, 510, 520)} for boxes in TRUTH]
    assert scores(TRUTH, told)["precision"] == 0.5
    assert scores(TRUTH, [{} for _ in TRUTH])["mota"] == 0.0


@pytest.mark.parametrize("name", VIEWS)
def test_a_film_shows_people_of_the_size_that_a_camera_on_a_building_sees(name: str) -> None:
    people = [person for _, seen in islice(frames(VIEWS[name], 1, 60.0), 2) for person in seen]
    heights = [person.box_xyxy[3] - person.box_xyxy[1] for person in people]
    assert len(people) >= 4
    assert 25 < sorted(heights)[len(heights) // 2] < 110


def test_a_film_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    def first(seed: int) -> list[object]:
        return list(next(frames(VIEWS["crossroad"], seed, 60.0))[1])

    assert first(1) == first(1) != first(2)
