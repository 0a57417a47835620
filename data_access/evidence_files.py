"""The files of evidence as the database knows them, for whoever verifies them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from data_access.database import Transaction
from data_access.tables.happenings import Evidence

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file, relative to the media folder, with what it was when it was kept."""

    id: UUID
    event_id: UUID
    kind: str
    path: str
    sha256: str
    size_bytes: int


_COLUMNS = (
    Evidence.id, Evidence.event_id, Evidence.kind, Evidence.path, Evidence.sha256,
    Evidence.size_bytes,
)  # fmt: skip


def evidence_of(tx: Transaction, number: UUID) -> list[EvidenceFile]:
    """The files of the event ``number``, or the one file with that number."""
    chosen = or_(Evidence.event_id == number, Evidence.id == number)
    rows = tx.execute(select(*_COLUMNS).where(chosen).order_by(Evidence.id))
    return [EvidenceFile(*row) for row in rows]


def all_evidence(tx: Transaction) -> Iterator[EvidenceFile]:
    """Every file, in pages, so that years of evidence need little memory."""
    last: UUID | None = None
    while True:
        query = select(*_COLUMNS).order_by(Evidence.id).limit(PAGE)
        rows = tx.execute(query if last is None else query.where(Evidence.id > last)).all()
        yield from (EvidenceFile(*row) for row in rows)
        if len(rows) < PAGE:
            return
        last = rows[-1].id
