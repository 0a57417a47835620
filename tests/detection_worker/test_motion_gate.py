"""The motion gate: what moves is looked at, what does not is not."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from detection_worker.frames import Brightness, Frame, Image, PlainPicture
from detection_worker.motion_gate import MotionGate

START = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
CHANCE = np.random.default_rng(2)
GROUND = CHANCE.integers(60, 140, (360, 640, 3)).astype(np.float32)


def a_frame(number: int, noise: float = 0.0, light: float = 0.0, fps: float = 10) -> Frame:
    image = GROUND + light + (CHANCE.normal(0, noise, GROUND.shape) if noise else 0)
    at = START + timedelta(seconds=number / fps)
    return Frame(1, at, PlainPicture(as_image(image)), number + 1)


def as_image(values: np.ndarray) -> Image:
    return np.clip(values, 0, 255).astype(np.uint8)


@pytest.fixture
def gate() -> MotionGate:
    gate = MotionGate()
    assert gate.moves(a_frame(0))
    return gate


def test_the_first_picture_is_always_looked_at() -> None:
    assert MotionGate().moves(a_frame(0))


@pytest.mark.parametrize("noise", [0.0, 2.0, 6.0])
def test_a_still_picture_is_not_looked_at_whatever_its_noise(noise: float) -> None:
    gate = MotionGate()
    gate.moves(a_frame(0, noise))
    assert not any(gate.moves(a_frame(number, noise)) for number in range(1, 20))


def test_the_evening_is_no_movement(gate: MotionGate) -> None:
    assert not any(gate.moves(a_frame(n, 1.0, light=-n)) for n in range(1, 20))


def test_a_small_person_is(gate: MotionGate) -> None:
    frame = a_frame(1, 2.0)
    frame.image_bgr[200:216, 300:306] = 230
    assert gate.moves(frame)


def test_what_creeps_is_seen_in_the_end(gate: MotionGate) -> None:
    seen = []
    for number in range(1, 40):
        frame = a_frame(number)
        frame.image_bgr[203 : 203 + number // 4, 300:304] = 230  # a pixel more every 0.4 s
        seen.append(gate.moves(frame))
    assert not any(seen[:4])
    assert any(seen)


def test_a_still_picture_is_looked_at_now_and_then_and_ever_more_rarely(gate: MotionGate) -> None:
    looked = [n / 2 for n in range(1, 161) if gate.moves(a_frame(n, fps=2))]
    assert looked == [5, 15, 35, 55, 75]


def test_after_a_movement_it_is_looked_at_soon_again(gate: MotionGate) -> None:
    assert [n / 2 for n in range(1, 40) if gate.moves(a_frame(n, fps=2))] == [5, 15]
    frame = a_frame(40, fps=2)
    frame.image_bgr[200:216, 300:306] = 230
    assert gate.moves(frame)
    frame = a_frame(41, fps=2)  # it has gone
    assert gate.moves(frame)
    assert [n / 2 for n in range(42, 70) if gate.moves(a_frame(n, fps=2))] == [25.5]


def test_a_picture_of_another_size_is_looked_at(gate: MotionGate) -> None:
    other = PlainPicture(np.zeros((480, 640, 3), np.uint8))
    assert gate.moves(Frame(1, START + timedelta(seconds=1), other))


def test_a_clock_that_goes_back_does_not_close_the_gate_for_long(gate: MotionGate) -> None:
    back = Frame(1, START - timedelta(hours=1), a_frame(1).picture)
    assert gate.moves(back)
    assert not gate.moves(Frame(1, START - timedelta(minutes=59, seconds=59), back.picture))


@dataclass(frozen=True)
class Television(PlainPicture):
    """A picture as most cameras send it: black is 16, white 235."""

    @property
    def brightness(self) -> Brightness:
        levels = self.bgr[:, :, 1] * (219 / 255) + 16
        return Brightness(np.round(levels).astype(np.uint8), 219)


@pytest.mark.parametrize("kind", [PlainPicture, Television])
@pytest.mark.parametrize(("brighter", "seen"), [(5, False), (8, True)])
def test_levels_count_alike_however_the_camera_sends_them(
    kind: type[PlainPicture], brighter: int, seen: bool
) -> None:
    gate = MotionGate()
    before, after = (np.full((360, 640, 3), 100, np.uint8) for _ in range(2))
    after[100:200, 100:200] += np.uint8(brighter)
    assert gate.moves(Frame(1, START, kind(before)))
    assert gate.moves(Frame(1, START + timedelta(seconds=1), kind(after))) is seen


@pytest.mark.parametrize(
    "wh",
    [(1, 1), (3, 2), (7, 400), (160, 120), (352, 288), (640, 1), (641, 361), (704, 576), (768, 576),
     (1279, 720), (1920, 1080), (3840, 2160)],
)  # fmt: skip
def test_pictures_of_all_sizes_are_compared(wh: tuple[int, int]) -> None:
    gate, dark = MotionGate(), np.full((wh[1], wh[0], 3), 60, np.uint8)
    half = dark.copy()
    half[:, : -(-wh[0] // 3)] = 200
    assert gate.moves(Frame(1, START, PlainPicture(dark)))
    assert not gate.moves(Frame(1, START + timedelta(seconds=1), PlainPicture(dark.copy())))
    if wh[0] > 1:  # else all of it is brighter: the evening
        assert gate.moves(Frame(1, START + timedelta(seconds=2), PlainPicture(half)))
