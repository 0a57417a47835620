"""The accounts of viewers: adding, listing, disabling, new passwords.

Run these as the owner or under the sign-in scope; no other may write accounts.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from data_access import sessions, sign_in_failures
from data_access.database import Transaction
from data_access.domain.people import Role
from data_access.domain.words import N_
from data_access.errors import AlreadyThere, InvalidAccount
from data_access.passwords import LONGEST, SHORTEST, hashed
from data_access.tables.people import Viewer, ViewerDistrict, ViewerPassword
from data_access.tables.places import District

_LOGIN = re.compile(r"[\w.@+-]{2,64}")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is listed; ``districts`` are codes, None for the whole city."""

    id: int
    login: str
    name: str
    role: Role
    districts: tuple[str, ...] | None
    disabled: bool


def add(
    tx: Transaction,
    login: str,
    name: str,
    role: Role,
    districts: Collection[int] | None,
    password: str,
) -> int:
    """Add a viewer of ``districts`` (None: the whole city); the number of the account.

    Raises ``InvalidAccount`` for a login, name, district or password that cannot be, and
    ``AlreadyThere`` for a login that is taken.
    """
    login = _checked_login(login)
    check_password(password)
    if not name.strip():
        raise InvalidAccount(N_("The account {login} needs a person's name."), login=login)
    if districts is not None:
        _check_districts(tx, login, set(districts))
    if tx.scalar(select(Viewer.id).where(Viewer.login == login)) is not None:
        raise AlreadyThere(N_("The login {login} is taken. Choose another."), login=login)
    values = {"login": login, "name": name.strip(), "role": role, "whole_city": districts is None}
    number = int(tx.scalars(insert(Viewer).values(values).returning(Viewer.id)).one())
    if districts:
        rows = [{"viewer_id": number, "district_id": district} for district in set(districts)]
        tx.execute(insert(ViewerDistrict), rows)
    _keep(tx, number, password, func.now())
    return number


def accounts(tx: Transaction) -> list[Account]:
    """All accounts, by login."""
    codes = (
        select(func.array_agg(District.code))
        .join(ViewerDistrict, ViewerDistrict.district_id == District.id)
        .where(ViewerDistrict.viewer_id == Viewer.id)
        .scalar_subquery()
    )
    rows = tx.execute(select(Viewer.__table__, codes.label("codes")).order_by(Viewer.login))
    return [
        Account(
            id=row.id,
            login=row.login,
            name=row.name,
            role=Role(row.role),
            districts=None if row.whole_city else tuple(sorted(row.codes or ())),
            disabled=row.disabled,
        )
        for row in rows
    ]


def set_password(tx: Transaction, login: str, password: str, now: datetime) -> None:
    """Give an account a new password; its sessions end and it can sign in at once."""
    check_password(password)
    number = _number(tx, login)
    _keep(tx, number, password, now)
    sessions.close_all(tx, number)
    sign_in_failures.forget(tx, account_name(login))


def set_disabled(tx: Transaction, login: str, disabled: bool) -> None:
    """Switch an account off, which ends its sessions, or on again."""
    number = _number(tx, login)
    tx.execute(update(Viewer).where(Viewer.id == number).values(disabled=disabled))
    if disabled:
        sessions.close_all(tx, number)


def account_name(login: str) -> str:
    """A login as it is kept and compared: small letters, nothing that cannot be printed."""
    return "".join(sign for sign in login.strip().casefold() if sign.isprintable())[:64]


def check_password(password: str) -> None:
    """Raise ``InvalidAccount`` for a password that is too short or longer than any."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidAccount(
            N_("A password needs {shortest} characters or more (and {longest} at most)."),
            shortest=SHORTEST,
            longest=LONGEST,
        )


def _checked_login(login: str) -> str:
    name = account_name(login)
    if not _LOGIN.fullmatch(name) or len(login.strip()) != len(name):
        raise InvalidAccount(
            N_("{login} cannot be a login: use 2 to 64 letters, digits and . @ + - _"), login=login
        )
    return name


def _check_districts(tx: Transaction, login: str, districts: set[int]) -> None:
    if not districts:
        raise InvalidAccount(
            N_("The account {login} would see nothing: name a district or the whole city."),
            login=login,
        )
    there = set(tx.scalars(select(District.id).where(District.id.in_(districts))))
    if districts - there:
        raise InvalidAccount(
            N_("There is no district {number}. Import or add the districts first."),
            number=min(districts - there),
        )


def _keep(tx: Transaction, number: int, password: str, now: object) -> None:
    row = upsert(ViewerPassword).values(
        viewer_id=number, password_hash=hashed(password), changed_at=now
    )
    changed = {"password_hash": row.excluded.password_hash, "changed_at": row.excluded.changed_at}
    tx.execute(row.on_conflict_do_update(index_elements=[ViewerPassword.viewer_id], set_=changed))


def _number(tx: Transaction, login: str) -> int:
    number = tx.scalar(select(Viewer.id).where(Viewer.login == account_name(login)))
    if number is None:
        raise InvalidAccount(N_("There is no account {login}."), login=login)
    return int(number)
