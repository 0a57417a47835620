"""Rules: what an officer would see, one rule a file. A new one is a file and a line in RULES."""

from data_access.domain.watch import ZoneShape
from detection_worker.rules import (
    abandoned_object,
    bus_lane,
    collision,
    congestion,
    crosswalk_yield,
    crowd,
    illegal_dump,
    intrusion,
    jaywalking,
    line_count,
    loitering,
    no_stopping,
    object_present,
    oncoming_lane,
    overflowing_container,
    plates,
    red_light,
    signal_lamp,
    solid_line,
    spot_speed,
    stop_line,
    watch_listed_plate,
    wrong_way,
)
from detection_worker.rules.presences import PresenceWatcher
from detection_worker.rules.rule import Rule
from detection_worker.rules.signals.watcher import SignalWatcher
from detection_worker.rules.stills.containers import FillsWatcher
from detection_worker.rules.stills.watcher import StillsWatcher
from detection_worker.rules.watcher import MakeWatcher, Watcher
from detection_worker.rules.ways_watcher import WaysWatcher


def _by_id(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


_LINE, _POLYGON = ZoneShape.LINE, ZoneShape.POLYGON
_SIGNALS, _PRESENCES, _STILLS = ("signals",), ("presences",), ("stills",)
_PLATES = ("plates",)
_A_SIGNAL = (
    "its stop line drawn as a zone, and a signal: draw a signal_lamp zone around the lamps, or "
    "send the state to POST /intake/signals"
)
_A_DIRECTION = "a zone with the allowed direction (toward)"

RULES: dict[str, Rule] = _by_id(
    Rule("line_count", _LINE, line_count.Params, line_count.evaluate),
    Rule("signal_lamp", _POLYGON, signal_lamp.Params, signal_lamp.evaluate, _SIGNALS,
         "a zone drawn around the lamps of one signal; it is an eye for other rules"),
    Rule("red_light", _LINE, red_light.Params, red_light.evaluate, _SIGNALS, _A_SIGNAL),
    Rule("stop_line", _LINE, stop_line.Params, stop_line.evaluate, _SIGNALS, _A_SIGNAL),
    Rule("spot_speed", _POLYGON, spot_speed.Params, spot_speed.evaluate, calibrated=True),
    Rule("wrong_way", _POLYGON, wrong_way.Params, wrong_way.evaluate, ("ways",)),
    Rule("oncoming_lane", _POLYGON, oncoming_lane.Params, oncoming_lane.evaluate, (),
         _A_DIRECTION),
    Rule("solid_line", _LINE, solid_line.Params, solid_line.evaluate, (),
         "the solid line drawn as a zone"),
    Rule("bus_lane", _POLYGON, bus_lane.Params, bus_lane.evaluate, (),
         "the bus lane drawn as a zone"),
    Rule("no_stopping", _POLYGON, no_stopping.Params, no_stopping.evaluate, _PRESENCES),
    Rule("crosswalk_yield", _POLYGON, crosswalk_yield.Params, crosswalk_yield.evaluate, _SIGNALS,
         "the crosswalk drawn as a zone"),
    Rule("jaywalking", _POLYGON, jaywalking.Params, jaywalking.evaluate, _PRESENCES,
         "the carriageway drawn as a zone"),
    Rule("crowd", _POLYGON, crowd.Params, crowd.evaluate),
    Rule("loitering", _POLYGON, loitering.Params, loitering.evaluate, _PRESENCES),
    Rule("intrusion", _POLYGON, intrusion.Params, intrusion.evaluate, _PRESENCES),
    Rule("congestion", _POLYGON, congestion.Params, congestion.evaluate, _PRESENCES),
    Rule("collision", _POLYGON, collision.Params, collision.evaluate, calibrated=True),
    Rule("object_present", _POLYGON, object_present.Params, object_present.evaluate, (),
         "a zone with the classes that are of concern (labels)"),
    Rule("plates", _POLYGON, plates.Params, plates.evaluate, _PLATES),
    Rule("watch_listed_plate", _POLYGON, watch_listed_plate.Params, watch_listed_plate.evaluate,
         _PLATES),
    Rule("abandoned_object", _POLYGON, abandoned_object.Params, abandoned_object.evaluate,
         _STILLS),
    Rule("illegal_dump", _POLYGON, illegal_dump.Params, illegal_dump.evaluate, _STILLS),
    Rule("overflowing_container", _POLYGON, overflowing_container.Params,
         overflowing_container.evaluate, ("fills",)),
)  # fmt: skip
"""Every rule by its id, which is also the kind of its events; a dump is a littering, too."""


def _plates_watcher() -> Watcher:
    """Imported here: the reader of plates knows scenes, and is needed by few cameras."""
    from detection_worker.plates.desk import PromptDesk
    from detection_worker.plates.watcher import PlatesWatcher

    return PlatesWatcher(PromptDesk())


WATCHERS: dict[str, MakeWatcher] = {
    "fills": FillsWatcher,
    "plates": _plates_watcher,
    "presences": PresenceWatcher,
    "signals": SignalWatcher,
    "stills": StillsWatcher,
    "ways": WaysWatcher,
}
"""What looks at pictures for rules, by the name under which they need it.

Whoever keeps what a watcher reads gives the journey another maker under the same name.
"""
