"""The people who can sign in to a demonstration, with passwords made here and shown once.

Passwords come from the system's own chance, never from the city's seed. They are kept in
``<home>/sign-in.json``, readable by its owner alone, for ``up`` to show.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from data_access import demonstration, viewers
from data_access.cameras import districts
from data_access.database import Database, Transaction
from data_access.domain.people import ROLE_NAMES, Role
from data_access.domain.places import District
from data_access.home import unusable
from data_access.passwords import random_password

FILE = "sign-in.json"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person who can sign in; ``district`` is empty for those who see the whole city."""

    login: str
    password: str
    name: str
    role: str
    district: str

    def __repr__(self) -> str:
        return f"SignIn({self.login})"

    @property
    def meaning(self) -> str:
        """Who that is, in English: "Operator, the whole city"."""
        return f"{ROLE_NAMES[Role(self.role)]}, {self.district or 'the whole city'}"


@dataclass(frozen=True, slots=True)
class _Person:
    login: str
    name: str
    role: Role
    whole_city: bool = True
    theme: str = "dark"


_ADMINISTRATOR = _Person("admin", "Администратор", Role.ADMINISTRATOR)
_PEOPLE = (
    _Person("akim", "Аким", Role.AKIM, theme="light"),
    _Person("chief", "Начальник полиции района", Role.CHIEF, whole_city=False, theme="light"),
    _Person("operator", "Оператор", Role.OPERATOR),
    _Person("patrol", "Наряд 1", Role.PATROL, whole_city=False, theme="light"),
    _Person("municipal", "Дежурный коммунальных служб", Role.MUNICIPAL),
    _ADMINISTRATOR,
)
"""One of each kind; the light theme is for briefings, mornings and tablets in the sun."""


def add_viewers(owner: Database, home: Path) -> list[SignIn]:
    """Add one viewer of each role and keep their passwords in ``home``.

    Those of one district see the first one. Raises ``AlreadyThere`` where a login is taken and
    ``HomeError`` where the file cannot be written; nobody is added then.
    """
    return _add(owner, home, _PEOPLE)


def add_administrator(owner: Database, home: Path) -> list[SignIn]:
    """Add the administrator alone, who adds everybody else; as ``add_viewers``."""
    return _add(owner, home, (_ADMINISTRATOR,))


def read_sign_ins(home: Path) -> list[SignIn]:
    """Whose passwords were made here, none where the file is gone or not ours."""
    try:
        kept = json.loads((home / FILE).read_text(encoding="utf-8"))
        return [SignIn(**person) for person in kept]
    except (FileNotFoundError, ValueError, TypeError):
        return []


def _add(owner: Database, home: Path, people: Sequence[_Person]) -> list[SignIn]:
    with owner.as_owner() as tx:
        theirs = min(districts(tx), key=lambda district: district.id)
        sign_ins = [_person(tx, person, theirs) for person in people]
        _keep(home, sign_ins)
    return sign_ins


def _person(tx: Transaction, person: _Person, district: District) -> SignIn:
    password = random_password()
    numbers = None if person.whole_city else {district.id}
    viewer_id = viewers.add(tx, person.login, person.name, person.role, numbers, password)
    demonstration.prefer_theme(tx, viewer_id, person.theme)
    where = "" if person.whole_city else district.names.en
    return SignIn(person.login, password, person.name, str(person.role), where)


def _keep(home: Path, sign_ins: Sequence[SignIn]) -> None:
    """Write the file whole or not at all, readable by its owner alone from the first byte."""
    text = json.dumps([asdict(person) for person in sign_ins], ensure_ascii=False, indent=1)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home) as folder:
            fresh = Path(folder) / FILE
            fresh.touch(mode=0o600)
            fresh.write_text(text + "\n", encoding="utf-8")
            fresh.replace(home / FILE)
    except OSError as error:
        raise unusable(home / FILE, error) from error
