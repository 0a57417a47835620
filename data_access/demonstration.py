"""The few rows of a demonstration city that are not copied: the database numbers them itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from data_access.database import Transaction
from data_access.domain.people import Role
from data_access.domain.words import Names
from data_access.tables import Base
from data_access.tables.people import Viewer
from data_access.tables.places import Programme


@dataclass(frozen=True, slots=True)
class FormerViewer:
    """Somebody who worked in the year that is shown, and who cannot sign in."""

    login: str
    name: str
    role: Role


def programmes(tx: Transaction, named: Mapping[str, Names]) -> dict[str, int]:
    """The numbers of programmes by code; those that are missing are added."""
    rows = [
        {"code": code, "name_ru": names.ru, "name_kk": names.kk, "name_en": names.en}
        for code, names in named.items()
    ]
    tx.execute(upsert(Programme).values(rows).on_conflict_do_nothing())
    found = tx.execute(select(Programme.code, Programme.id).where(Programme.code.in_(list(named))))
    return {row.code: row.id for row in found}


def add_former_viewers(tx: Transaction, people: Sequence[FormerViewer]) -> list[int]:
    """Add accounts that are switched off and have no password; their numbers in order."""
    rows = [
        {
            "login": person.login,
            "name": person.name,
            "role": person.role,
            "whole_city": True,
            "disabled": True,
        }
        for person in people
    ]
    added = insert(Viewer).returning(Viewer.id, sort_by_parameter_order=True)
    return list(tx.scalars(added, rows))


def prefer_theme(tx: Transaction, viewer_id: int, theme: str) -> None:
    """Let a new account begin in ``theme``; its owner can change it."""
    tx.execute(update(Viewer).where(Viewer.id == viewer_id).values(theme=theme))


def counted_rows(tx: Transaction) -> dict[str, int]:
    """How many rows the tables of a city have, counted."""
    tables = (Base.metadata.tables[name] for name in sorted(Base.metadata.tables))
    return {
        table.name: int(tx.scalar(select(func.count()).select_from(table)) or 0) for table in tables
    }
