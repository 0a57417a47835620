"""Where sites can stand: crossings of streets, stretches of main roads, places in blocks."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from demo.chance import Chance, Flags, Floats, Numbers, pick_once
from demo.drawing import Drawing
from demo.drawing.lattice import Lattice
from demo.drawing.polygons import contains, distances_to_path, lengths
from demo.drawing.street_names import StreetName

SLOTS = 3
"""A block has room for three by three sites."""

STRETCH_M = (450.0, 1500.0)
"""How long linear sections are: shorter than the law's longest, long enough to measure."""


@dataclass(frozen=True, slots=True)
class Crossings:
    """Crossings in the order of their importance: nodes (N, 2) of the net and their places."""

    nodes: Numbers
    places_m: Floats
    headings_deg: Floats


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a main road between two crossings."""

    path: Floats
    street: StreetName
    start: StreetName
    end: StreetName


@dataclass(frozen=True, slots=True)
class Rooms:
    """Places within blocks, each with the street (family, line) of its address."""

    places_m: Floats
    family: Numbers
    line: Numbers
    along: Floats


def crossings(drawing: Drawing, source: Chance) -> Crossings:
    """All crossings of three streets or more, those of main roads in the middle first."""
    net = drawing.net
    nodes = np.argwhere(net.inside & (net.arms() >= 3))
    columns, rows = nodes.T
    mains = net.main[0][columns].astype(int) + net.main[1][rows]
    places = net.nodes[columns, rows]
    away = np.hypot(*places.T) / drawing.ground.radius_m
    order = np.argsort(away * 0.9 - mains + source.normal(0, 0.12, len(nodes)), kind="stable")
    step = net.nodes[columns, np.minimum(rows + 1, net.nodes.shape[1] - 1)] - places
    headings = np.degrees(np.arctan2(step[:, 0], step[:, 1])) % 360.0
    return Crossings(nodes[order], places[order], headings[order])


def stretches(drawing: Drawing, source: Chance) -> list[Stretch]:
    """Stretches of main roads that do not overlap, in an order of chance."""
    net, found = drawing.net, []
    for family in (0, 1):
        for index in np.flatnonzero(net.main[family]).tolist():
            for first, last in _cuts(net, family, index, source):
                ends = [drawing.names[1 - family][node] for node in (first, last)]
                path = net.line(family, index)[first : last + 1]
                found.append(Stretch(path, drawing.names[family][index], ends[0], ends[1]))
    whole = contains(drawing.outline, np.array([middle_of(one.path) for one in found]))
    kept = [one for one, inside in zip(found, whole, strict=True) if inside]
    return [_either_way(kept[place], source) for place in source.permutation(len(kept))]


def rooms(drawing: Drawing, source: Chance) -> Rooms:
    """Nine places in each block that is no park and no water."""
    net = drawing.net
    blocks = np.argwhere(_whole_blocks(net))
    right, up = _slots(len(blocks), source)
    owner = np.repeat(np.arange(len(blocks)), SLOTS * SLOTS)
    places = net.within(blocks[owner], right, up)
    land = np.ones(len(places), np.bool_)
    for polygon in (*drawing.water, *drawing.parks):
        land &= ~contains(polygon, places)
    land &= contains(drawing.outline, places)
    family, line = _nearest_street(net, blocks[owner], right, up)
    along = np.where(family == 0, up + blocks[owner, 1], right + blocks[owner, 0])
    return Rooms(places[land], family[land], line[land], along[land])


def take(room: Rooms, weights: Floats, free: Flags, count: int, source: Chance) -> Numbers:
    """``count`` free rooms by their weights, nearest to the middle first; they are taken then."""
    chosen = pick_once(source, np.where(free, weights, 0.0), count)
    if len(chosen) < count:
        raise ValueError(f"A city with room for {len(chosen)} sites cannot have {count}.")
    free[chosen] = False
    return chosen[np.argsort(np.hypot(*room.places_m[chosen].T), kind="stable")]


def middle_of(path: Floats) -> Floats:
    """The place half way along a path."""
    along = lengths(path)
    half = along[-1] / 2
    return np.array([np.interp(half, along, path[:, 0]), np.interp(half, along, path[:, 1])])


def _cuts(net: Lattice, family: int, index: int, source: Chance) -> list[tuple[int, int]]:
    """Pairs of nodes of one line between which the road runs on, of a fitting length."""
    there, line = net.streets(family, index), net.line(family, index)
    length = lengths(line)
    cuts, first = [], 0
    for node, following in pairwise(range(len(line))):
        if not there[node]:
            first = following
        elif length[following] - length[first] > source.uniform(*STRETCH_M):
            cuts.append((first, following))
            first = following
    low, high = STRETCH_M
    return [(a, b) for a, b in cuts if low <= length[b] - length[a] <= high * 1.3]


def _either_way(stretch: Stretch, source: Chance) -> Stretch:
    if source.random() < 0.5:
        return stretch
    return Stretch(stretch.path[::-1], stretch.street, stretch.end, stretch.start)


def _whole_blocks(net: Lattice) -> Flags:
    land = net.inside
    whole = land[:-1, :-1] & land[1:, :-1] & land[:-1, 1:] & land[1:, 1:]
    sides = net.up[:-1].astype(int) + net.up[1:] + net.across[:, :-1] + net.across[:, 1:]
    return whole & (sides >= 2)


def _slots(blocks: int, source: Chance) -> tuple[Floats, Floats]:
    """Fractions of the blocks' width and height, a little off the middle of each slot."""
    across, up = np.divmod(np.tile(np.arange(SLOTS * SLOTS), blocks), SLOTS)
    jitter = source.uniform(-0.09, 0.09, (2, len(across)))
    return (across + 0.5) * 0.27 + 0.095 + jitter[0], (up + 0.5) * 0.27 + 0.095 + jitter[1]


def _nearest_street(
    net: Lattice, blocks: Numbers, right: Floats, up: Floats
) -> tuple[Numbers, Numbers]:
    """The street at the nearest side of the block that has one: its family and line."""
    column, row = blocks.T
    missing = ~np.stack(
        [
            net.up[column, row],
            net.up[column + 1, row],
            net.across[column, row],
            net.across[column, row + 1],
        ]
    )
    side = np.argmin(np.stack([right, 1 - right, up, 1 - up]) + 9.0 * missing, axis=0)
    line = np.choose(side, [column, column + 1, row, row + 1])
    return side // 2, line


def away_from_water(drawing: Drawing, places: Floats, metres: float) -> Flags:
    """Which places are farther from every river than ``metres``."""
    dry = np.ones(len(places), np.bool_)
    for bank in drawing.water:
        dry &= distances_to_path(places, bank) > metres
    return dry
