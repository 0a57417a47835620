"""How officers judge rules at cameras: the share confirmed, the bar, and what is paused."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components.camera_words import camera_address
from components.formats import number
from components.health_frames import Titles, long_height
from components.rule_words import rule_name
from components.saying import do, refuse_each, say
from components.section_title import show_title
from components.side_by_side import side_by_side
from components.typed_numbers import typed_fault, typed_number, written_number
from components.visit import Visit
from data_access import cameras, rule_checks
from data_access.domain.events import EVENT_KINDS, Response
from data_access.rule_checks import ALL_RULES, Bar, Precision

RULE, PERCENT, LEAST, OUTCOME = "bar_rule", "bar_percent", "bar_least", "bar_outcome"
TABLE = "rule_checks"
USUAL_PERCENT = 80.0
USUAL = Bar(USUAL_PERCENT, 20)
"""What the form begins with: four of five right, and enough checks to know."""

JUDGED = tuple(kind.id for kind in EVENT_KINDS.values() if kind.response is Response.VIOLATION)
"""Only violations are confirmed or rejected."""


def show_rule_checks(visit: Visit) -> None:
    """The bars, and each rule at each camera with how it does."""
    _ = visit.text
    with visit.database.as_viewer(visit.scope) as tx:
        bars = rule_checks.bars(tx)
        found = rule_checks.precisions(tx, visit.now())
        names = cameras.codes(tx, {one.camera_id for one in found})
    left, right = side_by_side("rule_checks", (3, 1))
    with right:
        show_title(_("When a rule pauses itself"))
        _show_bars(visit, bars)
        _show_form(visit, bars)
    with left:
        show_title(_("Checked in the last {days} days").format(days=rule_checks.DAYS))
        _show_table(visit, found, names)


def _show_bars(visit: Visit, bars: Mapping[str, Bar]) -> None:
    _ = visit.text
    if not bars:
        st.info(_("No bar is set: no rule pauses itself, however often officers reject it."))
        return
    words = _("at least {percent} % confirmed, once {least} were checked")
    for rule, bar in sorted(bars.items(), key=lambda one: (one[0] != ALL_RULES, one[0])):
        with st.container(horizontal=True, vertical_alignment="center"):
            said = words.format(percent=f"{bar.precision_percent:g}", least=bar.least_checks)
            st.markdown(f"**{_all_or_one(rule, visit)}**: {said}")
            st.button(
                _("Take away"), key=f"bar_off_{rule}", type="tertiary",
                on_click=_set, args=(visit, rule, None),
            )  # fmt: skip


def _all_or_one(rule: str, visit: Visit) -> str:
    _ = visit.text
    return _("All rules") if rule == ALL_RULES else rule_name(rule, _)


def _show_form(visit: Visit, bars: Mapping[str, Bar]) -> None:
    _ = visit.text
    begun = bars.get(ALL_RULES, USUAL)
    with st.form("bar_form"):
        st.selectbox(
            _("Rule"), (ALL_RULES, *JUDGED), key=RULE,
            format_func=lambda one: _all_or_one(one, visit),
        )  # fmt: skip
        st.text_input(
            _("Confirmed at least, %"), key=PERCENT,
            value=written_number(begun.precision_percent, 0, visit.language),
        )  # fmt: skip
        st.text_input(
            _("Once so many were checked"), written_number(begun.least_checks, 0, visit.language),
            key=LEAST, help=_("Below it, chance decides more than the rule does."),
        )  # fmt: skip
        say(OUTCOME)  # where the button was: what was typed stays where it is
        st.form_submit_button(_("Set"), type="primary", on_click=_set_typed, args=(visit,))


def _set_typed(visit: Visit) -> None:
    state = st.session_state
    bar = read_bar(state[PERCENT], state[LEAST], visit)
    if isinstance(bar, Bar):
        _set(visit, state[RULE], bar)
    else:
        refuse_each(OUTCOME, bar)


def read_bar(percent: str, least: str, visit: Visit) -> Bar | list[str]:
    """The bar that was typed, or a sentence for each number that is none."""
    _, language = visit.text, visit.language
    faults = {
        _("Confirmed at least, %"): typed_fault(percent, USUAL_PERCENT, language, _),
        _("Once so many were checked"): typed_fault(least, USUAL.least_checks, language, _),
    }
    said = [f"{title}: {fault}" for title, fault in faults.items() if fault]
    typed = typed_number(percent, language), typed_number(least, language)
    return said or Bar(typed[0] or 0.0, int(typed[1] or 0))


def _set(visit: Visit, rule: str, bar: Bar | None) -> None:
    _ = visit.text

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            rule_checks.set_bar(tx, visit.viewer, rule, bar)
        return _("Kept. The workers follow within a minute.")

    do(visit, OUTCOME, act)


def _show_table(visit: Visit, found: list[Precision], names: Mapping[int, str]) -> None:
    _ = visit.text
    if not found:
        st.info(_("No violation was checked yet. Officers confirm or reject them on Violations."))
        return
    rows = sorted(found, key=lambda one: (not one.is_paused, -one.checked, one.percent))
    chosen = st.dataframe(
        build_precisions(rows, names, visit), key=TABLE, hide_index=True,
        column_config=_titles(visit), on_select="rerun", selection_mode="single-row",
        placeholder="—",
        height=long_height(len(rows), 16) or "content",
    )["selection"]["rows"]  # fmt: skip
    one = rows[chosen[0]] if chosen and chosen[0] < len(rows) else None
    if one is None or not one.is_paused:
        st.caption(_("Choose a paused row to switch its rule on again."))
        return
    words = _("Switch on again: {rule} at {camera}")
    st.button(
        words.format(rule=rule_name(one.rule, _), camera=names.get(one.camera_id, "")),
        icon=":material/play_arrow:", key="rule_resume", on_click=_resume, args=(visit, one),
        help=_("Earlier checks no longer count there. Mend its zone first."),
    )  # fmt: skip


def build_precisions(
    found: list[Precision], names: Mapping[int, str], visit: Visit
) -> pd.DataFrame:
    """One row a rule and camera, those that are paused first."""
    _ = visit.text
    return pd.DataFrame(
        [
            {
                "state": _state(one, visit), "rule": rule_name(one.rule, _),
                "camera": f"{camera_address(one.camera_id)}#{names.get(one.camera_id, '')}",
                "percent": _known_percent(one), "checked": one.checked, "confirmed": one.confirmed,
            }
            for one in found
        ]
    )  # fmt: skip


def _known_percent(one: Precision) -> float | None:
    """The share that was confirmed; None while so few were checked that it says nothing."""
    return one.percent if one.checked >= (one.bar or USUAL).least_checks else None


def _state(one: Precision, visit: Visit) -> str:
    _ = visit.text
    if one.is_paused:
        return "◆ " + _("Paused")
    if one.bar is not None and one.checked < one.bar.least_checks:
        return "○ " + _("{count} more to check").format(
            count=number(one.bar.least_checks - one.checked)
        )
    return "● " + _("Works")


def _titles(visit: Visit) -> Titles:
    _ = visit.text
    return {
        "state": _("State"), "rule": _("Rule"),
        "camera": st.column_config.LinkColumn(_("Camera"), display_text="#(.*)$"),
        "checked": st.column_config.NumberColumn(_("Checked"), width=88),
        "confirmed": st.column_config.NumberColumn(_("Confirmed"), width=104),
        "percent": st.column_config.ProgressColumn(
            _("Share"), format="%.0f%%", min_value=0, max_value=100, width=88
        ),
    }  # fmt: skip


def _resume(visit: Visit, one: Precision) -> None:
    _ = visit.text

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            rule_checks.resume(tx, visit.viewer, one.camera_id, one.rule, visit.now())
        return _("The rule is on again there. The workers follow within a minute.")

    do(visit, OUTCOME, act)
