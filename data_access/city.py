"""Settings of the city, kept as rows: its name and view, the demonstration mark, and more.

Keys in use: ``demonstration`` (the profile, absent for a real city) and ``city``
({"ru", "kk", "en", "lat", "lon", "zoom"}).
"""

from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from data_access.database import Transaction
from data_access.tables.people import Setting
from data_access.tables.places import Camera, District


def value(tx: Transaction, key: str) -> Any:
    """The value of ``key`` (what JSON can hold), or None where it was never put."""
    return tx.scalar(select(Setting.value).where(Setting.key == key))


def put(tx: Transaction, key: str, value: Any) -> None:
    """Keep ``value`` (what JSON can hold) under ``key``; raises ``NotPermitted`` by scope."""
    row = insert(Setting).values(key=key, value=value)
    changed = {"value": row.excluded.value, "changed_at": func.now()}
    tx.execute(row.on_conflict_do_update(index_elements=[Setting.key], set_=changed))


def is_empty(tx: Transaction) -> bool:
    """Whether there is neither a district nor a camera (seen as the owner or the worker)."""
    districts = tx.scalar(select(exists().select_from(District)))
    return not districts and not tx.scalar(select(exists().select_from(Camera)))
