"""How often officers agree with a rule at a camera, and which rules that pauses.

The administrator sets, for all rules or one, the share of checked violations that must have been
confirmed and how many must have been checked; without that nothing is ever paused. Only the
violations of the last days count: a paused rule finds nothing new, so once its bad days are past
it is tried again by itself. Whoever has mended a zone lets it go on at once (``resume``).

The settings' row ``rule_precision``::

    {"days": 30, "bars": {"*": {"precision_percent": 80, "least_checks": 20},
                          "red_light": {"precision_percent": 95, "least_checks": 50}},
     "resumed": {"12/red_light": "2026-05-04T07:00:00+00:00"}}

    DataAccessError
    ├── InvalidBar          a precision or a number of checks that cannot be
    └── NotAnAdministrator  the viewer's role does not decide about rules
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from sqlalchemy import text

from data_access import audit, city
from data_access.database import Transaction
from data_access.domain.people import Role, Viewer
from data_access.domain.words import N_
from data_access.errors import DataAccessError

KEY = "rule_precision"
ALL_RULES = "*"
"""The name under which the bar of all rules stands that have none of their own."""

DAYS = 30
"""How far back checks count: a month has enough of them, and zones are mended meanwhile."""

PAUSED = N_("paused: {confirmed} of {checked} confirmed, {percent} % wanted")
"""Why a rule is paused, as health says it."""

_CHECKS = text("""
    SELECT event.camera_id, event.kind, count(*) AS checked,
           count(*) FILTER (WHERE event.state NOT IN ('rejected', 'cancelled')) AS confirmed
    FROM events event
    JOIN violations violation
      ON violation.event_id = event.id AND violation.event_started_at = event.started_at
    WHERE event.response = 'violation' AND event.state <> 'detected'
      AND event.started_at >= :since AND event.camera_id IS NOT NULL
      AND event.started_at >= coalesce(
          (CAST(:resumed AS jsonb) ->> (event.camera_id || '/' || event.kind))::timestamptz, :since)
      AND (CAST(:only AS bigint[]) IS NULL OR event.camera_id = ANY (CAST(:only AS bigint[])))
    GROUP BY event.camera_id, event.kind
    ORDER BY event.camera_id, event.kind
""")


class InvalidBar(DataAccessError):
    """A precision or a number of checks that cannot be."""


class NotAnAdministrator(DataAccessError):
    """The viewer's role does not decide about rules."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What a rule must reach at a camera, once so many of its violations were checked."""

    precision_percent: float
    least_checks: int


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of a rule's violations at a camera were checked and confirmed; and its bar."""

    camera_id: int
    rule: str
    confirmed: int
    checked: int
    bar: Bar | None

    @property
    def percent(self) -> float:
        """The share that was confirmed; of none it is 0."""
        return 100 * self.confirmed / self.checked if self.checked else 0.0

    @property
    def is_paused(self) -> bool:
        """Whether enough were checked, and too few confirmed."""
        if self.bar is None or self.checked < self.bar.least_checks:
            return False
        return self.percent < self.bar.precision_percent


@dataclass(frozen=True, slots=True)
class Pause:
    """A rule that is paused at a camera: too few of those that were checked were confirmed."""

    camera_id: int
    rule: str
    confirmed: int
    checked: int
    wanted_percent: float

    @property
    def values(self) -> dict[str, object]:
        """What ``PAUSED`` is filled with."""
        return {
            "confirmed": self.confirmed,
            "checked": self.checked,
            "percent": f"{self.wanted_percent:g}",
        }

    @property
    def reason(self) -> str:
        """Why, in English, for logs and the worker's own page."""
        return PAUSED.format(**self.values)


def bars(tx: Transaction) -> dict[str, Bar]:
    """The bars by rule, ``ALL_RULES`` among them; what a row holds that is no bar is left out."""
    found = _row(tx).get("bars")
    read = {rule: _bar(value) for rule, value in (found if isinstance(found, dict) else {}).items()}
    return {rule: bar for rule, bar in read.items() if bar is not None}


def set_bar(tx: Transaction, viewer: Viewer, rule: str, bar: Bar | None) -> None:
    """Set the bar of a rule or of all, or take it away; raises what this module draws."""
    _check(viewer)
    if bar is not None and _bar(_document(bar)) is None:
        raise InvalidBar(
            N_("A precision is between 1 and 100 percent, and needs one check or more.")
        )
    row = _row(tx)
    kept = {name: _document(one) for name, one in bars(tx).items() if name != rule}
    row["bars"] = kept if bar is None else kept | {rule: _document(bar)}
    city.put(tx, KEY, row)
    audit.record(tx, viewer, "rule.precision", f"rule {rule}", _document(bar) if bar else {})


def resume(tx: Transaction, viewer: Viewer, camera_id: int, rule: str, now: datetime) -> None:
    """Let a paused rule go on at a camera: earlier checks no longer count."""
    _check(viewer)
    row = _row(tx)
    row["resumed"] = _resumed(row) | {f"{camera_id}/{rule}": now.isoformat()}
    city.put(tx, KEY, row)
    audit.record(tx, viewer, "rule.resumed", f"camera {camera_id}", {"rule": rule})


def pauses(tx: Transaction, now: datetime, only: Collection[int] | None = None) -> list[Pause]:
    """The rules that are paused now, by camera; ``only`` keeps to these cameras."""
    if not bars(tx):
        return []
    return [
        Pause(one.camera_id, one.rule, one.confirmed, one.checked, one.bar.precision_percent)
        for one in precisions(tx, now, only)
        if one.bar is not None and one.is_paused
    ]


def precisions(
    tx: Transaction, now: datetime, only: Collection[int] | None = None
) -> list[Precision]:
    """What officers said of each rule at each camera in the last days, by camera and rule."""
    wanted, row = bars(tx), _row(tx)
    days = row.get("days")
    rows = tx.execute(
        _CHECKS,
        {
            "since": now - timedelta(days=days if _is_number(days) and days > 0 else DAYS),
            "resumed": json.dumps(_resumed(row)),
            "only": None if only is None else list(only),
        },
    )
    return [
        Precision(camera, rule, confirmed, checked, wanted.get(rule) or wanted.get(ALL_RULES))
        for camera, rule, checked, confirmed in rows
    ]


def _check(viewer: Viewer) -> None:
    if viewer.role is not Role.ADMINISTRATOR:
        raise NotAnAdministrator(N_("Rules are paused and resumed by the administrator. Ask them."))


def _row(tx: Transaction) -> dict[str, Any]:
    row = city.value(tx, KEY)
    return dict(row) if isinstance(row, dict) else {}


def _resumed(row: Mapping[str, Any]) -> dict[str, str]:
    """By camera and rule since when checks count; what is no time is left out."""
    found = row.get("resumed")
    given = found if isinstance(found, dict) else {}
    return {name: at for name, at in given.items() if _is_time(at)}


def _bar(value: Any) -> Bar | None:
    if not isinstance(value, dict):
        return None
    percent, checks = value.get("precision_percent"), value.get("least_checks")
    if not (_is_number(percent) and 1 <= percent <= 100):
        return None
    return Bar(float(percent), int(checks)) if _is_number(checks) and checks >= 1 else None


def _document(bar: Bar) -> dict[str, Any]:
    return {"precision_percent": bar.precision_percent, "least_checks": bar.least_checks}


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_time(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False
