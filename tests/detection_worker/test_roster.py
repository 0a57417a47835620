"""The roster brings cameras from the database, with the rules that officers' checks pause."""

from datetime import datetime, timedelta
from pathlib import Path

from data_access import city, rule_checks
from data_access.database import Database
from detection_worker.outbox import Outbox
from detection_worker.roster import PAUSES_EVERY, Roster
from tests.small_city import SmallCity
from tests.support.violation_rows import NOON, put_violation


def test_a_rule_that_officers_reject_is_paused_and_after_a_month_tried_again(
    owner: Database, worker_database: Database, small_city: SmallCity, tmp_path: Path
) -> None:
    clock = [NOON + timedelta(hours=1)]

    def now() -> datetime:
        return clock[0]

    with owner.as_owner() as tx:
        for number in range(20):
            put_violation(tx, state="confirmed" if number < 4 else "rejected")
        bars = {"*": {"precision_percent": 80, "least_checks": 20}}
        city.put(tx, rule_checks.KEY, {"bars": bars})
    outbox = Outbox(tmp_path / "outbox")
    roster = Roster(worker_database.as_worker, outbox, lambda: (), now=now)
    first, second, *_others = roster.read()
    assert first.paused == {"red_light": "paused: 4 of 20 confirmed, 80 % wanted"}
    assert second.paused == {}
    clock[0] += timedelta(days=31)
    assert not any(camera.paused for camera in roster.read())
    outbox.close()


def test_checks_are_summed_up_once_a_minute(
    owner: Database, worker_database: Database, small_city: SmallCity, tmp_path: Path
) -> None:
    clock = [NOON + timedelta(hours=1)]
    with owner.as_owner() as tx:
        put_violation(tx, state="rejected")
    outbox = Outbox(tmp_path / "outbox")
    roster = Roster(worker_database.as_worker, outbox, lambda: (), now=lambda: clock[0])
    assert roster.read()[0].paused == {}
    with owner.as_owner() as tx:
        bars = {"red_light": {"precision_percent": 80, "least_checks": 1}}
        city.put(tx, rule_checks.KEY, {"bars": bars})
    assert roster.read()[0].paused == {}
    clock[0] += PAUSES_EVERY
    assert "red_light" in roster.read()[0].paused
    outbox.close()
