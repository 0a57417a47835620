"""The people who sign in: add, list, switch off, new password."""

import argparse
from datetime import UTC, datetime

from cli.failure import CommandFailure
from data_access import accounts, viewers
from data_access.audit import record_login
from data_access.cameras import districts
from data_access.connections import owner_session
from data_access.database import Database, Transaction
from data_access.domain.people import Role
from data_access.errors import DataAccessError
from data_access.passwords import random_password
from data_access.settings import Settings

BY_COMMAND = "./qala users"
"""Who stands in the audit log for what a command has done."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``users`` understands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    adding = actions.add_parser("add", help="add a person; prints the password once")
    adding.add_argument("login")
    adding.add_argument("--name", required=True, help="the person's name, as screens show it")
    adding.add_argument("--role", required=True, choices=[str(role) for role in Role])
    adding.add_argument(
        "--district",
        action="append",
        metavar="CODE",
        help="sees this district alone; may be given again; else the whole city",
    )
    actions.add_parser("list", help="list the people")
    for name, meaning in _ONE_LOGIN.items():
        actions.add_parser(name, help=meaning).add_argument("login")  # fmt: skip


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one of the actions; 0 is success."""
    try:
        with owner_session(settings) as owner:
            ACTIONS[arguments.action](arguments, owner)
    except DataAccessError as error:
        raise CommandFailure(str(error)) from error
    return 0


def _add(arguments: argparse.Namespace, owner: Database) -> None:
    password = random_password()
    with owner.as_owner() as tx:
        numbers = _district_numbers(tx, arguments.district)
        role = Role(arguments.role)
        viewers.add(tx, arguments.login, arguments.name, role, numbers, password)
        _note(tx, "account.add", arguments.login)
    _say_password(arguments.login, password)


def _list(_: argparse.Namespace, owner: Database) -> None:
    with owner.as_owner() as tx:
        rows = accounts.accounts(tx)
    if not rows:
        print("Nobody can sign in yet. Add a person with ./qala users add.")
    for row in rows:
        scope = "whole city" if row.districts is None else ", ".join(row.districts)
        off = "  (switched off)" if row.disabled else ""
        print(f"{row.login:<20} {row.role:<14} {row.name:<30} {scope}{off}")


def _disable(arguments: argparse.Namespace, owner: Database) -> None:
    with owner.as_owner() as tx:
        accounts.set_disabled(tx, arguments.login, True)
        _note(tx, "account.disable", arguments.login)
    print(f"{arguments.login} is switched off and signed out everywhere.")


def _enable(arguments: argparse.Namespace, owner: Database) -> None:
    with owner.as_owner() as tx:
        accounts.set_disabled(tx, arguments.login, False)
        _note(tx, "account.enable", arguments.login)
    print(f"{arguments.login} can sign in again.")


def _password(arguments: argparse.Namespace, owner: Database) -> None:
    password = random_password()
    with owner.as_owner() as tx:
        accounts.set_password(tx, arguments.login, password, datetime.now(UTC))
        _note(tx, "account.password", arguments.login)
    _say_password(arguments.login, password)


def _district_numbers(tx: Transaction, codes: list[str] | None) -> list[int] | None:
    if codes is None:
        return None
    numbers = {district.code: district.id for district in districts(tx)}
    unknown = [code for code in codes if code not in numbers]
    if unknown:
        known = ", ".join(numbers) or "none yet"
        raise CommandFailure(f"there is no district {unknown[0]}. Known are: {known}.")
    return [numbers[code] for code in codes]


def _note(tx: Transaction, action: str, login: str) -> None:
    record_login(tx, BY_COMMAND, None, action, subject=f"account {accounts.account_name(login)}")


def _say_password(login: str, password: str) -> None:
    print(f"Login     {accounts.account_name(login)}")
    print(f"Password  {password}")
    print("It is shown only this once.")


_ONE_LOGIN = {
    "disable": "switch an account off, which signs the person out everywhere",
    "enable": "switch an account on again",
    "password": "give an account a new password; prints it once",
}
ACTIONS = {
    "add": _add,
    "list": _list,
    "disable": _disable,
    "enable": _enable,
    "password": _password,
}
