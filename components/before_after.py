"""An honest before and after: difference in differences of weekly counts, with its interval.

The measure is the ratio of ratios: how the changed sites' weekly rate moved, divided by how
the comparison group's moved. It is what a log-linear (Poisson) model with group, time and
their product estimates (A. C. Cameron, P. K. Trivedi, "Regression Analysis of Count Data", 2nd
ed., 2013, ch. 3); the idea of the comparison group is D. Card and A. Krueger's (American
Economic Review 84(4), 1994). Counts of weeks vary more than Poisson's, so the variance of each
logarithm, 1/N, is multiplied by the dispersion that the weeks themselves show (Pearson's
chi-square over its degrees of freedom: P. McCullagh, J. Nelder, "Generalized Linear Models", 2nd
ed., 1989, section 6.2.4), and the interval takes Student's quantile.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from data_access.before_after import BeforeAfterSums, WeekOfSites

WEEKS_NEEDED = 4
"""Fewer weeks on a side tell nothing about how much weeks differ by themselves."""

EVENTS_NEEDED = 5
"""Below five in a cell the logarithm's normal approximation does not hold (W. Cochran, 1954)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One group on one side of the change: its whole weeks, and what they recorded."""

    weeks: int
    events: int
    camera_hours: float

    @property
    def a_week(self) -> float:
        """Events a week."""
        return self.events / self.weeks


@dataclass(frozen=True, slots=True)
class Effect:
    """What the change did, as a ratio (0.7 is 30% less) with a 95% interval."""

    ratio: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out "no change"."""
        return not self.low <= 1 <= self.high


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The four cells, the effect, and the same sum over weeks before the change alone.

    ``placebo`` pretends that the change came halfway through the time before it: where it is
    clear, the groups were drifting apart anyway. ``effect`` is None where there is too little.
    """

    changed_before: Side
    changed_after: Side
    compared_before: Side
    compared_after: Side
    effect: Effect | None
    placebo: Effect | None
    per_camera_hour: bool


Weeks = Sequence[WeekOfSites]


def t_quantile(probability: float, freedom: float) -> float:
    """Student's quantile by the expansion of Abramowitz and Stegun, 26.7.5.

    Its error is below 0.5% from five degrees of freedom on.
    """
    z = NormalDist().inv_cdf(probability)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def side(weeks: Weeks) -> Side:
    """The sums of some weeks."""
    return Side(
        len(weeks), sum(week.events for week in weeks), sum(week.camera_hours for week in weeks)
    )


def _filled(weeks: Weeks, first: int, last: int) -> list[WeekOfSites]:
    """Every week from ``first`` to ``last``; one without a row recorded nothing."""
    known = {week.week: week for week in weeks}
    return [known.get(n, WeekOfSites(n, 0, 0.0)) for n in range(first, last + 1)]


def dispersion(cells: Sequence[Weeks]) -> tuple[float, int]:
    """How much more weeks differ than Poisson's (at least 1), and its degrees of freedom."""
    chi_square, freedom = 0.0, 0
    for weeks in cells:
        mean = sum(week.events for week in weeks) / len(weeks)
        chi_square += sum((week.events - mean) ** 2 for week in weeks) / mean
        freedom += len(weeks) - 1
    return max(1.0, chi_square / freedom), freedom


def _exposure(weeks: Weeks, per_camera_hour: bool) -> float:
    total = side(weeks)
    return total.camera_hours if per_camera_hour else float(total.weeks)


def effect_of(cells: Sequence[Weeks], *, per_camera_hour: bool = False) -> Effect | None:
    """The ratio of ratios of (changed before, changed after, compared before, compared after)."""
    if any(len(weeks) < WEEKS_NEEDED or side(weeks).events < EVENTS_NEEDED for weeks in cells):
        return None
    rates = [side(weeks).events / _exposure(weeks, per_camera_hour) for weeks in cells]
    logarithm = math.log(rates[1] / rates[0]) - math.log(rates[3] / rates[2])
    spread, freedom = dispersion(cells)
    error = math.sqrt(spread * sum(1 / side(weeks).events for weeks in cells))
    reach = t_quantile(0.975, freedom) * error
    return Effect(*(math.exp(logarithm + step) for step in (0.0, -reach, reach)))


def _halves(weeks: Weeks) -> tuple[Weeks, Weeks]:
    middle = len(weeks) // 2
    return weeks[:middle], weeks[middle:]


def build_before_after(sums: BeforeAfterSums, *, per_camera_hour: bool) -> BeforeAfter | None:
    """Compare both groups around the change; None where one side has no whole week at all.

    ``per_camera_hour`` divides by camera-hours where all four cells have some: it is right for
    what cameras find, and wrong for what people report by themselves.
    """
    numbers = [week.week for week in (*sums.changed, *sums.compared)]
    if not numbers or min(numbers) >= 0 or max(numbers) < 0:
        return None
    first, last = min(numbers), max(numbers)
    groups = [_filled(group, first, last) for group in (sums.changed, sums.compared)]
    cells = [part for group in groups for part in (group[:-first], group[-first:])]
    hours = per_camera_hour and all(side(weeks).camera_hours > 0 for weeks in cells)
    placebo = [half for before in (cells[0], cells[2]) for half in _halves(before)]
    changed_before, changed_after, compared_before, compared_after = map(side, cells)
    return BeforeAfter(
        changed_before,
        changed_after,
        compared_before,
        compared_after,
        effect=effect_of(cells, per_camera_hour=hours),
        placebo=effect_of(placebo, per_camera_hour=hours),
        per_camera_hour=hours,
    )
