"""What makes a rule: params with defaults, and a pure function over a scene and a zone."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from data_access.domain.watch import Point, Zone, ZoneShape
from detection_worker.errors import RuleError
from detection_worker.rules.scene import Crossing, Finding, Scene

WHOLE_PICTURE: tuple[Point, ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
"""The zone of a rule that is tried without one."""

ACROSS_THE_MIDDLE: tuple[Point, ...] = ((0.0, 0.5), (1.0, 0.5))
"""The line of a rule that is tried without one, drawn from left to right."""

Evaluate = Callable[[Scene, Zone, Any], Iterable[Finding | Crossing]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of rule; ``params`` is a frozen dataclass whose every field has a default.

    ``needs`` names the watchers (``camera_post.Watchers``) without which it sees nothing.
    ``asks`` says what nobody can guess for it (the place of a bus lane, a signal): over the
    whole picture such a rule says nothing. ``calibrated`` rules see nothing without metres.
    """

    id: str
    shape: ZoneShape
    params: type[Any]
    evaluate: Evaluate
    needs: tuple[str, ...] = ()
    asks: str = ""
    calibrated: bool = False

    def params_of(self, zone: Zone) -> Any:
        """The params of a zone: the defaults with what the zone overrides.

        Raises RuleError for a name that the rule does not have or a value of another type.
        """
        known = {field.name: field for field in fields(self.params)}
        for name, value in zone.params.items():
            if name not in known:
                raise RuleError(
                    f"Zone “{zone.name}”: the rule {self.id} has no setting “{name}”; it has "
                    f"{', '.join(known)}."
                )
            if not _fits(value, known[name].default):
                raise RuleError(
                    f"Zone “{zone.name}”: {name} = {value!r} does not fit; write it like "
                    f"{_written(known[name].default)}."
                )
        return self.params(**{name: _frozen(value) for name, value in zone.params.items()})

    def usual_zone(self, zone_id: int) -> Zone:
        """A zone over the whole picture, to try the rule with its defaults."""
        points = WHOLE_PICTURE if self.shape is ZoneShape.POLYGON else ACROSS_THE_MIDDLE
        return Zone(zone_id, self.id, self.id, self.shape, points)

    def is_blind(self, zone: Zone) -> bool:
        """Whether the zone is the usual one of a rule that cannot do without a drawing."""
        return bool(self.asks) and zone == self.usual_zone(zone.id)

    def wants(self, zones: Sequence[Zone], is_calibrated: bool) -> str | None:
        """What it still lacks at a camera with these zones, as a sentence; None for nothing."""
        own = [zone for zone in zones if zone.rule == self.id]
        if own and all(self.is_blind(zone) for zone in own):
            return f"The rule {self.id} needs {self.asks}; over the whole picture it finds nothing."
        if own and self.calibrated and not is_calibrated:
            return f"The rule {self.id} needs a calibrated camera; without metres it finds nothing."
        return None


def _written(usual: Any) -> str:
    """A value as one writes it; of words, all that there are."""
    if isinstance(usual, StrEnum):
        return " or ".join(repr(str(word)) for word in type(usual))
    return repr(usual)


def _fits(value: Any, usual: Any) -> bool:
    """Whether ``value`` may stand where the default is ``usual``; JSON has lists for tuples."""
    if isinstance(usual, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(usual, bool)
    if isinstance(usual, StrEnum):
        return value in list(type(usual))
    if isinstance(usual, float):
        return isinstance(value, int | float) and math.isfinite(value)
    if isinstance(usual, tuple):
        return isinstance(value, list | tuple) and _members_fit(value, usual)
    return isinstance(value, type(usual))


def _members_fit(value: Sequence[Any], usual: tuple[Any, ...]) -> bool:
    """Pairs of numbers stay pairs; lists of words may have any length."""
    if usual and isinstance(usual[0], float):
        return len(value) == len(usual) and all(_fits(member, 0.0) for member in value)
    return all(isinstance(member, str) for member in value)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
