"""Turning the camera from its screen: eight steps, presets, stop; each turn is recorded."""

from typing import Any

import httpx
import streamlit as st

from components.camera_reading import CameraGlance
from components.plain_trouble import said_plainly
from components.visit import Visit
from data_access.domain.people import TURN_ROLES
from data_access.domain.words import N_
from data_access.keys import installation_key
from data_access.turning import note_turn

STEP, ZOOM = 0.05, 0.1
"""Shares of the camera's whole range: a twentieth moves the picture by about half of itself."""

PATIENCE = httpx.Timeout(15.0, connect=2.0)
"""The worker itself gives a camera ten seconds."""

AWAY = N_("The worker does not answer. Try again in a moment.")
NOT_ALLOWED = N_("Your role does not allow this.")
TURNS = N_("The camera turns.")
SAVED = N_("The direction was saved.")
ANSWER, PRESETS = "turn_answer", "turn_presets"

STEPS: dict[str, tuple[str, dict[str, float]]] = {
    "left": (N_("Left"), {"right": -STEP}),
    "up": (N_("Up"), {"up": STEP}),
    "down": (N_("Down"), {"up": -STEP}),
    "right": (N_("Right"), {"right": STEP}),
    "closer": (N_("Closer"), {"closer": ZOOM}),
    "wider": (N_("Wider"), {"closer": -ZOOM}),
}
ICONS = {
    "left": ":material/arrow_back:",
    "up": ":material/arrow_upward:",
    "down": ":material/arrow_downward:",
    "right": ":material/arrow_forward:",
    "closer": ":material/zoom_in:",
    "wider": ":material/zoom_out:",
}


def show_turning(visit: Visit, glance: CameraGlance) -> None:
    """The control, for who may turn a camera that can be turned."""
    health = glance.health
    if visit.viewer.role in TURN_ROLES and health is not None and health.turns:
        _show(visit, glance.facts.camera.id)


@st.fragment
def _show(visit: Visit, camera_id: int) -> None:
    _ = visit.text
    if not st.toggle(_("Turn the camera (each turn is recorded)"), key=f"turn_{camera_id}"):
        return
    with said_plainly(visit), st.container(key="camera_turning", horizontal=True):
        for step, (name, move) in STEPS.items():
            st.button(
                _(name), key=f"turn_{step}", icon=ICONS[step], on_click=turn,
                args=(visit, camera_id, {"do": "move", **move}),
            )  # fmt: skip
        st.button(
            _("Stop"), key="turn_stop", on_click=turn, args=(visit, camera_id, {"do": "stop"})
        )
    _show_presets(visit, camera_id)
    if answer := st.session_state.get(ANSWER):
        st.caption(_(answer))


def _show_presets(visit: Visit, camera_id: int) -> None:
    _ = visit.text
    presets = _presets(visit, camera_id)
    names = {preset["token"]: preset["name"] for preset in presets}
    chosen = st.selectbox(
        _("Saved directions"), list(names), index=None, key=f"preset_{camera_id}",
        format_func=lambda token: names[token], placeholder=_("Choose one"),
    )  # fmt: skip
    st.button(
        _("Turn there"), key="turn_there", disabled=chosen is None, on_click=turn,
        args=(visit, camera_id, {"do": "go", "preset": chosen}),
    )  # fmt: skip
    name = st.text_input(_("Name of this direction"), max_chars=64, key=f"preset_name_{camera_id}")
    st.button(
        _("Save this direction"), key="turn_save", disabled=not name.strip(), on_click=turn,
        args=(visit, camera_id, {"do": "save", "name": name.strip()}),
    )  # fmt: skip


def _presets(visit: Visit, camera_id: int) -> list[dict[str, str]]:
    """What the camera remembers; asked once, and again when something was saved."""
    kept: dict[int, list[dict[str, str]]] = st.session_state.setdefault(PRESETS, {})
    if camera_id not in kept:
        answer, told = ask(visit, camera_id)
        st.session_state[ANSWER] = answer
        if not answer:
            kept[camera_id] = list(told.get("presets", ()))
    return kept.get(camera_id, [])


def turn(visit: Visit, camera_id: int, asked: dict[str, Any]) -> None:
    """Record the turn, and let the worker do it; what came of it is shown below the buttons."""
    with visit.database.as_viewer(visit.scope) as tx:
        allowed = note_turn(tx, visit.viewer, camera_id, asked)
    if not allowed:
        st.session_state[ANSWER] = NOT_ALLOWED
        return
    answer, _ = ask(visit, camera_id, asked)
    saves = asked["do"] == "save"
    st.session_state[ANSWER] = answer or (SAVED if saves else TURNS)
    if saves:
        st.session_state.setdefault(PRESETS, {}).pop(camera_id, None)


def ask(
    visit: Visit, camera_id: int, asked: dict[str, Any] | None = None
) -> tuple[str, dict[str, Any]]:
    """Ask the worker; what is wrong (a text of the catalogues, empty when done) and its answer."""
    settings = visit.settings
    key = settings.worker_key or installation_key(settings.home, "worker")
    url = f"{settings.worker_url.rstrip('/')}/ptz/{camera_id}"
    try:
        answer = httpx.request(
            "GET" if asked is None else "POST", url, json=asked,
            headers={"X-Qala-Key": key}, timeout=PATIENCE, trust_env=False,
        )  # fmt: skip
        told = dict(answer.json())
    except (httpx.HTTPError, ValueError):
        return AWAY, {}
    if answer.status_code == httpx.codes.OK:
        return "", told
    said_by_camera = answer.status_code in (httpx.codes.CONFLICT, httpx.codes.BAD_GATEWAY)
    return (str(told.get("error", AWAY)) if said_by_camera else AWAY), {}
