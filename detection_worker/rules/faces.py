"""The rules as they are told to those who draw zones."""

from dataclasses import fields
from enum import StrEnum
from typing import Any

from data_access.domain.rule_faces import RuleFace, RuleSetting
from detection_worker.rules import RULES


def rule_faces() -> tuple[RuleFace, ...]:
    """What each rule shows of itself: its shape and its settings with their usual values."""
    return tuple(
        RuleFace(
            rule.id,
            rule.shape,
            tuple(_setting(field.name, field.default) for field in fields(rule.params)),
            rule.calibrated,
        )
        for rule in RULES.values()
    )


def _setting(name: str, usual: Any) -> RuleSetting:
    if isinstance(usual, StrEnum):
        return RuleSetting(name, str(usual), tuple(str(one) for one in type(usual)))
    return RuleSetting(name, list(usual) if isinstance(usual, tuple) else usual)
