"""How full a container is: by its looks, not by who stands there and not by the light."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import cv2
import numpy as np
import pytest

from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from demo.scenes.picture import spoiling
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.rules.scene import Scene
from detection_worker.rules.stills.containers import FillsWatcher, cut, encoded
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.rules.stills.minutes import START, WH, a_body, a_place

ZONE = Zone(
    5, "Bin", "overflowing_container", ZoneShape.POLYGON,
    ((0.4, 0.3), (0.6, 0.3), (0.6, 0.8), (0.4, 0.8)),
)  # fmt: skip


def a_container(image: Image) -> Image:
    """A green bin with ribs, open above."""
    cv2.rectangle(image, (132, 95), (188, 140), (50, 100, 50), -1)
    for x in range(136, 188, 8):
        cv2.line(image, (x, 98), (x, 138), (30, 70, 30), 1)
    return image


def rubbish(image: Image) -> None:
    """Bags and boxes over the rim and beside it."""
    chance = np.random.default_rng(4)
    for _ in range(22):
        x, y = int(chance.integers(130, 180)), int(chance.integers(58, 118))
        colour = tuple(int(c) for c in chance.integers(20, 235, 3))
        cv2.rectangle(image, (x, y), (x + 11, y + 9), colour, -1)


def share(
    spoil: Callable[[Image, int], Image],
    zone: Zone = ZONE,
    tracks: tuple[Track, ...] = (),
    learn: bool = True,
) -> float | None:
    """What the watcher says after a minute of pictures, the first half of them empty."""
    eye, empty, found = FillsWatcher(), a_container(a_place()), None
    eye.follow(WatchedCamera(1, "c", "x", zones=(zone,)))
    for number in range(34 if learn else 16):
        now = learn and number < 17
        image = empty.copy() if now else spoil(empty.copy(), number)
        at = START + timedelta(seconds=2 * number)
        frame = Frame(1, at, PlainPicture(spoiling.grainy(image, number, 2.0)))
        scene = eye.add(frame, Scene(1, at, WH, () if now else tracks))
        found = scene.fills.get(zone.id)
    return found.share if found else None


def _full(image: Image, number: int) -> Image:
    rubbish(image)
    return image


def _dusk_full(image: Image, number: int) -> Image:
    rubbish(image)
    return spoiling.lit(image, 0.6)


def test_rubbish_over_the_rim_is_seen() -> None:
    found = share(_full)
    assert found is not None
    assert found > 0.35


def test_in_another_light_it_is_seen_as_well() -> None:
    found = share(_dusk_full)
    assert found is not None
    assert found > 0.35


@pytest.mark.parametrize("gain", [1.0, 0.6, 1.3])
def test_an_empty_one_is_empty_in_any_light(gain: float) -> None:
    assert share(lambda image, number: spoiling.lit(image, gain)) in (
        None,
        pytest.approx(0, abs=0.1),
    )


def test_by_night_nothing_is_said() -> None:
    assert share(lambda image, number: spoiling.lit(_full(image, number), 0.1)) is None


def test_somebody_who_stands_before_it_is_not_rubbish() -> None:
    box = (150.0, 80.0, 172.0, 142.0)
    track = Track(1, "person", 0.9, box, (TrackPoint(START, 161.0, 142.0),))

    def stands(image: Image, number: int) -> Image:
        a_body(image, box)
        return image

    assert share(stands, tracks=(track,)) is None


def test_a_given_reference_needs_no_learning() -> None:
    reference = encoded(cut(a_container(a_place()), ZONE))
    found = share(_full, replace(ZONE, params={"reference": reference}), learn=False)
    assert found is not None
    assert found > 0.35


def test_a_zone_whose_reference_is_no_picture_is_left_alone() -> None:
    assert share(_full, replace(ZONE, params={"reference": "AAAA"})) is None
