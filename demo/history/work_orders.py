"""What became of work orders: assigned, done in time or late, verified, some reopened."""

from dataclasses import dataclass

import numpy as np

from data_access.domain.events import FIRST_STATE, Response
from data_access.domain.words import N_
from data_access.event_responses import ANY_DEADLINE, DEADLINES
from demo.chance import Chance, Moments, Numbers, chance
from demo.history.course import NEVER, NOBODY, Course, after, delays_s
from demo.history.happenings import KINDS, Happenings
from demo.history.rhythm import Year
from demo.history.units import Units
from demo.places import City

HOUR_S = 3600.0
ASSIGNED_MEDIAN_S = 2.2 * HOUR_S
LATE_SHARE, REOPENED_SHARE = 0.13, 0.08

FORGOTTEN_SHARE = 0.10
FORGOTTEN_DAYS = np.timedelta64(24, "D")
"""Some of the last weeks' work is still not done: overdue, and waiting for someone to ask."""


@dataclass(slots=True)
class WorkOrders:
    """The columns of work orders; ``rows`` are rows of the happenings, ``unit`` indices or -1."""

    rows: Numbers
    course: Course
    unit: Numbers
    deadline_at: Moments
    assigned_at: Moments
    done_at: Moments
    verified_at: Moments


def follow_work_orders(
    city: City, year: Year, happenings: Happenings, units: Units, clerks: Numbers
) -> WorkOrders:
    """The course of all work orders; ``clerks`` are the staff who assign them."""
    rows = happenings.of_response(Response.WORK_ORDER)
    source = chance(city.seed, "work orders")
    count = len(rows)
    course = Course(happenings.started_at[rows], year.now, FIRST_STATE[Response.WORK_ORDER])
    clerk = clerks[source.integers(0, len(clerks), count)]
    term_s = _terms_s()[happenings.kind[rows]]
    assigned = course.go(
        after(course.started_at, delays_s(source, count, ASSIGNED_MEDIAN_S)), "assigned", clerk
    )
    fresh = year.now - course.started_at < FORGOTTEN_DAYS
    kept = ~(fresh & (source.random(count) < FORGOTTEN_SHARE))
    done = course.go(after(assigned, term_s * _shares_of_term(source, count), kept), "done", clerk)
    bad = source.random(count) < REOPENED_SHARE
    seen = after(done, delays_s(source, count, 5 * HOUR_S))
    again, redone = _reopen(course, np.where(bad, seen, NEVER), clerk, source)
    verified = course.go(
        np.where(bad, after(redone, delays_s(source, count, 5 * HOUR_S)), seen), "verified"
    )
    unit = units.near("municipal", city.districts_of(happenings.site[rows]), source)
    return WorkOrders(
        rows=rows,
        course=course,
        unit=np.where(np.isnat(assigned), NOBODY, unit),
        deadline_at=after(course.started_at, term_s),
        assigned_at=np.where(np.isnat(again), assigned, again),
        done_at=np.where(np.isnat(redone), done, redone),
        verified_at=verified,
    )


def _reopen(course: Course, at: Moments, clerk: Numbers, source: Chance) -> tuple[Moments, Moments]:
    """The camera still sees it: reopened, assigned again, done again."""
    count = len(at)
    reopened = course.go(at, "reopened", None, N_("The camera sees the same still"))
    again = course.go(
        after(reopened, delays_s(source, count, ASSIGNED_MEDIAN_S)), "assigned", clerk
    )
    redone = course.go(after(again, delays_s(source, count, 9 * HOUR_S)), "done", clerk)
    return again, redone


def _terms_s() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([DEADLINES.get(kind, ANY_DEADLINE).total_seconds() for kind in KINDS])


def _shares_of_term(source: Chance, count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """When work is done, as a share of its term: mostly before its end, some of it late."""
    late = source.random(count) < LATE_SHARE
    return np.where(late, 0.95 + source.exponential(0.5, count), source.beta(2, 2.4, count) * 0.85)
