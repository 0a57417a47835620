"""Address, migrations and demonstration rows of the database."""

import argparse
from datetime import UTC, datetime

from cli.failure import CommandFailure
from cli.progress import say
from data_access.accounts import accounts
from data_access.city import is_empty
from data_access.connections import migrate_installation, owner_session, running_owner_url
from data_access.embedded import EmbeddedServer
from data_access.errors import DataAccessError
from data_access.settings import Settings
from demo import seed
from demo.profiles import PROFILES
from demo.viewers import add_viewers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``db`` understands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("url", help="print the owner's address (with its password) for psql")
    migrating = actions.add_parser("migrate", help="bring the tables to this program's revision")
    where = migrating.add_mutually_exclusive_group()
    where.add_argument("--down", type=_count, metavar="N", help="take back the last N revisions")
    where.add_argument("--to", metavar="REVISION", help="go to this revision; base is none")
    seeding = actions.add_parser("seed", help="fill an empty database with a demonstration city")
    seeding.add_argument("--city", choices=sorted(PROFILES), default="kosshy")
    seeding.add_argument("--seed", type=int, default=1, help="the same number, the same city")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one of the actions; 0 is success."""
    try:
        ACTIONS[arguments.action](arguments, settings)
    except DataAccessError as error:
        raise CommandFailure(str(error)) from error
    return 0


def _url(_: argparse.Namespace, settings: Settings) -> None:
    url = settings.database_url or EmbeddedServer(settings.home).running_url()
    if url is None:
        raise CommandFailure(
            f"the database in {settings.home} is not running. Start it with ./qala up and ask "
            "again from another terminal."
        )
    print(url)


def _migrate(arguments: argparse.Namespace, settings: Settings) -> None:
    target = f"-{arguments.down}" if arguments.down else arguments.to or "head"
    with running_owner_url(settings) as url:
        revision = migrate_installation(settings, url, target)
    print(f"The database stands at revision {revision}." if revision else "No tables are left.")


def _seed(arguments: argparse.Namespace, settings: Settings) -> None:
    with owner_session(settings) as owner:
        with owner.as_owner() as tx:
            empty = is_empty(tx)
        if not empty:
            raise CommandFailure(
                "the database has a city already, and it is not mixed with a demonstration. "
                "Empty it with ./qala db migrate --to base and ./qala db migrate."
            )
        seed(owner, arguments.city, arguments.seed, datetime.now(UTC), say)
        with owner.as_owner() as tx:
            somebody = bool(accounts(tx))
        sign_ins = [] if somebody else add_viewers(owner, settings.home)
    print(f"The demonstration city {arguments.city} is in the database.")
    for person in sign_ins:
        print(f"  {person.login:<20} {person.password}")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise argparse.ArgumentTypeError("N is a number from 1 on")
    return int(text)


ACTIONS = {"url": _url, "migrate": _migrate, "seed": _seed}
