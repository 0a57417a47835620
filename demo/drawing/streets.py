"""The streets as they are drawn: names for the lines of the net, and polylines."""

from dataclasses import dataclass

import numpy as np

from demo.chance import Chance, Floats, Numbers, pick_once
from demo.drawing.lattice import Lattice
from demo.drawing.polygons import distances_to_path, simplified
from demo.drawing.street_names import AVENUE, RING, STREET, StreetName, lane, stems
from demo.plans import Ground

RING_SHARE = 0.66
"""Where the ring road runs, as a share of the way to the city's edge."""


@dataclass(frozen=True, slots=True)
class DrawnStreet:
    """A polyline in metres; ``street_class`` is main, street or lane."""

    name: StreetName
    street_class: str
    path: Floats


LineNames = tuple[list[StreetName], list[StreetName]]


def line_names(net: Lattice, source: Chance) -> LineNames:
    """A name for each line of the two families: the best known ones for the main roads."""
    lines = [(family, index) for family in (0, 1) for index in _drawn(net, family)]
    lines.sort(key=lambda line: not net.main[line[0]][line[1]])
    main = sum(bool(net.main[family][index]) for family, index in lines)
    known = stems()
    order = [*source.permutation(main), *(main + source.permutation(len(known) - main))]
    named = {
        line: StreetName(known[place], AVENUE if net.main[line[0]][line[1]] else STREET)
        for line, place in zip(lines, order, strict=False)
    }
    sizes = net.nodes.shape[0], net.nodes.shape[1]
    first, second = (
        [named.get((family, index), lane(100 + index)) for index in range(sizes[family])]
        for family in (0, 1)
    )
    return first, second


def draw_streets(
    ground: Ground,
    outline: Floats,
    net: Lattice,
    names: LineNames,
    rivers: list[tuple[Floats, float]],
    source: Chance,
) -> list[DrawnStreet]:
    """All polylines, main roads first, light enough for a map."""
    tolerance_m = ground.block_m / 45
    streets = [
        DrawnStreet(name, "main" if net.main[family][index] else "street", path)
        for family in (0, 1)
        for index, name in enumerate(names[family])
        for path in _runs(net, family, index, tolerance_m)
    ]
    if ground.ring:
        path = simplified(np.concatenate([outline, outline[:1]]) * RING_SHARE, tolerance_m)
        streets.append(DrawnStreet(StreetName(stems()[0], RING), "main", path))
    streets.sort(key=lambda street: street.street_class != "main")
    return streets + _lanes(ground, net, rivers, source)


def _drawn(net: Lattice, family: int) -> list[int]:
    return [index for index in range(net.nodes.shape[family]) if net.streets(family, index).any()]


def _runs(net: Lattice, family: int, index: int, tolerance_m: float) -> list[Floats]:
    """The stretches of one line that hang together."""
    there = np.concatenate([[False], net.streets(family, index), [False]])
    starts = np.flatnonzero(there[1:] & ~there[:-1])
    ends = np.flatnonzero(there[:-1] & ~there[1:])
    line = net.line(family, index)
    return [
        simplified(line[start : end + 1], tolerance_m)
        for start, end in zip(starts, ends, strict=True)
    ]


def _lanes(
    ground: Ground, net: Lattice, rivers: list[tuple[Floats, float]], source: Chance
) -> list[DrawnStreet]:
    """Short lanes that lead into the blocks, more of them in the middle of the city."""
    blocks = np.argwhere(net.up[:-1] & net.inside[:-1, :-1] & net.inside[1:, 1:])
    away = np.hypot(*net.nodes[tuple(blocks.T)].T) / ground.radius_m
    count = int(len(blocks) * ground.lanes_a_block)
    chosen = blocks[np.sort(pick_once(source, np.exp(-(away**2) * 1.2), count))]
    paths = (_lane(net, block, source) for block in chosen)
    dry = [path for path in paths if all(_clear_of(path, *river) for river in rivers)]
    return [DrawnStreet(lane(number), "lane", path) for number, path in enumerate(dry, 1)]


def _lane(net: Lattice, block: Numbers, source: Chance) -> Floats:
    """A way from the street on the block's left side inwards, some with a corner."""
    start, depth, turn = source.uniform([0.25, 0.45, -0.35], [0.75, 0.8, 0.35])
    right, up = [0.0, depth], [start, start]
    if abs(turn) > 0.12:
        right.append(depth)
        up.append(float(np.clip(start + turn, 0.12, 0.88)))
    return net.within(np.tile(block, (len(up), 1)), np.array(right), np.array(up))


def _clear_of(path: Floats, course: Floats, width_m: float) -> bool:
    return bool((distances_to_path(path, course) > width_m / 2 + 10).all())
