"""The numbers that decided an event, as the explanations of each kind want them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from data_access.domain.words import N_
from demo.chance import Chance, Floats, Numbers, pick
from demo.texts import Texts, chosen, document

SPOT_ERROR_KMH = 2
"""What road speed meters are held to up to 100 km/h (GOST R 57144-2016); ±2 % above."""

VEHICLES = ("car", "truck", "bus", "motorcycle")
_VEHICLE_SHARES = np.array([0.86, 0.08, 0.03, 0.03])


@dataclass(frozen=True, slots=True)
class Facts:
    """Documents of facts, how long each event lasted, and by how much a limit was exceeded."""

    documents: Texts
    lasted_s: Floats
    over_kmh: Floats | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What facts take from the places of their events: road limits and lengths (or 0)."""

    limit_kmh: Numbers
    length_m: Floats


MakeFacts = Callable[[Chance, int, Place], Facts]


def make_facts(kind: str, source: Chance, count: int, place: Place) -> Facts:
    """The facts of ``count`` events of a kind."""
    return FACTS[kind](source, count, place)


def _excess(source: Chance, count: int) -> Numbers:
    """Kilometres an hour over the limit: many a little, few by far."""
    low = 13 + source.exponential(6.5, count)
    far = source.random(count) < 0.012
    return np.minimum(np.where(far, 41 + source.exponential(11, count), low), 110).astype(int)


def _spot_speed(source: Chance, count: int, place: Place) -> Facts:
    over = _excess(source, count)
    speed = place.limit_kmh + over
    error = np.where(speed > 100, np.ceil(speed * 0.02), SPOT_ERROR_KMH).astype(int)
    documents = document(
        speed_kmh=speed,
        limit_kmh=place.limit_kmh,
        error_kmh=error,
        length_m=source.integers(18, 42, count),
        label=_vehicles(source, count),
    )
    return Facts(documents, source.uniform(0.6, 2.5, count), over.astype(float))


def _section_speed(source: Chance, count: int, place: Place) -> Facts:
    over = _excess(source, count)
    speed = place.limit_kmh + over
    travel_s = np.round(place.length_m / speed * 3.6, 1)
    documents = document(
        speed_kmh=speed,
        limit_kmh=place.limit_kmh,
        length_m=np.round(place.length_m).astype(int),
        travel_s=travel_s,
        error_kmh=np.ones(count, int),
        label=_vehicles(source, count),
    )
    return Facts(documents, travel_s, over.astype(float))


def _red_light(source: Chance, count: int, place: Place) -> Facts:
    red_s = np.round(0.6 + source.exponential(1.4, count), 1)
    documents = document(red_s=red_s, label=_vehicles(source, count))
    return Facts(documents, source.uniform(2, 6, count))


def _stop_line(source: Chance, count: int, place: Place) -> Facts:
    stood_s = np.round(source.uniform(4, 55, count))
    return Facts(document(stood_s=stood_s.astype(int), label=_vehicles(source, count)), stood_s)


def _against_the_way(source: Chance, count: int, place: Place) -> Facts:
    duration_s = np.round(source.uniform(2, 14, count), 1)
    documents = document(
        label=_vehicles(source, count),
        distance_m=np.round(duration_s * source.uniform(4, 12, count)).astype(int),
        duration_s=duration_s,
    )
    return Facts(documents, duration_s)


def _solid_line(source: Chance, count: int, place: Place) -> Facts:
    over_m = np.round(source.uniform(0.6, 2.8, count), 1)
    documents = document(label=_vehicles(source, count), over_m=over_m)
    return Facts(documents, source.uniform(1.5, 6, count))


def _no_stopping(source: Chance, count: int, place: Place) -> Facts:
    stood_s = np.round(300 + source.exponential(900, count))
    documents = document(
        label=_vehicles(source, count),
        stood_s=stood_s.astype(int),
        allowed_s=np.full(count, 300),
    )
    return Facts(documents, stood_s)


def _crosswalk_yield(source: Chance, count: int, place: Place) -> Facts:
    documents = document(
        gap_s=np.round(source.uniform(0.4, 2.6, count), 1),
        people=source.integers(1, 6, count),
        label=_vehicles(source, count),
    )
    return Facts(documents, source.uniform(1.5, 5, count))


def _jaywalking(source: Chance, count: int, place: Place) -> Facts:
    documents = document(crosswalk_m=source.integers(16, 140, count), label=["person"] * count)
    return Facts(documents, source.uniform(5, 16, count))


def _littering(source: Chance, count: int, place: Place) -> Facts:
    still_s = source.integers(60, 240, count)
    return Facts(document(still_s=still_s, label=["person"] * count), still_s.astype(float))


def _crowd(source: Chance, count: int, place: Place) -> Facts:
    limit = source.choice([20, 30, 40, 60], count)
    people = (limit * source.uniform(1.05, 2.4, count)).astype(int)
    density = np.round(source.uniform(0.25, 1.4, count), 1)
    documents = document(
        people=people,
        limit_people=limit,
        density_per_m2=density,
        area_m2=np.round(people / density).astype(int),
    )
    return Facts(documents, source.uniform(90, 2400, count))


def _loitering(source: Chance, count: int, place: Place) -> Facts:
    stayed_s = np.round(300 + source.exponential(400, count)).astype(int)
    documents = document(stayed_s=stayed_s, allowed_s=np.full(count, 300))
    return Facts(documents, stayed_s.astype(float))


def _intrusion(source: Chance, count: int, place: Place) -> Facts:
    documents = document(
        from_clock=["22:00"] * count,
        until_clock=["06:00"] * count,
        people=source.integers(1, 5, count),
    )
    return Facts(documents, source.uniform(20, 600, count))


def _congestion(source: Chance, count: int, place: Place) -> Facts:
    duration_s = np.round(source.uniform(180, 2700, count))
    documents = document(
        vehicles=source.integers(12, 60, count),
        speed_kmh=source.integers(2, 12, count),
        duration_s=duration_s.astype(int),
    )
    return Facts(documents, duration_s)


def _collision(source: Chance, count: int, place: Place) -> Facts:
    documents = document(
        speed_kmh=source.integers(15, 70, count),
        stop_s=np.round(source.uniform(0.2, 0.9, count), 1),
    )
    return Facts(documents, source.uniform(4, 40, count))


def _abandoned_object(source: Chance, count: int, place: Place) -> Facts:
    still_s = source.integers(180, 900, count)
    documents = document(
        still_s=still_s, alone_s=(still_s * source.uniform(0.5, 0.95, count)).astype(int)
    )
    return Facts(documents, still_s.astype(float))


_WATCH_REASONS = [
    N_("stolen"),
    N_("the owner is wanted"),
    N_("unpaid fines"),
    N_("another's plate"),
]
"""Source texts, as for all usual reasons: everybody reads them in their language."""


def _watch_listed_plate(source: Chance, count: int, place: Place) -> Facts:
    documents = document(
        reason=chosen(_WATCH_REASONS, pick(source, np.array([0.2, 0.3, 0.42, 0.08]), count)),
        confidence_percent=source.integers(86, 100, count),
        label=_vehicles(source, count),
    )
    return Facts(documents, source.uniform(0.8, 3, count))


def _object_present(source: Chance, count: int, place: Place) -> Facts:
    seen_s = source.integers(3, 40, count)
    documents = document(
        label=chosen(["smoke", "fire", "knife"], pick(source, np.array([6, 3, 1]), count)),
        seen_s=seen_s,
        confidence_percent=source.integers(62, 97, count),
    )
    return Facts(documents, seen_s.astype(float))


def _illegal_dump(source: Chance, count: int, place: Place) -> Facts:
    brought_by = pick(source, np.array([5, 3, 4]), count)
    documents = document(
        still_min=source.integers(30, 600, count),
        brought_by=chosen(["vehicle", "person", "unknown"], brought_by),
    )
    return Facts(documents, source.uniform(1800, 9000, count))


def _overflowing_container(source: Chance, count: int, place: Place) -> Facts:
    documents = document(fill_percent=source.integers(101, 160, count))
    return Facts(documents, source.uniform(1800, 9000, count))


_DEFECTS = ["pothole", "manhole", "sign", "light", "puddle"]


def _road_defect(source: Chance, count: int, place: Place) -> Facts:
    documents = document(
        defect=chosen(_DEFECTS, pick(source, np.array([12, 2, 4, 5, 3]), count)),
        size_cm=source.integers(20, 180, count),
    )
    return Facts(documents, source.uniform(600, 3600, count))


def _vehicles(source: Chance, count: int) -> Texts:
    return chosen(list(VEHICLES), pick(source, _VEHICLE_SHARES, count))


FACTS: dict[str, MakeFacts] = {
    "spot_speed": _spot_speed,
    "section_speed": _section_speed,
    "red_light": _red_light,
    "stop_line": _stop_line,
    "wrong_way": _against_the_way,
    "oncoming_lane": _against_the_way,
    "bus_lane": _against_the_way,
    "solid_line": _solid_line,
    "no_stopping": _no_stopping,
    "crosswalk_yield": _crosswalk_yield,
    "jaywalking": _jaywalking,
    "littering": _littering,
    "crowd": _crowd,
    "loitering": _loitering,
    "intrusion": _intrusion,
    "congestion": _congestion,
    "collision": _collision,
    "abandoned_object": _abandoned_object,
    "watch_listed_plate": _watch_listed_plate,
    "object_present": _object_present,
    "illegal_dump": _illegal_dump,
    "overflowing_container": _overflowing_container,
    "road_defect": _road_defect,
}
"""Facts by kind; presses of SOS buttons and calls have theirs from the button and the call."""
