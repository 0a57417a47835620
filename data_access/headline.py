"""The line at the top of every screen: the city, its cameras, the detector at work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from data_access import city
from data_access.database import Transaction
from data_access.domain.feeds import FeedState
from data_access.domain.words import Names
from data_access.tables.feeds import FeedStatus
from data_access.tables.people import Worker
from data_access.tables.places import Camera

WORKER_SILENCE = timedelta(seconds=90)
"""A worker reports every few seconds; after this long it is taken to be away."""


@dataclass(frozen=True, slots=True)
class Headline:
    """Numbers of one scope; ``detector`` is empty while no worker reports.

    ``model`` is the model it works with; the detector ``motion`` has none of its own.
    """

    city: Names | None
    cameras: int
    live: int
    detector: str
    model: str
    demonstration: bool


def headline(tx: Transaction, now: datetime) -> Headline:
    """What the header says to the viewer of this transaction."""
    cameras, live = _cameras(tx)
    detector, model = _detector(tx, now)
    return Headline(
        city=_city_names(tx),
        cameras=cameras,
        live=live,
        detector=detector,
        model=model,
        demonstration=bool(city.value(tx, "demonstration")),
    )


def _cameras(tx: Transaction) -> tuple[int, int]:
    """How many cameras are switched on, and how many of them give a picture."""
    is_live = FeedStatus.state == FeedState.LIVE
    counts = select(func.count(Camera.id), func.count(Camera.id).filter(is_live))
    joined = counts.join(FeedStatus, FeedStatus.camera_id == Camera.id, isouter=True)
    row = tx.execute(joined.where(Camera.enabled)).one()
    return int(row[0]), int(row[1])


def _city_names(tx: Transaction) -> Names | None:
    """The names of the city, where its settings have them."""
    kept = city.value(tx, "city")
    return Names(kept["ru"], kept["kk"], kept["en"]) if kept else None


def _detector(tx: Transaction, now: datetime) -> tuple[str, str]:
    """What the worker that reported last detects with, while it still reports."""
    newest = (
        select(Worker.detector, Worker.model)
        .where(Worker.updated_at > now - WORKER_SILENCE)
        .order_by(Worker.updated_at.desc())
        .limit(1)
    )
    row = tx.execute(newest).one_or_none()
    return ("", "") if row is None else (str(row.detector), str(row.model))
