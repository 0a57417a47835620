"""The queue's cards: urgency by kind and age, and what stands on them."""

from datetime import timedelta
from uuid import uuid4

import pytest
import streamlit as st

from components.queue import CHOSEN, OVERDUE, build_card, chosen_place, urgency
from data_access.domain.people import Role
from data_access.domain.words import Names
from tests.support.visits import NOON, a_happening, a_visit

SOON = NOON + timedelta(minutes=4)
LATE = NOON + OVERDUE + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("kind", "state", "later", "sign"),
    [
        ("crowd", "new", timedelta(minutes=4), "waiting"),
        ("crowd", "new", OVERDUE + timedelta(seconds=1), "urgent"),
        ("intrusion", "new", timedelta(0), "urgent"),
        ("intrusion", "acknowledged", timedelta(hours=3), "handled"),
        ("crowd", "on_scene", timedelta(hours=3), "handled"),
    ],
)
def test_an_incident_is_urgent_by_its_kind_or_by_how_long_nobody_came(
    kind: str, state: str, later: timedelta, sign: str
) -> None:
    assert urgency(a_happening(kind, state=state), NOON + later) == sign


def test_a_work_order_waits_once_its_deadline_has_passed() -> None:
    order = a_happening("illegal_dump", deadline_at=SOON)
    assert urgency(order, NOON) == "order"
    assert urgency(order, LATE) == "waiting"
    assert "deadline passed" in build_card(order, LATE, a_visit(Role.MUNICIPAL))


def test_a_card_says_what_where_since_when_and_why() -> None:
    event = a_happening(facts={"people": 34, "limit_people": 25})
    card = build_card(event, SOON, a_visit())
    for words in ("Crowd · Market", "4 min ago", "camera K-118", "West", "34"):
        assert words in card
    assert "12:00:00" in card  # the exact time on hover


def test_an_sos_press_counts_the_seconds_that_somebody_waits() -> None:
    press = a_happening("sos_press", camera_id=None, camera_code=None)
    assert ">0:38<" in build_card(press, NOON + timedelta(seconds=38), a_visit())


def test_somebody_on_it_is_said_in_words() -> None:
    card = build_card(a_happening(state="dispatched"), SOON, a_visit(language="kk"))
    assert "Жасақ" in card
    assert "Базар" in card


def test_names_with_markup_are_shown_as_they_are() -> None:
    bad = Names(*['<script>alert("x")</script>'] * 3)
    card = build_card(a_happening(site=bad), SOON, a_visit())
    assert "<script>" not in card
    assert "&lt;script&gt;" in card


def test_the_keyboard_stands_at_the_first_card_until_somebody_moves_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cards = [a_happening(id=uuid4()) for _ in range(3)]
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    assert chosen_place([]) is None
    assert chosen_place(cards) == 0
    state[CHOSEN] = cards[2].id
    assert chosen_place(cards) == 2
    assert chosen_place(cards[:2]) == 0  # it was dealt with and has left


def test_the_chosen_card_is_marked() -> None:
    assert "chosen" in build_card(a_happening(), SOON, a_visit(), chosen=True)
    assert "chosen" not in build_card(a_happening(), SOON, a_visit())
