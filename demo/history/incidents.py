"""What became of incidents: acknowledged, a patrol sent, on scene, resolved, closed."""

from dataclasses import dataclass

import numpy as np

from data_access.domain.events import EVENT_KINDS, FIRST_STATE, Response
from data_access.domain.words import N_
from demo.chance import Chance, Flags, Moments, Numbers, chance
from demo.history.course import NEVER, NOBODY, Course, after, delays_s
from demo.history.happenings import KINDS, Happenings
from demo.history.rhythm import Year
from demo.history.units import ON_SCENE, ON_WAY, STATES, Units
from demo.places import City

MINUTE_S = 60.0
ACKNOWLEDGED_MEDIAN_S, URGENT_MEDIAN_S = 55.0, 18.0
SENT_MEDIAN_S, ON_SCENE_MEDIAN_S = 100.0, 8.5 * MINUTE_S
SENT_SHARE, FALSE_SHARE = 0.72, 0.06

SLOW_SHARE = 0.8
SLOW_HOURS, SLOW_LEAST, SLOW_MOST = np.timedelta64(7, "h"), 14, 60
"""Of the incidents of the last hours some take long: a centre is never without open ones."""

SLOW_KINDS = ("call_102", "crowd", "loitering", "collision", "abandoned_object", "intrusion")

WAITING = np.timedelta64(150, "m")
"""Of the slow ones, the youngest that are not urgent wait for an operator."""

URGENT = np.array([EVENT_KINDS[kind].urgent for kind in KINDS])


@dataclass(slots=True)
class Incidents:
    """The columns of incidents; ``rows`` are rows of the happenings, ``unit`` indices or -1."""

    rows: Numbers
    course: Course
    unit: Numbers
    acknowledged_at: Moments
    acknowledged_by: Numbers
    dispatched_at: Moments
    on_scene_at: Moments
    resolved_at: Moments
    closed_at: Moments


def follow_incidents(
    city: City, year: Year, happenings: Happenings, units: Units, operators: Numbers
) -> Incidents:
    """The course of all incidents; units that are under way now are shown so."""
    rows = happenings.of_response(Response.INCIDENT)
    source = chance(city.seed, "incidents")
    count = len(rows)
    course = Course(happenings.started_at[rows], year.now, FIRST_STATE[Response.INCIDENT])
    operator = operators[source.integers(0, len(operators), count)]
    urgent = URGENT[happenings.kind[rows]]
    slow = _slow(course, happenings.kind[rows], source)
    waits = slow & ~urgent & (year.now - course.started_at < WAITING)
    told = after(course.started_at, _until_acknowledged_s(urgent, source), ~waits)
    false = ~slow & (source.random(count) < FALSE_SHARE)
    refused = course.go(np.where(false, told, NEVER), "closed", operator, N_("False finding"))
    acknowledged = course.go(np.where(false, NEVER, told), "acknowledged", operator)
    unit = units.near("patrol", city.districts_of(happenings.site[rows]), source)
    sent = source.random(count) < SENT_SHARE
    dispatched = course.go(
        after(acknowledged, delays_s(source, count, SENT_MEDIAN_S), sent), "dispatched", operator
    )
    return _finish(
        _Begun(rows, course, operator, unit, acknowledged, dispatched, refused, slow), units, source
    )


@dataclass(frozen=True, slots=True)
class _Begun:
    """Incidents up to the sending of a patrol."""

    rows: Numbers
    course: Course
    operator: Numbers
    unit: Numbers
    acknowledged: Moments
    dispatched: Moments
    refused: Moments
    slow: Flags


def _finish(begun: _Begun, units: Units, source: Chance) -> Incidents:
    course, count = begun.course, len(begun.rows)
    held = np.where(begun.slow & (source.random(count) < 0.4), 9.0, 1.0)
    there = course.go(
        after(begun.dispatched, delays_s(source, count, ON_SCENE_MEDIAN_S, 0.45) * held),
        "on_scene", begun.operator,
    )  # fmt: skip
    sent = ~np.isnat(begun.dispatched)
    begin = np.where(sent, there, begun.acknowledged)
    work_s = delays_s(source, count, 16 * MINUTE_S, 0.6) * np.where(begun.slow, 60.0, 1.0)
    resolved = course.go(after(begin, work_s), "resolved", begun.operator)
    closed = course.go(
        after(resolved, delays_s(source, count, 7 * MINUTE_S)), "closed", begun.operator
    )
    _show_under_way(units, begun.unit, begun.dispatched, there, resolved)
    return Incidents(
        rows=begun.rows,
        course=course,
        unit=np.where(sent, begun.unit, NOBODY),
        acknowledged_at=begun.acknowledged,
        acknowledged_by=np.where(np.isnat(begun.acknowledged), NOBODY, begun.operator),
        dispatched_at=begun.dispatched,
        on_scene_at=there,
        resolved_at=resolved,
        closed_at=np.where(np.isnat(begun.refused), closed, begun.refused),
    )


def _slow(course: Course, kind: Numbers, source: Chance) -> Flags:
    """Which incidents take long: many of the last hours', or of the last few where it is quiet."""
    takes_time = np.isin(kind, [KINDS.index(one) for one in SLOW_KINDS])
    fresh = int(np.count_nonzero(takes_time & (course.now - course.started_at < SLOW_HOURS)))
    wanted = min(max(fresh, SLOW_LEAST), SLOW_MOST)
    left = np.cumsum(takes_time[::-1])[::-1]
    return takes_time & (left <= wanted) & (source.random(len(kind)) < SLOW_SHARE)


def _until_acknowledged_s(urgent: Flags, source: Chance) -> np.ndarray[tuple[int], np.dtype]:
    median = np.where(urgent, URGENT_MEDIAN_S, ACKNOWLEDGED_MEDIAN_S)
    return median * source.lognormal(0, 0.6, len(urgent))


def _show_under_way(
    units: Units, unit: Numbers, dispatched: Moments, there: Moments, resolved: Moments
) -> None:
    """Units of incidents that are not resolved are on their way or on scene, and on duty."""
    open_ = ~np.isnat(dispatched) & np.isnat(resolved)
    units.state[unit[open_ & np.isnat(there)]] = STATES.index(ON_WAY)
    units.state[unit[open_ & ~np.isnat(there)]] = STATES.index(ON_SCENE)
