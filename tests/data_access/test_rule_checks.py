"""Officers' checks pause a rule at a camera, by what the administrator has set."""

from datetime import datetime, timedelta

import pytest

from data_access import city, rule_checks
from data_access.database import Database
from data_access.domain.people import Role
from data_access.rule_checks import ALL_RULES, Bar, InvalidBar, NotAnAdministrator, Pause
from tests.small_city import SmallCity
from tests.support.violation_rows import NOON, put_violation

NOW = NOON + timedelta(hours=1)


def put_checks(
    owner: Database, confirmed: int, rejected: int, camera_id: int = 1, kind: str = "red_light",
    at: datetime = NOON,
) -> None:  # fmt: skip
    with owner.as_owner() as tx:
        for state, count in (("confirmed", confirmed), ("rejected", rejected)):
            for _ in range(count):
                put_violation(tx, camera_id=camera_id, kind=kind, state=state, at=at)


def set_bar(app: Database, city: SmallCity, rule: str, percent: float, checks: int) -> None:
    viewer = city.viewers[Role.ADMINISTRATOR]
    with app.as_viewer(viewer.scope) as tx:
        rule_checks.set_bar(tx, viewer, rule, Bar(percent, checks))


def paused(worker: Database, now: datetime = NOW) -> list[Pause]:
    with worker.as_worker() as tx:
        return rule_checks.pauses(tx, now)


def test_without_a_bar_nothing_is_paused(
    owner: Database, worker_database: Database, small_city: SmallCity
) -> None:
    put_checks(owner, 0, 30)
    assert paused(worker_database) == []


def test_a_rule_below_its_bar_is_paused_at_that_camera_alone(
    owner: Database, app_database: Database, worker_database: Database, small_city: SmallCity
) -> None:
    put_checks(owner, 4, 16)
    put_checks(owner, 18, 2, camera_id=2)
    put_checks(owner, 4, 16, kind="stop_line")
    set_bar(app_database, small_city, "red_light", 80, 20)
    (pause,) = paused(worker_database)
    assert pause == Pause(1, "red_light", 4, 20, 80)
    assert pause.reason == "paused: 4 of 20 confirmed, 80 % wanted"


@pytest.mark.parametrize(
    ("confirmed", "rejected", "checks", "expected"),
    [(4, 15, 20, 0), (4, 16, 20, 1), (16, 4, 20, 0), (15, 5, 20, 1), (0, 1, 1, 1)],
)
def test_it_takes_enough_checks_and_too_few_confirmations(
    owner: Database, app_database: Database, worker_database: Database, small_city: SmallCity,
    confirmed: int, rejected: int, checks: int, expected: int,
) -> None:  # fmt: skip
    put_checks(owner, confirmed, rejected)
    set_bar(app_database, small_city, ALL_RULES, 80, checks)
    assert len(paused(worker_database)) == expected


def test_a_rule_s_own_bar_comes_before_that_of_all(
    owner: Database, app_database: Database, worker_database: Database, small_city: SmallCity
) -> None:
    put_checks(owner, 10, 10)
    set_bar(app_database, small_city, ALL_RULES, 80, 20)
    set_bar(app_database, small_city, "red_light", 40, 20)
    assert paused(worker_database) == []


def test_a_fine_that_was_paid_counts_for_the_rule_and_one_cancelled_against_it(
    owner: Database, app_database: Database, worker_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        for state in ("paid", "issued", "contested", "cancelled", "detected"):
            put_violation(tx, state=state)
    set_bar(app_database, small_city, ALL_RULES, 90, 4)
    (pause,) = paused(worker_database)
    assert (pause.confirmed, pause.checked) == (3, 4)


def test_old_checks_no_longer_count_so_a_paused_rule_is_tried_again(
    owner: Database, app_database: Database, worker_database: Database, small_city: SmallCity
) -> None:
    put_checks(owner, 0, 20)
    set_bar(app_database, small_city, ALL_RULES, 80, 20)
    assert len(paused(worker_database)) == 1
    assert paused(worker_database, NOW + timedelta(days=31)) == []


def test_whoever_has_mended_a_zone_lets_the_rule_go_on_at_once(
    owner: Database, app_database: Database, worker_database: Database, small_city: SmallCity
) -> None:
    put_checks(owner, 0, 20)
    put_checks(owner, 0, 20, camera_id=2)
    set_bar(app_database, small_city, ALL_RULES, 80, 20)
    viewer = small_city.viewers[Role.ADMINISTRATOR]
    with app_database.as_viewer(viewer.scope) as tx:
        rule_checks.resume(tx, viewer, 1, "red_light", NOW)
    assert [pause.camera_id for pause in paused(worker_database)] == [2]


def test_a_bar_can_be_taken_away(
    owner: Database, app_database: Database, worker_database: Database, small_city: SmallCity
) -> None:
    put_checks(owner, 0, 20)
    set_bar(app_database, small_city, ALL_RULES, 80, 20)
    viewer = small_city.viewers[Role.ADMINISTRATOR]
    with app_database.as_viewer(viewer.scope) as tx:
        rule_checks.set_bar(tx, viewer, ALL_RULES, None)
    assert paused(worker_database) == []


@pytest.mark.parametrize("bar", [Bar(0, 20), Bar(101, 20), Bar(80, 0)])
def test_an_impossible_bar_is_refused(
    app_database: Database, small_city: SmallCity, bar: Bar
) -> None:
    viewer = small_city.viewers[Role.ADMINISTRATOR]
    with app_database.as_viewer(viewer.scope) as tx, pytest.raises(InvalidBar, match="percent"):
        rule_checks.set_bar(tx, viewer, "red_light", bar)


def test_only_the_administrator_sets_it(app_database: Database, small_city: SmallCity) -> None:
    viewer = small_city.viewers[Role.OPERATOR]
    with app_database.as_viewer(viewer.scope) as tx:
        with pytest.raises(NotAnAdministrator):
            rule_checks.set_bar(tx, viewer, "red_light", Bar(80, 20))
        with pytest.raises(NotAnAdministrator):
            rule_checks.resume(tx, viewer, 1, "red_light", NOW)


@pytest.mark.parametrize(
    "row",
    ["80", [], {"bars": []}, {"bars": {"*": {"precision_percent": "80"}}},
     {"bars": {"*": {"precision_percent": 80, "least_checks": 1}}, "days": "x", "resumed": {"1/red_light": "noon"}}],
)  # fmt: skip
def test_a_row_that_somebody_wrote_by_hand_stops_no_worker(
    owner: Database, worker_database: Database, small_city: SmallCity, row: object
) -> None:
    put_checks(owner, 0, 1)
    with owner.as_owner() as tx:
        city.put(tx, rule_checks.KEY, row)
    assert len(paused(worker_database)) == (1 if isinstance(row, dict) and "days" in row else 0)
