"""The settings of a zone's rule as fields, and what was typed into them."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.rule_words import CHOICES, FIRST, setting_name
from components.typed_numbers import typed_fault, typed_number, written_number
from components.visit import Visit
from data_access.domain.explanations import label_name
from data_access.domain.rule_faces import RuleFace, RuleSetting
from data_access.domain.words import N_, Language
from data_access.language import Translate
from data_access.zone_editing import EMPTY_PICTURE

ARROW = "toward"
"""The setting that is drawn as an arrow."""

NOT_TYPED = frozenset({ARROW, EMPTY_PICTURE})

LABELS = (
    "person", "car", "bus", "truck", "motorcycle", "bicycle", "person_like", "vehicle_like",
)  # fmt: skip
"""Classes that are offered; a model's others are typed."""

MOST_DECIMALS = 6
"""Shares of a picture are small: a thousandth of one that is 1000 pixels wide, squared."""

_NEGATIVE = N_("“{typed}” is less than 0. Enter 0 or more.")


def show_settings(visit: Visit, key: str, rule: RuleFace, kept: Mapping[str, Any]) -> None:
    """The settings that matter first, then the rule's own ones, folded away."""
    typed = _typed_ones(rule)
    for setting in typed:
        if setting.name in FIRST:
            _show_setting(visit, key, rule, setting, kept)
    others = [setting for setting in typed if setting.name not in FIRST]
    if others:
        _ = visit.text
        with st.expander(_("The rule's own settings")):
            for setting in others:
                _show_setting(visit, key, rule, setting, kept)


def _typed_ones(rule: RuleFace) -> list[RuleSetting]:
    return [setting for setting in rule.settings if setting.name not in NOT_TYPED]


def _show_setting(
    visit: Visit, key: str, rule: RuleFace, setting: RuleSetting, kept: Mapping[str, Any]
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
    elif _is_number(setting):
        st.text_input(name, _written(value, visit.language), max_chars=40, key=own)
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


def _is_number(setting: RuleSetting) -> bool:
    return isinstance(setting.usual, int | float) and not isinstance(setting.usual, bool)


def _written(value: float, language: Language) -> str:
    return written_number(value, 0, language, MOST_DECIMALS)


def settings_faults(
    visit: Visit, key: str, rule: RuleFace, kept: Mapping[str, Any]
) -> list[str]:  # fmt: skip
    """A sentence for each number that was typed and cannot be, with its setting."""
    _ = visit.text
    faults = {
        setting.name: number_fault(
            setting, kept, st.session_state[_field(key, rule, setting)], visit.language, _
        )
        for setting in _typed_ones(rule)
        if _is_number(setting)
    }
    return [f"{setting_name(name, _)}: {fault}" for name, fault in faults.items() if fault]


def number_fault(
    setting: RuleSetting, kept: Mapping[str, Any], typed: str, language: Language, _: Translate
) -> str | None:
    """Why what was typed cannot be; what was left as it was written always can."""
    if _is_untouched(setting, kept, typed, language):
        return None
    if fault := typed_fault(typed, setting.usual, language, _):
        return fault
    is_negative = (typed_number(typed, language) or 0) < 0
    return _(_NEGATIVE).format(typed=typed) if is_negative else None


def typed_settings(
    visit: Visit, key: str, rule: RuleFace, kept: Mapping[str, Any]
) -> dict[str, Any]:  # fmt: skip
    """What the fields say, by setting, once ``settings_faults`` finds nothing.

    Settings that are as usual are left out, so that a better usual value reaches the zone.
    """
    found: dict[str, Any] = {}
    for setting in _typed_ones(rule):
        typed = st.session_state[_field(key, rule, setting)]
        value = typed_value(setting, kept, typed, visit.language)
        if value != setting.usual:
            found[setting.name] = value
    return found


def typed_value(
    setting: RuleSetting, kept: Mapping[str, Any], typed: Any, language: Language
) -> Any:
    """A setting's value as it was typed; one that was left keeps all its digits."""
    if not _is_number(setting):
        return typed
    if _is_untouched(setting, kept, typed, language):
        return kept.get(setting.name, setting.usual)
    value = typed_number(typed, language) or 0.0
    return int(value) if isinstance(setting.usual, int) else value


def _is_untouched(
    setting: RuleSetting, kept: Mapping[str, Any], typed: str, language: Language
) -> bool:
    return typed.strip() == _written(kept.get(setting.name, setting.usual), language)
