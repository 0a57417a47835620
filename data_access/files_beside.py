"""Files in the media folder that are no event's evidence."""

from sqlalchemy import select

from data_access.database import Transaction
from data_access.tables.feeds import CameraHealth
from data_access.tables.happenings import PlateRead


def files_beside(tx: Transaction) -> set[str]:
    """Paths of the crops of plate reads and of the pictures that prove how cameras see."""
    found: set[str] = set()
    for column in (PlateRead.crop_path, CameraHealth.proof_path):
        found.update(path for path in tx.scalars(select(column).where(column.is_not(None))) if path)
    return found
