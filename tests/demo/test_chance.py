"""Chance falls the same way every time, and shares add up."""

from uuid import UUID

import numpy as np
import pytest

from demo.chance import chance, pick, pick_once, seed_of, uuids, whole_shares
from demo.texts import document, joined, only_where


def test_the_same_words_give_the_same_chance_and_others_another() -> None:
    first = chance(1, "cameras", "schools").random(3)

    assert np.array_equal(first, chance(1, "cameras", "schools").random(3))
    assert not np.array_equal(first, chance(1, "cameras", "yards").random(3))
    assert not np.array_equal(first, chance(2, "cameras", "schools").random(3))


def test_a_negative_seed_is_a_seed_too() -> None:
    assert seed_of("kosshy", -1) != seed_of("kosshy", 1)


def test_heavier_things_are_picked_more_often() -> None:
    counts = np.bincount(pick(chance(1, "x"), np.array([1.0, 0.0, 9.0]), 10_000), minlength=3)

    assert counts[1] == 0
    assert counts[2] > counts[0] * 6


def test_things_are_picked_once_and_never_those_without_weight() -> None:
    chosen = pick_once(chance(1, "x"), np.array([1.0, 0.0, 5.0, 2.0]), 4)

    assert sorted(chosen.tolist()) == [0, 2, 3]


@pytest.mark.parametrize("total", [0, 1, 7, 100])
def test_whole_shares_add_up(total: int) -> None:
    shares = whole_shares(total, np.array([0.2, 0.3, 0.5, 0.01]))

    assert shares.sum() == total
    assert (shares >= 0).all()


def test_uuids_are_random_ones_of_version_4() -> None:
    made = [UUID(one.decode()) for one in uuids(chance(1, "x"), 500)]

    assert len(set(made)) == 500
    assert {one.version for one in made} == {4}


def test_documents_are_json_with_texts_in_quotes() -> None:
    made = document(speed_kmh=np.array([88, 70]), label=["car", "bus"])

    assert made.to_pylist() == [
        '{"speed_kmh": 88, "label": "car"}',
        '{"speed_kmh": 70, "label": "bus"}',
    ]


def test_texts_are_put_together_row_by_row() -> None:
    made = joined("A-", np.array([1, 2]), ["x", "y"])

    assert made.to_pylist() == ["A-1x", "A-2y"]
    assert only_where(np.array([True, False]), made).to_pylist() == ["A-1x", None]
