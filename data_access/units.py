"""Where patrols, crews and drones are, as their telemetry reports it."""

from sqlalchemy import text

from data_access.database import Transaction
from data_access.domain.intake import UnitPosition
from data_access.domain.words import N_
from data_access.errors import RowRefused

_UNIT = text("SELECT id FROM units WHERE code = :code")

_MOVE = text("""
    UPDATE units SET latitude = :latitude, longitude = :longitude, seen_at = :at,
                     state = coalesce(:state, state)
    WHERE id = :id AND (seen_at IS NULL OR seen_at < :at)
""")


def move(tx: Transaction, position: UnitPosition) -> None:
    """Move a unit; a position older than the known one changes nothing.

    Raises ``RowRefused`` for an unknown unit.
    """
    unit = tx.execute(_UNIT, {"code": position.unit}).scalar_one_or_none()
    if unit is None:
        raise RowRefused(
            N_("There is no unit {unit} in the database. Check the unit's code."),
            unit=position.unit,
        )
    tx.execute(
        _MOVE,
        {
            "id": unit,
            "latitude": position.latitude,
            "longitude": position.longitude,
            "at": position.at,
            "state": position.state,
        },
    )
