"""Plates' forms: what a local form settles, and what stays as read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.plates.forms import PlateText, PlateTextError, plain, settle


@pytest.mark.parametrize(
    ("read", "plate", "region"),
    [
        ("123ABC02", "123ABC02", "02"),
        ("I23ABC02", "123ABC02", "02"),
        ("123A8C02", "123ABC02", "02"),
        ("123ABCO2", "123ABC02", "02"),
        ("527 0YD 1O", "527OYD10", "10"),
        ("123 AB 16", "123AB16", "16"),
        ("12ABC20", "12ABC20", "20"),
        ("12 AB 01", "12AB01", "01"),
    ],
)
def test_a_local_plate_is_settled_where_its_form_says_letter_or_digit(
    read: str, plate: str, region: str
) -> None:
    assert settle(plain(read)) == PlateText(plate, "KZ", region)


@pytest.mark.parametrize(
    "read",
    [
        "123ABC21",  # no such region
        "123ABC00",
        "A123BC77",  # Russia
        "A123BC777",
        "01A123BC",  # Uzbekistan
        "01KG123ABC",  # Kyrgyzstan
        "5EZP631",
        "DK0H7Z",
        "B8O0I1",
        "WOB5S2",
        "123S5C02",  # an S is no 5
    ],
)
def test_a_foreign_plate_stays_as_read(read: str) -> None:
    assert settle(plain(read)) == PlateText(read)


def test_a_plate_from_before_2012_is_local_without_a_region_of_today() -> None:
    assert settle(plain("A 123 BCD")) == PlateText("A123BCD", "KZ")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("  123 abc 02 ", "123ABC02"),
        ("123-ABC|02", "123ABC02"),
        ("UG9=L8U", "UG9L8U"),
        ("AU4·1257", "AU41257"),
        ("А123ВС77", "A123BC77"),  # typed in Cyrillic
        ("１２３ABC02", "123ABC02"),  # full width
    ],
)
def test_what_is_typed_or_read_is_made_plain(written: str, expected: str) -> None:
    assert plain(written) == expected


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("🚗🚗123🚗", "it has 🚗, and plates have Latin letters"),
        ("<script>1", "it has <, >"),
        ("Қ123ABC", "it has Қ"),
        ("", "it has 0 letters and digits"),
        ("AB1", "it has 3 letters and digits"),
        ("2014-06-16 06:46", "it has 12 letters and digits"),
    ],
)
def test_what_is_no_plate_is_refused_with_the_reason(written: str, why: str) -> None:
    with pytest.raises(PlateTextError, match=why) as refused:
        plain(written)
    assert str(refused.value).endswith("Type it again.")


@given(st.text(max_size=14))
def test_whatever_is_written_it_is_a_plate_or_refused(written: str) -> None:
    try:
        text = plain(written)
    except PlateTextError:
        return
    settled = settle(text)
    assert len(settled.text) == len(text)
    assert settle(settled.text) == settled


@given(st.from_regex(r"[0-9A-Z]{4,10}", fullmatch=True))
def test_only_look_alikes_are_ever_exchanged(text: str) -> None:
    alike = str.maketrans("OIB", "018")
    assert settle(text).text.translate(alike) == text.translate(alike)
