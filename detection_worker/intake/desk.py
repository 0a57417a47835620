"""Writes what other systems send: at once where the database answers, else by the outbox."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from data_access import calls, sos, units
from data_access.database import Transaction
from data_access.domain.intake import Call, SosPress, UnitPosition
from data_access.errors import DatabaseError, RowRefused
from detection_worker.event_writer import AsWorker
from detection_worker.intake.forms import FormError
from detection_worker.outbox import Outbox
from detection_worker.rules.signals.board import SignalBoard, SignalReport

Sent = SosPress | Call | UnitPosition

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: ``written`` in the database, or kept on disk until it can be."""

    written: bool
    event_id: UUID | None = None


class IntakeDesk:
    """Takes presses, calls, positions and the states of signals; any thread may call.

    Signals go to ``signals``, for the rules of this worker, and to no database.
    """

    def __init__(
        self, as_worker: AsWorker, outbox: Outbox, signals: SignalBoard | None = None
    ) -> None:
        self._as_worker = as_worker
        self._outbox = outbox
        self._signals = signals or SignalBoard()

    def take(self, sent: Sent | SignalReport) -> Taken:
        """Write it, or keep it; raises ``FormError`` where it names something unknown."""
        if isinstance(sent, SignalReport):
            return Taken(self._signals.put(sent))
        try:
            with self._as_worker() as tx:
                return Taken(True, _write(tx, sent))
        except RowRefused as refusal:
            raise FormError([str(refusal)]) from None
        except DatabaseError as error:
            _log.warning("%s is kept in the outbox: %s", type(sent).__name__, error)
        self._outbox.put(sent)
        return Taken(False, sos.event_of(sent) if isinstance(sent, SosPress) else None)


def _write(tx: Transaction, sent: Sent) -> UUID | None:
    now = datetime.now(UTC)
    match sent:
        case SosPress():
            return sos.press(tx, sent, now)
        case Call():
            return calls.add(tx, sent, now)
        case UnitPosition():
            units.move(tx, sent)
            return None
