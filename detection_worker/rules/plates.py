"""Plates: where a camera reads them. What it reads goes to the register of reads, no event."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from detection_worker.rules.scene import Finding, Scene


@dataclass(frozen=True, slots=True)
class Params:
    """A zone where plates are read has no settings: the watcher ``plates`` does the work."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """No finding: a plate alone is no event."""
    return iter(())
