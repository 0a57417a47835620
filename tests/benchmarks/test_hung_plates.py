"""Drawn plates on the cars of photographs: they replace the car's own, and lie within."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.hung_plates import HungPlate, hung_plates

OWN = (300, 200, 80, 40)


def photographed(folder: Path, box: tuple[int, int, int, int]) -> None:
    """A dark street with a white plate, and its text beside it."""
    picture = np.full((400, 640, 3), 60, np.uint8)
    left, top, wide, high = box
    picture[top : top + high, left : left + wide] = 220
    cv2.imwrite(str(folder / "car.jpg"), picture)
    (folder / "car.txt").write_text("\t".join(map(str, ("car.jpg", *box, "ABC123"))), "utf-8")


def hung(folder: Path, continent: str = "europe", seed: int = 1) -> list[HungPlate]:
    return list(hung_plates(folder, continent, 3, ["sans"], np.random.default_rng(seed)))


@pytest.mark.parametrize("continent", ["europe", "brazil"])
def test_a_foreign_plate_hangs_where_the_cars_own_was(tmp_path: Path, continent: str) -> None:
    photographed(tmp_path, OWN)
    for one in hung(tmp_path, continent):
        changed = np.abs(one.image.astype(int) - 60).max(axis=2) > 40
        rows, columns = np.nonzero(changed)
        assert abs(columns.mean() - 340) < 12 and abs(rows.mean() - 220) < 6
        assert one.text.isalnum() and one.text != "ABC123"
        assert (one.image[:100] < 80).all(), "the street stays as it was"


def test_the_same_seed_hangs_the_same_plates(tmp_path: Path) -> None:
    photographed(tmp_path, OWN)
    first, again, other = hung(tmp_path), hung(tmp_path), hung(tmp_path, seed=2)
    assert [one.text for one in first] == [one.text for one in again]
    assert [one.text for one in first] != [one.text for one in other]
    assert all((a.image == b.image).all() for a, b in zip(first, again, strict=True))


def test_a_plate_that_would_stick_out_of_the_photograph_is_left_out(tmp_path: Path) -> None:
    photographed(tmp_path, (0, 0, 12, 6))
    assert hung(tmp_path) == []
