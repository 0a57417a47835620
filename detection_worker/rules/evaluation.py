"""A camera's rules over a scene; a rule that fails is switched off for that camera."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from data_access.domain.geometry import zone_fault
from data_access.domain.watch import Zone
from detection_worker.errors import RuleError
from detection_worker.rules.rule import Rule
from detection_worker.rules.scene import Crossing, Finding, Scene
from detection_worker.rules.schedule import is_awake

log = logging.getLogger(__name__)

OnRuleOff = Callable[[int, str, str], None]
"""Told the camera, the rule and the reason when a rule is switched off."""


@dataclass(frozen=True, slots=True)
class ArmedRule:
    """A rule with the zone it watches and the zone's params."""

    rule: Rule
    zone: Zone
    params: Any


@dataclass(slots=True)
class ArmedRules:
    """The rules of one camera; ``off`` says by rule id why some are not, or no longer, armed.

    ``paused`` are kinds of findings that are left out although their rule goes on: a dump's work
    order is right even where who brought it was mostly mistaken (``littering``).
    """

    armed: list[ArmedRule] = field(default_factory=list)
    off: dict[str, str] = field(default_factory=dict)
    paused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules saw in one scene."""

    findings: list[Finding] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)


def arm(
    zones: Sequence[Zone],
    rules: Mapping[str, Rule],
    paused: Mapping[str, str] = MappingProxyType({}),
) -> ArmedRules:
    """The rules that the zones ask for; what cannot be armed is in ``off`` with the reason.

    ``paused`` are rules, or kinds of their findings, with reasons, that are not wanted for now.
    """
    ready = ArmedRules(paused=frozenset(paused))
    for zone in zones:
        if zone.rule in paused:
            ready.off[zone.rule] = f"{zone.rule} is {paused[zone.rule]}."
            continue
        try:
            ready.armed.append(_armed(zone, rules))
        except RuleError as error:
            ready.off[zone.rule] = str(error)
    return ready


def _armed(zone: Zone, rules: Mapping[str, Rule]) -> ArmedRule:
    rule = rules.get(zone.rule)
    if rule is None:
        raise RuleError(
            f"Zone “{zone.name}”: there is no rule “{zone.rule}”; choose one of "
            f"{', '.join(sorted(rules))}."
        )
    if zone.shape is not rule.shape:
        raise RuleError(
            f"Zone “{zone.name}”: the rule {rule.id} wants a {rule.shape.value}, not a "
            f"{zone.shape.value}; draw it again."
        )
    fault = zone_fault(zone.shape, zone.points)
    if fault is not None:
        raise RuleError(fault.format(name=f"“{zone.name}”"))
    return ArmedRule(rule, zone, rule.params_of(zone))


def evaluate(scene: Scene, rules: ArmedRules, on_rule_off: OnRuleOff) -> Seen:
    """What all rules that are awake see; the one that raises is switched off and reported."""
    seen = Seen()
    failed: set[str] = set()
    for armed in rules.armed:
        if armed.rule.id in failed or armed.rule.is_blind(armed.zone):
            continue
        if not is_awake(armed.zone.schedule, scene.at):
            continue
        try:
            results = list(armed.rule.evaluate(scene, armed.zone, armed.params))
        except Exception as error:  # noqa: BLE001  # DESIGN.md: one of the three broad borders
            failed.add(armed.rule.id)
            _switch_off(scene.camera_id, armed, rules, error, on_rule_off)
            continue
        found = (one for one in results if isinstance(one, Finding))
        seen.findings.extend(one for one in found if one.kind not in rules.paused)
        seen.crossings.extend(one for one in results if isinstance(one, Crossing))
    return seen


def _switch_off(
    camera_id: int, armed: ArmedRule, rules: ArmedRules, error: Exception, told: OnRuleOff
) -> None:
    reason = f"Zone “{armed.zone.name}”: the rule failed ({type(error).__name__}: {error})."
    log.exception("camera %s: rule %s is switched off", camera_id, armed.rule.id, exc_info=error)
    rules.armed = [other for other in rules.armed if other.rule is not armed.rule]
    rules.off[armed.rule.id] = reason
    told(camera_id, armed.rule.id, reason)
