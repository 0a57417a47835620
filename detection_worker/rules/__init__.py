"""Rules: what an officer would see, one rule a file. A new one is a file and a line in RULES."""

from data_access.domain.watch import ZoneShape
from detection_worker.rules import crowd, intrusion, line_count, spot_speed, wrong_way
from detection_worker.rules.rule import Rule
from detection_worker.rules.watcher import MakeWatcher


def _by_id(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


RULES: dict[str, Rule] = _by_id(
    Rule("line_count", ZoneShape.LINE, line_count.Params, line_count.evaluate),
    Rule("spot_speed", ZoneShape.POLYGON, spot_speed.Params, spot_speed.evaluate),
    Rule("wrong_way", ZoneShape.POLYGON, wrong_way.Params, wrong_way.evaluate),
    Rule("crowd", ZoneShape.POLYGON, crowd.Params, crowd.evaluate),
    Rule("intrusion", ZoneShape.POLYGON, intrusion.Params, intrusion.evaluate),
)
"""Every rule by its id, which is also the kind of its events."""

WATCHERS: dict[str, MakeWatcher] = {}
"""What looks at pictures for rules, by the name under which they need it."""
