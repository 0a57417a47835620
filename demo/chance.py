"""Chance that falls the same way every time: one generator for each thing that is made.

Every part of a city draws from a generator of its own, named by what it makes, so that a
change in one part leaves the others as they were.
"""

from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

Chance = np.random.Generator
Numbers: TypeAlias = npt.NDArray[np.integer[Any]]
Floats: TypeAlias = npt.NDArray[np.floating[Any]]
Flags: TypeAlias = npt.NDArray[np.bool_]
Moments: TypeAlias = npt.NDArray[np.datetime64]
"""``datetime64[us]`` in UTC; NaT where something has not happened."""

_HEX = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), "S2")
_DASHES = (8, 13, 18, 23)


def chance(seed: int, *what: object) -> Chance:
    """The generator of one thing of one city."""
    return np.random.default_rng([seed, seed_of(*what)])


def seed_of(*what: object) -> int:
    """One seed out of several words and numbers: two cities with one seed are not alike."""
    return crc32("/".join(str(word) for word in what).encode())


def pick(source: Chance, weights: npt.NDArray[Any], count: int) -> Numbers:
    """``count`` indices drawn by their weights, with repetition."""
    steps = np.cumsum(weights, dtype=np.float64)
    found: Numbers = np.searchsorted(steps, source.random(count) * steps[-1], side="right")
    return found


def pick_once(source: Chance, weights: npt.NDArray[Any], count: int) -> Numbers:
    """``count`` different indices, the heavier ones more likely; no more than there are."""
    with np.errstate(divide="ignore"):
        keys = np.log(np.asarray(weights, np.float64)) + source.gumbel(size=len(weights))
    wanted = min(count, int(np.count_nonzero(np.isfinite(keys))))
    return np.argsort(-keys, kind="stable")[:wanted]


def whole_shares(total: int, weights: Floats) -> Numbers:
    """``total`` divided over the weights in whole numbers that add up to it."""
    exact = np.asarray(weights, np.float64) / np.sum(weights) * total
    shares = np.floor(exact).astype(np.int64)
    missing = total - int(shares.sum())
    shares[np.argsort(shares - exact, kind="stable")[:missing]] += 1
    return shares


def uuids(source: Chance, count: int) -> npt.NDArray[np.bytes_]:
    """``count`` UUIDs of version 4 as their 36 characters."""
    octets = source.integers(0, 256, (count, 16), dtype=np.uint8)
    octets[:, 6] = (octets[:, 6] & 0x0F) | 0x40
    octets[:, 8] = (octets[:, 8] & 0x3F) | 0x80
    digits = _HEX[octets].reshape(count, 16).view(np.uint8).reshape(count, 32)
    places = [place for place in range(36) if place not in _DASHES]
    written = np.full((count, 36), ord("-"), np.uint8)
    written[:, places] = digits
    return written.view("S36").ravel()
