"""Linear sections for average speed, and the passages of vehicles over them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of road between an entry and an exit camera.

    ``clock_offset_s`` is how far the exit camera's clock is ahead of the entry's; errors are to
    either side, at 95 %.
    """

    id: int
    name: str
    entry_camera_id: int
    exit_camera_id: int
    length_m: float
    limit_kmh: int
    clock_offset_s: float = 0.0
    clock_error_s: float = 0.2
    length_error_m: float = 3.0


@dataclass(frozen=True, slots=True)
class PassageRead:
    """A plate read at one end of a section, by the clock of its camera (aware UTC)."""

    id: UUID
    at: datetime
    confidence: float


@dataclass(frozen=True, slots=True)
class SectionPassage:
    """A plate at the entry and then at the exit of a section."""

    section: Section
    plate: str
    entry: PassageRead
    exit: PassageRead

    @property
    def travel_s(self) -> float:
        """The time between the two reads, the difference of the clocks taken out."""
        return (self.exit.at - self.entry.at).total_seconds() - self.section.clock_offset_s


@dataclass(frozen=True, slots=True)
class TravelTimes:
    """What a section's clocks say of all who passed: pairs of reads, and their median time.

    The median is the exit's time less the entry's, with the difference of the clocks taken out;
    it is negative where cars reach the exit first.
    """

    section: Section
    pairs: int
    median_s: float
