"""The net of streets as two families of lines that cross, bent and with gaps."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from demo.chance import Chance, Flags, Floats, Numbers
from demo.drawing.polygons import contains, distances_to_path
from demo.plans import Ground

MAIN_REACH = 1.10
"""Main roads run on beyond the city's edge by a tenth."""

GAPS_IN_MIDDLE, GAPS_AT_EDGE = 0.05, 0.34
"""The share of blocks whose street is missing."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """Lines of family 0 run up the net, those of family 1 across it.

    ``nodes`` is (columns, rows, 2) metres; ``up`` (columns, rows - 1) says whether the street
    from a node to the next row is there, ``across`` (columns - 1, rows) the one to the next
    column. ``main`` flags the main lines of each family, ``inside`` the nodes in the city.
    ``parks`` are blocks (column, row) of two by two that have no streets within.
    """

    nodes: Floats
    up: Flags
    across: Flags
    main: tuple[Flags, Flags]
    inside: Flags
    parks: Numbers

    def streets(self, family: int, line: int) -> Flags:
        """Which stretches of one line are there."""
        return self.up[line] if family == 0 else self.across[:, line]

    def line(self, family: int, line: int) -> Floats:
        """The nodes of one line in their order."""
        return self.nodes[line] if family == 0 else self.nodes[:, line]

    def within(self, blocks: Numbers, right: Floats, up: Floats) -> Floats:
        """The places in blocks (N, 2: column, row) at fractions of their width and height."""
        (column, row), right, up = blocks.T, right[:, None], up[:, None]
        low = self.nodes[column, row] * (1 - right) + self.nodes[column + 1, row] * right
        high = self.nodes[column, row + 1] * (1 - right)
        high = high + self.nodes[column + 1, row + 1] * right
        places: Floats = low * (1 - up) + high * up
        return places

    def arms(self) -> Numbers:
        """How many streets meet at each node."""
        count = np.zeros(self.inside.shape, np.int64)
        count[:, :-1] += self.up
        count[:, 1:] += self.up
        count[:-1] += self.across
        count[1:] += self.across
        return count


def weave(
    ground: Ground, outline: Floats, rivers: list[tuple[Floats, float]], source: Chance
) -> Lattice:
    """The net of a city within its edge, with bridges on main roads alone."""
    nodes = _nodes(ground, source)
    main = (_main_lines(nodes.shape[0], ground), _main_lines(nodes.shape[1], ground))
    flat = nodes.reshape(-1, 2)
    inside = contains(outline, flat).reshape(nodes.shape[:2])
    reached = contains(outline * MAIN_REACH, flat).reshape(nodes.shape[:2])
    dry = _dry(flat, rivers).reshape(nodes.shape[:2])
    bridged = _bridging(nodes, rivers)
    columns_main, rows_main = main[0][:, None], main[1][None, :]
    stands_up = np.where(columns_main, reached, inside) & (dry | (columns_main & bridged[0]))
    stands_across = np.where(rows_main, reached, inside) & (dry | (rows_main & bridged[1]))
    up = stands_up[:, :-1] & stands_up[:, 1:] & (inside[:, :-1] | inside[:, 1:])
    across = stands_across[:-1] & stands_across[1:] & (inside[:-1] | inside[1:])
    gaps = _gap_share(nodes, ground)
    up &= columns_main | (source.random(up.shape) > gaps[:, :-1])
    across &= rows_main | (source.random(across.shape) > gaps[:-1])
    parks = _parks(ground, inside & dry, main, source)
    _clear(up, across, parks, main)
    _drop_stumps(up, across, main)
    return Lattice(nodes, up, across, main, inside & dry, parks)


def _nodes(ground: Ground, source: Chance) -> Floats:
    reach = ground.radius_m * ground.east_stretch * 1.45
    lines = int(2 * reach / ground.block_m)
    columns, rows = _spread(lines, reach, source), _spread(lines, reach, source)
    grid = np.stack(np.meshgrid(columns, rows, indexing="ij"), -1)
    bent: Floats = grid + _bends(grid, ground, source)
    turn = np.radians(-ground.turn_deg)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    nodes: Floats = bent @ turned.T
    return nodes


def _spread(lines: int, reach: float, source: Chance) -> Floats:
    gaps = source.uniform(0.72, 1.32, lines)
    places = np.cumsum(gaps)
    spread: Floats = (places / places[-1] * 2 - 1) * reach
    return spread


def _bends(grid: Floats, ground: Ground, source: Chance) -> Floats:
    """Long waves that keep the streets from being straight."""
    shift = np.zeros_like(grid)
    for share, lengths in ((0.055, (1.0, 1.9)), (0.02, (0.35, 0.7))):
        for axis in (0, 1):
            wave = ground.radius_m * source.uniform(*lengths, 2)
            start = source.uniform(0, 2 * np.pi, 2)
            swing = np.sin(2 * np.pi * grid[..., 1 - axis] / wave[0] + start[0])
            swing += 0.5 * np.sin(2 * np.pi * grid[..., axis] / wave[1] + start[1])
            shift[..., axis] += swing * wave.mean() * share / 2.2
    return shift


def _main_lines(lines: int, ground: Ground) -> Flags:
    flags = np.zeros(lines, np.bool_)
    flags[lines // 2 % ground.main_every :: ground.main_every] = True
    return flags


def _dry(points: Floats, rivers: list[tuple[Floats, float]]) -> Flags:
    dry = np.ones(len(points), np.bool_)
    for course, width_m in rivers:
        dry &= distances_to_path(points, course) > width_m / 2 + 25
    return dry


def _bridging(nodes: Floats, rivers: list[tuple[Floats, float]]) -> tuple[Flags, Flags]:
    """Which nodes of each family may stand in water: where the line runs across the river."""
    shape = nodes.shape[:2]
    bridged = np.ones(shape, np.bool_), np.ones(shape, np.bool_)
    for course, width_m in rivers:
        near, way = _nearest_way(nodes.reshape(-1, 2), course)
        wet = (near <= width_m / 2 + 25).reshape(shape)
        for family in (0, 1):
            line = np.gradient(nodes, axis=1 - family)
            line /= np.hypot(line[..., 0], line[..., 1])[..., None]
            along = np.abs((line * way.reshape(*shape, 2)).sum(-1))
            bridged[family][wet & (along > 0.75)] = False
    return bridged


def _nearest_way(points: Floats, course: Floats) -> tuple[Floats, Floats]:
    """Metres from each point to the river, and the river's direction there."""
    near = np.full(len(points), np.inf)
    way = np.zeros((len(points), 2))
    for start, end in pairwise(course):
        off = distances_to_path(points, np.array([start, end]))
        closer = off < near
        near[closer] = off[closer]
        way[closer] = (end - start) / np.hypot(*(end - start))
    return near, way


def _gap_share(nodes: Floats, ground: Ground) -> Floats:
    out = np.hypot(nodes[..., 0] / ground.east_stretch, nodes[..., 1]) / ground.radius_m
    share: Floats = GAPS_IN_MIDDLE + (GAPS_AT_EDGE - GAPS_IN_MIDDLE) * np.clip(out, 0, 1) ** 2
    return share


def _parks(ground: Ground, land: Flags, main: tuple[Flags, Flags], source: Chance) -> Numbers:
    """Blocks of two by two on land that no main road runs through."""
    whole = land[:-2, :-2] & land[2:, 2:] & land[1:-1, 1:-1] & land[:-2, 2:] & land[2:, :-2]
    whole &= ~main[0][1:-1, None] & ~main[1][None, 1:-1]
    places = source.permutation(np.argwhere(whole))
    kept: list[Numbers] = []
    for place in places:
        if len(kept) < ground.parks and all(np.abs(place - other).max() > 4 for other in kept):
            kept.append(place)
    return np.array(kept, np.int64).reshape(-1, 2)


def _clear(up: Flags, across: Flags, parks: Numbers, main: tuple[Flags, Flags]) -> None:
    for column, row in parks:
        up[column + 1, row : row + 2] = False
        across[column : column + 2, row + 1] = False
        up[column, row : row + 2] = up[column + 2, row : row + 2] = True
        across[column : column + 2, row] = across[column : column + 2, row + 2] = True


def _drop_stumps(up: Flags, across: Flags, main: tuple[Flags, Flags]) -> None:
    """Take away single stretches of side streets that lead nowhere."""
    for stretches, lines in ((up, main[0]), (across.T, main[1])):
        alone = stretches.copy()
        alone[:, 1:] &= ~stretches[:, :-1]
        alone[:, :-1] &= ~stretches[:, 1:]
        stretches &= ~(alone & ~lines[:, None])
