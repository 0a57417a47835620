"""The linear sections as the administrator sees and corrects them.

DataAccessError
└── NotASurveyor  the viewer's role does not change what speeds are measured by
"""

from dataclasses import asdict, dataclass
from math import isfinite

from sqlalchemy import text

from data_access import audit
from data_access.database import Transaction
from data_access.domain.people import Role, Viewer
from data_access.domain.words import N_, Names
from data_access.errors import DataAccessError, RowRefused

_ROWS = text("""
    SELECT section.id, section.name_ru, section.name_kk, section.name_en,
           entry.code AS entry_code, exit.code AS exit_code, section.length_m,
           section.limit_kmh, section.clock_offset_s, section.clock_error_s,
           section.length_error_m
    FROM linear_sections section
    LEFT JOIN cameras entry ON entry.id = section.entry_camera_id
    LEFT JOIN cameras exit ON exit.id = section.exit_camera_id
    ORDER BY section.name_ru, section.id
""")

_UPDATE = text("""
    UPDATE linear_sections
    SET length_m = :length_m, limit_kmh = :limit_kmh, clock_offset_s = :clock_offset_s,
        clock_error_s = :clock_error_s, length_error_m = :length_error_m
    WHERE id = :id RETURNING id
""")


MOST_LENGTH_M, MOST_OFFSET_S = 1e6, 86_400.0
"""No country's roads are watched from further apart; a clock that is a day off must be set."""


class NotASurveyor(DataAccessError):
    """The viewer's role does not change what speeds are measured by."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What an average speed is measured by; errors are to either side, at 95 %.

    ``clock_offset_s`` is how far the exit camera's clock is ahead of the entry's.
    """

    length_m: float
    limit_kmh: int
    clock_offset_s: float
    clock_error_s: float
    length_error_m: float


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with the numbers of its two cameras; one without them measures nothing."""

    id: int
    name: Names
    entry_code: str | None
    exit_code: str | None
    measures: Measures


def sections(tx: Transaction) -> list[SectionRow]:
    """The sections within the scope, by name."""
    return [
        SectionRow(
            row.id,
            Names(row.name_ru, row.name_kk, row.name_en),
            row.entry_code,
            row.exit_code,
            Measures(
                row.length_m, row.limit_kmh, row.clock_offset_s, row.clock_error_s,
                row.length_error_m,
            ),
        )
        for row in tx.execute(_ROWS)
    ]  # fmt: skip


def measure(tx: Transaction, viewer: Viewer, section_id: int, measures: Measures) -> None:
    """Keep a section's measures; raises ``NotASurveyor``, ``RowRefused``."""
    if viewer.role is not Role.ADMINISTRATOR:
        raise NotASurveyor(N_("Sections are measured by the administrator. Ask them."))
    check(measures)
    if tx.scalar(_UPDATE, {"id": section_id, **asdict(measures)}) is None:
        raise RowRefused(N_("There is no section {number} here."), number=section_id)
    audit.record(tx, viewer, "section.measure", f"section {section_id}", asdict(measures))


def check(measures: Measures) -> None:
    """Raise ``RowRefused`` for what nobody can have measured: which figure, and what it can be."""
    if not all(map(isfinite, asdict(measures).values())):
        raise RowRefused(N_("One of the numbers is missing. Enter it."))
    if measures.length_m <= 0:
        raise RowRefused(N_("A section is longer than 0 m: measure it along the road."))
    if not 5 <= measures.limit_kmh <= 150:
        raise RowRefused(N_("A speed limit is between 5 and 150 km/h."))
    if measures.length_m > MOST_LENGTH_M or abs(measures.clock_offset_s) > MOST_OFFSET_S:
        raise RowRefused(
            N_("A section is at most 1,000 km long, and its clocks are at most a day apart.")
        )
    if measures.clock_error_s < 0 or measures.length_error_m < 0:
        raise RowRefused(N_("An error is 0 or more: it counts to either side."))
    if measures.clock_error_s > MOST_OFFSET_S or measures.length_error_m > MOST_LENGTH_M:
        raise RowRefused(N_("An error is at most 1,000 km for a length and a day for clocks."))
