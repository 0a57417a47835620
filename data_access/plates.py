"""Plates that were read in passing: written by the worker, searched by people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from data_access.database import Transaction
from data_access.domain.plates import PlateRead, fragment
from data_access.domain.words import N_
from data_access.errors import RowRefused
from data_access.event_rows import as_json

MOST_FOUND = 1000
"""Plates that a search gives: whoever finds more has to say more of the plate."""

LEAST_SIGNS, MOST_SIGNS = 2, 12
"""Fewer are in most plates, more in none."""

_INSERT = text("""
    INSERT INTO plate_reads (id, read_at, camera_id, district_id, plate, region, confidence,
                             crop_path, crop_sha256, crop_bytes)
    SELECT given.id, given.read_at, camera.id, camera.district_id, given.plate, given.region,
           given.confidence, given.crop_path, given.crop_sha256, given.crop_bytes
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(
        id uuid, read_at timestamptz, camera_id bigint, plate text, region text,
        confidence float8, crop_path text, crop_sha256 text, crop_bytes bigint)
    JOIN cameras camera ON camera.id = given.camera_id
    ORDER BY given.read_at, given.id
    ON CONFLICT (id, read_at) DO NOTHING
""")

_KNOWN = text("SELECT id FROM cameras WHERE id = ANY (:cameras)")


def write(tx: Transaction, reads: Sequence[PlateRead]) -> None:
    """Keep reads; those that are kept already, by their id and time, stay as they are.

    Raises ``RowRefused`` for a camera that is not known; nothing is kept then.
    """
    if not reads:
        return
    cameras = {read.camera_id for read in reads}
    known = set(tx.scalars(_KNOWN, {"cameras": sorted(cameras)}))
    if missing := cameras - known:
        raise RowRefused(
            N_("A plate was read by camera {camera}, which is not in the database."),
            camera=min(missing),
        )
    tx.execute(_INSERT, {"rows": as_json(map(_row, reads))})


def is_searchable(signs: str) -> bool:
    """Whether ``near`` takes these signs."""
    return LEAST_SIGNS <= len(signs) <= MOST_SIGNS and fragment(signs) == signs


def near(
    tx: Transaction, signs: str, from_at: datetime, until_at: datetime, most: int = MOST_FOUND
) -> list[str]:
    """The plates within the scope and the period that hold ``signs``, one of them perhaps wrong.

    From six signs on, one may be another, missing or too many; shorter parts of a plate are
    taken as they are. ``signs`` is what ``domain.plates.fragment`` gives, two signs or more.
    """
    found = tx.scalar(select(func.qala_plates_near(signs, from_at, until_at, most)))
    return sorted(found or ())


@dataclass(frozen=True, slots=True)
class FoundRead:
    """A read as a search gives it."""

    read_at: datetime
    camera_id: int
    plate: str
    region: str | None
    confidence: float
    crop_path: str | None


_READS = text("""
    SELECT read_at, camera_id, plate, region, confidence, crop_path FROM plate_reads
    WHERE plate = ANY (:plates) AND read_at >= :from_at AND read_at < :until_at
    ORDER BY read_at DESC LIMIT :most
""")


def reads(
    tx: Transaction, signs: str, from_at: datetime, until_at: datetime, most: int = 100
) -> list[FoundRead]:
    """The newest reads of the plates that ``near`` finds."""
    plates = near(tx, signs, from_at, until_at)
    given = {"plates": plates, "from_at": from_at, "until_at": until_at, "most": most}
    return [FoundRead(*row) for row in tx.execute(_READS, given)]


def _row(read: PlateRead) -> dict[str, object]:
    crop = read.crop
    return {
        "id": str(read.id),
        "read_at": read.read_at.isoformat(),
        "camera_id": read.camera_id,
        "plate": read.plate,
        "region": read.region or None,
        "confidence": read.confidence,
        "crop_path": crop.path if crop else None,
        "crop_sha256": crop.sha256 if crop else None,
        "crop_bytes": crop.size_bytes if crop else None,
    }
