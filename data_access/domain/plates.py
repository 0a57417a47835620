"""Number plates of Kazakhstan: which region a plate names, and how people type fragments."""

import re

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


def region_name(plate: str) -> str | None:
    """The source text of the region that ``plate`` names, or None where it names none of ours."""
    found = _OF_TODAY.fullmatch(plate)
    return REGION_NAMES.get(found[1]) if found else None


def fragment(typed: str) -> str:
    """What someone typed as the letters and digits of a plate; empty where there are none."""
    return _NOT_A_PLATE.sub("", typed.upper().translate(_LOOKALIKES))
