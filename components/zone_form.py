"""What a zone is beside its drawing: its rule, name, settings and schedule."""

from datetime import time
from typing import Any

import streamlit as st

from components.rule_words import WHAT_IT_NEEDS, rule_name
from components.visit import Visit
from components.zone_canvas import Drawing
from components.zone_settings import ARROW, settings_faults, show_settings, typed_settings
from data_access.domain.rule_faces import RuleFace
from data_access.domain.watch import Schedule, Zone
from data_access.domain.words import N_
from data_access.zone_editing import DrawnZone

WHOLE_DAY_MIN = 24 * 60
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def begin_form(key: str, chosen: DrawnZone | None, rules: dict[str, RuleFace]) -> None:
    """The first values of the form of a zone."""
    if f"{key}_rule" in st.session_state:
        return
    state, zone = st.session_state, chosen.zone if chosen else None
    state[f"{key}_rule"] = zone.rule if zone and zone.rule in rules else next(iter(rules))
    state[f"{key}_name"] = zone.name if zone else ""
    state[f"{key}_on"] = chosen.enabled if chosen else False
    schedule = (zone.schedule if zone else None) or Schedule()
    state[f"{key}_sometimes"] = schedule != Schedule()
    state[f"{key}_days"] = sorted(schedule.weekdays)
    state[f"{key}_from"] = _clock(schedule.from_min)
    state[f"{key}_to"] = _clock(schedule.to_min)


def show_form(
    visit: Visit,
    key: str,
    chosen: DrawnZone | None,
    rules: dict[str, RuleFace],
    *,
    is_calibrated: bool,
) -> RuleFace:
    """The form; returns the rule that is chosen, which decides what is drawn."""
    _ = visit.text
    rule = rules[
        st.selectbox(
            _("Rule"), sorted(rules, key=lambda one: rule_name(one, _)), key=f"{key}_rule",
            format_func=lambda one: rule_name(str(one), _),
        )
    ]  # fmt: skip
    if rule.id in WHAT_IT_NEEDS:
        st.caption(_(WHAT_IT_NEEDS[rule.id]))
    if rule.calibrated and not is_calibrated:
        st.warning(_("This camera is not calibrated: the rule finds nothing here."))
    st.text_input(_("Name of the zone"), max_chars=60, key=f"{key}_name")
    show_settings(visit, key, rule, kept_settings(chosen, rule))
    _show_schedule(visit, key)
    st.toggle(_("Switched on"), key=f"{key}_on")
    return rule


def _show_schedule(visit: Visit, key: str) -> None:
    _ = visit.text
    if not st.toggle(_("Only at certain times"), key=f"{key}_sometimes"):
        return
    state = st.session_state
    state.setdefault(f"{key}_days", list(range(7)))
    for end in ("from", "to"):
        state.setdefault(f"{key}_{end}", time())
    st.pills(
        _("Days"), range(7), selection_mode="multi", key=f"{key}_days",
        format_func=lambda number: _(WEEKDAYS[number]),
    )  # fmt: skip
    with st.container(horizontal=True):
        st.time_input(_("From"), key=f"{key}_from", step=900)
        st.time_input(
            _("To"), key=f"{key}_to", step=900,
            help=_("Earlier than the beginning, it is a time of the next morning."),
        )  # fmt: skip


def kept_settings(chosen: DrawnZone | None, rule: RuleFace) -> dict[str, Any]:
    """The settings that a zone has for the rule; none while it has another."""
    return chosen.zone.params if chosen and chosen.zone.rule == rule.id else {}


def read_form(
    visit: Visit, key: str, chosen: DrawnZone | None, rule: RuleFace, drawing: Drawing
) -> tuple[Zone, bool] | list[str]:
    """The zone as the form and the drawing have it, and whether it is switched on.

    Where a number that was typed cannot be, a sentence for each.
    """
    state, kept = st.session_state, kept_settings(chosen, rule)
    if faults := settings_faults(visit, key, rule, kept):
        return faults
    params = typed_settings(visit, key, rule, kept)
    if any(drawing.toward) and any(setting.name == ARROW for setting in rule.settings):
        params[ARROW] = list(drawing.toward)
    zone = Zone(
        chosen.zone.id if chosen else 0, state[f"{key}_name"].strip(), rule.id, rule.shape,
        drawing.points, params, _schedule(key),
    )  # fmt: skip
    return zone, bool(state[f"{key}_on"])


def _schedule(key: str) -> Schedule | None:
    state = st.session_state
    if not state[f"{key}_sometimes"]:
        return None
    days = frozenset(state.get(f"{key}_days") or range(7))
    from_min, to_min = (_minutes(state[f"{key}_{end}"]) for end in ("from", "to"))
    return Schedule(days, from_min, to_min or WHOLE_DAY_MIN)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minutes: int) -> time:
    """Midnight at the end of the day is midnight."""
    return time(minutes // 60 % 24, minutes % 60)
