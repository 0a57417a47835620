"""Number plates: which region one names, how people type them, reads and the watch list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from data_access.domain.words import N_

REGION_NAMES: dict[str, str] = {
    "01": N_("Astana"),
    "02": N_("Almaty"),
    "03": N_("Aqmola region"),
    "04": N_("Aqtöbe region"),
    "05": N_("Almaty region"),
    "06": N_("Atyrau region"),
    "07": N_("West Kazakhstan region"),
    "08": N_("Jambyl region"),
    "09": N_("Qaraghandy region"),
    "10": N_("Qostanai region"),
    "11": N_("Qyzylorda region"),
    "12": N_("Mangystau region"),
    "13": N_("Türkistan region"),
    "14": N_("Pavlodar region"),
    "15": N_("North Kazakhstan region"),
    "16": N_("East Kazakhstan region"),
    "17": N_("Shymkent"),
    "18": N_("Abai region"),
    "19": N_("Jetisu region"),
    "20": N_("Ulytau region"),
}
"""Regions by the last two digits of a plate of 2012 and later (FACTS.md, Plates)."""

_OF_TODAY = re.compile(r"\d{2,3} ?[A-Z]{2,3} ?(\d{2})")
_NOT_A_PLATE = re.compile(r"[^0-9A-Z]")
_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
"""Cyrillic letters that look like Latin ones: a Russian keyboard types these."""

_PRINTED_ALIKE = str.maketrans("OI", "01")
"""Pairs that no reader tells apart where a plate's form leaves both possible."""


def region_name(plate: str) -> str | None:
    """The source text of the region that ``plate`` names, or None where it names none of ours."""
    found = _OF_TODAY.fullmatch(plate)
    return REGION_NAMES.get(found[1]) if found else None


def fragment(typed: str) -> str:
    """What someone typed as the letters and digits of a plate; empty where there are none."""
    return _NOT_A_PLATE.sub("", typed.upper().translate(_LOOKALIKES))


@dataclass(frozen=True, slots=True)
class PlateCrop:
    """The picture of a plate in the media folder."""

    path: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PlateRead:
    """A plate that a camera read in passing; written again with the same id it stays as it is."""

    id: UUID
    read_at: datetime
    camera_id: int
    plate: str
    confidence: float
    region: str = ""
    crop: PlateCrop | None = None


@dataclass(frozen=True, slots=True)
class ListedPlate:
    """A plate that is looked for, and why."""

    plate: str
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """A read plate that is on the watch list; ``exact`` unless O/0 or I/1 was taken for another."""

    listed: ListedPlate
    exact: bool


class WatchList:
    """Plates that are looked for, found by what was read."""

    def __init__(self, listed: Iterable[ListedPlate] = ()) -> None:
        self._alike: dict[str, list[ListedPlate]] = {}
        for one in listed:
            self._alike.setdefault(_alike(one.plate), []).append(one)

    def match(self, plate: str) -> Match | None:
        """The entry that ``plate`` is, O/0 and I/1 counted alike; the exact one where there is."""
        found = self._alike.get(_alike(plate), [])
        exact = next((one for one in found if fragment(one.plate) == fragment(plate)), None)
        if exact is not None:
            return Match(exact, exact=True)
        return Match(found[0], exact=False) if found else None


def _alike(plate: str) -> str:
    return fragment(plate).translate(_PRINTED_ALIKE)
