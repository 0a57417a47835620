"""What happens in the city as signs: shapes, order, and what is left out."""

from datetime import timedelta

from components.map_signs import button_signs, incident_signs, over_signs, unit_signs
from data_access.domain.words import Names
from data_access.situation import Button, PlacedUnit
from tests.support.visits import NOON, a_happening, a_visit

NOW = NOON + timedelta(minutes=4)
NAMES = Names("Школа № 4", "№ 4 мектеп", "School 4")


def test_the_most_urgent_is_drawn_last_above_the_others() -> None:
    queue = [a_happening("intrusion"), a_happening("crowd")]
    assert [sign.sign for sign in incident_signs(queue, NOW, a_visit())] == ["waiting", "urgent"]


def test_an_incident_without_a_place_and_a_fresh_press_have_no_triangle() -> None:
    queue = [a_happening(longitude=None), a_happening("sos_press")]
    assert incident_signs(queue, NOW, a_visit()) == []
    taken = a_happening("sos_press", state="acknowledged")
    assert [sign.sign for sign in incident_signs([taken], NOW, a_visit())] == ["handled"]


def test_what_is_over_is_grey_however_urgent_it_was() -> None:
    events = [a_happening("intrusion", state="resolved"), a_happening("crowd", state="closed")]
    assert [sign.sign for sign in over_signs(events, NOW, a_visit())] == ["over", "over"]


def test_a_pressed_button_is_red_and_drawn_above_the_quiet_ones() -> None:
    buttons = [Button(1, NAMES, 71.3, 50.9, NOON), Button(2, NAMES, 71.4, 50.9, None)]
    found = button_signs(buttons, NOW, a_visit())
    assert [(sign.id, sign.sign) for sign in found] == [("sos-2", "sos"), ("sos-1", "sos_pressed")]
    assert found[1].note == "SOS pressed 4 min ago"


def test_units_say_what_they_do_and_how_old_their_place_is() -> None:
    units = [
        PlacedUnit(1, "Patrol 1", "patrol", "free", 71.3, 50.9, NOON),
        PlacedUnit(2, "Patrol 2", "patrol", "on_way", 71.3, 50.9, None),
    ]
    found = unit_signs(units, NOW, a_visit().text)
    assert [(sign.sign, sign.note) for sign in found] == [
        ("patrol", "free · 4 min ago"),
        ("patrol_busy", "on the way"),
    ]
