"""How those who move look: drawn from chance, the same every time for the same seed."""

from dataclasses import dataclass

import numpy as np

from demo.scenes.picture.light import Colour, colour
from demo.scenes.things.plates import random_plate

Chance = np.random.Generator

PAINTS = [
    *[colour("eceae6")] * 6,
    *[colour("b9bcbf")] * 3,
    *[colour("7d8288")] * 2,
    *[colour("34373b")] * 3,
    colour("8e2b2a"),
    colour("274a78"),
    colour("5b7fa3"),
    colour("2f5a46"),
    colour("c8b892"),
    colour("6d4a35"),
]
"""Car paints about as often as they are seen: mostly white, silver and black."""

TOPS = [
    colour(rgb)
    for rgb in (
        [
            "2d3440",
            "b23a34",
            "3c5a86",
            "e6e2da",
            "51606b",
            "7a8f58",
            "c9974b",
            "6b4a6e",
            "27313b",
            "8fa6b8",
            "a84f63",
            "d8cdb8",
        ]
    )
]
BOTTOMS = [colour(rgb) for rgb in ["2a2f3a", "3d4f6d", "1f2328", "5a5148", "6c7076", "8a7a63"]]
HAIRS = [colour(rgb) for rgb in ["1d1a18", "2a211c", "3b2c22", "15161a", "7d6a52", "8f8f8d"]]
SKINS = [colour(rgb) for rgb in ["d9ad8c", "c99a78", "e0b99a", "b98a69"]]


@dataclass(frozen=True, slots=True)
class VehicleLook:
    """A vehicle: the name of its body, its paint and plate; ``label`` as detectors call it."""

    body: str
    label: str
    paint: Colour
    plate: str


@dataclass(frozen=True, slots=True)
class PersonLook:
    """A person: metres and colours; a coat reaches to the knees, a bag hangs on the back."""

    height_m: float
    top: Colour
    bottom: Colour
    hair: Colour
    skin: Colour
    coat: bool = False
    bag: bool = False
    label: str = "person"


Look = VehicleLook | PersonLook


def random_car(chance: Chance) -> VehicleLook:
    """A car as they come: sedans and off-roaders most of all."""
    body = str(chance.choice(["sedan", "suv", "hatch"], p=[0.45, 0.35, 0.2]))
    paint = PAINTS[chance.integers(len(PAINTS))]
    return VehicleLook(body, "car", paint, random_plate(chance))


def random_vehicle(chance: Chance) -> VehicleLook:
    """Any vehicle of city traffic: one in four is larger than a car, a taxi or a patrol."""
    kind = chance.random()
    if kind < 0.06:
        return VehicleLook("bus", "bus", colour("2f8f6b"), random_plate(chance))
    if kind < 0.11:
        return VehicleLook("truck", "truck", colour("d9d6cf"), random_plate(chance))
    if kind < 0.18:
        return VehicleLook("van", "truck", colour("e4e2dc"), random_plate(chance))
    if kind < 0.26:
        return VehicleLook("taxi", "car", colour("e8c22f"), random_plate(chance))
    return police(chance) if kind < 0.28 else random_car(chance)


def police(chance: Chance) -> VehicleLook:
    """A patrol car: white with a blue band and a light bar."""
    return VehicleLook("police", "car", colour("eef0f2"), random_plate(chance))


def random_person(chance: Chance) -> PersonLook:
    """A grown-up."""
    return PersonLook(
        height_m=float(chance.normal(1.70, 0.08)),
        top=TOPS[chance.integers(len(TOPS))],
        bottom=BOTTOMS[chance.integers(len(BOTTOMS))],
        hair=HAIRS[chance.integers(len(HAIRS))],
        skin=SKINS[chance.integers(len(SKINS))],
        coat=bool(chance.random() < 0.25),
        bag=bool(chance.random() < 0.2),
    )


def random_pupil(chance: Chance) -> PersonLook:
    """A child on the way to school: dark suit or dress, white or dark top, bright bag."""
    grown = random_person(chance)
    return PersonLook(
        height_m=float(chance.uniform(1.2, 1.5)),
        top=colour("2c3346") if chance.random() < 0.6 else colour("e9e7e2"),
        bottom=colour("23283a"),
        hair=grown.hair,
        skin=grown.skin,
        bag=bool(chance.random() < 0.85),
    )
