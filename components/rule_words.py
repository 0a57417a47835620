"""Rules and their settings in words."""

from components.event_words import kind_name
from data_access.domain.events import EVENT_KINDS
from data_access.domain.words import N_
from data_access.language import Translate

OTHER_RULES: dict[str, str] = {
    "line_count": N_("Counting over a line"),
    "signal_lamp": N_("Traffic signal"),
    "plates": N_("Reading plates"),
}
"""Rules that make no events of their own."""

SETTING_NAMES: dict[str, str] = {
    "allowed_s": N_("Allowed, s"),
    "allowed_unseen_s": N_("Allowed while hidden, s"),
    "alone_s": N_("Left alone for, s"),
    "beside_heights": N_("How near a crosswalk counts, heights"),
    "clear_s": N_("Clear of the line for, s"),
    "crosswalk": N_("Name of the crosswalk's zone"),
    "density_per_m2": N_("People a square metre"),
    "direction": N_("Direction of crossing"),
    "every_s": N_("Measured every, s"),
    "farthest_sizes": N_("Not farther than, sizes"),
    "full_share": N_("Full from this share"),
    "gap_s": N_("May be hidden for, s"),
    "grace_s": N_("Red for at least, s"),
    "green_below": N_("Green is the lowest lamp"),
    "hold_s": N_("Must last, s"),
    "jitter_s": N_("Error of capture times, s"),
    "labels": N_("What counts"),
    "least_angle_deg": N_("Against the direction by at least, degrees"),
    "least_beyond_sizes": N_("Beyond the line by at least, sizes"),
    "least_boxes": N_("Pictures at least"),
    "least_confidence": N_("Confidence at least"),
    "least_deceleration_ms2": N_("Braking at least, m/s²"),
    "least_distance_m": N_("Way at least, m"),
    "least_distance_percent": N_("Way at least, % of the picture"),
    "least_length_m": N_("Measured way at least, m"),
    "least_share": N_("Smallest, share of the picture"),
    "least_speed_kmh": N_("Speed at least, km/h"),
    "least_speed_ms": N_("Speed of the vehicle at least, m/s"),
    "least_time_s": N_("For at least, s"),
    "least_vehicles": N_("Others the other way at least"),
    "least_walk_ms": N_("Speed of the walker at least, m/s"),
    "least_way_heights": N_("Way at least, heights"),
    "least_way_sizes": N_("Way at least, sizes"),
    "limit_kmh": N_("Speed limit, km/h"),
    "margin_percent": N_("Band around the line, % of the picture"),
    "margin_sizes": N_("Band around the line, sizes"),
    "most_error_kmh": N_("Error at most, km/h"),
    "most_gap_s": N_("Apart by at most, s"),
    "most_share": N_("Largest, share of the picture"),
    "most_sizes_a_second": N_("Slower than, sizes a second"),
    "most_speed_kmh": N_("Slower than, km/h"),
    "people": N_("People"),
    "reference": N_("Picture of the empty container"),
    "rest_s": N_("At rest for, s"),
    "signal": N_("Name of the signal"),
    "still_s": N_("Lies still for, s"),
    "still_sizes": N_("Wanders at most, sizes"),
    "stood_s": N_("Stands for, s"),
    "tolerance_kmh": N_("Tolerance, km/h"),
    "toward": N_("Allowed direction"),
    "unseen_s": N_("May be hidden while it lies, s"),
    "upright_s": N_("Alone, if as tall as a person, s"),
    "vehicles": N_("Vehicles"),
    "window_s": N_("Within, s"),
}

FIRST = frozenset({
    "allowed_s", "alone_s", "crosswalk", "density_per_m2", "direction", "full_share", "grace_s",
    "green_below", "labels", "least_speed_kmh", "limit_kmh", "most_speed_kmh", "people", "signal",
    "still_s", "stood_s", "tolerance_kmh", "vehicles",
})  # fmt: skip
"""What a street or a building decides; the others are the rule's own, and stand behind a fold."""

CHOICES: dict[str, str] = {
    "forward": N_("along the arrow"),
    "backward": N_("against the arrow"),
    "both": N_("both ways"),
}

WHAT_IT_NEEDS: dict[str, str] = {
    "red_light": N_("Draw the stop line. It obeys a traffic signal: draw one around its lamps."),
    "stop_line": N_("Draw the stop line. It obeys a traffic signal: draw one around its lamps."),
    "signal_lamp": N_("Draw around the three lamps of one signal; other rules obey it by name."),
    "wrong_way": N_(
        "Draw the lane, then the arrow of the direction that is allowed; without one it is learnt "
        "from the traffic."
    ),
    "oncoming_lane": N_("Draw the lane, then the arrow of the direction that is allowed."),
    "solid_line": N_("Draw along the solid line of the road."),
    "bus_lane": N_("Draw the bus lane."),
    "crosswalk_yield": N_("Draw the crosswalk."),
    "jaywalking": N_("Draw the carriageway; crosswalks have zones of their own."),
    "object_present": N_("Draw where it must not be, and name what counts."),
    "overflowing_container": N_("Draw tightly around one container while it is empty."),
    "spot_speed": N_("Draw the road. Speeds need a calibrated camera."),
    "collision": N_("Draw the road. Speeds need a calibrated camera."),
}


def rule_name(rule: str, _: Translate) -> str:
    """The name of a rule; one that this program does not know is shown as it is."""
    if rule in OTHER_RULES:
        return _(OTHER_RULES[rule])
    return kind_name(rule, _) if rule in EVENT_KINDS else rule


def setting_name(name: str, _: Translate) -> str:
    """The name of a setting; one that this program does not know is shown as it is."""
    return _(SETTING_NAMES[name]) if name in SETTING_NAMES else name
