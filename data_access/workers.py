"""What a worker says of itself."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import text

from data_access.database import Transaction

_REPORT = text("""
    INSERT INTO workers (name, detector, model, cameras, inference_ms, outbox_waiting, message,
                         started_at, updated_at)
    VALUES (:name, :detector, :model, :cameras, :inference_ms, :outbox_waiting, :message,
            :started_at, :updated_at)
    ON CONFLICT (name) DO UPDATE
    SET (detector, model, cameras, inference_ms, outbox_waiting, message, started_at, updated_at)
      = (excluded.detector, excluded.model, excluded.cameras, excluded.inference_ms,
         excluded.outbox_waiting, excluded.message, excluded.started_at, excluded.updated_at)
""")


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """A worker at one moment.

    ``message`` is empty when all is well, else sentences of the catalogues, one a line.
    """

    name: str
    detector: str
    model: str
    cameras: int
    inference_ms: float
    outbox_waiting: int
    message: str
    started_at: datetime
    updated_at: datetime


def report(tx: Transaction, worker: WorkerReport) -> None:
    """Write how a worker is doing, in place of what it said before."""
    tx.execute(_REPORT, asdict(worker))
