"""Zones as rows: what is kept, what is refused, and for whom."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from data_access import zones
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.watch import Calibration, Schedule, Zone, ZoneShape
from data_access.errors import InvalidZone, RowRefused
from tests.small_city import SmallCity

YARD = Zone(0, "Двор №4", "crowd", ZoneShape.POLYGON, ((0.1, 0.1), (0.9, 0.1), (0.5, 0.9)))


def test_a_zone_is_added_replaced_and_removed_by_a_viewer_of_its_district(
    app_database: Database, small_city: SmallCity
) -> None:
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        number = zones.save(tx, 1, YARD)
        changed = replace(YARD, id=number, name="Yard", schedule=Schedule(to_min=60))
        assert zones.save(tx, 1, changed) == number
        assert zones.zones_of(tx, [1]) == {1: (changed,)}
        zones.remove(tx, number)
        assert zones.zones_of(tx, None) == {}


def test_a_zone_of_a_camera_outside_the_scope_is_refused(
    app_database: Database, small_city: SmallCity
) -> None:
    for zone in (YARD, replace(YARD, id=1)):
        scope = small_city.scope(Role.CHIEF)
        with (
            pytest.raises(RowRefused, match="no camera 4 here"),
            app_database.as_viewer(scope) as tx,
        ):
            zones.save(tx, 4, zone)


def test_a_zone_does_not_wander_to_another_camera(owner: Database, small_city: SmallCity) -> None:
    with owner.as_owner() as tx:
        number = zones.save(tx, 1, YARD)
    with pytest.raises(RowRefused, match=f"no zone {number}"), owner.as_owner() as tx:
        zones.save(tx, 2, replace(YARD, id=number))


def test_a_zone_that_crosses_itself_is_refused_by_its_name_and_nothing_is_kept(
    owner: Database, small_city: SmallCity
) -> None:
    bow = replace(YARD, points=((0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)))
    sentence = "The zone Двор №4 crosses itself. Draw its points in order"
    with pytest.raises(InvalidZone, match=sentence), owner.as_owner() as tx:
        zones.save(tx, 1, bow)
    with owner.as_owner() as tx:
        assert tx.scalar(text("SELECT count(*) FROM zones")) == 0


def test_a_name_with_braces_quotes_and_tags_breaks_no_sentence(
    owner: Database, small_city: SmallCity
) -> None:
    odd = replace(YARD, name="{0} <script>'\"", points=())
    with pytest.raises(InvalidZone, match=r"The zone \{0\} <script>'\" has too few points"):
        zones.check(odd)
    with owner.as_owner() as tx:
        zones.save(tx, 1, replace(odd, points=YARD.points))
        assert zones.zones_of(tx, None)[1][0].name == odd.name


def test_a_calibration_is_replaced_and_needs_four_pairs(
    owner: Database, small_city: SmallCity
) -> None:
    four = ((0.1, 0.9), (0.9, 0.9), (0.7, 0.4), (0.3, 0.4))
    with owner.as_owner() as tx:
        zones.calibrate(tx, 1, Calibration(four, ((0, 0), (7, 0), (7, 40), (0, 40))))
        zones.calibrate(tx, 1, Calibration(four, ((0, 0), (8, 0), (8, 40), (0, 40))))
        pairs = tx.scalar(text("SELECT pairs FROM calibrations"))
    assert zones.calibration_of(pairs) == Calibration(
        four, ((0.0, 0.0), (8.0, 0.0), (8.0, 40.0), (0.0, 40.0))
    )
    sentence = "4 pairs of points or more; 3 were given"
    with pytest.raises(InvalidZone, match=sentence), owner.as_owner() as tx:
        zones.calibrate(tx, 1, Calibration(four[:3], four[:3]))


def test_a_schedule_with_gaps_means_always() -> None:
    assert zones.schedule_of({}) == Schedule()
    assert zones.schedule_of({"from_min": 60}) == Schedule(from_min=60)
