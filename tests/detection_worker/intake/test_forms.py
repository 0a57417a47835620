from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from data_access.domain.intake import CallKind, UnitState
from detection_worker.intake.forms import (
    FormError,
    Read,
    read_call,
    read_position,
    read_press,
    read_signal,
)

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)


def test_a_press_is_a_button_and_a_time() -> None:
    press = read_press({"button": " SOS-1 ", "pressed_at": "2026-05-04T11:59:00+05:00"}, NOW)
    assert (press.button, press.pressed_at) == ("SOS-1", NOW - timedelta(minutes=1))


def test_a_press_without_a_time_is_pressed_now() -> None:
    assert read_press({"button": "SOS-1"}, NOW).pressed_at == NOW


@pytest.mark.parametrize("given", ["8a5d2e3c-0000-4000-8000-000000000001", "call 17", "№ 17"])
def test_the_sender_s_own_id_makes_repeats_the_same(given: str) -> None:
    first, again = (read_press({"id": given, "button": "SOS-1"}, NOW) for _ in range(2))
    assert first.id == again.id
    assert read_press({"id": given + "0", "button": "SOS-1"}, NOW).id != first.id


def test_an_id_that_is_a_uuid_is_kept() -> None:
    given = "8a5d2e3c-0000-4000-8000-000000000001"
    assert read_call({"id": given, "district": "west"}, NOW).id == UUID(given)


def test_without_an_id_the_button_and_the_time_say_which_press_it_is() -> None:
    sent = {"button": "SOS-1", "pressed_at": "2026-05-04T07:00:00Z"}
    assert read_press(sent, NOW).id == read_press(sent, NOW).id
    assert read_press({"button": "SOS-1"}, NOW).id != read_press({"button": "SOS-1"}, NOW).id


def test_a_call_is_read_whole() -> None:
    sent = {
        "id": "17", "called_at": "2026-05-04T07:00:00+00:00", "kind": "fight",
        "text": "Драка у дома\n№ 5 😀", "latitude": 50.9, "longitude": 71, "opens_incident": True,
    }  # fmt: skip
    call = read_call(sent, NOW)
    assert (call.kind, call.text, call.latitude, call.longitude, call.opens_incident) == (
        CallKind.FIGHT, "Драка у дома\n№ 5 😀", 50.9, 71.0, True,
    )  # fmt: skip


def test_a_position_keeps_the_state_only_where_it_is_told() -> None:
    sent = {"unit": "P-1", "latitude": 50.9, "longitude": 71.4}
    assert read_position(sent, NOW).state is None
    assert read_position({**sent, "state": "on_way"}, NOW).state is UnitState.ON_WAY


FAULTS: list[tuple[Read, Any, str]] = [
    (read_press, [], "Send one JSON object"),
    (read_press, None, "Send one JSON object"),
    (read_press, {}, "“button” must be a text"),
    (read_press, {"button": 5}, "“button” must be a text"),
    (read_press, {"button": "  "}, "“button” must be a text"),
    (read_press, {"button": "x" * 101}, "at most 100 characters"),
    (read_press, {"button": "a\0b"}, "at most 100 characters"),
    (read_press, {"buton": "SOS-1", "button": "SOS-1"}, "no field “buton”"),
    (read_press, {"button": "b", "pressed_at": "yesterday"}, "a time with its zone"),
    (read_press, {"button": "b", "pressed_at": "2026-05-04T07:00:00"}, "a time with its zone"),
    (read_press, {"button": "b", "pressed_at": 5}, "a time with its zone"),
    (read_press, {"button": "b", "pressed_at": "2027-01-01T00:00:00Z"}, "in the future"),
    (read_call, {"kind": "murder"}, "one of parking, family_dispute, beggars, fight, other"),
    (read_call, {"kind": ["fight"]}, "one of parking"),
    (read_call, {"text": "x" * 2001}, "at most 2000 characters"),
    (read_call, {"latitude": 86, "longitude": 0}, "degrees from -85 to 85"),
    (read_call, {"latitude": "50", "longitude": 0}, "degrees from -85 to 85"),
    (read_call, {"latitude": float("nan"), "longitude": 0}, "degrees from -85 to 85"),
    (read_call, {"latitude": 10**400, "longitude": 0}, "degrees from -85 to 85"),
    (read_call, {"latitude": float("-inf"), "longitude": 0}, "degrees from -85 to 85"),
    (
        read_press,
        {"button": "b", "pressed_at": "0001-01-01T00:00:00+05:00"},
        "a time with its zone",
    ),
    (read_call, {"latitude": True, "longitude": 0}, "degrees from -85 to 85"),
    (read_call, {"opens_incident": "yes"}, "true or false"),
    (read_position, {"unit": "P-1"}, "“latitude” must be a number"),
    (read_position, {"unit": "P", "latitude": 1, "longitude": 181}, "from -180 to 180"),
]


@pytest.mark.parametrize(("read", "sent", "words"), FAULTS)
def test_what_cannot_be_understood_is_a_sentence(read: Read, sent: Any, words: str) -> None:
    with pytest.raises(FormError, match=words.replace("(", r"\(")):
        read(sent, NOW)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(FormError) as caught:
        read_call({"kind": "x", "latitude": 99, "opens_incident": 1}, NOW)
    assert len(caught.value.faults) == 3


def test_a_signal_shows_its_state_since_the_time_that_is_sent_or_since_now() -> None:
    report = read_signal({"signal": "abai-12", "state": "green"}, NOW)
    assert (report.signal, report.state, report.at) == ("abai-12", "green", NOW)
    sent = {"signal": "abai-12", "state": "red", "at": "2026-05-04T06:59:58Z"}
    assert read_signal(sent, NOW).at == NOW - timedelta(seconds=2)


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"signal": "a"}, "“state” must be a text"),
        ({"signal": "a", "state": "blue"}, "“state” must be one of red, yellow, green, unknown"),
        ({"state": "red"}, "“signal” must be a text"),
        ({"signal": "a", "state": "red", "lamp": 1}, "no field “lamp”"),
        ({"signal": "a", "state": "red", "at": "2026-05-04T07:00:03Z"}, "lies in the future"),
        ({"signal": "a", "state": "red", "at": "noon"}, "must be a time with its zone"),
    ],
)
def test_a_signal_that_cannot_be_understood_is_refused(sent: dict[str, Any], fault: str) -> None:
    with pytest.raises(FormError, match=fault):
        read_signal(sent, NOW)
