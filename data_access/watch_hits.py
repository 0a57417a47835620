"""Where wanted vehicles were seen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from data_access.database import Transaction
from data_access.domain.words import Names

MOST = 200
"""Hits that a screen shows, the newest; whoever wants more searches the plate."""

_HITS = text("""
    SELECT event.id, event.started_at, event.plate, event.facts ->> 'plate' AS read_as,
           event.facts ->> 'reason' AS reason, event.state, event.confidence,
           camera.id AS camera_id, camera.code,
           camera.name_ru, camera.name_kk, camera.name_en,
           (SELECT file.id FROM evidence file
            WHERE file.event_id = event.id AND file.event_started_at = event.started_at
              AND file.kind IN ('snapshot', 'plate')
            ORDER BY file.kind DESC, file.captured_at DESC LIMIT 1) AS picture_id
    FROM events event JOIN cameras camera ON camera.id = event.camera_id
    WHERE event.kind = 'watch_listed_plate' AND event.started_at >= :since
    ORDER BY event.started_at DESC, event.id LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class WatchHit:
    """A wanted vehicle that a camera saw; ``picture_id`` is the snapshot of it."""

    id: UUID
    at: datetime
    plate: str
    reason: str
    state: str
    confidence: float
    camera_id: int
    camera_code: str
    place: Names
    picture_id: UUID | None


def hits(tx: Transaction, since: datetime, most: int = MOST) -> list[WatchHit]:
    """The newest within the scope, since ``since``."""
    rows = tx.execute(_HITS, {"since": since, "most": most})
    return [
        WatchHit(
            row.id, row.started_at, row.plate or row.read_as or "", row.reason or "", row.state,
            row.confidence, row.camera_id, row.code,
            Names(row.name_ru, row.name_kk, row.name_en), row.picture_id,
        )
        for row in rows
    ]  # fmt: skip
