"""Average speed on a linear section: its length by the time between two reads of a plate.

It looks at passages over two cameras, not at one camera's scene, so that it stands beside
``RULES``: ``detection_worker.section_watch`` calls it. Average speed is the section's length
divided by the time between the two readings (СТ РК 3825-2022).
"""

import math
from dataclasses import dataclass

from data_access.domain.sections import Section, SectionPassage, TravelTimes

KMH = 3.6


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of all sections; limits and clocks are each section's own."""

    tolerance_kmh: float = 10.0
    """How much over the limit begins to count: the schedule of fines starts at 10 km/h."""

    most_error_kmh: float = 3.0
    """Largest error at which anybody is accused, as for spot speed."""

    slowest_kmh: float = 4.0
    """A usual passage that is slower than a walker is a clock that is wrong."""

    fastest_factor: float = 1.6
    """The usual passage is not this many times faster than the limit."""

    least_pairs: int = 8
    """Passages from which the clocks are judged; fewer accuse nobody of anything either way."""


@dataclass(frozen=True, slots=True)
class SectionReading:
    """A measured average speed; ``error_kmh`` to either side holds 95 %."""

    speed_kmh: float
    error_kmh: float
    travel_s: float


def read_speed(passage: SectionPassage) -> SectionReading | None:
    """The average speed of a passage; None where no time has passed, or no way was gone.

    Relative errors of length and time add up as squares (they have nothing to do with each
    other).
    """
    section, travel_s = passage.section, passage.travel_s
    if travel_s <= 0 or section.length_m <= 0:
        return None
    speed = section.length_m / travel_s * KMH
    part = math.hypot(section.length_error_m / section.length_m, section.clock_error_s / travel_s)
    return SectionReading(speed, speed * part, travel_s)


def evaluate(passage: SectionPassage, params: Params) -> SectionReading | None:
    """The reading of a passage that was surely faster than allowed; None for all others."""
    reading = read_speed(passage)
    if reading is None or reading.error_kmh > params.most_error_kmh:
        return None
    surely = reading.speed_kmh - reading.error_kmh
    over = surely > passage.section.limit_kmh + params.tolerance_kmh
    return reading if over else None


def fault(times: TravelTimes, params: Params) -> str | None:
    """Why a section cannot be trusted, and what to do; None where it can.

    Its clocks are judged by the passages themselves: most drivers do not break the limit by
    half, and nobody leaves before coming.
    """
    section = times.section
    if section.length_m <= 0:
        return (
            f"Section “{section.name}”: its length is {section.length_m:g} m; measure it and enter "
            "its length in metres."
        )
    if times.pairs < params.least_pairs:
        return None
    return _clock_fault(section, times.median_s, params)


def measures_fault(section: Section) -> str:
    """What cannot be among a section's measures, as they stand, and what to do."""
    return (
        f"Section “{section.name}”: its length is {section.length_m:g} ± "
        f"{section.length_error_m:g} m and its clocks are {section.clock_offset_s:g} ± "
        f"{section.clock_error_s:g} s apart, which cannot be. Enter what was measured."
    )


def _clock_fault(section: Section, median_s: float, params: Params) -> str | None:
    shortest_s = section.length_m / (params.fastest_factor * section.limit_kmh) * KMH
    longest_s = section.length_m / params.slowest_kmh * KMH
    if shortest_s <= median_s <= longest_s:
        return None
    if shortest_s <= -median_s <= longest_s:
        return (
            f"Section “{section.name}”: cars are at its exit {-median_s:.0f} s before its entry; "
            "swap its two cameras, or set their clocks."
        )
    usual_s = section.length_m / section.limit_kmh * KMH
    return (
        f"Section “{section.name}”: by the clocks of its cameras most cars take {median_s:.0f} s "
        f"where about {usual_s:.0f} s are usual; the clocks are about "
        f"{_apart(abs(median_s - usual_s))} apart. Set both by the same time server."
    )


def _apart(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
