"""Twelve months of a city: rhythms, consistent courses, fines of the day, equal sums."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

from data_access.domain.events import EVENT_KINDS, TRANSITIONS, Response
from data_access.domain.explanations import EXPLANATIONS
from data_access.fines import to_pay_tenge
from demo.history import History
from demo.history.course import STATES, Course
from demo.history.happenings import KINDS, NOWHERE
from demo.history.incidents import URGENT
from demo.history.rhythm import LOCAL_AHEAD, local_days
from demo.history.trial import EFFECT
from demo.history.units import STATES as UNIT_STATES
from tests.demo.built import LITTERING_SINCE, NOW, city, history

CITY = "kosshy"
PLACEHOLDER = re.compile(r"\{(\w+)\}")

LOCAL_PLATE = re.compile(r"\d{3} [A-Z]{2,3} (0[1-9]|1\d|20)")
OLD_PLATE = re.compile(r"[A-Z] \d{3} [A-Z]{3}")


def courses(past: History) -> Iterator[tuple[Response, np.ndarray, Course]]:
    yield Response.VIOLATION, past.violations.rows, past.violations.course
    yield Response.INCIDENT, past.incidents.rows, past.incidents.course
    yield Response.WORK_ORDER, past.work_orders.rows, past.work_orders.course


def histories(course: Course) -> list[list[tuple[np.datetime64, str]]]:
    """The states of each event with their times, in the order of time."""
    found: list[list[tuple[np.datetime64, str]]] = [[] for _ in course.started_at]
    for step in course.steps:
        for row, at in zip(step.rows, step.at, strict=True):
            found[row].append((at, STATES[step.state]))
    return found


# What happened


def test_a_city_has_exactly_the_events_of_its_profile() -> None:
    past = history(CITY).happenings
    counts = Counter(KINDS[kind] for kind in past.kind)

    assert counts == {stream.kind: stream.total for stream in city(CITY).profile.streams}


def test_kosshy_has_150_to_250_violations_a_day() -> None:
    assert 150 <= len(history(CITY).violations.rows) / 365 <= 250


def test_events_happen_within_the_year_and_end_before_now() -> None:
    past = history(CITY)
    started, ended = past.happenings.started_at, past.happenings.ended_at
    now = np.datetime64(NOW.replace(tzinfo=None), "us")

    assert (np.diff(started) >= np.timedelta64(0)).all()
    assert started[0] >= now - np.timedelta64(366, "D")
    assert (ended >= started).all()
    assert ended.max() <= now


def test_every_event_was_seen_by_a_camera_of_its_site_that_was_there() -> None:
    built, past = city(CITY), history(CITY).happenings
    seen = past.camera != NOWHERE
    camera = past.camera[seen]

    assert (built.cameras.site[camera] == past.site[seen]).all()
    assert (past.started_at[seen] >= built.cameras.installed_on[camera]).all()
    told = {KINDS[kind] for kind in past.kind[~seen]}
    assert told == {"call_102", "sos_press"}


def test_facts_are_those_that_a_telling_explanation_wants() -> None:
    past = history(CITY).happenings
    for number, kind in enumerate(KINDS):
        rows = np.flatnonzero(past.kind == number)
        facts = json.loads(past.documents[int(rows[0])].as_py())
        wanted = [set(PLACEHOLDER.findall(words)) for words in EXPLANATIONS[kind]]
        assert any(names and names <= set(facts) for names in wanted), kind


def test_speeds_lie_over_the_limit_and_fit_the_length_of_the_section() -> None:
    past = history(CITY).happenings
    for row in past.of_kind("section_speed")[:200]:
        facts = json.loads(past.documents[int(row)].as_py())
        speed = facts["length_m"] / facts["travel_s"] * 3.6
        assert speed == pytest.approx(facts["speed_kmh"], rel=0.01)
        assert facts["speed_kmh"] - facts["limit_kmh"] == past.over_kmh[row] > 10


def test_roads_have_two_rush_hours_and_quiet_nights() -> None:
    past = history(CITY).happenings
    rows = past.of_kind("red_light")
    local = past.started_at[rows] + LOCAL_AHEAD
    hours = np.bincount((local - local.astype("M8[D]")).astype("m8[h]").astype(int), minlength=24)

    assert hours[8] > hours[11] > hours[3] * 3
    assert hours[18] > hours[14]


def test_weekends_and_nights_differ_by_kind() -> None:
    past = history(CITY).happenings

    def weekend_share(kind: str) -> float:
        weekday = (local_days(past.started_at[past.of_kind(kind)]).astype(int) + 3) % 7
        return float(np.mean(weekday >= 5))

    assert weekend_share("red_light") < 0.27
    assert weekend_share("call_102") > 0.28
    intrusions = past.started_at[past.of_kind("intrusion")] + LOCAL_AHEAD
    hour = (intrusions - intrusions.astype("M8[D]")).astype("m8[h]").astype(int)
    assert ((hour >= 22) | (hour < 6)).all()


def test_plates_have_the_forms_of_the_country_and_mostly_its_own_regions() -> None:
    past = history(CITY)
    plates = [past.vehicles.plates[one] for one in past.happenings.vehicle if one != NOWHERE]
    local = [plate for plate in plates if LOCAL_PLATE.fullmatch(plate)]
    regions = Counter(plate[-2:] for plate in local)

    assert len(local) / len(plates) > 0.88
    assert any(OLD_PLATE.fullmatch(plate) for plate in plates)
    assert [region for region, _ in regions.most_common(2)] == ["03", "01"]
    assert not any(plate.startswith("000") for plate in plates)


def test_some_vehicles_offend_again_and_again() -> None:
    past = history(CITY).happenings
    offences = Counter(past.vehicle[past.vehicle != NOWHERE].tolist())

    assert max(offences.values()) > 20


# What became of it


@pytest.mark.parametrize("profile", ["kosshy", "shakhtinsk"])
def test_states_follow_each_other_as_they_may(profile: str) -> None:
    now = np.datetime64(NOW.replace(tzinfo=None), "us")
    for response, _, course in courses(history(profile)):
        for number, steps in enumerate(histories(course)):
            moments = [at for at, _ in steps]
            assert moments == sorted(moments)
            assert moments[-1] <= now
            for (_, before), (_, after) in pairwise(steps):
                assert after in TRANSITIONS[response][before]
            assert STATES[course.state[number]] == steps[-1][1]


def test_old_matters_are_finished_and_fresh_ones_wait() -> None:
    past = history(CITY).violations
    age = (past.course.now - past.course.started_at) / np.timedelta64(1, "D")
    detected = past.course.state == STATES.index("detected")

    assert not detected[age > 4].any()
    assert 20 <= int(detected.sum()) <= 400
    open_incidents = np.isnat(history(CITY).incidents.closed_at)
    assert 4 <= int(open_incidents.sum()) <= 30
    assert (np.datetime64(NOW.date()) - 2 < history(CITY).incidents.course.started_at)[
        open_incidents
    ].all()


def test_a_fine_is_that_of_its_kind_its_speed_and_its_day() -> None:
    past, found = history(CITY), history(CITY).violations
    for row in range(0, len(found.rows), 97):
        event = found.rows[row]
        kind = KINDS[past.happenings.kind[event]]
        day = local_days(past.happenings.started_at[event : event + 1])[0]
        expected = fine_of(kind, past.happenings.over_kmh[event], day)
        if expected is None:
            assert np.isnan(found.fine_tenge[row])
            assert np.isnat(found.issued_at[row])
        else:
            index = 4325 if day >= np.datetime64("2026-01-01") else 3932
            assert found.mci_count[row] == expected
            assert found.mci_tenge[row] == index
            assert found.fine_tenge[row] == expected * index


def fine_of(kind: str, over_kmh: float, day: np.datetime64) -> int | None:
    if kind in ("spot_speed", "section_speed"):
        return 5 if over_kmh < 20 else 10 if over_kmh < 40 else 20 if over_kmh < 60 else 40
    if kind == "littering":
        return 10 if day >= np.datetime64(LITTERING_SINCE) else None
    others = {
        "red_light": 10, "crosswalk_yield": 10, "oncoming_lane": 20, "no_stopping": 3,
        "jaywalking": 3,
    }  # fmt: skip
    return others.get(kind)


def test_half_is_paid_within_seven_days_and_all_of_it_later() -> None:
    found = history(CITY).violations
    paid = np.flatnonzero(~np.isnat(found.paid_at))
    halves = 0
    for row in paid[::41]:
        issued, at = (moment[row].item() for moment in (found.issued_at, found.paid_at))
        whole = int(found.fine_tenge[row])
        due = to_pay_tenge(whole, issued.replace(tzinfo=NOW.tzinfo), at.replace(tzinfo=NOW.tzinfo))
        assert found.paid_tenge[row] == due
        halves += due < whole
    assert 0.6 < halves / len(paid[::41]) < 0.95
    assert np.isnan(found.paid_tenge[np.isnat(found.paid_at)]).all()


def test_some_fines_are_contested_and_some_of_these_cancelled() -> None:
    found = history(CITY).violations
    contested = ~np.isnat(found.contested_at)
    cancelled = ~np.isnat(found.cancelled_at)

    assert 0.01 < contested.mean() < 0.06
    assert (contested & cancelled).any()
    assert (contested & ~np.isnat(found.paid_at)).any()
    assert not (cancelled & ~np.isnat(found.paid_at)).any()


def test_urgent_incidents_are_acknowledged_sooner() -> None:
    past = history(CITY)
    waited = past.incidents.acknowledged_at - past.incidents.course.started_at
    urgent = URGENT[past.happenings.kind[past.incidents.rows]]
    known = ~np.isnat(waited)

    assert np.median(waited[known & urgent]) < np.median(waited[known & ~urgent])
    assert np.median(waited[known]) < np.timedelta64(2, "m")


def test_units_under_way_are_those_of_open_incidents() -> None:
    past = history(CITY)
    found = past.incidents
    open_ = ~np.isnat(found.dispatched_at) & np.isnat(found.resolved_at)
    busy = {UNIT_STATES.index("on_way"), UNIT_STATES.index("on_scene")}

    assert open_.any()
    assert set(past.units.state[found.unit[open_]].tolist()) <= busy
    assert (np.isin(past.units.state, list(busy)).sum()) == len(set(found.unit[open_].tolist()))


def test_some_work_orders_are_overdue_some_late_and_some_were_reopened() -> None:
    found = history(CITY).work_orders
    overdue = np.isnat(found.done_at) & (found.deadline_at < found.course.now)
    late = found.done_at > found.deadline_at
    reopened = [step for step in found.course.steps if STATES[step.state] == "reopened"]

    assert overdue.sum() >= 2
    assert 0.02 < late.mean() < 0.25
    assert sum(len(step.rows) for step in reopened) > 20
    assert (~np.isnat(found.verified_at)).mean() > 0.9


# Calls


def test_each_incident_of_a_call_has_its_call_and_most_are_of_three_matters() -> None:
    past = history(CITY)
    calls = past.calls
    opens = calls.event[calls.event != NOWHERE]

    assert sorted(opens.tolist()) == list(range(len(past.opened)))
    assert (calls.called_at[calls.event != NOWHERE] == past.opened.started_at[opens]).all()
    topics = list(city(CITY).profile.call_topics)
    most = [topics[topic] for topic, _ in Counter(calls.topic.tolist()).most_common(3)]
    assert most == ["parking", "family_dispute", "beggars"]


def test_the_line_is_called_as_often_as_the_city_calls_it() -> None:
    wanted = city(CITY).profile.calls_a_day

    assert len(history(CITY).calls.ids) / 365.6 == pytest.approx(wanted, rel=0.05)


def test_the_changed_site_has_fewer_calls_than_the_compared_ones_by_the_true_effect() -> None:
    built, past = city(CITY), history(CITY).opened
    after = local_days(past.started_at) >= np.datetime64(built.trial.on)

    def ratio(sites: tuple[int, ...]) -> float:
        own = np.isin(past.site, sites)
        return float((own & after).sum() / (own & ~after).sum())

    effect = ratio((built.trial.site,)) / ratio(built.trial.compared)
    assert EFFECT - 0.2 < effect < EFFECT + 0.2
    assert 0.8 < ratio(built.trial.compared) < 1.25
    assert built.trial.on == built.today - timedelta(weeks=26)


# Sums


@pytest.mark.parametrize("profile", ["kosshy", "shakhtinsk"])
def test_sums_are_equal_to_the_events(profile: str) -> None:
    built, past = city(profile), history(profile)
    events = past.happenings
    hours = events.started_at.astype("M8[h]").astype("M8[us]")
    districts = built.districts_of(events.site)
    by_hour = Counter(zip(hours.tolist(), districts.tolist(), events.kind.tolist(), strict=True))
    by_day = Counter(
        zip(
            local_days(events.started_at).tolist(), events.site.tolist(), events.kind.tolist(),
            strict=True,
        )
    )  # fmt: skip
    hourly, daily = past.hourly, past.daily

    keys = zip(hourly.hour_at.tolist(), hourly.district.tolist(), hourly.kind.tolist(), strict=True)
    assert dict(zip(keys, hourly.events.tolist(), strict=True)) == by_hour
    keys = zip(daily.day.tolist(), daily.site.tolist(), daily.kind.tolist(), strict=True)
    assert dict(zip(keys, daily.events.tolist(), strict=True)) == by_day


def test_days_of_traffic_are_the_sums_of_their_hours() -> None:
    past = history(CITY)
    hourly, daily = past.traffic_hourly, past.traffic_daily

    def totals(day: np.ndarray, sums: object) -> dict[tuple[object, ...], int]:
        found: Counter[tuple[object, ...]] = Counter()
        rows = zip(
            day.tolist(), sums.camera.tolist(), sums.label.tolist(), sums.direction.tolist(),
            sums.count.tolist(), strict=True,
        )  # fmt: skip
        for *key, count in rows:
            found[tuple(key)] += count
        return found

    from_hours = totals(local_days(hourly.at), hourly)
    first = min(day for day, *_ in from_hours)
    recent = {key: n for key, n in totals(daily.at, daily).items() if key[0] >= first}
    assert recent == from_hours
    assert len(np.unique(daily.at)) == 366


def test_live_cameras_have_no_invented_traffic() -> None:
    built, past = city(CITY), history(CITY)
    firsts = {int(built.cameras_of(purpose)[0]) for purpose in ("crossroads", "sections")}

    assert not firsts & set(past.traffic_daily.camera.tolist())


def test_plates_of_violations_were_read_in_passing() -> None:
    past = history(CITY)
    reads = past.reads
    read = set(zip(reads.vehicle.tolist(), reads.read_at.tolist(), strict=True))
    happened = zip(
        past.happenings.vehicle.tolist(), past.happenings.started_at.tolist(), strict=True
    )

    assert sum(passage in read for passage in happened) > 500
    assert reads.read_at.min() >= past.year.now - np.timedelta64(14, "D")


# Health


def test_a_few_cameras_are_down_and_outages_of_one_camera_do_not_overlap() -> None:
    past = history(CITY)
    gone = past.outages
    ends = np.where(gone.open(), past.year.now, gone.ended_at)
    same = gone.camera[1:] == gone.camera[:-1]

    assert 0.01 < gone.open().sum() / 1500 < 0.05
    assert (gone.started_at[1:][same] > ends[:-1][same]).all()
    assert (ends > gone.started_at).all()


def test_camera_hours_are_what_outages_leave_of_the_days() -> None:
    built, past = city(CITY), history(CITY)
    gone, hours = past.outages, past.camera_hours
    lost = np.where(gone.open(), past.year.now, gone.ended_at) - gone.started_at
    working = (~np.isnat(built.cameras.installed_on)).sum() - len(
        built.cameras.of_site(built.trial.site)
    )
    whole = float(past.year.lasted.sum()) * working
    own = hours.site != built.trial.site
    lost_h = float(
        (lost[built.cameras.site[gone.camera] != built.trial.site]).sum() / np.timedelta64(1, "h")
    )

    assert hours.online_hours[own].sum() == pytest.approx(whole - lost_h, rel=1e-4)
    assert hours.online_hours.min() >= 0
    assert hours.day[hours.site == built.trial.site].min() == np.datetime64(built.trial.on)


def test_no_event_kind_is_left_without_a_stream_in_kosshy() -> None:
    assert {stream.kind for stream in city(CITY).profile.streams} == set(EVENT_KINDS)


# The other cities


def test_shakhtinsk_has_revealed_more_than_80_offences() -> None:
    found = history("shakhtinsk").violations
    rejected = found.course.state == STATES.index("rejected")

    assert 80 < len(found.rows) < 100
    assert (~rejected).sum() >= 70


def test_almaty_has_360000_violations_of_which_2_3_billion_were_paid() -> None:
    built, past = city("almaty"), history("almaty")
    places = set(built.sites_of("crossroads", "sections").tolist())
    found = past.violations

    assert len(found.rows) == 360_000
    assert set(np.unique(past.happenings.site[found.rows]).tolist()) <= places
    assert np.nansum(found.paid_tenge) == pytest.approx(2_300_000_000, rel=1e-4)
