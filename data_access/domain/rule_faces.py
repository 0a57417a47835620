"""A rule as those see it who draw its zones: its shape, its settings and their usual values."""

from dataclasses import dataclass
from typing import Any

from data_access.domain.watch import ZoneShape


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """One setting; ``usual`` is its default as JSON has it, ``choices`` the words it may be."""

    name: str
    usual: Any
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFace:
    """A rule; ``calibrated`` ones see nothing at a camera without calibration."""

    id: str
    shape: ZoneShape
    settings: tuple[RuleSetting, ...] = ()
    calibrated: bool = False
