"""One demonstration city in PostgreSQL: whole, consistent, the same every time."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from data_access import cameras
from data_access import city as city_settings
from data_access.before_after import plan
from data_access.database import Database, Transaction
from data_access.domain.people import Scope
from demo.columns import tables
from demo.errors import CityIsThere, UnknownCity
from demo.feeds import SCENE_SCHEME
from demo.places.live import SCENE_AT
from demo.seeding import seed
from tests.demo.built import NOW, SEED, city, history
from tests.demo.test_cities import written
from tests.postgres import TestServer, role_url

Ask = Callable[[str], object]


@pytest.fixture(scope="module")
def seeded(test_server: TestServer) -> Iterator[Database]:
    """Kosshy as ``up`` makes it."""
    with test_server.clone() as url:
        owner = Database(url)
        try:
            with owner.as_owner() as tx:
                before = _indexes(tx), _references(tx)
            seed(owner, "kosshy", SEED, NOW)
            with owner.as_owner() as tx:
                assert _indexes(tx) >= before[0]
                assert _references(tx) == before[1]
            yield owner
        finally:
            owner.close()


@pytest.fixture
def ask(seeded: Database) -> Iterator[Ask]:
    """One value from the seeded city."""
    with seeded.as_owner() as tx:
        yield lambda words: tx.scalar(text(words))


def _indexes(tx: Transaction) -> set[tuple[str, str]]:
    """Table by table the definitions of its indexes, without the indexes' names."""
    rows = tx.execute(
        text(
            "SELECT tablename, regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON')"
            " FROM pg_indexes WHERE schemaname = 'public'"
        )
    )
    return {(row[0], row[1]) for row in rows}


def _references(tx: Transaction) -> set[tuple[str, str, str]]:
    rows = tx.execute(
        text(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def test_kosshy_is_there_with_its_cameras_and_its_people(ask: Ask) -> None:
    assert ask("SELECT count(*) FROM cameras") == 1500
    assert ask("SELECT count(*) FROM cameras WHERE origin = 'new'") == 1000
    assert ask("SELECT count(*) FROM sos_buttons") == 2
    assert ask("SELECT count(*) FROM programmes") == 2
    assert ask("SELECT count(DISTINCT camera_id) FROM camera_programmes") == 1500
    assert ask("SELECT count(*) FROM feed_status") == 1500
    assert ask("SELECT bool_and(disabled) FROM viewers") is True


def test_sums_are_equal_to_the_events(ask: Ask) -> None:
    hourly = """
        SELECT count(*) FROM events_hourly FULL JOIN (
            SELECT date_trunc('hour', started_at, 'UTC') hour_at, district_id, kind, response,
                   count(*) events FROM events GROUP BY 1, 2, 3, 4) counted
        USING (hour_at, district_id, kind, response, events)
        WHERE counted.kind IS NULL OR events_hourly.kind IS NULL"""
    daily = """
        SELECT count(*) FROM events_daily FULL JOIN (
            SELECT CAST(started_at AT TIME ZONE 'Asia/Almaty' AS date) AS day, site_id, kind,
                   district_id, response, count(*) events FROM events GROUP BY 1, 2, 3, 4, 5) counted
        USING (day, site_id, kind, district_id, response, events)
        WHERE counted.kind IS NULL OR events_daily.kind IS NULL"""

    assert ask(hourly) == 0
    assert ask(daily) == 0
    assert ask("SELECT sum(events) FROM events_daily") == ask("SELECT count(*) FROM events")


def test_every_event_has_one_response_and_a_history_that_ends_in_its_state(ask: Ask) -> None:
    missing = """
        SELECT count(*) FROM events
        LEFT JOIN violations ON violations.event_id = events.id
        LEFT JOIN incidents ON incidents.event_id = events.id
        LEFT JOIN work_orders ON work_orders.event_id = events.id
        WHERE (response = 'violation') <> (violations.event_id IS NOT NULL)
           OR (response = 'incident') <> (incidents.event_id IS NOT NULL)
           OR (response = 'work_order') <> (work_orders.event_id IS NOT NULL)"""
    last = """
        SELECT count(*) FROM events LEFT JOIN LATERAL (
            SELECT state FROM event_states WHERE event_id = events.id
            ORDER BY at DESC, id DESC LIMIT 1) latest ON true
        WHERE latest.state IS DISTINCT FROM events.state"""

    assert ask(missing) == 0
    assert ask(last) == 0


def test_districts_agree_all_the_way_from_site_to_sum(ask: Ask) -> None:
    for table, key in (
        ("cameras", "site_id"), ("events", "site_id"), ("events_daily", "site_id"),
        ("camera_hours_daily", "site_id"), ("linear_sections", "site_id"),
    ):  # fmt: skip
        wrong = f"""SELECT count(*) FROM {table} part JOIN sites ON sites.id = part.{key}
                    WHERE part.district_id <> sites.district_id"""
        assert ask(wrong) == 0, table


def test_cameras_that_are_down_have_an_outage_that_lasts(ask: Ask) -> None:
    wrong = """
        SELECT count(*) FROM feed_status FULL JOIN
            (SELECT * FROM feed_outages WHERE ended_at IS NULL) outage USING (camera_id)
        WHERE (feed_status.state IN ('offline', 'stalled', 'broken')) <> (outage.id IS NOT NULL)
           OR outage.started_at <> feed_status.since_at OR outage.reason <> feed_status.reason"""

    assert ask(wrong) == 0
    assert 15 < int(str(ask("SELECT count(*) FROM feed_outages WHERE ended_at IS NULL"))) < 75


def test_events_lie_in_partitions_of_their_months(ask: Ask) -> None:
    assert ask("SELECT count(*) FROM events_default") == 0
    assert ask("SELECT count(*) FROM plate_reads_default") == 0


def test_numbers_go_on_after_those_of_the_city(seeded: Database) -> None:
    with seeded.as_owner() as tx:
        for table in ("districts", "sites", "cameras", "units", "feed_outages"):
            following = tx.scalar(text(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))"))
            assert following > tx.scalar(text(f"SELECT max(id) FROM {table}"))


def test_six_cameras_show_scenes_with_their_zones_and_calibrations(seeded: Database) -> None:
    with seeded.as_owner() as tx:
        watched = cameras.watched(tx)
        connecting = tx.scalar(text("SELECT count(*) FROM feed_status WHERE state = 'connecting'"))

    assert [one.feed_url for one in watched] == [
        f"{SCENE_SCHEME}{name}?seed=1" for name in SCENE_AT
    ]
    assert all(one.detector == "motion" and one.loops for one in watched)
    assert all(one.zones and one.calibration for one in watched)
    assert connecting == 6


def test_the_city_says_what_it_is(seeded: Database) -> None:
    with seeded.as_owner() as tx:
        assert city_settings.value(tx, "demonstration") == "kosshy"
        names = city_settings.value(tx, "city")
        drawing = city_settings.value(tx, "drawing")
        trial = plan(tx)

    assert (names["ru"], names["kk"], names["en"]) == ("Косшы", "Қосшы", "Kosshy")
    assert drawing["water"][0][0] == drawing["water"][0][-1]
    assert trial is not None
    assert trial.on == city("kosshy").trial.on


def test_a_chief_sees_the_violations_of_one_district(seeded: Database) -> None:
    app = Database(role_url(seeded.url, "qala_app"))
    try:
        with app.as_viewer(Scope(viewer_id=1, districts=frozenset({2}))) as tx:
            districts = tx.scalars(text("SELECT DISTINCT district_id FROM violations")).all()
    finally:
        app.close()

    assert districts == [2]


def test_a_city_is_not_put_over_another(seeded: Database) -> None:
    with pytest.raises(CityIsThere):
        seed(seeded, "shakhtinsk", SEED, NOW)


def test_a_city_that_nobody_knows_is_refused_with_those_that_are_known(owner: Database) -> None:
    with pytest.raises(UnknownCity, match=r"atlantis.*kosshy"):
        seed(owner, "atlantis", SEED, NOW)


class Interrupted(Exception):
    pass


def test_an_interrupted_seed_leaves_the_database_empty_and_whole(owner: Database) -> None:
    with owner.as_owner() as tx:
        before = _indexes(tx), _references(tx)
    steps: list[str] = []

    def interrupt(step: str) -> None:
        steps.append(step)
        if len(steps) == 4:
            raise Interrupted

    with pytest.raises(Interrupted):
        seed(owner, "shakhtinsk", SEED, NOW, interrupt)

    with owner.as_owner() as tx:
        assert city_settings.is_empty(tx)
        assert (_indexes(tx), _references(tx)) == before
    seed(owner, "shakhtinsk", SEED, NOW)


def test_the_same_seed_and_moment_make_the_same_rows() -> None:
    first = _fingerprint()
    city.cache_clear()
    history.cache_clear()

    assert _fingerprint() == first


def _fingerprint() -> dict[str, str]:
    built, past = city("shakhtinsk"), history("shakhtinsk")
    return {
        table: hashlib.sha256(
            repr([(name, list(column)) for name, column in columns.items()]).encode()
        ).hexdigest()
        for table, columns in tables(built, past, written(built))
    }


def test_a_later_start_makes_a_later_year(owner: Database) -> None:
    later = NOW + timedelta(days=40)
    seed(owner, "shakhtinsk", SEED, later)

    with owner.as_owner() as tx:
        newest = tx.scalar(text("SELECT max(started_at) FROM events"))
    assert later - timedelta(days=2) < newest < later
