"""Signals over time: flicker, blinking, what hides them, and what controllers send."""

from dataclasses import replace

import numpy as np
import pytest

from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from detection_worker.frames import Frame, PlainPicture
from detection_worker.rules.scene import Scene, Signal, SignalState
from detection_worker.rules.signals.board import VALID, SignalBoard, SignalReport
from detection_worker.rules.signals.memory import LampMemory
from detection_worker.rules.signals.watcher import SignalWatcher
from tests.detection_worker.rules.lamps import draw
from tests.detection_worker.tracking.sightings import START, at

LETTERS = {"r": "red", "y": "yellow", "g": "green", ".": "unknown"}


def remembered(looks: str, fps: float = 10.0) -> list[Signal]:
    """What the memory says after each of the looks, one letter each."""
    memory = LampMemory()
    return [
        memory.see(at(number / fps), SignalState(LETTERS[look]))
        for number, look in enumerate(looks)
    ]


def shown(looks: str, fps: float = 10.0) -> str:
    back = {state: letter for letter, state in LETTERS.items()}
    return "".join(back[signal.state] for signal in remembered(looks, fps))


@pytest.mark.parametrize(
    ("what", "looks", "expected"),
    [
        ("changes", "rrrryyyygggg", ".rrrryyyyggg"),
        ("flickers", "rrr.r..rr...r", ".rrrrrrrrrrrr"),
        ("blinks green", "ggg.....ggggg.....yyy", "." + "g" * 18 + "yy"),
        ("has one reflection", "rrrrgrrrr", ".rrrrrrrr"),
        ("is never seen", "........", "........"),
        ("is seen once", "....r....", "........."),
        ("goes dark for long", "gg" + "." * 16, ".g" + "g" * 12 + "...."),
    ],
)
def test_a_signal_that(what: str, looks: str, expected: str) -> None:
    assert shown(looks) == expected


def test_a_change_has_the_time_of_its_first_sight() -> None:
    last = remembered("gggggrrrr")[-1]
    assert (last.state, last.since_at) == ("red", at(0.5))
    assert last.at(at(0.4)).state == "green"
    assert last.at(at(-5)).state == "unknown"


def test_a_lorry_before_the_lamps_does_not_make_the_red_younger() -> None:
    last = remembered("rrrr" + "." * 25 + "rrr")[-1]
    assert (last.state, last.since_at) == ("red", at(0))


def test_after_a_long_time_in_the_dark_the_red_is_as_old_as_it_was_seen() -> None:
    last = remembered("rrrr" + "." * 60 + "rrr")[-1]
    assert (last.state, last.since_at) == ("red", at(6.4))


def test_at_five_frames_a_second_a_change_is_seen_too() -> None:
    assert shown("rrrrgggg", fps=5) == ".rrrrggg"


def test_a_clock_that_goes_back_begins_anew() -> None:
    memory = LampMemory()
    for number in range(5):
        memory.see(at(100 + number / 10), SignalState.RED)
    assert memory.see(at(0), SignalState.GREEN).state == "unknown"
    assert memory.see(at(0.1), SignalState.GREEN).state == "green"


def report(state: str, second: float, name: str = "abai-12") -> SignalReport:
    return SignalReport(name, SignalState(state), at(second))


def test_what_is_sent_holds_from_its_time_on_and_is_remembered() -> None:
    board = SignalBoard()
    for state, second in (("green", 0), ("yellow", 20), ("red", 23)):
        assert board.put(report(state, second))
    assert board.signal("abai-12", at(30)) == Signal(
        SignalState.RED, at(23), ((SignalState.YELLOW, at(20)), (SignalState.GREEN, at(0)))
    )
    late = board.signal("abai-12", at(21))
    assert late is not None
    assert (late.state, late.since_at) == ("yellow", at(20))
    assert board.signal("abai-12", at(-1)) is None
    assert board.signal("abai-13", at(30)) is None


def test_what_is_repeated_keeps_its_age_and_what_is_old_is_no_news() -> None:
    board = SignalBoard()
    board.put(report("red", 0))
    board.put(report("red", 10))
    assert board.signal("abai-12", at(11)) == Signal(SignalState.RED, at(0))
    assert not board.put(report("green", 5))


def test_a_controller_that_falls_silent_is_unknown() -> None:
    board = SignalBoard()
    board.put(report("red", 0))
    after = START + VALID
    known, silent = board.signal("abai-12", after), board.signal("abai-12", after + VALID)
    assert known is not None and silent is not None
    assert (known.state, silent.state) == ("red", "unknown")


LAMP = Zone(1, "main", "signal_lamp", ZoneShape.POLYGON, ((0.5, 0.2), (0.57, 0.2), (0.57, 0.56), (0.5, 0.56)))  # fmt: skip
LINE = Zone(2, "line", "red_light", ZoneShape.LINE, ((0.1, 0.9), (0.9, 0.9)), {"signal": "abai-12"})


def seen(watcher: SignalWatcher, second: float, state: str) -> dict[str, str]:
    image = np.full((100, 200, 3), 90, np.uint8)
    image[20:56, 100:114] = draw((state,))
    scene = Scene(1, at(second), (200, 100), ())
    return {
        name: str(signal.state)
        for name, signal in watcher.add(
            Frame(1, at(second), PlainPicture(image)), scene
        ).signals.items()
    }


def test_the_watcher_reads_the_lamps_of_its_zones_and_what_is_sent() -> None:
    board = SignalBoard()
    watcher = SignalWatcher(board)
    watcher.follow(WatchedCamera(1, "a", "", zones=(LAMP, LINE)))
    seen(watcher, 0, "red")
    assert seen(watcher, 0.1, "red") == {"main": "red"}
    board.put(report("green", 0))
    assert seen(watcher, 0.2, "red") == {"main": "red", "abai-12": "green"}


def test_the_watcher_keeps_its_memory_when_zones_are_changed() -> None:
    watcher = SignalWatcher()
    watcher.follow(WatchedCamera(1, "a", "", zones=(LAMP,)))
    for second in (0, 0.1):
        seen(watcher, second, "green")
    watcher.follow(WatchedCamera(1, "a", "", zones=(replace(LAMP, id=9), LINE)))
    assert seen(watcher, 0.2, "red") == {"main": "green"}
