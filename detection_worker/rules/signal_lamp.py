"""The lamps of a traffic signal: an eye for other rules, which finds nothing by itself.

The zone is drawn around the three lamps of one signal, housing included. What it shows is known
to the other rules of the camera by the zone's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from detection_worker.rules.scene import Finding, Scene


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a zone around a signal's lamps."""

    green_below: bool = True
    """Whether the red lamp is above (or left of) the green one, as the Vienna Convention on
    Road Signs and Signals (article 23) has it; false for a signal that hangs the other way."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """Nothing: the watcher of signals reads the lamps."""
    return iter(())
