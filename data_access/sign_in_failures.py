"""Wrong passwords in a row: five of them close a login for ten minutes.

They are counted by login, whether or not anybody has it, so that nobody can learn from the
count which logins exist.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from data_access.database import Transaction
from data_access.tables.people import SignInFailures

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=10)


def hold(tx: Transaction, login: str, now: datetime) -> datetime | None:
    """Take the login's count for this transaction; the time until which it is closed, if so.

    Others who try the same login wait until the transaction ends: many at once get no more
    attempts than one after another.
    """
    _forget_old(tx, now)
    row = insert(SignInFailures).values(login=login, failures=0, last_at=now)
    # An update that changes nothing takes the row's lock, which "do nothing" would not.
    held = row.on_conflict_do_update(
        index_elements=[SignInFailures.login], set_={"failures": SignInFailures.failures}
    ).returning(SignInFailures.locked_until)
    until = tx.scalar(held)
    return until if until is not None and until > now else None


def count(tx: Transaction, login: str, now: datetime) -> datetime | None:
    """Count a failure of a login that is held; the time until which it is closed now, if so."""
    own = SignInFailures.login == login
    failures = (tx.scalar(select(SignInFailures.failures).where(own)) or 0) + 1
    until = now + LOCKED_FOR if failures >= MOST_FAILURES else None
    tx.execute(
        update(SignInFailures).where(own).values(failures=failures, last_at=now, locked_until=until)
    )
    return until


def forget(tx: Transaction, login: str) -> None:
    """The right password was given, or a new one set: begin at zero."""
    tx.execute(delete(SignInFailures).where(SignInFailures.login == login))


def _forget_old(tx: Transaction, now: datetime) -> None:
    """A lock that ran out and a failure of long ago count no more, and leave no rows."""
    tx.execute(delete(SignInFailures).where(SignInFailures.last_at <= now - LOCKED_FOR))
