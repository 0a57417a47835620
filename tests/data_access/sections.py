"""A linear section between cameras 1 and 2 of the small city, and plates read at its ends."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from data_access.database import Transaction
from data_access.media import KeptFile
from data_access.tables.happenings import PlateRead
from data_access.tables.places import LinearSection

NOON = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)  # noon in the city
ENTRY, EXIT = 1, 2
LENGTH_M, LIMIT_KMH = 1000.0, 60


def add_section(tx: Transaction, **changes: Any) -> None:
    section = {
        "name_ru": "Объездная", "name_kk": "Айналма", "name_en": "Bypass", "district_id": 1,
        "entry_camera_id": ENTRY, "exit_camera_id": EXIT, "length_m": LENGTH_M,
        "limit_kmh": LIMIT_KMH, "path": [],
    }  # fmt: skip
    tx.execute(insert(LinearSection).values(section | changes))


def add_read(
    tx: Transaction, camera_id: int, plate: str, at: datetime, confidence: float = 0.95,
    crop: KeptFile | None = None,
) -> UUID:  # fmt: skip
    key = uuid4()
    row: dict[str, Any] = {
        "id": key, "camera_id": camera_id, "district_id": 1, "plate": plate, "read_at": at,
        "confidence": confidence,
    }  # fmt: skip
    if crop is not None:
        row |= {"crop_path": crop.path, "crop_sha256": crop.sha256, "crop_bytes": crop.size_bytes}
    tx.execute(insert(PlateRead).values(row))
    return key


def drive(
    tx: Transaction, plate: str, speed_kmh: float, left_at: datetime = NOON, offset_s: float = 0.0,
    crops: tuple[KeptFile | None, KeptFile | None] = (None, None),
) -> tuple[UUID, UUID]:  # fmt: skip
    """Both reads of one passage; the exit camera's clock is ``offset_s`` ahead."""
    travel = timedelta(seconds=LENGTH_M / speed_kmh * 3.6)
    entry = add_read(tx, ENTRY, plate, left_at - travel, crop=crops[0])
    left = left_at + timedelta(seconds=offset_s)
    return entry, add_read(tx, EXIT, plate, left, crop=crops[1])
