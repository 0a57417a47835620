"""Rules: what an officer would see, one rule a file. A new one is a file and a line in RULES."""

from data_access.domain.watch import ZoneShape
from detection_worker.rules import (
    abandoned_object,
    crowd,
    illegal_dump,
    intrusion,
    line_count,
    overflowing_container,
    wrong_way,
)
from detection_worker.rules.rule import Rule
from detection_worker.rules.stills.containers import FillsWatcher
from detection_worker.rules.stills.watcher import StillsWatcher
from detection_worker.rules.watcher import MakeWatcher


def _by_id(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


RULES: dict[str, Rule] = _by_id(
    Rule("line_count", ZoneShape.LINE, line_count.Params, line_count.evaluate),
    Rule("wrong_way", ZoneShape.POLYGON, wrong_way.Params, wrong_way.evaluate),
    Rule("crowd", ZoneShape.POLYGON, crowd.Params, crowd.evaluate),
    Rule("intrusion", ZoneShape.POLYGON, intrusion.Params, intrusion.evaluate),
    Rule(
        "abandoned_object",
        ZoneShape.POLYGON,
        abandoned_object.Params,
        abandoned_object.evaluate,
        needs=("stills",),
    ),
    Rule(
        "illegal_dump",
        ZoneShape.POLYGON,
        illegal_dump.Params,
        illegal_dump.evaluate,
        needs=("stills",),
    ),
    Rule(
        "overflowing_container",
        ZoneShape.POLYGON,
        overflowing_container.Params,
        overflowing_container.evaluate,
        needs=("fills",),
    ),
)
"""Every rule by its id, which is also the kind of its events; a dump is a littering, too."""

WATCHERS: dict[str, MakeWatcher] = {"stills": StillsWatcher, "fills": FillsWatcher}
"""What looks at pictures for rules, by the name under which they need it."""
