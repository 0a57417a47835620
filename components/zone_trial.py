"""A zone tried on the camera's newest clips, before it is switched on."""

import streamlit as st

from components.formats import ago, number, percent
from components.plain_trouble import said_plainly
from components.rule_words import rule_name
from components.saying import do
from components.visit import Visit
from data_access import rule_trials
from data_access.domain.watch import Zone
from data_access.rule_trials import Trial, TrialResult

TRIAL = "zone_trial"
LOOK_S = 3.0
"""How often it is looked whether a trial is done: it takes seconds to a minute."""

MOST_SHOWN = 12


def ask_to_try(visit: Visit, camera_id: int, zone: Zone, outcome: str) -> None:
    """Ask the worker; a refusal is kept to be said."""
    _ = visit.text

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            rule_trials.ask(tx, visit.viewer, camera_id, zone, visit.now())
        return _("The zone is being tried; what it finds appears below the picture.")

    do(visit, outcome, act)


@st.fragment(key=TRIAL, run_every=LOOK_S)
def show_trial(visit: Visit, camera_id: int) -> None:
    """The newest trial at this camera, renewed by itself."""
    with said_plainly(visit):
        with visit.database.as_viewer(visit.scope) as tx:
            trial = rule_trials.newest(tx, camera_id)
        if trial is not None:
            with st.container(border=True):
                st.markdown("\n\n".join(trial_words(trial, visit)))


def trial_words(trial: Trial, visit: Visit) -> list[str]:
    """What was tried, when, and what came of it."""
    _, result = visit.text, trial.result
    title = _("Tried {ago}: {rule}").format(
        ago=ago(trial.requested_at, visit.now(), _), rule=rule_name(trial.zone.rule, _)
    )
    if result is None:
        return [f"**{title}**", _("The worker is looking at the clips…")]
    if result.trouble:
        return [f"**{title}**", _(result.trouble)]
    return [f"**{title}**", *_found(result, visit)]


def _found(result: TrialResult, visit: Visit) -> list[str]:
    _ = visit.text
    words = _("Clips: {clips}, {seconds} s. Found: {found}. Counted: {counted}")
    lines = [
        words.format(
            clips=number(result.clips), seconds=number(result.seconds, 0, visit.language),
            found=number(len(result.found)), counted=number(result.counted),
        )
    ]  # fmt: skip
    each = _("clip {clip}, second {second}, confidence {share}")
    if result.found:
        lines.append(
            "; ".join(
                each.format(
                    clip=one.clip, second=number(one.at_s, 1, visit.language),
                    share=percent(one.confidence, 0, visit.language),
                )
                for one in result.found[:MOST_SHOWN]
            )
        )  # fmt: skip
    return lines
