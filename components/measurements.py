"""The numbers that decided an event, as people read them: a name, a value, a unit."""

from collections.abc import Mapping
from typing import Any

from components.formats import number
from data_access.domain.explanations import WORD_NAMES
from data_access.domain.words import N_, Language
from data_access.language import Translate

FACT_NAMES: dict[str, str] = {
    "speed_kmh": N_("Speed"),
    "limit_kmh": N_("Limit"),
    "error_kmh": N_("Error of the speed"),
    "length_m": N_("Measured over"),
    "travel_s": N_("Travel time"),
    "red_s": N_("After red"),
    "stood_s": N_("Stood for"),
    "allowed_s": N_("Allowed"),
    "distance_m": N_("Distance"),
    "distance_percent": N_("Distance across the picture"),
    "duration_s": N_("Duration"),
    "over_m": N_("Beyond the line"),
    "gap_s": N_("Ahead of the pedestrian"),
    "crosswalk_m": N_("To the crosswalk"),
    "still_s": N_("Lain for"),
    "people": N_("People"),
    "label": N_("What it was"),
    "zone": N_("Zone"),
}

UNITS: dict[str, str] = {
    "kmh": N_("{value} km/h"),
    "m": N_("{value} m"),
    "m2": N_("{value} m²"),
    "cm": N_("{value} cm"),
    "s": N_("{value} s"),
    "min": N_("{value} min"),
    "percent": N_("{value} %"),
    "px": N_("{value} px"),
}
"""Units by the last part of a fact's name."""

SPEEDS = frozenset({"spot_speed", "section_speed"})


def _unit(name: str) -> str | None:
    return UNITS.get(name.rpartition("_")[2]) if "_" in name else None


def fact_name(name: str, _: Translate) -> str:
    """What a fact is called; one without a name here is shown in the worker's own words."""
    if name in FACT_NAMES:
        return _(FACT_NAMES[name])
    bare = name.rpartition("_")[0] if _unit(name) else name
    return bare.replace("_", " ")


def fact_value(name: str, value: Any, language: Language, _: Translate) -> str:
    """A value with its unit, numbers as the reader writes them."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        shown = number(value, 0 if float(value).is_integer() else 1, language)
        unit = _unit(name)
        return _(unit).format(value=shown) if unit else shown
    known = WORD_NAMES.get(name, {})
    return _(known[value]) if isinstance(value, str) and value in known else str(value)


def build_measurements(
    facts: Mapping[str, Any], language: Language, _: Translate
) -> list[tuple[str, str]]:
    """Names and values, the known ones first and in their order; nested values are left out."""
    order = {name: place for place, name in enumerate(FACT_NAMES)}
    names = sorted(facts, key=lambda name: (order.get(name, len(order)), name))
    return [
        (fact_name(name, _), fact_value(name, facts[name], language, _))
        for name in names
        if facts[name] is not None and not isinstance(facts[name], dict | list)
    ]
