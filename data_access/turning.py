"""Who may turn which camera, and the record of it."""

from collections.abc import Mapping
from typing import Any

from data_access import audit
from data_access.database import Transaction
from data_access.domain.people import TURN_ROLES, Viewer
from data_access.visibility import visible_cameras


def note_turn(tx: Transaction, viewer: Viewer, camera_id: int, turn: Mapping[str, Any]) -> bool:
    """Whether the viewer may turn this camera; if so, that they do is recorded first."""
    if viewer.role not in TURN_ROLES or not visible_cameras(tx, frozenset({camera_id})):
        return False
    audit.record(tx, viewer, "camera.turn", f"camera {camera_id}", turn)
    return True
