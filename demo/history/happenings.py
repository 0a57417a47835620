"""What cameras found over the year: when, where, by which camera, and the numbers that decided."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data_access.domain.events import EVENT_KINDS, Response
from demo.chance import Chance, Floats, Moments, Numbers, chance, pick, uuids
from demo.history.facts import Place, make_facts
from demo.history.plates import Vehicles
from demo.history.rhythm import RHYTHMS, Year, scattered
from demo.places import City
from demo.plans import Stream
from demo.texts import Texts, together

KINDS = list(EVENT_KINDS)
"""Kinds by their number in the columns."""

PLATELESS = {"jaywalking", "littering"}

NOWHERE = -1
"""In columns of indices: no camera, or no vehicle."""

BUSY_SITES = 0.7
"""How much sites of one kind differ in what happens there (log-normal)."""


@dataclass(slots=True)
class Happenings:
    """Events as columns, in the order of time; ``site``, ``camera``, ``vehicle`` are indices.

    ``over_kmh`` is NaN where no speed was measured.
    """

    ids: npt.NDArray[np.bytes_]
    kind: Numbers
    started_at: Moments
    ended_at: Moments
    site: Numbers
    camera: Numbers
    vehicle: Numbers
    confidence: Floats
    over_kmh: Floats
    documents: Texts

    def __len__(self) -> int:
        return len(self.kind)

    def of_response(self, response: Response) -> Numbers:
        """The rows whose kind asks for a response."""
        kinds = [n for n, kind in enumerate(KINDS) if EVENT_KINDS[kind].response is response]
        return np.flatnonzero(np.isin(self.kind, kinds))

    def of_kind(self, kind: str) -> Numbers:
        """The rows of one kind."""
        return np.flatnonzero(self.kind == KINDS.index(kind))


def seen_by_cameras(city: City, year: Year, vehicles: Vehicles) -> list[Happenings]:
    """The events of the city's streams, stream by stream; calls and presses are none of them."""
    return [
        _stream(city, year, vehicles, stream)
        for stream in city.profile.streams
        if stream.seen_by and stream.total
    ]


def in_order(parts: list[Happenings]) -> Happenings:
    """All events in the order of their beginnings."""
    order = np.argsort(np.concatenate([part.started_at for part in parts]), kind="stable")
    return Happenings(*(_ordered(parts, column.name, order) for column in fields(Happenings)))


def _ordered(parts: list[Happenings], column: str, order: Numbers) -> Texts:
    values = [getattr(part, column) for part in parts]
    if column == "documents":
        return together(values).take(pa.array(order))
    return np.concatenate(values)[order]


def _stream(city: City, year: Year, vehicles: Vehicles, stream: Stream) -> Happenings:
    source = chance(city.seed, "stream", stream.kind)
    started = scattered(year, stream.total, RHYTHMS[stream.kind], source)
    camera = _cameras(city, stream, started, source)
    site = city.cameras.site[camera]
    facts = make_facts(stream.kind, source, stream.total, _place(city, site))
    over = np.full(stream.total, np.nan) if facts.over_kmh is None else facts.over_kmh
    return Happenings(
        ids=uuids(source, stream.total),
        kind=np.full(stream.total, KINDS.index(stream.kind)),
        started_at=started,
        ended_at=ended(started, facts.lasted_s, year),
        site=site,
        camera=camera,
        vehicle=_vehicles(stream.kind, vehicles, stream.total, source),
        confidence=np.round(0.56 + 0.43 * source.beta(5, 2, stream.total), 3),
        over_kmh=over,
        documents=facts.documents,
    )


def ended(started: Moments, lasted_s: Floats, year: Year) -> Moments:
    """When events ended: before now, for a recorded history has nothing open."""
    ends: Moments = np.minimum(started + (lasted_s * 1e6).astype("timedelta64[us]"), year.now)
    return ends


def _cameras(city: City, stream: Stream, started: Moments, source: Chance) -> Numbers:
    """The camera that saw each event: busy sites more often, none before it was put up."""
    seeing = city.cameras_of(*stream.seen_by)
    if stream.kind == "section_speed":
        seeing = seeing[city.cameras.ordinal[seeing] == 2]
    busy = source.lognormal(0, BUSY_SITES, len(city.sites))[city.cameras.site[seeing]]
    camera = seeing[pick(source, busy, len(started))]
    early = started < city.cameras.installed_on[camera]
    always = city.cameras.site[seeing] != city.trial.site
    weights = np.where(always, busy, 0.0)
    camera[early] = seeing[pick(source, weights, int(np.count_nonzero(early)))]
    return camera


def _place(city: City, site: Numbers) -> Place:
    limits = np.array([one.limit_kmh for one in city.sites])
    lengths = np.array([one.length_m for one in city.sites])
    return Place(limits[site], lengths[site])


def _vehicles(kind: str, vehicles: Vehicles, count: int, source: Chance) -> Numbers:
    has_plate = EVENT_KINDS[kind].response is Response.VIOLATION or kind == "watch_listed_plate"
    if kind in PLATELESS or not has_plate:
        return np.full(count, NOWHERE)
    return vehicles.met(source, count)
