"""What became of violations: reviewed, issued, paid at half price, contested, cancelled."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from data_access.domain.events import FIRST_STATE, Response
from data_access.domain.words import N_
from data_access.fine_schedule import FineSchedule
from data_access.fines import HALF_WITHIN
from demo.chance import Chance, Flags, Floats, Moments, Numbers, chance
from demo.history.course import NEVER, Course, after, delays_s
from demo.history.happenings import KINDS, Happenings
from demo.history.rhythm import Year, local_days
from demo.places import City
from demo.texts import chosen

DAY_S = 86_400.0
REVIEW_MEDIAN_S = 5.5 * 3600
REVIEW_LONGEST_S = 3 * DAY_S
CONTESTED_SHARE, CANCELLED_SHARE = 0.032, 0.008
UPHELD_SHARE = 0.55
"""The share of contested fines that stay."""

PROMPT_SHARE = 0.78
"""The share of payers who pay within the seven days of half price."""

REJECTIONS = (
    N_("Plate not readable"),
    N_("Emergency or service vehicle"),
    N_("No violation on the picture"),
    N_("Camera or calibration fault"),
)
"""Of the list that officers choose from; kept as source texts, as theirs are."""

APPEAL_UPHELD, WRONG_ORDER = N_("Appeal upheld"), N_("Order made in error")


@dataclass(slots=True)
class Violations:
    """The columns of violations beside their events: ``rows`` are rows of the happenings.

    ``article`` is an index into ``articles``, -1 where no fine is known; money is NaN where
    there is none.
    """

    rows: Numbers
    course: Course
    article: Numbers
    articles: list[str]
    mci_count: Floats
    mci_tenge: Floats
    fine_tenge: Floats
    paid_tenge: Floats
    reviewed_at: Moments
    reviewer: Numbers
    issued_at: Moments
    paid_at: Moments
    contested_at: Moments
    cancelled_at: Moments


def follow_violations(
    city: City, year: Year, happenings: Happenings, fines: FineSchedule, officers: Numbers
) -> Violations:
    """The course of all violations; ``officers`` are the staff who review."""
    rows = happenings.of_response(Response.VIOLATION)
    source = chance(city.seed, "violations")
    price = _price(happenings, rows, fines)
    course = Course(happenings.started_at[rows], year.now, FIRST_STATE[Response.VIOLATION])
    reviewer = officers[source.integers(0, len(officers), len(rows))]
    reviewed, kept = _review(course, happenings.confidence[rows], reviewer, source)
    issued = course.go(
        after(reviewed, source.uniform(600, DAY_S, len(rows)), kept & ~np.isnan(price.tenge)),
        "issued", reviewer,
    )  # fmt: skip
    ends = _ends(course, city, issued, price.tenge, source)
    return Violations(
        rows=rows,
        course=course,
        article=price.article,
        articles=[row.article for row in fines.rows],
        mci_count=price.mci_count,
        mci_tenge=price.mci_tenge,
        fine_tenge=price.tenge,
        reviewed_at=reviewed,
        reviewer=reviewer,
        issued_at=issued,
        contested_at=ends.contested_at,
        cancelled_at=ends.cancelled_at,
        paid_at=ends.paid_at,
        paid_tenge=ends.paid_tenge,
    )


@dataclass(frozen=True, slots=True)
class _Price:
    article: Numbers
    mci_count: Floats
    mci_tenge: Floats
    tenge: Floats


@dataclass(frozen=True, slots=True)
class _Ends:
    contested_at: Moments
    cancelled_at: Moments
    paid_at: Moments
    paid_tenge: Floats


def _price(happenings: Happenings, rows: Numbers, fines: FineSchedule) -> _Price:
    """The fine of the day for each violation, by its kind and its speed."""
    day = local_days(happenings.started_at[rows])
    kind, over = happenings.kind[rows], happenings.over_kmh[rows]
    article, count = np.full(len(rows), -1), np.full(len(rows), np.nan)
    for index, row in enumerate(fines.rows):
        holds = kind == KINDS.index(row.kind) if row.kind in KINDS else np.zeros(len(rows), bool)
        holds &= day >= np.datetime64(row.valid_from)
        if row.valid_to is not None:
            holds &= day < np.datetime64(row.valid_to)
        if row.over_from_kmh is not None:
            holds &= over >= row.over_from_kmh
        if row.over_to_kmh is not None:
            holds &= over < row.over_to_kmh
        article[holds], count[holds] = index, float(row.mci_count)
    index_tenge = _index_of_the_day(day, fines)
    tenge = np.floor(count * index_tenge + 0.5)
    return _Price(article, count, np.where(np.isnan(count), np.nan, index_tenge), tenge)


def _index_of_the_day(day: npt.NDArray[np.datetime64], fines: FineSchedule) -> Floats:
    starts = np.array([np.datetime64(one.valid_from) for one in fines.index])
    tenge = np.array([float(one.tenge) for one in fines.index])
    return tenge[np.searchsorted(starts, day, side="right") - 1]


def _review(
    course: Course, confidence: Floats, reviewer: Numbers, source: Chance
) -> tuple[Moments, Flags]:
    """An officer confirms or rejects; the surer the camera was, the rarer the rejection."""
    count = len(confidence)
    delay = np.minimum(delays_s(source, count, REVIEW_MEDIAN_S, 0.8) + 240, REVIEW_LONGEST_S)
    kept = source.random(count) > 0.05 + 0.35 * (1 - confidence)
    at = after(course.started_at, delay)
    reasons = chosen(list(REJECTIONS), source.integers(0, len(REJECTIONS), count))
    confirmed = course.go(np.where(kept, at, NEVER), "confirmed", reviewer)
    rejected = course.go(np.where(kept, NEVER, at), "rejected", reviewer, reasons)
    return np.where(kept, confirmed, rejected), kept


def _ends(course: Course, city: City, issued: Moments, tenge: Floats, source: Chance) -> _Ends:
    """How fines ended: some were contested, few cancelled, most paid, the rest wait."""
    count = len(issued)
    fate = source.random(count)
    contested = fate < CONTESTED_SHARE
    cancelled = (fate >= CONTESTED_SHARE) & (fate < CONTESTED_SHARE + CANCELLED_SHARE)
    contested_at = course.go(
        after(issued, source.uniform(1, 9, count) * DAY_S, contested), "contested"
    )
    decided = after(contested_at, source.uniform(4, 20, count) * DAY_S)
    upheld = source.random(count) < UPHELD_SHARE
    late = after(issued, source.uniform(2, 12, count) * DAY_S, cancelled)
    reasons = chosen([APPEAL_UPHELD, WRONG_ORDER], cancelled.astype(int))
    cancelled_at = course.go(
        np.where(contested & ~upheld, decided, late), "cancelled", None, reasons
    )
    reissued = course.go(np.where(contested & upheld, decided, NEVER), "issued")
    due = np.where(contested, reissued, np.where(cancelled, NEVER, issued))
    paid_at, paid = _payments(city, course, due, issued, tenge, source)
    return _Ends(contested_at, cancelled_at, course.go(paid_at, "paid"), paid)


def _payments(
    city: City, course: Course, due: Moments, issued: Moments, tenge: Floats, source: Chance
) -> tuple[Moments, Floats]:
    """When fines are paid, and what: half within seven local days of the order."""
    count = len(due)
    prompt = source.random(count) < PROMPT_SHARE
    delay = np.where(prompt, source.uniform(0.05, 7.2, count), source.uniform(8, 75, count))
    at = after(due, delay * DAY_S)
    days = local_days(at) - local_days(issued)
    amount = np.where(days <= _days(HALF_WITHIN), np.ceil(tenge / 2), tenge)
    possible = ~np.isnat(at) & (at <= course.now)
    pays = _payers(city, possible, amount, source)
    return np.where(pays, at, NEVER), np.where(pays, amount, np.nan)


def _payers(city: City, possible: Flags, amount: Floats, source: Chance) -> Flags:
    """Who pays: a share, or as many as make up the sum that the city has collected."""
    turn = source.random(len(possible))
    if city.profile.paid_tenge is None:
        return possible & (turn < city.profile.paid_share)
    order = np.argsort(np.where(possible, turn, 2.0), kind="stable")
    enough = np.cumsum(np.where(possible, amount, 0.0)[order]) <= city.profile.paid_tenge
    pays = np.zeros(len(possible), np.bool_)
    pays[order] = enough
    return pays & possible


def _days(period: timedelta) -> np.timedelta64:
    return np.timedelta64(period.days, "D")
