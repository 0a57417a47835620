"""How a gated run is judged by an ungated one."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from benchmarks.gate import Found, compared, f1, zones
from data_access.domain.events import EventRecord
from detection_worker.rules import RULES
from detection_worker.rules.evaluation import arm

BEGAN_AT = datetime(2026, 5, 4, 7, tzinfo=UTC)


def _found(*events: tuple[str, str, float], crossings: int = 0) -> Found:
    records = [
        EventRecord(uuid4(), kind, 1, BEGAN_AT + timedelta(seconds=second), None, 0.9, {"zone": at})
        for kind, at, second in events
    ]
    return Found({one.id: one for one in records}, Counter({(1, "forward"): crossings}))


WALKER, SAME_WALKER, LATER = ("intrusion", "a", 1.0), ("intrusion", "a", 2.0), ("intrusion", "a", 9)


@pytest.mark.parametrize(
    ("wanted", "found", "right", "wrong", "missed"),
    [(_found(WALKER), _found(SAME_WALKER), 1, 0, 0),
     (_found(WALKER), _found(LATER), 0, 1, 1),
     (_found(WALKER), _found(("intrusion", "b", 1.0)), 0, 1, 1),
     (_found(WALKER), _found(("crowd", "a", 1.0)), 0, 1, 1),
     (_found(WALKER, SAME_WALKER), _found(WALKER), 1, 0, 1),
     (_found(crossings=5), _found(crossings=3), 3, 0, 2),
     (_found(crossings=3), _found(crossings=5), 3, 2, 0)],
)  # fmt: skip
def test_each_event_is_found_once(
    wanted: Found, found: Found, right: int, wrong: int, missed: int
) -> None:
    score = compared(wanted, found)
    assert (score.right, score.wrong, score.missed) == (right, wrong, missed)


def test_where_nothing_is_to_be_found_nothing_is_lost() -> None:
    assert f1(compared(_found(), _found())) == 1.0


def test_its_rules_can_all_be_armed() -> None:
    assert arm(zones(), RULES, {}).off == {}
