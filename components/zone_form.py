"""What a zone is beside its drawing: its rule, name, settings and schedule."""

from datetime import time
from typing import Any

import streamlit as st

from components.rule_words import CHOICES, FIRST, WHAT_IT_NEEDS, rule_name, setting_name
from components.visit import Visit
from components.zone_canvas import Drawing
from data_access.domain.explanations import label_name
from data_access.domain.rule_faces import RuleFace, RuleSetting
from data_access.domain.watch import Schedule, Zone
from data_access.domain.words import N_
from data_access.zone_editing import EMPTY_PICTURE, DrawnZone

ARROW = "toward"
"""The setting that is drawn as an arrow."""

NOT_TYPED = frozenset({ARROW, EMPTY_PICTURE})

WHOLE_DAY_MIN = 24 * 60
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
LABELS = (
    "person", "car", "bus", "truck", "motorcycle", "bicycle", "person_like", "vehicle_like",
)  # fmt: skip
"""Classes that are offered; a model's others are typed."""


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
    kept = chosen.zone.params if chosen and chosen.zone.rule == rule.id else {}
    _show_settings(visit, key, rule, kept)
    _show_schedule(visit, key)
    st.toggle(_("Switched on"), key=f"{key}_on")
    return rule


def _show_settings(visit: Visit, key: str, rule: RuleFace, kept: dict[str, Any]) -> None:
    drawn = [setting for setting in rule.settings if setting.name not in NOT_TYPED]
    for setting in drawn:
        if setting.name in FIRST:
            _show_setting(visit, key, rule, setting, kept)
    others = [setting for setting in drawn if setting.name not in FIRST]
    if others:
        _ = visit.text
        with st.expander(_("The rule's own settings")):
            for setting in others:
                _show_setting(visit, key, rule, setting, kept)


def _show_setting(
    visit: Visit, key: str, rule: RuleFace, setting: RuleSetting, kept: dict[str, Any]
) -> None:
    """One field, by the kind of its usual value."""
    _ = visit.text
    name, own = setting_name(setting.name, _), _field(key, rule, setting)
    value = kept.get(setting.name, setting.usual)
    if setting.choices:
        st.selectbox(
            name, setting.choices, setting.choices.index(value), key=own,
            format_func=lambda one: _(CHOICES.get(str(one), str(one))),
        )  # fmt: skip
    elif isinstance(setting.usual, bool):
        st.toggle(name, value, key=own)
    elif isinstance(setting.usual, int):
        st.number_input(name, 0, None, int(value), key=own)
    elif isinstance(setting.usual, float):
        # Shares of a picture are small: four digits, as many as any usual value has.
        st.number_input(name, 0.0, None, float(value), format="%g", step=None, key=own)
    elif isinstance(setting.usual, list):
        offered = list(dict.fromkeys((*LABELS, *setting.usual, *value)))
        st.multiselect(
            name, offered, list(value), key=own, accept_new_options=True,
            format_func=lambda one: label_name(one, _), placeholder=_("Everything"),
        )  # fmt: skip
    else:
        st.text_input(name, str(value), max_chars=80, key=own)


def _field(key: str, rule: RuleFace, setting: RuleSetting) -> str:
    return f"{key}_{rule.id}_{setting.name}"


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


def read_form(key: str, number: int, rule: RuleFace, drawing: Drawing) -> tuple[Zone, bool]:
    """The zone as the form and the drawing have it, and whether it is switched on.

    Settings that are as usual are left out, so that a better usual value reaches the zone.
    """
    state = st.session_state
    params: dict[str, Any] = {
        setting.name: state[_field(key, rule, setting)]
        for setting in rule.settings
        if setting.name not in NOT_TYPED and state[_field(key, rule, setting)] != setting.usual
    }
    if any(drawing.toward) and any(setting.name == ARROW for setting in rule.settings):
        params[ARROW] = list(drawing.toward)
    zone = Zone(
        number, state[f"{key}_name"].strip(), rule.id, rule.shape, drawing.points, params,
        _schedule(key),
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
