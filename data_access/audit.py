"""The audit log: who did what, to what, when and why. Rows are added and never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert

from data_access.database import Transaction
from data_access.domain.people import Viewer
from data_access.tables.people import AuditRecord


def record(
    tx: Transaction,
    viewer: Viewer,
    action: str,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write that ``viewer`` did ``action`` to ``subject``, in the transaction that does it.

    ``action`` names are like ``sign_in`` or ``evidence.look``; ``subject`` like ``camera 12``.
    The database refuses a record in another viewer's name.
    """
    record_login(tx, viewer.login, viewer.id, action, subject=subject, detail=detail)


def record_login(
    tx: Transaction,
    login: str,
    viewer_id: int | None,
    action: str,
    *,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    address: str | None = None,
) -> None:
    """As ``record``, for a ``login`` as it was typed, which may belong to nobody."""
    tx.execute(
        # Inline: nothing is read back, for the policy lets sign-in add and not read.
        insert(AuditRecord)
        .inline()
        .values(
            at=at or func.now(),
            viewer_id=viewer_id,
            login=login,
            action=action,
            subject=subject,
            detail=dict(detail or {}),
            address=address,
        )
    )
