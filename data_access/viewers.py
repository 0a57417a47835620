"""Who may sign in, and signing in.

Sign-in runs in a scope of its own that opens accounts and sessions and sees no district. A
refusal tells neither by its words nor by its time whether a login exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from data_access import audit, sessions, sign_in_failures
from data_access.accounts import account_name, add, check_password
from data_access.database import Database, Transaction
from data_access.domain.people import Role, Scope, Viewer
from data_access.domain.words import N_, Language
from data_access.errors import InvalidAccount, SignInRefused
from data_access.passwords import hashed, is_outdated, matches
from data_access.tables.people import Viewer as ViewerRow
from data_access.tables.people import ViewerDistrict, ViewerPassword

__all__ = ["SignedIn", "add", "change_password", "remember", "sign_in", "sign_out", "viewer_of"]

THEMES = ("dark", "light")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody was let in: the token goes into the cookie and nowhere else."""

    token: str
    viewer: Viewer

    def __repr__(self) -> str:
        return f"SignedIn({self.viewer.login})"


def sign_in(
    database: Database, login: str, password: str, now: datetime, address: str | None, browser: str
) -> SignedIn:
    """Let somebody in, or raise ``SignInRefused``; either is written to the audit log."""
    login = account_name(login)
    with database.as_sign_in() as tx:
        outcome = _attempt(tx, login, password, now)
        where = sessions.network_address(address)
        if isinstance(outcome, SignInRefused):
            detail = {"reason": outcome.reason}
            audit.record_login(
                tx, login, None, "sign_in.refused", detail=detail, at=now, address=where
            )
        else:
            token = sessions.open_session(tx, outcome.id, now, address, browser)
            audit.record_login(tx, login, outcome.id, "sign_in", at=now, address=where)
    if isinstance(outcome, SignInRefused):  # raised only here: the failure's count is committed
        raise outcome
    return SignedIn(token, outcome)


def viewer_of(database: Database, token: str, now: datetime, active: bool = True) -> Viewer | None:
    """Whose session the token opens; None if none, if it was idle too long or is disabled.

    ``active=False`` is for what a screen asks by itself: it does not prolong the session.
    """
    with database.as_sign_in() as tx:
        viewer_id = sessions.viewer_id_of(tx, token, now, active)
        return None if viewer_id is None else _enabled(tx, viewer_id)


def sign_out(database: Database, token: str) -> None:
    """End the session; nothing happens where it is over already."""
    with database.as_sign_in() as tx:
        viewer_id = sessions.close_session(tx, token)
        if viewer_id is not None:
            login = tx.scalar(select(ViewerRow.login).where(ViewerRow.id == viewer_id))
            audit.record_login(tx, str(login), viewer_id, "sign_out")


def change_password(database: Database, token: str, old: str, new: str, now: datetime) -> None:
    """Change the password of the session's viewer; their other sessions end.

    Raises ``SignInRefused`` for a wrong old password (counted as when signing in), and
    ``InvalidAccount`` for a new one that is too short.
    """
    check_password(new)
    with database.as_sign_in() as tx:
        outcome = _change(tx, token, old, new, now)
    if outcome is not None:
        raise outcome


def remember(
    database: Database,
    viewer_id: int,
    language: Language | None = None,
    theme: str | None = None,
) -> None:
    """Keep the language or the theme that a viewer has chosen."""
    if theme is not None and theme not in THEMES:
        raise InvalidAccount(N_("There is no theme {theme}."), theme=theme)
    chosen = {"language": language and str(language), "theme": theme}
    values = {name: value for name, value in chosen.items() if value is not None}
    if values:
        with database.as_sign_in() as tx:
            tx.execute(update(ViewerRow).where(ViewerRow.id == viewer_id).values(values))


def _attempt(tx: Transaction, login: str, password: str, now: datetime) -> Viewer | SignInRefused:
    until = sign_in_failures.hold(tx, login, now)
    if until is not None:
        return _locked(until)
    query = (
        select(ViewerRow.id, ViewerPassword.password_hash)
        .join(ViewerPassword, ViewerPassword.viewer_id == ViewerRow.id)
        .where(ViewerRow.login == login)
    )
    found = tx.execute(query).one_or_none()
    if not matches(password, found.password_hash if found else None) or found is None:
        until = sign_in_failures.count(tx, login, now)
        return _locked(until) if until else _wrong()
    sign_in_failures.forget(tx, login)
    if is_outdated(found.password_hash):
        _keep_password(tx, found.id, password, now)
    return _enabled(tx, found.id) or _disabled()


def _change(tx: Transaction, token: str, old: str, new: str, now: datetime) -> SignInRefused | None:
    viewer_id = sessions.viewer_id_of(tx, token, now, active=True)
    login = tx.scalar(select(ViewerRow.login).where(ViewerRow.id == viewer_id))
    if viewer_id is None or login is None:
        return _over()
    outcome = _attempt(tx, login, old, now)
    if isinstance(outcome, SignInRefused):
        audit.record_login(tx, login, viewer_id, "password.refused", at=now)
        return outcome
    _keep_password(tx, viewer_id, new, now)
    sessions.close_all(tx, viewer_id, but=token)
    audit.record_login(tx, login, viewer_id, "password.change", at=now)
    return None


def _keep_password(tx: Transaction, viewer_id: int, password: str, now: datetime) -> None:
    values = {"password_hash": hashed(password), "changed_at": now}
    tx.execute(update(ViewerPassword).where(ViewerPassword.viewer_id == viewer_id).values(values))


def _enabled(tx: Transaction, viewer_id: int) -> Viewer | None:
    row = tx.execute(select(ViewerRow.__table__).where(ViewerRow.id == viewer_id)).one_or_none()
    if row is None or row.disabled:
        return None
    theirs = select(ViewerDistrict.district_id).where(ViewerDistrict.viewer_id == viewer_id)
    districts = None if row.whole_city else _numbers(tx.scalars(theirs).all())
    return Viewer(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        scope=Scope(row.id, districts),
        language=row.language,
        theme=row.theme,
    )


def _numbers(districts: Sequence[int]) -> frozenset[int]:
    return frozenset(int(number) for number in districts)


def _wrong() -> SignInRefused:
    return SignInRefused("wrong", N_("The login or the password is wrong."))


def _locked(until: datetime) -> SignInRefused:
    return SignInRefused(
        "locked",
        N_("Too many wrong passwords. Sign-in opens again at {time}."),
        until=until,
    )


def _disabled() -> SignInRefused:
    return SignInRefused("disabled", N_("This account is switched off. Ask the administrator."))


def _over() -> SignInRefused:
    return SignInRefused("over", N_("You are no longer signed in. Sign in again."))
