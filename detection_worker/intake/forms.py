"""The JSON of other systems, read with patience and refused with sentences.

Each form returns what was sent, or raises ``FormError`` with every fault it found.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from data_access.domain.intake import Call, CallKind, SosPress, UnitPosition, UnitState
from detection_worker.errors import WorkerError
from detection_worker.rules.scene import SignalState
from detection_worker.rules.signals.board import SignalReport

LONGEST_TEXT = 2_000
LONGEST_NAME = 100
"""Characters of a call's text, and of a code or an id."""

CLOCK_AHEAD = timedelta(minutes=5)
"""How far ahead of ours the clock of a sender may be."""

SIGNAL_CLOCK_AHEAD = timedelta(seconds=2)
"""The same for signals: their seconds of red are evidence. A report takes less to arrive."""

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")


class FormError(WorkerError):
    """What was sent cannot be understood; ``faults`` are sentences."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


class Form:
    """The fields of one JSON object; faults gather until ``check`` raises them."""

    def __init__(self, sent: object, now: datetime) -> None:
        self._now = now
        self._faults: list[str] = []
        if not isinstance(sent, Mapping):
            raise FormError(['Send one JSON object, like {"button": "SOS-1"}.'])
        self._sent: Mapping[str, Any] = sent

    def check(self) -> None:
        """Raise ``FormError`` if anything was wrong."""
        if self._faults:
            raise FormError(self._faults)

    def only(self, *names: str) -> None:
        """A field that is not one of these is a fault: it is most likely misspelt."""
        for name in self._sent:
            if name not in names:
                self._fault(f"There is no field “{name}”; the fields are {', '.join(names)}.", None)

    def text(self, name: str, longest: int = LONGEST_NAME, needed: bool = True) -> str:
        """A text; empty where it is missing and not needed."""
        value = self._sent.get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            return self._fault(f"“{name}” must be a text.", "")
        if len(value) > longest or "\0" in value:
            return self._fault(f"“{name}” must be a text of at most {longest} characters.", "")
        return value.strip()

    def choice(self, name: str, kind: type[Choice], usual: Choice) -> Choice:
        """One of the words of ``kind``; ``usual`` where it is missing."""
        value = self._sent.get(name, usual)
        if value in list(kind):
            return kind(value)
        return self._fault(f"“{name}” must be one of {', '.join(kind)}.", usual)

    def flag(self, name: str) -> bool:
        """True or false; false where it is missing."""
        value = self._sent.get(name, False)
        return (
            value
            if isinstance(value, bool)
            else self._fault(f"“{name}” must be true or false.", False)
        )

    def degrees(self, name: str, limit: float, needed: bool = True) -> float | None:
        """A latitude or longitude within ±``limit``."""
        value: Any = self._sent.get(name)
        if value is None and not needed:
            return None
        if _is_number(value) and abs(float(value)) <= limit:
            return float(value)
        within = f"from -{limit:g} to {limit:g}"
        return self._fault(f"“{name}” must be a number of degrees {within}.", None)

    def at(self, name: str, ahead: timedelta = CLOCK_AHEAD) -> datetime:
        """A time with its zone, as aware UTC; now where it is missing.

        ``ahead`` is how far in the future it may lie.
        """
        value = self._sent.get(name)
        if value is None:
            return self._now
        at = _time(value)
        if at is None:
            wanted = "a time with its zone, like 2026-05-04T12:00:00+05:00"
            return self._fault(f"“{name}” must be {wanted}.", self._now)
        if at > self._now + ahead:
            return self._fault(f"“{name}” lies in the future; set the sender's clock.", self._now)
        return at

    def id(self, kind: str, *otherwise: str) -> UUID:
        """The sender's own id; without one, the same for the same ``otherwise`` fields.

        A sender that gives neither has a new id each time: its repeats cannot be known.
        """
        given = self.text("id", needed=False)
        known = given or "|".join(str(self._sent[name]) for name in otherwise if name in self._sent)
        if not given and any(name not in self._sent for name in otherwise):
            return uuid4()
        return _uuid(given) or uuid5(NAMESPACE_URL, f"qala:{kind}:{known}")

    def _fault(self, sentence: str, instead: Value) -> Value:
        self._faults.append(sentence)
        return instead


Read = Callable[[object, datetime], SosPress | Call | UnitPosition | SignalReport]


def read_press(sent: object, now: datetime) -> SosPress:
    """``{"button": code, "pressed_at"?: time, "id"?: text}``."""
    form = Form(sent, now)
    form.only("id", "button", "pressed_at")
    press = SosPress(
        form.id("press", "button", "pressed_at"), form.text("button"), form.at("pressed_at")
    )
    form.check()
    return press


def read_call(sent: object, now: datetime) -> Call:
    """A call: its kind, text, time, and a district's code or a place inside one."""
    form = Form(sent, now)
    form.only(
        "id", "called_at", "kind", "text", "district", "latitude", "longitude", "opens_incident"
    )
    call = Call(
        id=form.id("call", "called_at", "latitude", "longitude"),
        called_at=form.at("called_at"),
        kind=form.choice("kind", CallKind, CallKind.OTHER),
        text=form.text("text", LONGEST_TEXT, needed=False),
        district=form.text("district", needed=False) or None,
        latitude=form.degrees("latitude", 85, needed=False),
        longitude=form.degrees("longitude", 180, needed=False),
        opens_incident=form.flag("opens_incident"),
    )
    form.check()
    return call


def read_position(sent: object, now: datetime) -> UnitPosition:
    """``{"unit": code, "latitude": …, "longitude": …, "at"?: time, "state"?: word}``."""
    form = Form(sent, now)
    form.only("unit", "at", "latitude", "longitude", "state")
    state = form.choice("state", UnitState, UnitState.FREE)
    position = UnitPosition(
        unit=form.text("unit"),
        at=form.at("at"),
        latitude=form.degrees("latitude", 85) or 0.0,
        longitude=form.degrees("longitude", 180) or 0.0,
        state=state if isinstance(sent, Mapping) and sent.get("state") is not None else None,
    )
    form.check()
    return position


def read_signal(sent: object, now: datetime) -> SignalReport:
    """``{"signal": name, "state": red, yellow, green or unknown, "at"?: since when}``."""
    form = Form(sent, now)
    form.only("signal", "state", "at")
    form.text("state")
    report = SignalReport(
        signal=form.text("signal"),
        state=form.choice("state", SignalState, SignalState.UNKNOWN),
        at=form.at("at", SIGNAL_CLOCK_AHEAD),
    )
    form.check()
    return report


def _is_number(value: object) -> bool:
    """Whether it is one, and neither infinite nor a whole number of hundreds of digits."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return abs(value) <= sys.float_info.max


def _time(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
        return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
    except (ValueError, OverflowError):  # no time, or one before the year 1
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
