"""What other systems of the city report to the worker: presses, calls and positions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class CallKind(StrEnum):
    """What a call to 102 is about; the first three are what inspectors get most (FACTS)."""

    PARKING = "parking"
    FAMILY_DISPUTE = "family_dispute"
    BEGGARS = "beggars"
    FIGHT = "fight"
    OTHER = "other"


class UnitState(StrEnum):
    """What a patrol, crew or drone is doing."""

    FREE = "free"
    BUSY = "busy"
    ON_WAY = "on_way"
    ON_SCENE = "on_scene"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class SosPress:
    """Someone pressed the SOS button ``button`` (its code); ``id`` makes repeats harmless."""

    id: UUID
    button: str
    pressed_at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A call to 102; its district is ``district`` (a code) or the one its place lies in.

    ``opens_incident`` puts it on the operators' list at once.
    """

    id: UUID
    called_at: datetime
    kind: CallKind
    text: str = ""
    district: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    opens_incident: bool = False


@dataclass(frozen=True, slots=True)
class UnitPosition:
    """Where the unit ``unit`` (its code) was at ``at``; older than what is known is ignored."""

    unit: str
    at: datetime
    latitude: float
    longitude: float
    state: UnitState | None = None
