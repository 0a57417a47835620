import pytest

from data_access.domain.plates import REGION_NAMES, fragment, region_name


@pytest.mark.parametrize(
    ("plate", "region"),
    [
        ("123 ABC 02", "Almaty"),
        ("123ABC02", "Almaty"),
        ("123 AB 16", "East Kazakhstan region"),
        ("12 ABC 20", "Ulytau region"),
        ("123 ABC 21", None),
        ("A 123 BCD", None),
        ("А123ВС77", None),
        ("🚗🚗🚗", None),
    ],
)
def test_a_plate_names_its_region_by_its_last_digits(plate: str, region: str | None) -> None:
    assert region_name(plate) == region


def test_every_region_of_the_country_has_a_name() -> None:
    assert list(REGION_NAMES) == [f"{number:02}" for number in range(1, 21)]


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("123 abc-02", "123ABC02"),
        ("авс", "ABC"),
        ("%_\\';--", ""),
        ("🚗", ""),
        ("  ", ""),
    ],
)
def test_what_people_type_becomes_letters_and_digits(typed: str, letters: str) -> None:
    assert fragment(typed) == letters
