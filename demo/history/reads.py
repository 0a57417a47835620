"""Plates read in passing over the last two weeks, those of violations among them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demo.chance import Floats, Moments, Numbers, chance, pick, uuids
from demo.history.happenings import NOWHERE, Happenings
from demo.history.plates import Vehicles
from demo.history.rhythm import ROAD, Year, hour_weights, moments_within
from demo.places import City

DAYS_KEPT = 14
DIRECTIONS = ("forward", "backward")


@dataclass(frozen=True, slots=True)
class PlateReads:
    """Reads as columns; ``event`` is a row of the happenings or -1."""

    ids: npt.NDArray[np.bytes_]
    read_at: Moments
    camera: Numbers
    vehicle: Numbers
    confidence: Floats
    direction: Numbers
    event: Numbers


def plate_reads(city: City, year: Year, vehicles: Vehicles, happenings: Happenings) -> PlateReads:
    """The reads of cameras that read plates; none in a city that has no such camera."""
    source = chance(city.seed, "plate reads")
    since = year.now - np.timedelta64(DAYS_KEPT, "D")
    seeing = _readers(city)
    events = np.flatnonzero(
        (happenings.started_at > since)
        & (happenings.vehicle != NOWHERE)
        & np.isin(happenings.camera, seeing)
    )
    weights = np.where(year.hours_at > since, hour_weights(year, ROAD, source), 0.0)
    total = city.profile.plate_reads_a_day * DAYS_KEPT if len(seeing) else 0
    passing = moments_within(year, source.poisson(weights / weights.sum() * total), source)
    busy = np.maximum(source.lognormal(0, 0.6, len(seeing)), 0.05)
    count = len(events) + len(passing)
    return PlateReads(
        ids=uuids(source, count),
        read_at=np.concatenate([happenings.started_at[events], passing]),
        camera=np.concatenate(
            [happenings.camera[events], seeing[pick(source, busy, len(passing))]]
            if len(seeing)
            else [happenings.camera[events]]
        ),
        vehicle=np.concatenate([happenings.vehicle[events], vehicles.met(source, len(passing))]),
        confidence=np.round(0.6 + 0.4 * source.beta(8, 1.6, count), 3),
        direction=source.integers(0, 2, count),
        event=np.concatenate([events, np.full(len(passing), NOWHERE)]),
    )


def _readers(city: City) -> Numbers:
    purposes = [group.purpose for group in city.profile.groups if "plates" in group.capabilities]
    return city.cameras_of(*purposes)
