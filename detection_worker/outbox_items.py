"""The items of the outbox, and each as one line of a file.

A line is ``number crc32 json``: it can be read by eye, and a line that was torn by a power cut
or changed by the disk is known by its checksum.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from data_access.domain.events import EventRecord, EvidenceRecord, TrafficCount
from data_access.domain.intake import Call, CallKind, SosPress, UnitPosition, UnitState
from data_access.domain.plates import PlateCrop, PlateRead
from detection_worker.plain_json import as_json

Item = EventRecord | TrafficCount | PlateRead | SosPress | Call | UnitPosition


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """An item with its place in the outbox; numbers grow by one from 1."""

    number: int
    item: Item


class DamagedLineError(ValueError):
    """A line that is no item; the message says why."""


def line_of(number: int, item: Item) -> bytes:
    """The line that keeps ``item``, with its line end."""
    words = as_json(_plain(item)).encode()
    return b"%d %08x %b\n" % (number, zlib.crc32(words), words)


def item_of(line: bytes) -> NumberedItem:
    """The item of a line without its line end; DamagedLineError if it is damaged or unknown."""
    try:
        number, checksum, words = line.split(b" ", 2)
        if int(checksum, 16) != zlib.crc32(words):
            raise DamagedLineError("its checksum does not match")
        fields = json.loads(words)
        return NumberedItem(int(number), _READERS[fields.pop("item")](fields))
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedLineError(f"it cannot be read as an item ({error})") from None


def _plain(item: Item) -> dict[str, Any]:
    match item:
        case EventRecord():
            return _plain_event(item)
        case TrafficCount():
            return {
                "item": "count", "minute_at": item.minute_at.isoformat(),
                "camera_id": item.camera_id, "zone_id": item.zone_id, "label": item.label,
                "direction": item.direction, "count": item.count,
            }  # fmt: skip
        case PlateRead():
            return _plain_read(item)
        case SosPress():
            return {"item": "press", "id": str(item.id), "button": item.button,
                    "pressed_at": item.pressed_at.isoformat()}  # fmt: skip
        case Call():
            return _plain_call(item)
        case UnitPosition():
            return {
                "item": "position", "unit": item.unit, "at": item.at.isoformat(),
                "latitude": item.latitude, "longitude": item.longitude, "state": item.state,
            }  # fmt: skip


def _plain_event(event: EventRecord) -> dict[str, Any]:
    return {
        "item": "event", "id": str(event.id), "kind": event.kind, "camera_id": event.camera_id,
        "started_at": event.started_at.isoformat(),
        "ended_at": event.ended_at.isoformat() if event.ended_at else None,
        "confidence": event.confidence, "facts": event.facts, "plate": event.plate,
        "track_ids": list(event.track_ids),
        "evidence": [_plain_evidence(file) for file in event.evidence],
    }  # fmt: skip


def _plain_evidence(file: EvidenceRecord) -> dict[str, Any]:
    return {
        "id": str(file.id), "kind": file.kind, "path": file.path, "sha256": file.sha256,
        "size_bytes": file.size_bytes, "mime": file.mime,
        "captured_at": file.captured_at.isoformat(),
    }  # fmt: skip


def _plain_read(read: PlateRead) -> dict[str, Any]:
    crop = read.crop
    return {
        "item": "plate", "id": str(read.id), "read_at": read.read_at.isoformat(),
        "camera_id": read.camera_id, "plate": read.plate, "confidence": read.confidence,
        "region": read.region,
        "crop": [crop.path, crop.sha256, crop.size_bytes] if crop else None,
    }  # fmt: skip


def _plain_call(call: Call) -> dict[str, Any]:
    return {
        "item": "call", "id": str(call.id), "called_at": call.called_at.isoformat(),
        "kind": call.kind, "text": call.text, "district": call.district,
        "latitude": call.latitude, "longitude": call.longitude,
        "opens_incident": call.opens_incident,
    }  # fmt: skip


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _event(fields: dict[str, Any]) -> EventRecord:
    ended_at = fields.pop("ended_at")
    return EventRecord(
        id=UUID(fields.pop("id")),
        started_at=_at(fields.pop("started_at")),
        ended_at=_at(ended_at) if ended_at else None,
        track_ids=tuple(fields.pop("track_ids")),
        evidence=tuple(_evidence(file) for file in fields.pop("evidence")),
        **fields,
    )


def _evidence(fields: dict[str, Any]) -> EvidenceRecord:
    return EvidenceRecord(
        id=UUID(fields.pop("id")), captured_at=_at(fields.pop("captured_at")), **fields
    )


def _count(fields: dict[str, Any]) -> TrafficCount:
    return TrafficCount(minute_at=_at(fields.pop("minute_at")), **fields)


def _read(fields: dict[str, Any]) -> PlateRead:
    crop = fields.pop("crop")
    for gone in ("direction", "event_id"):  # in reads that an older worker left on disk
        fields.pop(gone, None)
    return PlateRead(
        id=UUID(fields.pop("id")),
        read_at=_at(fields.pop("read_at")),
        crop=PlateCrop(*crop) if crop else None,
        **fields,
    )


def _press(fields: dict[str, Any]) -> SosPress:
    return SosPress(UUID(fields["id"]), fields["button"], _at(fields["pressed_at"]))


def _call(fields: dict[str, Any]) -> Call:
    return Call(
        id=UUID(fields.pop("id")),
        called_at=_at(fields.pop("called_at")),
        kind=CallKind(fields.pop("kind")),
        **fields,
    )


def _position(fields: dict[str, Any]) -> UnitPosition:
    state = fields.pop("state")
    return UnitPosition(
        at=_at(fields.pop("at")), state=UnitState(state) if state else None, **fields
    )


_READERS: dict[str, Callable[[dict[str, Any]], Item]] = {
    "event": _event,
    "count": _count,
    "plate": _read,
    "press": _press,
    "call": _call,
    "position": _position,
}
