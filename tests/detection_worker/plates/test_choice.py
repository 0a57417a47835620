"""Which readings of a picture are given: tables of readings and vehicles."""

import pytest

from detection_worker.plates.choice import has_sure, kept, on_vehicles
from detection_worker.plates.forms import PlateText
from detection_worker.plates.reading import Box, PlateReading

CAR: Box = (300, 200, 700, 560)
VAN: Box = (0, 100, 280, 500)


def read(
    text: str, at: tuple[int, int], sure: float = 0.97, high: float = 30, word: bool = False
) -> PlateReading:
    """A reading whose middle is at ``at``."""
    x, y = at
    return PlateReading(PlateText(text), sure, (x - 60, y - 15, x + 60, y + 15), high, 1, word)


ON_CAR, ON_VAN, ON_HOUSE = (500, 500), (140, 450), (850, 60)


@pytest.mark.parametrize(
    ("readings", "vehicles", "given"),
    [
        ([], [CAR], []),
        ([read("AB123CD", ON_CAR)], [], ["AB123CD"]),
        ([read("AB123CD", ON_CAR, sure=0.25)], [CAR], []),
        # A sign of the street, where the vehicle is known and where it is not.
        ([read("H2345", ON_HOUSE, 0.99), read("AB123CD", ON_CAR, 0.9)], [CAR], ["AB123CD"]),
        ([read("EXIT12", ON_HOUSE, word=True), read("AB123CD", ON_CAR)], [], ["AB123CD"]),
        ([read("EXIT12", ON_HOUSE, word=True)], [], ["EXIT12"]),
        # A car that the model missed: what is surely read counts more than a guess on the van.
        ([read("ZG123AB", ON_HOUSE), read("TDI20", ON_VAN, 0.5)], [VAN], ["ZG123AB"]),
        # One vehicle has one plate, two have two.
        ([read("AB123CD", ON_CAR), read("ED330X", (480, 300))], [CAR], ["AB123CD"]),
        ([read("AB123CD", ON_CAR), read("ZG123AB", ON_VAN)], [CAR, VAN], ["AB123CD", "ZG123AB"]),
        ([read("AB123CD", ON_CAR), read("ZG123AB", ON_VAN)], [], ["AB123CD", "ZG123AB"]),
        # Equally sure: the lower one is the plate, and what is much smaller is a sticker.
        ([read("AA11BB", (500, 300), high=12), read("AB123CD", ON_CAR)], [], ["AB123CD"]),
    ],
    ids=[
        "nothing", "a plate", "a guess", "a house number", "a word", "a word alone", "a missed car",
        "a badge", "two cars", "two cars without a model", "a sticker",
    ],
)  # fmt: skip
def test_plates_are_told_from_other_words(
    readings: list[PlateReading], vehicles: list[Box], given: list[str]
) -> None:
    assert sorted(one.plate.text for one in kept(readings, vehicles)) == given
    assert sorted(one.plate.text for one in kept(readings[::-1], vehicles)) == given


def test_a_vehicle_in_front_of_another_has_its_plate() -> None:
    lorry: Box = (200, 0, 900, 600)
    plates = [read("AB123CD", ON_CAR), read("ZG123AB", (800, 550))]
    assert len(kept(plates, [lorry, CAR])) == 2
    assert len(kept(plates, [lorry])) == 1


@pytest.mark.parametrize(
    ("reading", "enough"),
    [
        (read("AB123CD", ON_CAR), True),
        (read("AB123CD", ON_CAR, sure=0.5), False),
        (read("EXIT12", ON_HOUSE, word=True), False),
    ],
)
def test_the_search_ends_with_a_sure_plate_and_not_with_a_sign(
    reading: PlateReading, enough: bool
) -> None:
    assert has_sure([reading]) is enough


@pytest.mark.parametrize(
    ("first", "second", "enough"),
    [
        (read("AB123CD", ON_CAR, 0.5), read("AB123CD", ON_CAR, 0.5), True),
        (read("AB123CD", ON_CAR, 0.5), read("AB123GD", ON_CAR, 0.5), False),
        (read("AB123CD", ON_CAR, 0.5), read("AB123CD", ON_CAR, 0.35), False),
        (read("1049338", ON_CAR, 0.5), read("1049338", ON_CAR, 0.97), True),
        (read("555123", ON_HOUSE), read("1049338", ON_CAR), False),
        (read("EXIT12", ON_HOUSE, 0.7, word=True), read("EXIT12", ON_HOUSE, word=True), False),
    ],
    ids=["two agree", "two differ", "one is a guess", "a number twice", "two numbers", "a word"],
)
def test_the_search_ends_when_two_looks_agree_on_a_plate(
    first: PlateReading, second: PlateReading, enough: bool
) -> None:
    assert has_sure([first, second]) is enough


def test_a_guess_and_what_is_beside_a_vehicle_are_not_on_it() -> None:
    readings = [read("H2345", ON_HOUSE), read("AB123CD", ON_CAR), read("X1", ON_CAR, sure=0.25)]
    assert [one.plate.text for one in on_vehicles(readings, [CAR])] == ["AB123CD"]
