"""Things pasted into films: they come when they should, stay, and are counted rightly."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.pasted_things import Row, Thing, compared, write_film
from data_access.domain.watch import WatchedCamera
from detection_worker.evidence.clips import write_pictures
from detection_worker.feeds.file import open_file
from detection_worker.frames import Image

FPS, SECONDS = 5.0, 40
BAG = Thing(20, 4.0, (100.0, 100.0, 120.0, 120.0))


def _street(number: int) -> Image:
    """A grey street that somebody red crosses from left to right, again and again."""
    picture = np.full((180, 320, 3), 140, np.uint8)
    left = 4 * number % 300
    picture[60:120, left : left + 16] = (40, 40, 200)
    return picture


def _crossing() -> list[Row]:
    return [(n + 1, 1, (4.0 * n, 60.0, 4.0 * n + 16, 120.0), "person") for n in range(70)]


def _pictures(path: Path) -> list[Image]:
    played = open_file(WatchedCamera(1, "c", str(path)), paced=False).frames()
    return [picture.bgr for _, picture in played]


def test_a_thing_comes_at_the_feet_of_who_passes_and_stays(tmp_path: Path) -> None:
    clip, film = tmp_path / "clip.mp4", tmp_path / "film.mp4"
    timed = ((number / FPS, _street(number)) for number in range(round(FPS * SECONDS)))
    write_pictures(clip, timed, FPS)
    (thing,) = write_film(clip, film, _crossing(), 3, np.random.default_rng(3))
    left, top, right, bottom = (round(side) for side in thing.box)
    assert bottom == 120 and thing.at_s == pytest.approx(thing.frame / FPS)
    before, after = _pictures(clip), _pictures(film)
    assert len(before) == len(after)
    changed = [
        np.abs(one[top:bottom, left:right].astype(int) - other[top:bottom, left:right]).mean()
        for one, other in zip(before, after, strict=True)
    ]
    assert max(changed[: thing.frame - 2]) < 4
    assert changed[-1] > 10
    assert min(changed[thing.frame :]) < changed[-1] / 2, "who passes hides it"


def _event(start_s: float, *points: tuple[float, float]) -> dict[str, Any]:
    return {"start_s": start_s, "marks": [{"points": points, "closed": True}]}


SEEN = ((101.0, 101.0), (121.0, 101.0), (121.0, 121.0), (101.0, 121.0))
ELSEWHERE = ((10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0))


@pytest.mark.parametrize(
    ("events", "found", "twice", "invented"),
    [
        ([], 0, 0, 0),
        ([_event(15, *SEEN)], 1, 0, 0),
        ([_event(15, *SEEN), _event(40, *SEEN)], 1, 1, 0),
        ([_event(15, *ELSEWHERE)], 0, 0, 1),
    ],
    ids=["nothing", "found", "told twice", "elsewhere"],
)
def test_findings_are_set_against_what_was_pasted(
    events: list[dict[str, Any]], found: int, twice: int, invented: int
) -> None:
    told = compared([BAG], events)
    assert (told["found"], told["told_twice"], len(told["invented"])) == (found, twice, invented)
    assert len(told["missed"]) == 1 - found
    assert told["after_s"] == ([11.0] if found else [])
