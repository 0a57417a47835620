"""Findings become events: opened, extended, closed, and never twice."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.event_desk import (
    EXTEND_EVERY_S,
    MOST_TRACKS,
    Change,
    EventChange,
    EventDesk,
)
from detection_worker.rules.scene import Finding, PlateGuess
from tests.detection_worker.tracking.sightings import START, at


def a_finding(**changes: Any) -> Finding:
    usual = Finding("crowd", "zone 1", 1, (1,), 0.5, {"people": 10}, hold_s=0.0, gap_s=2.0)
    return replace(usual, **changes)


def told(desk: EventDesk, seconds: float, *findings: Finding) -> list[Change]:
    return [change.change for change in desk.report(1, at(seconds), findings)]


def test_a_finding_that_need_not_hold_is_an_event_at_once() -> None:
    (change,) = EventDesk().report(1, START, [a_finding()])
    record = change.record
    assert change.change is Change.OPENED
    assert (record.kind, record.camera_id, record.started_at) == ("crowd", 1, START)
    assert (record.ended_at, record.confidence, record.facts) == (None, 0.5, {"people": 10})


def test_a_finding_must_hold_before_it_is_an_event_that_began_with_the_first_sight() -> None:
    desk, finding = EventDesk(), a_finding(hold_s=3.0)
    assert [told(desk, second, finding) for second in range(3)] == [[], [], []]
    (opened,) = desk.report(1, at(3), [finding])
    assert opened.record.started_at == START


def test_what_is_interrupted_while_it_must_hold_begins_anew() -> None:
    desk, finding = EventDesk(), a_finding(hold_s=3.0)
    told(desk, 0, finding)
    told(desk, 2, finding)
    assert told(desk, 5, finding) == []
    assert told(desk, 7, finding) == []
    assert told(desk, 8, finding) == [Change.OPENED]


def test_a_gap_shorter_than_allowed_keeps_it_one_event() -> None:
    desk = EventDesk()
    told(desk, 0, a_finding())
    assert told(desk, 1) == []
    assert told(desk, 2, a_finding()) == []
    assert told(desk, 4.1) == [Change.CLOSED]


def test_it_ends_when_it_was_last_seen() -> None:
    desk = EventDesk()
    for seconds in (0, 1, 2):
        told(desk, seconds, a_finding())
    (closed,) = desk.report(1, at(9), [])
    assert closed.record.ended_at == at(2)


def test_seen_again_after_its_end_it_is_another_event() -> None:
    desk = EventDesk()
    first = desk.report(1, at(0), [a_finding()])[0].record.id
    changes = desk.report(1, at(10), [a_finding()])
    assert [change.change for change in changes] == [Change.CLOSED, Change.OPENED]
    assert changes[0].record.id == first != changes[1].record.id


def test_two_matters_are_two_events_and_two_cameras_too() -> None:
    desk = EventDesk()
    assert told(desk, 0, a_finding(), a_finding(matter="zone 2")) == [Change.OPENED] * 2
    assert len(desk.report(2, at(0), [a_finding()])) == 1


def test_it_is_written_again_when_it_grows_but_not_at_every_frame() -> None:
    desk = EventDesk()
    told(desk, 0, a_finding())
    grown = [
        told(desk, tenth / 10, a_finding(confidence=0.5 + tenth / 1000, track_ids=(1, tenth)))
        for tenth in range(1, 121)
    ]
    written = [change for changes in grown for change in changes]
    assert written == [Change.EXTENDED] * int(12 / EXTEND_EVERY_S)


def test_the_strongest_finding_gives_the_facts_and_all_tracks_are_named() -> None:
    desk = EventDesk()
    told(desk, 0, a_finding())
    told(desk, 1, a_finding(confidence=0.9, facts={"people": 30}, track_ids=(2, 3)))
    told(desk, 2, a_finding(confidence=0.6, facts={"people": 12}, track_ids=(3, 4)))
    (closed,) = desk.report(1, at(9), [])
    assert closed.record.facts == {"people": 30}
    assert closed.record.confidence == 0.9
    assert closed.record.track_ids == (1, 2, 3, 4)


def test_a_crowd_of_a_day_names_its_first_tracks_only() -> None:
    desk = EventDesk()
    for number in range(3 * MOST_TRACKS):
        told(desk, number / 10, a_finding(track_ids=(number,)))
    assert desk.leave(1)[0].record.track_ids == tuple(range(MOST_TRACKS))


def test_a_camera_that_is_left_closes_its_events_and_no_others() -> None:
    desk = EventDesk()
    told(desk, 0, a_finding(), a_finding(kind="intrusion", hold_s=5.0))
    desk.report(2, at(0), [a_finding()])
    left = desk.leave(1)
    assert [(c.change, c.record.ended_at) for c in left] == [(Change.CLOSED, START)]
    assert desk.leave(1) == []
    assert desk.open_kinds(2) == ("crowd",)


@pytest.mark.parametrize("back_s", [0.05, 1, 3600, 1_000_000])
def test_a_clock_that_goes_back_opens_nothing_twice_and_hangs_nothing(back_s: float) -> None:
    desk = EventDesk()
    told(desk, 0, a_finding())
    told(desk, 1, a_finding())
    assert told(desk, 1 - back_s, a_finding()) == []
    assert told(desk, 2 - back_s, a_finding()) == []
    (closed,) = desk.report(1, at(5 - back_s), [])
    assert closed.change is Change.CLOSED
    assert closed.record.ended_at is not None
    assert closed.record.ended_at >= closed.record.started_at


def test_a_clock_that_leaps_ahead_closes_what_was_open_at_its_last_sight() -> None:
    desk = EventDesk()
    told(desk, 0, a_finding())
    (closed, opened) = desk.report(1, at(3600), [a_finding()])
    assert closed.record.ended_at == START
    assert opened.record.started_at == at(3600)


STEPS = st.lists(
    st.tuples(
        st.floats(-20, 20),
        st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1), st.integers(1, 5)), max_size=4),
    ),
    max_size=40,
)


@given(STEPS, st.sampled_from([0.0, 0.5, 4.0]), st.sampled_from([0.0, 1.0, 5.0]))
def test_whatever_comes_each_event_is_opened_once_closed_once_and_never_backwards(
    steps: list[tuple[float, list[tuple[str, float, int]]]], hold_s: float, gap_s: float
) -> None:
    desk, changes, seconds = EventDesk(), [], 0.0
    for step_s, seen in steps:
        seconds += step_s
        findings = [
            a_finding(matter=m, confidence=c, track_ids=(t,), hold_s=hold_s, gap_s=gap_s)
            for m, c, t in seen
        ]
        changes += desk.report(1, at(seconds), findings)
        assert open_matters_are_single(changes)
    changes += desk.leave(1)
    by_id: dict[UUID, list[EventChange]] = {}
    for change in changes:
        by_id.setdefault(change.record.id, []).append(change)
    for life in by_id.values():
        assert [one.change for one in life[:1]] == [Change.OPENED]
        assert [one.change for one in life].count(Change.CLOSED) == 1
        assert life[-1].change is Change.CLOSED
        assert life[-1].record.ended_at is not None
        assert life[-1].record.ended_at >= life[-1].record.started_at
        assert len({one.record.started_at for one in life}) == 1


def open_matters_are_single(changes: list[EventChange]) -> bool:
    open_: dict[str, UUID] = {}
    for change in changes:
        matter = change.finding.matter
        if change.change is Change.OPENED:
            if matter in open_:
                return False
            open_[matter] = change.record.id
        elif change.change is Change.CLOSED and open_.pop(matter) != change.record.id:
            return False
    return True


@given(st.floats(0.1, 5), st.integers(1, 50))
def test_what_is_seen_without_a_break_is_one_event_from_first_to_last(
    step_s: float, times: int
) -> None:
    desk, changes = EventDesk(), []
    for number in range(times):
        changes += desk.report(1, at(number * step_s), [a_finding(gap_s=5.0)])
    changes += desk.leave(1)
    assert len({change.record.id for change in changes}) == 1
    ended_at = changes[-1].record.ended_at
    assert ended_at is not None
    assert abs(ended_at - at((times - 1) * step_s)) < timedelta(milliseconds=1)
    assert changes[0].record.started_at == datetime(2026, 5, 4, 7, 0, tzinfo=START.tzinfo)


def test_an_event_of_one_vehicle_has_its_plate_and_a_later_better_one() -> None:
    desk, finding = EventDesk(), a_finding()
    (opened,) = desk.report(1, at(0), [finding], {1: PlateGuess("123ABC02", 0.7)})
    assert opened.record.plate == "123ABC02"
    desk.report(1, at(1), [finding], {1: PlateGuess("128ABC02", 0.9)})
    desk.report(1, at(2), [finding], {1: PlateGuess("123ABC02", 0.8)})
    (closed,) = desk.report(1, at(9), [])
    assert closed.record.plate == "128ABC02"


def test_of_several_vehicles_none_lends_the_event_its_plate() -> None:
    plates = {1: PlateGuess("123ABC02", 0.7)}
    (opened,) = EventDesk().report(1, at(0), [a_finding(track_ids=(1, 2))], plates)
    assert opened.record.plate is None
