"""Why something was found, as one sentence in the reader's language.

A kind of event has one or more sentences, the most telling first; the first one whose facts
are all there is used, so an event with few facts still gets a plain true sentence. Facts are
the numbers that decided, with units in their names; those that every kind may carry are
``zone`` (the zone's name) and ``label`` (what the track was).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from data_access.domain.events import EVENT_KINDS
from data_access.domain.words import N_

EXPLANATIONS: dict[str, tuple[str, ...]] = {
    "spot_speed": (
        N_(
            "{speed_kmh} km/h where {limit_kmh} km/h is allowed; measured over {length_m} m, "
            "error ±{error_kmh} km/h."
        ),
        N_("{speed_kmh} km/h where {limit_kmh} km/h is allowed."),
        N_("Faster than allowed."),
    ),
    "section_speed": (
        N_(
            "Average speed {speed_kmh} km/h where {limit_kmh} km/h is allowed: {length_m} m in "
            "{travel_s} s, error ±{error_kmh} km/h."
        ),
        N_("Average speed {speed_kmh} km/h where {limit_kmh} km/h is allowed."),
        N_("Faster on the section than allowed."),
    ),
    "red_light": (
        N_("Crossed the stop line {red_s} s after the signal had turned red."),
        N_("Crossed the stop line while the signal was red."),
    ),
    "stop_line": (
        N_("Stood beyond the stop line for {stood_s} s while the signal was red."),
        N_("Stood beyond the stop line while the signal was red."),
    ),
    "wrong_way": (
        N_(
            "{label}: {distance_m} m against the usual direction in {duration_s} s; went the usual "
            "way here: {usual}, this way: {same}."
        ),
        N_(
            "{label}: {distance_percent} % of the picture against the usual direction in "
            "{duration_s} s; went the usual way here: {usual}, this way: {same}."
        ),
        N_("{label}: {distance_m} m against the allowed direction in {duration_s} s."),
        N_(
            "{label}: {distance_percent} % of the picture against the allowed direction in "
            "{duration_s} s."
        ),
        N_("Moved against the allowed direction."),
    ),
    "oncoming_lane": (
        N_("{label}: {distance_m} m in the oncoming lane in {duration_s} s."),
        N_("{label}: {duration_s} s in the oncoming lane."),
        N_("Drove in the oncoming lane."),
    ),
    "solid_line": (
        N_("{label}: crossed the solid line, {over_m} m beyond it."),
        N_("Crossed a solid line."),
    ),
    "bus_lane": (
        N_("{label}: {distance_m} m in the bus lane in {duration_s} s."),
        N_("{label}: {duration_s} s in the bus lane."),
        N_("Drove in the bus lane."),
    ),
    "no_stopping": (
        N_("{label}: stood for {stood_s} s where {allowed_s} s is allowed."),
        N_("{label}: stood for {stood_s} s where stopping is forbidden."),
        N_("Stood where stopping is forbidden."),
    ),
    "crosswalk_yield": (
        N_("Drove over the crosswalk {gap_s} s ahead of a pedestrian; people on it: {people}."),
        N_("Drove over the crosswalk while people were on it: {people}."),
        N_("Did not give way at a crosswalk."),
    ),
    "jaywalking": (
        N_("Crossed the road {crosswalk_m} m away from the crosswalk."),
        N_("Crossed the road where there is no crosswalk."),
    ),
    "littering": (
        N_("Something was left and has lain for {still_min} min; brought by: {brought_by}."),
        N_("Something was thrown down and left; it has lain for {still_s} s."),
        N_("Something was thrown down and left."),
    ),
    "crowd": (
        N_(
            "People in the zone: {people}, limit {limit_people}; {density_per_m2} per m² on "
            "{area_m2} m²."
        ),
        N_("People in the zone: {people}, limit {limit_people}."),
        N_("Many people in one place."),
    ),
    "loitering": (
        N_("A person has stayed for {stayed_s} s; up to {allowed_s} s is usual here."),
        N_("A person has stayed for {stayed_s} s."),
        N_("A person has stayed for long."),
    ),
    "intrusion": (
        N_("People where nobody should be from {from_clock} to {until_clock}: {people}."),
        N_("People where nobody should be: {people}."),
        N_("Somebody is where nobody should be."),
    ),
    "congestion": (
        N_("Vehicles: {vehicles}, average speed {speed_kmh} km/h for {duration_s} s."),
        N_("Vehicles: {vehicles}, standing for {duration_s} s."),
        N_("Traffic has come to a stop."),
    ),
    "collision": (
        N_("A stop from {speed_kmh} km/h within {stop_s} s (experimental)."),
        N_("A sudden stop (experimental)."),
    ),
    "abandoned_object": (
        N_(
            "An object has lain for {still_s} s; nobody has been near it for {alone_s} s. "
            "Brought by: {brought_by}."
        ),
        N_("An object has lain for {still_s} s; nobody has been near it for {alone_s} s."),
        N_("An object has lain for {still_s} s."),
        N_("An object was left behind."),
    ),
    "watch_listed_plate": (
        N_(
            "{plate} was read, and {listed} is on the watch list: {reason}. O and 0, I and 1 "
            "cannot be told apart here; look at the picture. Confidence {confidence_percent} %."
        ),
        N_("A plate of the watch list was read: {reason}. Confidence {confidence_percent} %."),
        N_("A plate of the watch list was read: {reason}."),
        N_("A plate of the watch list was read."),
    ),
    "object_present": (
        N_("{label}: seen for {seen_s} s, confidence {confidence_percent} %."),
        N_("{label}: seen by the camera."),
        N_("An object of concern was seen."),
    ),
    "sos_press": (
        N_("The SOS button “{button}” was pressed."),
        N_("An SOS button was pressed."),
    ),
    "call_102": (
        N_("A call to 102: {topic}."),
        N_("A call to 102."),
    ),
    "illegal_dump": (
        N_("Waste has lain for {still_min} min; brought by: {brought_by}, {plate}."),
        N_("Waste has lain for {still_min} min; brought by: {brought_by}."),
        N_("Waste has lain for {still_min} min."),
        N_("Waste was left where it must not be."),
    ),
    "overflowing_container": (
        N_("The container is {fill_percent} % full and has been for {full_min} min."),
        N_("The container is {fill_percent} % full."),
        N_("The container is overflowing."),
    ),
    "road_defect": (
        N_("{defect}, about {size_cm} cm."),
        N_("{defect}."),
        N_("The road is damaged."),
    ),
}
"""Sentences by kind, the most telling first; the last of each needs no facts."""

LABEL_NAMES: dict[str, str] = {
    "person": N_("Person"),
    "person_like": N_("Person-like"),
    "bicycle": N_("Bicycle"),
    "car": N_("Car"),
    "motorcycle": N_("Motorcycle"),
    "bus": N_("Bus"),
    "truck": N_("Truck"),
    "train": N_("Train"),
    "vehicle_like": N_("Vehicle-like"),
    "dog": N_("Dog"),
    "backpack": N_("Backpack"),
    "handbag": N_("Handbag"),
    "suitcase": N_("Suitcase"),
    "knife": N_("Knife"),
    "fire": N_("Fire"),
    "smoke": N_("Smoke"),
    "weapon": N_("Weapon"),
}
"""Classes of the usual models; other models' classes are shown as the model names them."""

WORD_NAMES: dict[str, dict[str, str]] = {
    "label": LABEL_NAMES,
    "topic": {
        "parking": N_("improper parking"),
        "family_dispute": N_("family dispute"),
        "beggars": N_("street beggars"),
        "fight": N_("a fight"),
        "other": N_("another matter"),
    },
    "reason": {
        "stolen": N_("stolen"),
        "the owner is wanted": N_("the owner is wanted"),
        "unpaid fines": N_("unpaid fines"),
        "another's plate": N_("another's plate"),
    },
    "brought_by": {
        "person": N_("a person"),
        "vehicle": N_("a vehicle"),
        "unknown": N_("not seen"),
    },
    "defect": {
        "pothole": N_("Pothole"),
        "manhole": N_("Open manhole"),
        "sign": N_("Damaged sign"),
        "light": N_("Broken street light"),
        "puddle": N_("Flooded road"),
    },
}
"""Facts whose values are words of ours: their names by value."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def explain(kind: str, facts: Mapping[str, Any], text: Callable[[str], str]) -> str:
    """The sentence for an event of ``kind``; ``text`` translates, missing facts are survived.

    A kind that nobody described gets its own name, and an unknown one is said as it is.
    """
    for template in EXPLANATIONS.get(kind, ()):
        wanted = set(_PLACEHOLDER.findall(template))
        if all(facts.get(name) is not None for name in wanted):
            return filled(template, {name: facts[name] for name in wanted}, text)
    return text(EVENT_KINDS[kind].name) if kind in EVENT_KINDS else kind


def filled(template: str, facts: Mapping[str, Any], text: Callable[[str], str] = str) -> str:
    """A text of ours with its facts in their places; one without facts stands as it is."""
    if not facts:
        return text(template)
    return text(template).format(**{name: _shown(name, facts[name], text) for name in facts})


def label_name(label: str, text: Callable[[str], str]) -> str:
    """The name of a model's class in the reader's language, or the model's own word."""
    return text(LABEL_NAMES[label]) if label in LABEL_NAMES else label


def _shown(name: str, value: Any, text: Callable[[str], str]) -> str:
    if isinstance(value, float):
        return _decimal(value, text)
    known = WORD_NAMES.get(name, {})
    return text(known[value]) if isinstance(value, str) and value in known else str(value)


def _decimal(value: float, text: Callable[[str], str]) -> str:
    """One decimal, two below one, no zeros at the end, with the language's decimal mark."""
    mark = text(N_("0.0"))[1:2]
    digits = f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}".rstrip("0")
    return digits.removesuffix(".0").removesuffix(".").replace(".", mark)
