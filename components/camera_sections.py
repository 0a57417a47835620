"""The parts of the Camera screen beside the picture."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from components.camera_reading import CameraDay, CameraGlance
from components.camera_words import camera_address, feed_of, no_picture_words, state_name
from components.event_words import kind_name, since
from components.formats import moment, number, percent
from components.health_words import DETECTOR_NAMES
from components.html_parts import heading, quiet
from components.timeline import build_timeline, day_counts
from components.visit import Visit
from data_access import audit, camera_view
from data_access.camera_view import CameraEvent, Neighbour, PlateRead
from data_access.domain.events import STATE_NAMES
from data_access.domain.explanations import explain, label_name
from data_access.domain.feeds import FeedStatus
from data_access.domain.places import (
    CAMERA_KIND_NAMES,
    CAMERA_ORIGIN_NAMES,
    SITE_KIND_NAMES,
    Capability,
)
from data_access.domain.words import N_
from data_access.language import Translate

CAPABILITY_NAMES = {
    Capability.INFRARED: N_("infrared"),
    Capability.TURNING: N_("turning"),
    Capability.PLATES: N_("reads plates"),
    Capability.SPEED: N_("measures speed"),
    Capability.AUDIO: N_("sound"),
}
COMPASS = (
    N_("north"), N_("north-east"), N_("east"), N_("south-east"),
    N_("south"), N_("south-west"), N_("west"), N_("north-west"),
)  # fmt: skip


def direction(azimuth_deg: float, _: Translate) -> str:
    """The direction a camera looks in, in words."""
    return _(COMPASS[round(azimuth_deg / 45) % len(COMPASS)])


def build_facts(glance: CameraGlance, visit: Visit) -> str:
    """What the camera is, as a list of names and values in HTML."""
    _, language = visit.text, visit.language
    facts, camera = glance.facts, glance.facts.camera
    rows = [
        (_("Site"), f"{_(SITE_KIND_NAMES[facts.site_kind])} · {facts.site.in_language(language)}"),
        (_("District"), facts.district.in_language(language)),
        (
            _("Kind"),
            f"{_(CAMERA_KIND_NAMES[camera.kind])} · {_(CAMERA_ORIGIN_NAMES[camera.origin])}",
        ),
        (_("Looks to"), _view(camera.azimuth_deg, camera.field_of_view_deg, _)),
        (_("Can"), ", ".join(_(CAPABILITY_NAMES[one]) for one in sorted(camera.capabilities))),
        (_("Programme"), ", ".join(name.in_language(language) for name in facts.programmes)),
        (_("Supplier"), camera.supplier),
        (_("Zones"), ", ".join(_(name) for name, _rule in facts.zones)),
    ]
    return _listed(rows)


def _view(azimuth_deg: float | None, view_deg: float | None, _: Translate) -> str:
    if azimuth_deg is None:
        return ""
    words = f"{direction(azimuth_deg, _)}, {number(azimuth_deg)}°"
    if view_deg is None:
        return words
    return words + ", " + _("field of view {angle}°").format(angle=number(view_deg))


def build_health(health: FeedStatus | None, visit: Visit, *, enabled: bool) -> str:
    """How the feed is doing, as a list of names and values in HTML."""
    _, language = visit.text, visit.language
    state = state_name(health, enabled=enabled, _=_)
    if health is None:
        return _listed([(_("State"), state)])
    rows = [
        (_("State"), no_picture_words(feed_of(health, enabled=enabled), visit.now(), _) or state),
        (_("Since"), moment(health.since_at, language)),
        (_("Pictures a second"), number(health.fps, 1, language)),
        (_("Analysed a second"), number(health.analysed_fps, 1, language)),
        (_("Dropped"), number(health.dropped)),
        (_("Delay"), _("{ms} ms").format(ms=number(health.latency_ms))),
        (_("Size"), f"{health.width_px} × {health.height_px}" if health.width_px else ""),
        (_("Detector"), _(DETECTOR_NAMES.get(health.detector, health.detector))),
        (_("Decoded by"), _decoder(health.decoder, _)),
        (_("Rules switched off"), ", ".join(health.rules_off)),
    ]
    return _listed(rows)


def _decoder(kind: str, _: Translate) -> str:
    return _("graphics card ({kind})").format(kind=kind) if kind else ""


def _listed(rows: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows if value
    )
    return f'<dl class="q-facts">{cells}</dl>'


def show_day(day: CameraDay, visit: Visit) -> None:
    """What passed today, by class and by hour."""
    _ = visit.text
    counts = day_counts(day.hours)
    st.html(build_counts(counts, _))
    if counts or any(hour.events for hour in day.hours):
        figure = build_timeline(day.hours, visit.theme, visit.language, _)
        st.plotly_chart(figure, key="camera_day", theme=None, config={"displayModeBar": False})


def build_counts(counts: dict[str, int], _: Translate) -> str:
    """Today's crossings by class as HTML."""
    head = heading(_("Counted today by hour"))
    if not counts:
        words = _("Nothing was counted today: counting needs a line drawn on the picture.")
        return head + quiet(words)
    items = "".join(
        f"<span>{escape(label_name(label, _))} <b>{number(count)}</b></span>"
        for label, count in counts.items()
    )
    return f'{head}<p class="q-counts">{items}</p>'


def build_event(event: CameraEvent, now: datetime, visit: Visit) -> str:
    """One event of the camera with its evidence beside it, as HTML."""
    _, language = visit.text, visit.language
    plate = f' <span class="plate">{escape(event.plate)}</span>' if event.plate else ""
    parts = [
        since(event.started_at, now, language, _),
        escape(_(STATE_NAMES[event.state])),
        escape(_("confidence {share}").format(share=percent(event.confidence))),
    ]
    evidence = _evidence(event, _)
    if not evidence:
        parts.append(escape(_("no evidence was kept")))
    return (
        f'<li data-event="{event.id}">{evidence}'
        f"<div><b>{escape(kind_name(event.kind, _))}</b>{plate}"
        f"<p>{' · '.join(parts)}</p><p>{escape(explain(event.kind, event.facts, _))}</p></div></li>"
    )


def _evidence(event: CameraEvent, _: Translate) -> str:
    pictures = [file for file in event.evidence if file.kind == "snapshot"]
    clips = [file for file in event.evidence if file.kind == "clip"]
    poster = f' poster="/evidence/{pictures[-1].id}"' if pictures else ""
    if clips:
        words = escape(_("Clip of the event"))
        return _framed(
            f'<video controls muted playsinline preload="none"{poster}'
            f' src="/evidence/{clips[-1].id}" aria-label="{words}">'
            "</video>"
        )
    if pictures:
        words = escape(_("Snapshot of the event"))
        return _framed(f'<img src="/evidence/{pictures[-1].id}" alt="{words}" loading="lazy">')
    return ""


def _framed(inside: str) -> str:
    return f'<div class="evidence">{inside}</div>'


def build_events(events: Sequence[CameraEvent], now: datetime, visit: Visit) -> str:
    """The camera's events, newest first, as HTML."""
    _ = visit.text
    head = heading(_("Events of this camera"))
    if not events:
        words = _("No events in the last thirty days. The next one appears here by itself.")
        return head + quiet(words)
    rows = "".join(build_event(event, now, visit) for event in events)
    return f'{head}<ol class="q-events">{rows}</ol>'


def build_neighbours(neighbours: Sequence[Neighbour], visit: Visit) -> str:
    """The nearest cameras as links, as HTML."""
    _ = visit.text
    head, metres = heading(_("Neighbours")), _("{metres} m")
    if not neighbours:
        return head + quiet(_("No other camera stands within 1.5 km."))
    rows = "".join(
        f'<li><a href="{camera_address(near.id)}" target="_self">'
        f"{escape(near.code)} · {escape(near.name.in_language(visit.language))}</a>"
        f"<span>{escape(metres.format(metres=number(near.distance_m)))}</span></li>"
        for near in neighbours
    )
    return f'{head}<ul class="q-near">{rows}</ul>'


def show_plates(visit: Visit, camera_id: int) -> None:
    """Plates are shown when they are asked for, and the look is recorded."""
    _ = visit.text
    st.html(heading(_("Plates read here today")))
    if not st.toggle(_("Show plates (the look is recorded)"), key=f"plates_{camera_id}"):
        return
    with visit.database.as_viewer(visit.scope) as tx:
        plates = camera_view.plates(tx, camera_id, visit.now())
        if st.session_state.get("plates_recorded") != camera_id:
            audit.record(tx, visit.viewer, "plates_looked_at", f"camera {camera_id}")
            st.session_state["plates_recorded"] = camera_id
    st.html(build_plates(plates, visit.now(), visit))


def build_plates(plates: Sequence[PlateRead], now: datetime, visit: Visit) -> str:
    """Plates with how sure the reading was, as HTML."""
    _ = visit.text
    if not plates:
        return quiet(_("No plates were read here today."))
    rows = "".join(
        f'<li><span class="plate">{escape(read.plate)}</span>'
        f"{since(read.read_at, now, visit.language, _)}"
        f"<span>{percent(read.confidence)}</span></li>"
        for read in plates
    )
    return f'<ul class="q-near">{rows}</ul>'
