"""What happens in the city as signs on the map."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from components.city_map import Sign
from components.event_words import kind_name, place_words
from components.formats import ago
from components.queue import urgency
from components.visit import Visit
from data_access.domain.words import N_
from data_access.language import Translate
from data_access.situation import SOS_KIND, Button, Happening, PlacedUnit

SHOWN = 200
"""Signs of incidents at most: the first of the queue; more would say nothing on a map."""

UNIT_STATES = {
    "free": N_("free"),
    "busy": N_("busy"),
    "on_way": N_("on the way"),
    "on_scene": N_("on scene"),
}
NEW_TO_OLD = slice(None, None, -1)


def incident_signs(events: Sequence[Happening], now: datetime, visit: Visit) -> list[Sign]:
    """Triangles by urgency and age, the most urgent drawn last, above the others."""
    _ = visit.text
    return [
        Sign(
            id=str(event.id),
            sign=urgency(event, now),
            place=(event.longitude, event.latitude),
            name=f"{kind_name(event.kind, _)} · {place_words(event, visit.language)}",
            note=ago(event.started_at, now, _),
            camera_id=event.camera_id,
        )
        for event in events[:SHOWN][NEW_TO_OLD]
        if event.longitude is not None
        and event.latitude is not None
        and not (event.kind == SOS_KIND and event.untouched)
    ]


def over_signs(events: Sequence[Happening], now: datetime, visit: Visit) -> list[Sign]:
    """Grey triangles: what was, and needs nobody any more."""
    signs = incident_signs(events, now, visit)
    return [replace(sign, sign="over") for sign in signs]


def button_signs(buttons: Iterable[Button], now: datetime, visit: Visit) -> list[Sign]:
    """Squares; red while somebody who pressed waits."""
    _ = visit.text
    return [
        Sign(
            id=f"sos-{button.id}",
            sign="sos_pressed" if button.pressed_at else "sos",
            place=(button.longitude, button.latitude),
            name=button.name.in_language(visit.language),
            note=_button_note(button, now, _),
        )
        for button in sorted(buttons, key=lambda button: button.pressed_at is not None)
    ]


def _button_note(button: Button, now: datetime, _: Translate) -> str:
    if button.pressed_at is None:
        return _("SOS button")
    return _("SOS pressed {ago}").format(ago=ago(button.pressed_at, now, _))


def unit_signs(units: Iterable[PlacedUnit], now: datetime, _: Translate) -> list[Sign]:
    """Discs: full while free, hollow while busy."""
    return [
        Sign(
            id=f"unit-{unit.id}",
            sign="patrol" if unit.state == "free" else "patrol_busy",
            place=(unit.longitude, unit.latitude),
            name=unit.name,
            note=_unit_note(unit, now, _),
        )
        for unit in units
    ]


def _unit_note(unit: PlacedUnit, now: datetime, _: Translate) -> str:
    state = _(UNIT_STATES.get(unit.state, unit.state))
    return f"{state} · {ago(unit.seen_at, now, _)}" if unit.seen_at else state
