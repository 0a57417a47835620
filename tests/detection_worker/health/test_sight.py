"""How well a camera sees: a table of spoilt pictures, and all that only looks spoilt."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.camera_health_clips import on_clips
from data_access.domain.sight import Sight, sight_reason
from data_access.domain.watch import WatchedCamera
from demo.scenes import SCENES
from demo.scenes.picture import spoiling
from detection_worker.feeds.file import open_file
from detection_worker.frames import Image
from detection_worker.health.daylight import is_day, sun_height_deg
from detection_worker.health.sight import Look, SightCheck

NOON = datetime(2026, 5, 4, 7, tzinfo=UTC)
NIGHT = datetime(2026, 5, 4, 19, tzinfo=UTC)
STEP = timedelta(seconds=5)
Spoil = Callable[[Image, int], Image]


@pytest.fixture(scope="module")
def street() -> list[Image]:
    """Pictures of a square, five seconds apart."""
    return [SCENES["square"].draw(5.0 * number) for number in range(10)]


def checked(
    street: list[Image], spoil: Spoil, at: datetime = NOON, checks: int = 4
) -> tuple[SightCheck, Look]:
    """What is said of spoilt pictures after six good ones."""
    check, moment = SightCheck(), NOON
    for image in street[:6]:
        check.check(image, moment)
        moment += STEP
    moment = max(moment, at)
    for number, image in enumerate(street[6 : 6 + checks]):
        check.check(spoil(image, number), moment)
        moment += STEP
    return check, check.current


FAULTS: dict[str, tuple[Sight, Spoil]] = {
    "a little out of focus": (Sight.OUT_OF_FOCUS, lambda image, n: spoiling.blurred(image, 0.004)),
    "far out of focus": (Sight.OUT_OF_FOCUS, lambda image, n: spoiling.blurred(image, 0.01)),
    "fog": (Sight.FOG, lambda image, n: spoiling.hazy(image, 0.65)),
    "thick fog": (Sight.FOG, lambda image, n: spoiling.hazy(image, 0.8)),
    "black by day": (Sight.DARK, lambda image, n: spoiling.lit(image, 0.08)),
    "sun in the lens": (Sight.GLARE, lambda image, n: spoiling.glaring(image)),
    "a dark cloth": (Sight.COVERED, lambda image, n: spoiling.covered(image)),
    "white paper": (Sight.COVERED, lambda image, n: spoiling.covered(image, 1.0, 190)),
    "half covered": (Sight.COVERED, lambda image, n: spoiling.covered(image, 0.6)),
    "shifted by 2 %": (Sight.SHIFTED, lambda image, n: spoiling.shifted(image, 0.02)),
    "shifted by 5 %": (Sight.SHIFTED, lambda image, n: spoiling.shifted(image, -0.05, 0.02)),
    "shifted by 15 %": (Sight.SHIFTED, lambda image, n: spoiling.shifted(image, 0.15)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named(name: str, street: list[Image]) -> None:
    expected, spoil = FAULTS[name]
    _, found = checked(street, spoil)
    assert found.sight is expected
    assert "{" not in sight_reason(found.sight, found.measured, str)
    assert sight_reason(found.sight, found.measured, str)


@pytest.mark.parametrize(("right", "percent"), [(0.02, 2), (0.05, 5), (-0.15, 15)])
def test_a_shifted_view_tells_how_far(right: float, percent: float, street: list[Image]) -> None:
    _, found = checked(street, lambda image, n: spoiling.shifted(image, right))
    assert found.measured["shift_percent"] == pytest.approx(percent, abs=0.5)
    assert found.measured["right_percent"] == pytest.approx(100 * right, abs=0.5)


def _tilted(image: Image, degrees: float) -> Image:
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    edge = cv2.BORDER_REFLECT
    return np.asarray(cv2.warpAffine(image, turn, (width, height), borderMode=edge), np.uint8)


@pytest.mark.parametrize("degrees", [5.0, -12.0])
def test_a_turned_view_tells_its_angle(degrees: float, street: list[Image]) -> None:
    _, found = checked(street, lambda image, n: _tilted(image, degrees))
    assert found.sight is Sight.SHIFTED
    assert found.measured["turned_deg"] == pytest.approx(degrees, abs=1)
    assert "°" in sight_reason(found.sight, found.measured, str)


def test_a_crowd_that_fills_the_view_is_no_cover(street: list[Image]) -> None:
    chance = np.random.default_rng(6)

    def crowd(image: Image, number: int) -> Image:
        full = image.copy()
        height, width = full.shape[:2]
        for _ in range(160):
            x, y = int(chance.integers(width)), int(chance.integers(height // 5, height))
            colour = tuple(int(level) for level in chance.integers(20, 230, 3))
            cv2.rectangle(full, (x, y), (x + width // 24, y + height // 6), colour, -1)
            cv2.circle(full, (x + width // 48, y), width // 70, (120, 150, 190), -1)
        return full

    _, found = checked(street, crowd)
    assert found.sight is not Sight.COVERED


NO_FAULTS: dict[str, tuple[datetime, Spoil]] = {
    "nothing": (NOON, lambda image, n: image),
    "night with lamps": (NIGHT, spoiling.by_night),
    "night without lamps": (NIGHT, lambda image, n: spoiling.by_night(image, n, lamps=False)),
    "headlights": (
        NIGHT,
        lambda image, n: spoiling.with_headlights(spoiling.by_night(image, n), (0.5, 0.6)),
    ),
    "dawn": (NIGHT, lambda image, n: spoiling.lit(image, 0.4, 1.15)),
    "dusk": (NOON, lambda image, n: spoiling.lit(image, 0.6, 1.15)),
    "rain": (NOON, spoiling.rainy),
    "noise and compression": (
        NOON,
        lambda image, n: spoiling.squeezed(spoiling.grainy(image, n)),
    ),
    "wind": (NOON, lambda image, n: spoiling.shaken(image, 0.37 * n)),
}


@pytest.mark.parametrize("name", NO_FAULTS)
def test_night_and_weather_are_no_fault(name: str, street: list[Image]) -> None:
    at, spoil = NO_FAULTS[name]
    _, found = checked(street, spoil, at)
    assert found.sight is Sight.CLEAR


def test_a_bus_before_the_camera_for_ten_seconds_is_no_fault(street: list[Image]) -> None:
    _, found = checked(street, lambda image, n: spoiling.covered(image), checks=2)
    assert found.sight is Sight.CLEAR


def test_a_fault_that_is_over_is_over_after_as_many_checks(street: list[Image]) -> None:
    check, found = checked(street, lambda image, n: spoiling.covered(image))
    assert found.sight is Sight.COVERED
    for number, image in enumerate(street[:3]):
        found = check.check(image, NOON + timedelta(minutes=2 + number))
    assert found.sight is Sight.CLEAR
    assert check.since_at == NOON + timedelta(minutes=4)


def test_the_very_same_picture_for_a_minute_is_frozen(street: list[Image]) -> None:
    check = SightCheck()
    found = [check.check(street[0], NOON + number * STEP).sight for number in range(14)]
    assert found[6] is Sight.CLEAR
    assert found[-1] is Sight.FROZEN


def test_a_black_night_is_not_frozen() -> None:
    check, black = SightCheck(), np.zeros((90, 160, 3), np.uint8)
    found = [check.check(black, NIGHT + number * STEP).sight for number in range(14)]
    assert set(found) == {Sight.CLEAR}


def test_pictures_of_another_shape_are_learnt_anew(street: list[Image]) -> None:
    _, found = checked(street, lambda image, n: image[:, :320])
    assert found.sight is Sight.CLEAR


def test_the_sun_of_kazakhstan() -> None:
    astana = (51.1, 71.4)
    midsummer = datetime(2026, 6, 21, 7, 15, tzinfo=UTC)
    assert sun_height_deg(midsummer, *astana) == pytest.approx(62.3, abs=0.6)
    assert is_day(NOON)
    assert not is_day(NIGHT)
    assert not is_day(datetime(2026, 12, 21, 2, 0, tzinfo=UTC))


@pytest.mark.shared
@pytest.mark.parametrize("clip", ["pedestrians_pets09.avi", "tunnel_entrance.mp4"])
def test_real_clips_have_no_fault(clip: str, shared_folder: Path) -> None:
    check, found = SightCheck(), set()
    feed = open_file(WatchedCamera(1, "c", str(shared_folder / "feeds" / clip)), paced=False)
    for number, (_, picture) in enumerate(feed.frames()):
        if number % 40 == 0:
            found.add(check.check(picture.bgr, NOON + (number // 40) * STEP).sight)
    assert found == {Sight.CLEAR}


@pytest.mark.shared
def test_damage_on_a_real_clip_is_named_and_its_evening_is_none(shared_folder: Path) -> None:
    found = on_clips(shared_folder / "feeds", "tunnel")
    assert found["wrong"] == []
    assert found["shift_off_percent"]["worst"] < 1
