"""Words of the screen of health: states, detectors, sizes, spans of time."""

from collections.abc import Sequence
from datetime import datetime

from components.formats import number
from data_access.camera_health import NEVER, WorkerRow
from data_access.domain.feeds import FEED_STATE_NAMES, FeedState
from data_access.domain.words import N_, Language
from data_access.language import Translate

STATE_MARKS: dict[str, str] = {
    "live": "●",
    "offline": "✕",
    "broken": "✕",
    "stalled": "▲",
    "connecting": "◌",
    "ended": "■",
    "off": "○",
    NEVER: "?",
}
"""A shape for each state: it is told apart without colour."""

STATES = ("offline", "broken", "stalled", "connecting", NEVER, "ended", "live", "off")
"""In the order of who needs to look."""

NEVER_NAME = N_("Not heard of yet")

DETECTOR_NAMES: dict[str, str] = {
    "ultralytics": "Ultralytics",
    "onnx": "ONNX Runtime",
    "motion": N_("motion only, no model"),
}

SIZES = (
    (1 << 40, N_("{size} TB")),
    (1 << 30, N_("{size} GB")),
    (1 << 20, N_("{size} MB")),
    (1 << 10, N_("{size} KB")),
)


def state_name(state: str, _: Translate) -> str:
    """The shape and the name of a camera's state."""
    name = NEVER_NAME if state == NEVER else FEED_STATE_NAMES[FeedState(state)]
    return f"{STATE_MARKS[state]} {_(name)}"


def size_words(size_bytes: int, language: Language, _: Translate) -> str:
    """``12,3 GB``: as large a unit as leaves a whole number before the comma."""
    for unit, words in SIZES:
        if size_bytes >= unit:
            size = size_bytes / unit
            return _(words).format(size=number(size, 0 if size >= 100 else 1, language))
    return _("{size} B").format(size=number(size_bytes))


def span_words(start: datetime, end: datetime, _: Translate) -> str:
    """How long something lasted, in the largest unit that says enough."""
    minutes = max(0, int((end - start).total_seconds() // 60))
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)
    return _("{days} d {hours} h").format(days=hours // 24, hours=hours % 24)


def detector_words(worker: WorkerRow, _: Translate) -> str:
    """What a worker detects with: the detector and its model."""
    name = _(DETECTOR_NAMES.get(worker.detector, worker.detector))
    return f"{name} · {worker.model}" if worker.model else name


def sentences(message: str, _: Translate) -> list[str]:
    """A worker's message, line by line, in the reader's language."""
    return [_(line) for line in message.splitlines() if line.strip()]


def without_model(workers: Sequence[WorkerRow]) -> list[WorkerRow]:
    """The workers that see movement alone."""
    return [worker for worker in workers if worker.detector == "motion"]
