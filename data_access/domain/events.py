"""What was found: kinds of event, their responses and the states these go through."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from data_access.domain.words import N_


class Response(StrEnum):
    """What is to be done about an event."""

    VIOLATION = "violation"
    INCIDENT = "incident"
    WORK_ORDER = "work_order"


RESPONSE_NAMES: dict[Response, str] = {
    Response.VIOLATION: N_("Violation"),
    Response.INCIDENT: N_("Incident"),
    Response.WORK_ORDER: N_("Work order"),
}

TRANSITIONS: dict[Response, dict[str, frozenset[str]]] = {
    Response.VIOLATION: {
        "detected": frozenset({"confirmed", "rejected"}),
        "confirmed": frozenset({"issued", "rejected"}),
        "rejected": frozenset(),
        "issued": frozenset({"paid", "contested", "cancelled"}),
        "contested": frozenset({"issued", "cancelled", "paid"}),
        "paid": frozenset(),
        "cancelled": frozenset(),
    },
    Response.INCIDENT: {
        "new": frozenset({"acknowledged", "closed"}),
        "acknowledged": frozenset({"dispatched", "resolved", "closed"}),
        "dispatched": frozenset({"on_scene", "resolved"}),
        "on_scene": frozenset({"resolved"}),
        "resolved": frozenset({"closed"}),
        "closed": frozenset(),
    },
    Response.WORK_ORDER: {
        "new": frozenset({"assigned"}),
        "assigned": frozenset({"done"}),
        "done": frozenset({"verified", "reopened"}),
        "reopened": frozenset({"assigned"}),
        "verified": frozenset(),
    },
}
"""Which state may follow which, by response (DESIGN.md, Words)."""

FIRST_STATE: dict[Response, str] = {
    Response.VIOLATION: "detected",
    Response.INCIDENT: "new",
    Response.WORK_ORDER: "new",
}

STATE_NAMES: dict[str, str] = {
    "detected": N_("Awaiting review"),
    "confirmed": N_("Confirmed"),
    "rejected": N_("Rejected"),
    "issued": N_("Fine issued"),
    "paid": N_("Paid"),
    "contested": N_("Contested"),
    "cancelled": N_("Cancelled"),
    "new": N_("New"),
    "acknowledged": N_("Acknowledged"),
    "dispatched": N_("Patrol dispatched"),
    "on_scene": N_("On scene"),
    "resolved": N_("Resolved"),
    "closed": N_("Closed"),
    "assigned": N_("Assigned"),
    "done": N_("Done"),
    "verified": N_("Verified by camera"),
    "reopened": N_("Reopened"),
}


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event: its id, its name and what is done about it."""

    id: str
    name: str
    response: Response
    urgent: bool = False


def _kinds(*kinds: EventKind) -> dict[str, EventKind]:
    return {kind.id: kind for kind in kinds}


EVENT_KINDS: dict[str, EventKind] = _kinds(
    EventKind("spot_speed", N_("Speeding"), Response.VIOLATION),
    EventKind("section_speed", N_("Speeding on a section"), Response.VIOLATION),
    EventKind("red_light", N_("Red light"), Response.VIOLATION),
    EventKind("stop_line", N_("Stop line"), Response.VIOLATION),
    EventKind("wrong_way", N_("Wrong way"), Response.VIOLATION),
    EventKind("oncoming_lane", N_("Oncoming lane"), Response.VIOLATION),
    EventKind("solid_line", N_("Solid line crossed"), Response.VIOLATION),
    EventKind("bus_lane", N_("Bus lane"), Response.VIOLATION),
    EventKind("no_stopping", N_("Forbidden parking"), Response.VIOLATION),
    EventKind("crosswalk_yield", N_("Not giving way to pedestrians"), Response.VIOLATION),
    EventKind("jaywalking", N_("Jaywalking"), Response.VIOLATION),
    EventKind("littering", N_("Littering"), Response.VIOLATION),
    EventKind("crowd", N_("Crowd"), Response.INCIDENT),
    EventKind("loitering", N_("Loitering"), Response.INCIDENT),
    EventKind("intrusion", N_("Intrusion"), Response.INCIDENT, urgent=True),
    EventKind("congestion", N_("Congestion"), Response.INCIDENT),
    EventKind("collision", N_("Collision"), Response.INCIDENT, urgent=True),
    EventKind("abandoned_object", N_("Abandoned object"), Response.INCIDENT, urgent=True),
    EventKind("watch_listed_plate", N_("Wanted vehicle"), Response.INCIDENT, urgent=True),
    EventKind("object_present", N_("Object of concern"), Response.INCIDENT, urgent=True),
    EventKind("sos_press", N_("SOS button"), Response.INCIDENT, urgent=True),
    EventKind("call_102", N_("Call to 102"), Response.INCIDENT),
    EventKind("illegal_dump", N_("Illegal dump"), Response.WORK_ORDER),
    EventKind("overflowing_container", N_("Overflowing container"), Response.WORK_ORDER),
    EventKind("road_defect", N_("Road defect"), Response.WORK_ORDER),
)


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """A file of evidence in the media folder; ``path`` is relative to it."""

    id: UUID
    kind: str  # snapshot, clip, plate, readings
    path: str
    sha256: str
    size_bytes: int
    mime: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event as the worker writes it; writing it again with the same id replaces it.

    ``facts`` are the numbers that decided it (units in their names); the explanation is
    made from them in the reader's language.
    """

    id: UUID
    kind: str
    camera_id: int
    started_at: datetime
    ended_at: datetime | None
    confidence: float
    facts: dict[str, Any] = field(default_factory=dict)
    plate: str | None = None
    track_ids: tuple[int, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()

    @property
    def response(self) -> Response:
        """What is to be done about it, by its kind."""
        return EVENT_KINDS[self.kind].response


@dataclass(frozen=True, slots=True)
class TrafficCount:
    """How many of one class crossed one line in one direction within one minute."""

    minute_at: datetime
    camera_id: int
    zone_id: int
    label: str
    direction: str  # forward or backward: along the line's normal, or against it
    count: int
