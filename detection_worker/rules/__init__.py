"""Rules: what an officer would see, one rule a file. A new one is a file and a line in RULES."""

from data_access.domain.watch import ZoneShape
from detection_worker.rules import (
    crowd,
    intrusion,
    line_count,
    plates,
    watch_listed_plate,
    wrong_way,
)
from detection_worker.rules.rule import Rule
from detection_worker.rules.watcher import MakeWatcher, Watcher


def _by_id(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


RULES: dict[str, Rule] = _by_id(
    Rule("line_count", ZoneShape.LINE, line_count.Params, line_count.evaluate),
    Rule("wrong_way", ZoneShape.POLYGON, wrong_way.Params, wrong_way.evaluate),
    Rule("crowd", ZoneShape.POLYGON, crowd.Params, crowd.evaluate),
    Rule("intrusion", ZoneShape.POLYGON, intrusion.Params, intrusion.evaluate),
    Rule("plates", ZoneShape.POLYGON, plates.Params, plates.evaluate, needs=("plates",)),
    Rule(
        "watch_listed_plate",
        ZoneShape.POLYGON,
        watch_listed_plate.Params,
        watch_listed_plate.evaluate,
        needs=("plates",),
    ),
)
"""Every rule by its id, which is also the kind of its events."""


def _plates_watcher() -> Watcher:
    """Imported here: the reader of plates knows scenes, and is needed by few cameras."""
    from detection_worker.plates.desk import PromptDesk
    from detection_worker.plates.watcher import PlatesWatcher

    return PlatesWatcher(PromptDesk())


WATCHERS: dict[str, MakeWatcher] = {"plates": _plates_watcher}
"""What looks at pictures for rules, by the name under which they need it.

Whoever keeps what a watcher reads gives the journey another maker under the same name.
"""
