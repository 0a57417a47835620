"""Plates read in passing over the last two weeks, those of violations among them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demo.chance import Chance, Floats, Moments, Numbers, chance, pick, uuids
from demo.history.happenings import NOWHERE, Happenings
from demo.history.plates import Vehicles
from demo.history.rhythm import ROAD, Year, hour_weights, moments_within
from demo.places import City

DAYS_KEPT = 14
KEPT = np.timedelta64(DAYS_KEPT, "D")


@dataclass(frozen=True, slots=True)
class PlateReads:
    """Reads as columns, those of violations first."""

    ids: npt.NDArray[np.bytes_]
    read_at: Moments
    camera: Numbers
    vehicle: Numbers
    confidence: Floats


def plate_reads(city: City, year: Year, vehicles: Vehicles, happenings: Happenings) -> PlateReads:
    """The reads of cameras that read plates; none in a city that has no such camera."""
    source = chance(city.seed, "plate reads")
    seeing = _readers(city)
    events = _events_with_plates(year, happenings, seeing)
    passing_at, passing_camera = _passing(city, year, seeing, source)
    count = len(events) + len(passing_at)
    met = vehicles.met(source, len(passing_at))
    return PlateReads(
        ids=uuids(source, count),
        read_at=np.concatenate([happenings.started_at[events], passing_at]),
        camera=np.concatenate([happenings.camera[events], passing_camera]),
        vehicle=np.concatenate([happenings.vehicle[events], met]),
        confidence=np.round(0.6 + 0.4 * source.beta(8, 1.6, count), 3),
    )


def _events_with_plates(year: Year, happenings: Happenings, seeing: Numbers) -> Numbers:
    fresh = happenings.started_at > year.now - KEPT
    seen = (happenings.vehicle != NOWHERE) & np.isin(happenings.camera, seeing)
    return np.flatnonzero(fresh & seen)


def _passing(city: City, year: Year, seeing: Numbers, source: Chance) -> tuple[Moments, Numbers]:
    """When vehicles passed, and by which camera: some roads are busier."""
    if not len(seeing):
        return np.array([], "datetime64[us]"), np.array([], np.int64)
    weights = np.where(year.hours_at > year.now - KEPT, hour_weights(year, ROAD, source), 0.0)
    total = city.profile.plate_reads_a_day * DAYS_KEPT
    passing = moments_within(year, source.poisson(weights / weights.sum() * total), source)
    busy = source.lognormal(0, 0.6, len(seeing))
    return passing, seeing[pick(source, busy, len(passing))]


def _readers(city: City) -> Numbers:
    purposes = [group.purpose for group in city.profile.groups if "plates" in group.capabilities]
    return city.cameras_of(*purposes)
