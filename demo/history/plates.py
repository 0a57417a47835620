"""Vehicles and their plates, in the forms that are met on the roads of Kazakhstan."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demo.chance import Chance, Numbers, chance, pick
from demo.plans import Profile

SERIES = "ABCDEFGHJKLMNOPRSTUVXYZ"
"""Letters of the series; I, Q and W are left out."""

OLD_SHARE, FOREIGN_SHARE = 0.03, 0.035
REPEATERS = 1.8
"""The higher, the more often the same vehicles are met."""

OLD_LETTERS = {
    "01": "Z", "02": "A", "03": "C", "04": "D", "05": "B", "06": "E", "07": "L", "08": "H",
    "09": "M", "10": "P", "11": "N", "12": "R", "13": "X", "14": "S", "15": "T", "16": "F",
    "17": "X", "18": "F", "19": "B", "20": "M",
}  # fmt: skip
"""The letter that a region's plates began with before 2012; newer regions had their elders'."""


@dataclass(frozen=True, slots=True)
class Vehicles:
    """The vehicles of a city; ``regions`` is empty for foreign plates and those before 2012."""

    plates: npt.NDArray[np.str_]
    regions: npt.NDArray[np.str_]

    def met(self, source: Chance, count: int) -> Numbers:
        """Which vehicles are met: some of them again and again."""
        return (len(self.plates) * source.random(count) ** REPEATERS).astype(np.int64)


def build_vehicles(profile: Profile, seed: int) -> Vehicles:
    """The vehicles of a city, no two with the same plate."""
    source = chance(seed, "vehicles")
    regions = list(profile.plate_regions)
    shares = np.array(list(profile.plate_regions.values()))
    drawn = pick(source, shares, int(profile.vehicles * 1.03))
    kinds = source.random(len(drawn))
    numbers = source.integers(0, 10**9, len(drawn))
    plates = np.array(
        [
            _plate(kind, regions[region], number)
            for kind, region, number in zip(kinds, drawn, numbers, strict=True)
        ]
    )
    _, first = np.unique(plates, return_index=True)
    kept = np.sort(first)[: profile.vehicles]
    local = kinds[kept] >= OLD_SHARE + FOREIGN_SHARE
    return Vehicles(plates[kept], np.where(local, np.array(regions)[drawn[kept]], ""))


def _plate(kind: float, region: str, number: int) -> str:
    if kind < OLD_SHARE:
        return f"{OLD_LETTERS[region]} {_digits(number, 3)} {_letters(number, 3)}"
    if kind < OLD_SHARE + FOREIGN_SHARE:
        return _foreign(number)
    return f"{_digits(number, 3)} {_letters(number, 3)} {region}"


def _foreign(number: int) -> str:
    """Russia's form, Kyrgyzstan's and Uzbekistan's, as neighbours come."""
    letters = _letters(number, 3, "ABEKMHOPCTYX")
    match number % 10:
        case 0 | 1:
            return f"01 {_digits(number, 3)} {_letters(number, 3)}"
        case 2:
            return f"01 {letters[0]} {_digits(number, 3)} {letters[1:]}"
        case _:
            region = ("54", "55", "22", "77", "74", "66", "45")[number // 10 % 7]
            return f"{letters[0]} {_digits(number, 3)} {letters[1:]} {region}"


def _digits(number: int, count: int) -> str:
    """Digits from 1 to 999, filled with zeros: a plate has no 000."""
    return f"{number // 97 % (10**count - 1) + 1:0{count}}"


def _letters(number: int, count: int, alphabet: str = SERIES) -> str:
    rest, size = number // 7919, len(alphabet)
    return "".join(alphabet[rest // size**place % size] for place in range(count))
