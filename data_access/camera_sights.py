"""How well cameras see, as the worker writes it and the screen of health reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, text

from data_access.database import Transaction
from data_access.domain.places import CameraKind
from data_access.domain.sight import CameraSight, Sight
from data_access.domain.words import Names
from data_access.event_rows import as_json
from data_access.tables.feeds import CameraHealth
from data_access.tables.places import Camera, District

TURNS = (CameraKind.TURNING, CameraKind.DRONE)
"""Cameras that look elsewhere as their work: their view is never shifted."""

_WRITE = text("""
    INSERT INTO camera_health (camera_id, district_id, sight, since_at, checked_at, measured,
                               proof_path, proof_sha256)
    SELECT given.camera_id, camera.district_id, given.sight, given.since_at, given.checked_at,
           given.measured, given.proof_path, given.proof_sha256
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(
        camera_id bigint, sight text, since_at timestamptz, checked_at timestamptz,
        measured jsonb, proof_path text, proof_sha256 text)
    JOIN cameras camera ON camera.id = given.camera_id
    WHERE given.sight <> :shifted OR camera.kind <> ALL (:turns)
    ORDER BY given.camera_id
    ON CONFLICT (camera_id) DO UPDATE
    SET (district_id, sight, since_at, checked_at, measured, proof_path, proof_sha256)
      = (excluded.district_id, excluded.sight, excluded.since_at, excluded.checked_at,
         excluded.measured, excluded.proof_path, excluded.proof_sha256)
""")


@dataclass(frozen=True, slots=True)
class PoorSight:
    """A camera that gives pictures which are no good."""

    camera_id: int
    code: str
    names: Names
    district: Names
    sight: Sight
    since_at: datetime
    measured: dict[str, Any]
    has_proof: bool


def write(tx: Transaction, sights: Sequence[CameraSight]) -> None:
    """Write how cameras see; those that are no longer in the database are passed over."""
    if sights:
        given = {"shifted": str(Sight.SHIFTED), "turns": [str(kind) for kind in TURNS]}
        tx.execute(_WRITE, {"rows": as_json(map(_row, sights)), **given})


def poor(tx: Transaction, limit: int = 500) -> list[PoorSight]:
    """The cameras that are switched on and do not see well, the latest first."""
    health = (CameraHealth.sight, CameraHealth.since_at, CameraHealth.measured)
    query = (
        select(CameraHealth.camera_id, Camera.code, *health, CameraHealth.proof_path)
        .add_columns(Camera.name_ru, Camera.name_kk, Camera.name_en)
        .add_columns(
            District.name_ru.label("its_ru"),
            District.name_kk.label("its_kk"),
            District.name_en.label("its_en"),
        )
        .join(Camera, Camera.id == CameraHealth.camera_id)
        .join(District, District.id == CameraHealth.district_id)
        .where(CameraHealth.sight != str(Sight.CLEAR), Camera.enabled)
        .order_by(CameraHealth.since_at.desc(), CameraHealth.camera_id)
        .limit(limit)
    )
    return [_poor(row) for row in tx.execute(query)]


def proof(tx: Transaction, camera_id: int) -> str | None:
    """Where the picture lies that proves a camera's fault; None where there is none in sight."""
    query = select(CameraHealth.proof_path).where(CameraHealth.camera_id == camera_id)
    return tx.scalar(query) or None


def _poor(row: Row[Any]) -> PoorSight:
    return PoorSight(
        camera_id=row.camera_id,
        code=row.code,
        names=Names(row.name_ru, row.name_kk, row.name_en),
        district=Names(row.its_ru, row.its_kk, row.its_en),
        sight=Sight(row.sight),
        since_at=row.since_at,
        measured=dict(row.measured),
        has_proof=bool(row.proof_path),
    )


def _row(sight: CameraSight) -> dict[str, object]:
    return {
        "camera_id": sight.camera_id,
        "sight": sight.sight,
        "since_at": sight.since_at.isoformat(),
        "checked_at": sight.checked_at.isoformat(),
        "measured": dict(sight.measured),
        "proof_path": sight.proof_path,
        "proof_sha256": sight.proof_sha256,
    }
