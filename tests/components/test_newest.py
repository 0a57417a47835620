"""The newest events: what is shown of them, to whom."""

from datetime import timedelta

import pytest

from components.newest import SHOWN, build_newest
from data_access.domain.people import Role
from tests.support.visits import EVENT_ID, NOON, a_happening, a_visit

NOW = NOON + timedelta(minutes=2)


def test_each_event_has_its_explanation_its_age_and_its_id() -> None:
    event = a_happening("red_light", facts={"red_s": 2.4}, plate="123 ABC 02")
    found = build_newest([event], NOW, a_visit())
    assert f'data-event="{EVENT_ID}"' in found
    assert "2 min ago" in found
    assert "2.4 s after the signal" in found


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.OPERATOR, True),
        (Role.CHIEF, True),
        (Role.PATROL, True),
        (Role.AKIM, False),
        (Role.MUNICIPAL, False),
    ],
)
def test_plates_are_for_those_who_act_on_them(role: Role, sees: bool) -> None:
    event = a_happening("red_light", plate="123 ABC 02")
    assert ("123 ABC 02" in build_newest([event], NOW, a_visit(role))) is sees


def test_an_empty_list_says_what_would_be_here() -> None:
    assert "appears here by itself" in build_newest([], NOW, a_visit())


def test_the_list_is_short() -> None:
    assert build_newest([a_happening()] * 50, NOW, a_visit()).count("<li") == SHOWN
