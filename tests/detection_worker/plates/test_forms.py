"""Plates' forms: what a local form settles, and what stays as read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.plates.abroad import breaks_in
from detection_worker.plates.forms import PlateText, PlateTextError, joined, plain, settle


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
    assert len(text) - len("KZ") <= len(settled.text) <= len(text)
    assert settle(settled.text) == settled


@given(st.from_regex(r"[0-9A-Z]{4,10}", fullmatch=True))
def test_only_look_alikes_are_ever_exchanged(text: str) -> None:
    alike = str.maketrans("OIB", "018")
    settled = settle(text).text.translate(alike)
    bare = text.translate(alike)
    without_bar = bare[:-3] + bare[-2:]
    assert settled in (bare, bare.removeprefix("KZ"), without_bar)


@pytest.mark.parametrize(
    ("upper", "lower", "plate"),
    [
        ("12302", "ABC", "123ABC02"),
        ("1Z302", "ABC", "1Z302ABC"),
        ("1202", "ABC", "12ABC02"),
        ("123O2", "ABC", "123ABCO2"),  # settled afterwards
        ("12321", "ABC", "12321ABC"),  # no such region
        ("4415", "0OJ", "44OOJ15"),  # letters alone stand below
        ("123", "ABC02", "123ABC02"),
        ("ABC", "1234", "ABC1234"),
        ("AB12", "CDE", "AB12CDE"),
    ],
)
def test_two_lines_are_read_in_the_order_of_the_form(upper: str, lower: str, plate: str) -> None:
    assert joined((upper, lower), stacked=True) == plate


@pytest.mark.parametrize(
    ("read", "plate"),
    [
        ("AB0123", "AB0123"),  # fits as it is read
        ("AYO9O34", "AYO9O34"),  # Brazil since 2018 may have it so
        ("AY09034", "AY09034"),  # as Poland has it
        ("BL8I2AB", "BL812AB"),
        ("J0G9221", "JOG9221"),
        ("I535XU", "1535XU"),  # Portugal
        ("8123BCD", "8123BCD"),  # Spain
        ("59321P1", "59321P1"),  # two exchanges away from Spain's
        ("WOB5S2", "WOB5S2"),  # no form
    ],
)
def test_a_long_plate_of_another_country_is_settled_by_its_form(read: str, plate: str) -> None:
    assert settle(read, long=True).text == plate
    assert settle(read).text == read


@pytest.mark.parametrize(
    ("read", "breaks", "plate"),
    [
        ("AYO9O34", {3}, "AYO9034"),  # with a hyphen, as Brazil's were before 2018
        ("AYO9O34", set(), "AYO9O34"),
        ("00R3889", {3}, "OOR3889"),
        ("00R3889", {2, 3}, "00R3889"),  # Ireland
        ("0A12345", {2}, "OA12345"),
        ("BAI23CD", {2}, "BA123CD"),
        ("FO123AB", {2}, "FO123AB"),  # Slovakia has an O where France has none
        ("U626BVJ", {1, 5}, "U6268VJ"),  # Bulgaria
        ("U626BVJ", {1, 4}, "U626BVJ"),
        ("8MA1234", {1, 3}, "BMA1234"),  # Berlin
        ("S5C1234", {2}, "S5C1234"),  # an S is no 5
    ],
)
def test_gaps_that_were_seen_tell_the_form(read: str, breaks: set[int], plate: str) -> None:
    assert settle(read, long=True, breaks=frozenset(breaks)).text == plate


@pytest.mark.parametrize(
    ("read", "breaks", "plate"),
    [
        ("SKRK755AJ", set(), "RK755AJ"),
        ("PLWA12345", {2}, "WA12345"),
        ("CZ1A23456", {2, 5}, "1A23456"),
        ("FAB123CD", {3, 6}, "AB123CD"),
        ("FAB123CD", {3}, "FAB123CD"),  # Poland
        ("DKAB1234", set(), "DKAB1234"),  # Germany may have it so
        ("XYRK755AJ", set(), "XYRK755AJ"),  # no country
    ],
)
def test_the_letters_of_the_band_are_no_part_of_a_plate(
    read: str, breaks: set[int], plate: str
) -> None:
    assert settle(read, long=True, breaks=frozenset(breaks)).text == plate


@pytest.mark.parametrize("text", ["73OSP11", "69AOO09", "91BXE14"])
def test_two_lines_tell_letters_from_digits_by_their_place(text: str) -> None:
    assert settle(text, stacked=True) == PlateText(text, "KZ", text[-2:])


@pytest.mark.parametrize(
    ("written", "breaks"),
    [("AYO-9034", {3}), ("B·MA 1234", {1, 3}), (" AB123 ", set()), ("", set()), ("A--1", {1})],
)
def test_a_break_is_where_something_else_stands(written: str, breaks: set[int]) -> None:
    assert breaks_in(written) == breaks


@pytest.mark.parametrize(
    ("read", "plate"),
    [("378MNP109", "378MNP09"), ("123ABI02", "123ABI02"), ("123AB102", "123AB02")],
)
def test_the_bar_before_the_region_is_no_sign_of_it(read: str, plate: str) -> None:
    assert settle(read).text == plate


def test_a_long_plate_from_before_2012_is_settled() -> None:
    assert settle("M7080YV", long=True) == PlateText("M708OYV", "KZ")
    assert settle("M7080YV") == PlateText("M7080YV")


@pytest.mark.parametrize("read", ["KZ123ABC02", "KZ 12 ABC 20"])
def test_the_letters_kz_beside_a_local_plate_are_not_of_it(read: str) -> None:
    assert settle(plain(read)).text == plain(read)[2:]


@pytest.mark.parametrize(
    ("text", "likely", "breaks", "plate"),
    [
        # Brazil's BBO-4512 and Czechia's 8B0 4512 are one exchange away each.
        ("BB04512", {0: 2e-5, 2: 7e-3}, {3}, "BBO4512"),
        ("BB04512", {0: 7e-3, 2: 2e-5}, {3}, "8B04512"),
        ("BB04512", {0: 6e-3, 2: 7e-3}, {3}, "BB04512"),
        # No Czech plate begins with a zero.
        ("0EY6554", {0: 0.5}, {3}, "OEY6554"),
        # Brazil's newer plates have no gap, the older ones a hyphen that may be missed.
        ("EJV4103", {4: 0.9}, set(), "EJV4I03"),
        ("EJV4103", {4: 0.01}, set(), "EJV4103"),
        ("EJV4103", {4: 0.9}, {3}, "EJV4103"),
        # Bulgaria's B 5088 VK is no B 508 BVK of before 2012, unless the 8 may be a B.
        ("B5088VK", {4: 2e-4}, set(), "B5088VK"),
        ("B5088VK", {4: 0.2}, set(), "B508BVK"),
    ],
)
def test_of_two_forms_the_likelier_one_by_far_settles_a_sign(
    text: str, likely: dict[int, float], breaks: set[int], plate: str
) -> None:
    alike = [likely.get(place, 0.0) for place in range(len(text))]
    assert settle(text, long=True, breaks=frozenset(breaks), alike=alike).text == plate


@pytest.mark.parametrize(("likely", "plate"), [(0.9, "OBX8J99"), (0.005, "0BX8J99")])
def test_on_a_short_plate_only_what_the_recogniser_doubts_is_settled(
    likely: float, plate: str
) -> None:
    assert settle("0BX8J99", alike=[likely, 0, 0, 0, 0, 0, 0]).text == plate
