"""The zones of a camera: its picture to draw on, and beside it what the zone is."""

import json
from html import escape
from pathlib import Path

import streamlit as st

from components.camera_picker import go_to_camera, show_picker
from components.camera_reading import CameraGlance
from components.camera_screen import chosen_camera
from components.camera_words import camera_address
from components.formats import number
from components.plain_trouble import said_plainly
from components.saying import do, refuse_each, say
from components.section_title import show_title
from components.side_by_side import side_by_side
from components.visit import Visit
from components.zone_canvas import Drawing, Shape, build_canvas, drawing_on, show_canvas
from components.zone_form import begin_form, read_form, show_form
from components.zone_reference import keeping_picture, show_reference, wants_picture
from components.zone_settings import ARROW
from components.zone_trial import ask_to_try, show_trial
from data_access import rule_catalogue, zone_editing
from data_access.domain.camera_file import written_camera
from data_access.domain.rule_faces import RuleFace
from data_access.domain.watch import Calibration, Zone
from data_access.zone_editing import DrawnZone

CHOSEN, OUTCOME, TURN, PLACES = "zone_chosen", "zone_outcome", "zone_turn", "zone_places"
STYLE = Path(__file__).resolve().parent / "camera.css"
NEW = 0
"""The number of a zone that is not kept yet."""


def show_editor(visit: Visit) -> None:
    """The whole screen."""
    glance = chosen_camera(visit)
    with said_plainly(visit):
        camera_id = glance.facts.camera.id
        with visit.database.as_viewer(visit.scope) as tx:
            rules = rule_catalogue.catalogue(tx)
            drawn = zone_editing.drawn(tx, camera_id)
            calibration = zone_editing.calibration(tx, camera_id)
        _show_heading(visit, glance)
        if not rules:
            _ = visit.text
            st.info(_("No worker has said which rules it knows. Start it with “./qala worker”."))
            return
        _show_parts(visit, glance, rules, drawn, calibration)


def _show_heading(visit: Visit, glance: CameraGlance) -> None:
    _, language = visit.text, visit.language
    camera = glance.facts.camera
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="center", key="camera_heading"):
        name = f"{camera.code} · {camera.name.in_language(language)}"
        st.html(f'<h1 class="q-title">{escape(name)}</h1>')
        address, words = escape(camera_address(camera.id)), escape(_("Open the camera"))
        st.html(f'<a class="q-way" href="{address}" target="_self">{words}</a>')
        with st.popover(_("Another camera"), icon=":material/search:"):
            show_picker(visit, "zone_words", go_to_camera)


def _show_parts(
    visit: Visit,
    glance: CameraGlance,
    rules: dict[str, RuleFace],
    drawn: list[DrawnZone],
    calibration: Calibration | None,
) -> None:
    camera_id = glance.facts.camera.id
    left, right = side_by_side("zones", (2, 1))
    with right:
        chosen = _show_choice(visit, camera_id, drawn)
        key = f"zone_{camera_id}_{chosen.zone.id if chosen else NEW}_{_turn()}"
        begin_form(key, chosen, rules)
        rule = show_form(visit, key, chosen, rules, is_calibrated=calibration is not None)
    with left:
        begun = _begun(chosen, rule)
        others = [
            Shape(one.zone.name, one.zone.shape, one.zone.points, one.enabled)
            for one in drawn
            if one is not chosen
        ]
        places = calibration.picture if calibration and st.session_state.get(PLACES) else ()
        data = build_canvas(
            camera_id, rule.shape, begun, others, visit.text,
            wants_arrow=_has_arrow(rule), places=places,
        )  # fmt: skip
        show_canvas(data, _canvas_key(key))
        show_trial(visit, camera_id)
        _show_below(visit, glance, drawn, calibration)
    with right:
        if chosen is not None and chosen.zone.rule == rule.id and wants_picture(rule):
            show_reference(visit, camera_id, chosen.zone, OUTCOME)
        _show_buttons(visit, camera_id, chosen, key, rule, begun)


def _show_choice(visit: Visit, camera_id: int, drawn: list[DrawnZone]) -> DrawnZone | None:
    """Which zone is on the picture: one of the camera's, or a new one."""
    _ = visit.text
    show_title(_("Zones of this camera"))
    by_number = {one.zone.id: one for one in drawn}
    key = f"{CHOSEN}_{camera_id}"
    if st.session_state.get(key) not in by_number:
        st.session_state[key] = NEW

    def name(number: int) -> str:
        one = by_number.get(number)
        if one is None:
            return _("A new zone")
        return one.zone.name if one.enabled else _("{name} (off)").format(name=one.zone.name)

    chosen = st.selectbox(
        _("Zone"), (NEW, *by_number), key=key, format_func=name, label_visibility="collapsed"
    )
    return by_number.get(chosen)


def _turn() -> int:
    """Grows with each zone that was kept or removed, so that the form begins anew."""
    return int(st.session_state.get(TURN, 0))


def _has_arrow(rule: RuleFace) -> bool:
    return any(setting.name == ARROW for setting in rule.settings)


def _begun(chosen: DrawnZone | None, rule: RuleFace) -> Drawing:
    """The shape as it is kept; another shape of rule begins with an empty picture."""
    if chosen is None or chosen.zone.shape is not rule.shape:
        return Drawing()
    x, y = chosen.zone.params.get(ARROW) or (0.0, 0.0)
    return Drawing(chosen.zone.points, (float(x), float(y)))


def _show_buttons(
    visit: Visit,
    camera_id: int,
    chosen: DrawnZone | None,
    key: str,
    rule: RuleFace,
    begun: Drawing,
) -> None:
    _ = visit.text
    say(OUTCOME)  # beside what is pressed, below what was typed: that stays where it is
    with st.container(horizontal=True):
        st.button(
            _("Keep the zone"), type="primary", key=f"{key}_save", on_click=_save,
            args=(visit, camera_id, chosen, key, rule, begun),
        )  # fmt: skip
        st.button(
            _("Try it"), icon=":material/science:", key=f"{key}_try", on_click=_try,
            args=(visit, camera_id, chosen, key, rule, begun),
            help=_("The worker looks for it in the newest clips of this camera, and tells."),
        )  # fmt: skip
        if chosen is not None:
            with st.popover(_("Remove"), icon=":material/delete:"):
                st.write(_("Its events and counts stay. The rule stops watching here."))
                st.button(
                    _("Remove the zone"), key=f"{key}_remove", on_click=_remove,
                    args=(visit, camera_id, chosen.zone),
                )  # fmt: skip


def _canvas_key(key: str) -> str:
    return f"{key}_canvas"


def _drawn_now(key: str, begun: Drawing) -> Drawing:
    """What is on the canvas when a button is pressed.

    The page may not have run since the last stroke: what it knew then would be a stroke behind.
    """
    return drawing_on(_canvas_key(key)) or begun


def _save(
    visit: Visit,
    camera_id: int,
    chosen: DrawnZone | None,
    key: str,
    rule: RuleFace,
    begun: Drawing,
) -> None:
    _, read = visit.text, _read(visit, chosen, key, rule, begun)
    if read is None:
        return
    zone, enabled = read

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            kept = zone_editing.save(tx, visit.viewer, camera_id, zone, enabled)
        st.session_state[f"{CHOSEN}_{camera_id}"] = kept
        return _("Kept. The worker follows within seconds.")

    if do(visit, OUTCOME, act):
        st.session_state[TURN] = _turn() + 1


def _try(
    visit: Visit,
    camera_id: int,
    chosen: DrawnZone | None,
    key: str,
    rule: RuleFace,
    begun: Drawing,
) -> None:
    read = _read(visit, chosen, key, rule, begun)
    if read is not None:
        ask_to_try(visit, camera_id, read[0], OUTCOME)


def _read(
    visit: Visit, chosen: DrawnZone | None, key: str, rule: RuleFace, begun: Drawing
) -> tuple[Zone, bool] | None:
    """The zone as it is typed and drawn; None, with a word for each, if a number cannot be."""
    read = read_form(visit, key, chosen, rule, _drawn_now(key, begun))
    if isinstance(read, list):
        refuse_each(OUTCOME, read)
        return None
    zone, enabled = read
    return keeping_picture(zone, chosen.zone if chosen else None), enabled


def _remove(visit: Visit, camera_id: int, zone: Zone) -> None:
    _ = visit.text

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            zone_editing.remove(tx, visit.viewer, camera_id, zone.id)
        return _("The zone was removed.")

    if do(visit, OUTCOME, act):
        st.session_state[TURN] = _turn() + 1


def _show_below(
    visit: Visit, glance: CameraGlance, drawn: list[DrawnZone], calibration: Calibration | None
) -> None:
    """The calibration, and the file to try the zones on a recording with."""
    _ = visit.text
    with st.container(horizontal=True, vertical_alignment="center"):
        if calibration is None:
            st.caption(_("This camera is not calibrated: speeds and metres are not known."))
        else:
            words = _("Points of the calibration: {count}")
            st.toggle(words.format(count=len(calibration.picture)), key=PLACES)
        if drawn:
            document = written_camera([one.zone for one in drawn], calibration)
            st.download_button(
                _("File to try them with"), json.dumps(document, ensure_ascii=False, indent=1),
                f"{glance.facts.camera.code}.json", "application/json",
                icon=":material/download:", key="zones_file", on_click="ignore",
                help=_(
                    "Zones that are off stand in it, too. Try them on a recording with "
                    "“./qala analyse VIDEO --camera FILE” before you switch them on."
                ),
            )  # fmt: skip
    if calibration is not None and st.session_state.get(PLACES):
        rows = zip(calibration.picture, calibration.ground_m, strict=True)
        st.dataframe(
            [
                {_("Point"): point, _("In the picture, %"): _pair(100 * x, 100 * y, 1, visit),
                 _("On the ground, m"): _pair(x_m, y_m, 2, visit)}
                for point, ((x, y), (x_m, y_m)) in enumerate(rows, 1)
            ],
            hide_index=True, key="zone_calibration",
        )  # fmt: skip


def _pair(first: float, second: float, digits: int, visit: Visit) -> str:
    return " · ".join(number(one, digits, visit.language) for one in (first, second))
