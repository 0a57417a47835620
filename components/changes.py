"""How a figure changed against another period, and whether chance alone could have done it."""

import math
from dataclasses import dataclass

from components.formats import percent
from data_access.domain.words import Language
from data_access.language import Translate

TOO_FEW = 10
"""Below ten events in both periods together a percentage says less than the two numbers."""

NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Amount:
    """Events, and the camera-hours that stood behind them."""

    events: int
    camera_hours: float

    def per_thousand_hours(self) -> float | None:
        """Events for each thousand camera-hours; None without any."""
        return self.events / self.camera_hours * 1000 if self.camera_hours > 0 else None

    def worth(self, *, rate: bool) -> float:
        """What a chart shows: the rate (0 without camera-hours), or the count."""
        return (self.per_thousand_hours() or 0.0) if rate else float(self.events)


@dataclass(frozen=True, slots=True)
class Change:
    """A relative change (0.12 is 12% more).

    ``by_chance`` where the numbers cannot tell it from none.
    """

    share: float
    by_chance: bool


def change(now: Amount, before: Amount, *, rate: bool) -> Change | None:
    """The change of counts, or of rates; None where there is too little to compare.

    The standard error of the logarithm of a ratio of two Poisson counts is sqrt(1/a + 1/b)
    (K. Rothman, S. Greenland, T. Lash, "Modern Epidemiology", 3rd ed., 2008, ch. 14). Days
    differ more than that, so "by chance" is said too seldom rather than too often.
    """
    if not now.events or not before.events or now.events + before.events < TOO_FEW:
        return None
    ratio = now.events / before.events
    if rate:
        if not now.camera_hours or not before.camera_hours:
            return None
        ratio *= before.camera_hours / now.camera_hours
    error = math.sqrt(1 / now.events + 1 / before.events)
    return Change(ratio - 1, abs(math.log(ratio)) < NORMAL_95 * error)


def change_words(found: Change | None, language: Language, _: Translate) -> str:
    """``▲ 12%``, or that it may be chance or is as before; empty where nothing can be said."""
    if found is None:
        return ""
    if round(abs(found.share), 2) == 0:
        return _("as before")
    if found.by_chance:
        return _("{change}, may be chance").format(change=_arrow(found, language))
    return _arrow(found, language)


def change_mark(found: Change | None, language: Language) -> str:
    """The same for narrow places: ``≈`` stands before what may be chance."""
    if found is None:
        return ""
    return f"≈ {_arrow(found, language)}" if found.by_chance else _arrow(found, language)


def _arrow(found: Change, language: Language) -> str:
    share = percent(abs(found.share), 0, language)
    if round(abs(found.share), 2) == 0:
        return share
    return f"▲ {share}" if found.share > 0 else f"▼ {share}"
