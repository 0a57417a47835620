"""The files of evidence as the database knows them, for whoever verifies or signs them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sqlalchemy import or_, select, tuple_

from data_access.database import Transaction
from data_access.domain.events import EvidenceRecord
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
    mime: str
    captured_at: datetime

    @property
    def record(self) -> EvidenceRecord:
        """The same as an event carries it."""
        return EvidenceRecord(
            self.id, self.kind, self.path, self.sha256, self.size_bytes, self.mime,
            self.captured_at,
        )  # fmt: skip


_COLUMNS = (
    Evidence.id, Evidence.event_id, Evidence.kind, Evidence.path, Evidence.sha256,
    Evidence.size_bytes, Evidence.mime, Evidence.captured_at,
)  # fmt: skip


def evidence_of(tx: Transaction, number: UUID) -> list[EvidenceFile]:
    """The files of the event ``number``, or of the event that the file ``number`` belongs to."""
    of_file = select(Evidence.event_id).where(Evidence.id == number)
    chosen = or_(Evidence.event_id == number, Evidence.event_id.in_(of_file))
    rows = tx.execute(select(*_COLUMNS).where(chosen).order_by(Evidence.captured_at, Evidence.id))
    return [EvidenceFile(*row) for row in rows]


def all_evidence(tx: Transaction) -> Iterator[Sequence[EvidenceFile]]:
    """Every event's files, in pages, so that years of evidence need little memory."""
    for _, files in groupby(_every_file(tx), key=attrgetter("event_id")):
        yield tuple(files)


def _every_file(tx: Transaction) -> Iterator[EvidenceFile]:
    last: tuple[UUID, UUID] | None = None
    place = tuple_(Evidence.event_id, Evidence.id)
    while True:
        query = select(*_COLUMNS).order_by(Evidence.event_id, Evidence.id).limit(PAGE)
        rows = tx.execute(query if last is None else query.where(place > last)).all()
        yield from (EvidenceFile(*row) for row in rows)
        if len(rows) < PAGE:
            return
        last = rows[-1].event_id, rows[-1].id
