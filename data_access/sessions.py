"""Sessions of those who have signed in; the database keeps no token, only its SHA-256."""

import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update

from data_access.database import Transaction
from data_access.tables.people import Session

IDLE = timedelta(minutes=30)
"""A session that nobody used for so long is over."""

TOKEN_BYTES = 32

_SEEN_EVERY = timedelta(minutes=1)
"""How exactly ``seen_at`` is kept: not every request writes a row."""


def open_session(
    tx: Transaction, viewer_id: int, now: datetime, address: str | None, browser: str
) -> str:
    """Open a session and return its token (256 bits), which is kept nowhere here."""
    tx.execute(delete(Session).where(Session.seen_at < now - IDLE))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.execute(
        insert(Session).values(
            token_sha256=_kept(token),
            viewer_id=viewer_id,
            created_at=now,
            seen_at=now,
            address=network_address(address),
            browser="".join(sign for sign in browser[:200] if sign.isprintable()),
        )
    )
    return token


def viewer_id_of(tx: Transaction, token: str, now: datetime, active: bool) -> int | None:
    """Whose session it is, or None if it is unknown or over; ``active`` use prolongs it."""
    query = select(Session.viewer_id, Session.seen_at).where(_is(token))
    found = tx.execute(query).one_or_none()
    if found is None:
        return None
    if now - found.seen_at > IDLE:
        close_session(tx, token)
        return None
    if active and now - found.seen_at >= _SEEN_EVERY:
        tx.execute(update(Session).where(_is(token)).values(seen_at=now))
    return int(found.viewer_id)


def close_session(tx: Transaction, token: str) -> int | None:
    """End one session; whose it was."""
    return tx.scalar(delete(Session).where(_is(token)).returning(Session.viewer_id))


def close_all(tx: Transaction, viewer_id: int, but: str | None = None) -> None:
    """End the sessions of a viewer, except the one with the token ``but``."""
    theirs = delete(Session).where(Session.viewer_id == viewer_id)
    tx.execute(theirs if but is None else theirs.where(~_is(but)))


def network_address(text: str | None) -> str | None:
    """``text`` if it is an IP address; what a proxy or a test may send instead is left out."""
    try:
        return str(ipaddress.ip_address(text or ""))
    except ValueError:
        return None


def _kept(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _is(token: str) -> ColumnElement[bool]:
    return Session.token_sha256 == _kept(token)
