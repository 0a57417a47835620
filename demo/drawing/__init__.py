"""A city on paper: its edge, districts, rivers, parks and streets, from a profile and a seed."""

from dataclasses import dataclass

import numpy as np

from demo.chance import Floats, Numbers, chance
from demo.drawing.lattice import Lattice, weave
from demo.drawing.outline import banks, district_cells, edge, water
from demo.drawing.plane import Plane
from demo.drawing.polygons import contains
from demo.drawing.streets import DrawnStreet, LineNames, draw_streets, line_names
from demo.plans import Ground


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn city; all shapes are in metres on ``plane``, polygons are not closed."""

    ground: Ground
    plane: Plane
    outline: Floats
    districts: list[Floats]
    water: list[Floats]
    parks: list[Floats]
    net: Lattice
    names: LineNames
    streets: list[DrawnStreet]

    def district_of(self, places: Floats) -> Numbers:
        """Which district (its index) each place lies in; the nearest one for places outside."""
        found = np.full(len(places), -1)
        for index, polygon in enumerate(self.districts):
            found[contains(polygon, places)] = index
        outside = np.flatnonzero(found < 0)
        middles = np.array([polygon.mean(axis=0) for polygon in self.districts])
        away = np.linalg.norm(places[outside, None] - middles, axis=2)
        found[outside] = np.argmin(away, axis=1) if len(outside) else []
        return found


def draw(ground: Ground, seed: int) -> Drawing:
    """The city that lies on ``ground``, the same for the same seed."""
    plane = Plane(ground.latitude, ground.longitude)
    outline = edge(ground, chance(seed, "edge"))
    rivers = water(ground)
    net = weave(ground, outline, rivers, chance(seed, "net"))
    names = line_names(net, chance(seed, "street names"))
    return Drawing(
        ground=ground,
        plane=plane,
        outline=outline,
        districts=district_cells(ground, plane, outline, seed),
        water=[banks(course, width_m, chance(seed, "banks")) for course, width_m in rivers],
        parks=[_park(net, block) for block in net.parks],
        net=net,
        names=names,
        streets=draw_streets(ground, outline, net, names, rivers, chance(seed, "lanes")),
    )


def _park(net: Lattice, block: Numbers) -> Floats:
    """The eight nodes around a park of two by two blocks."""
    column, row = block
    around = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)]
    return np.array([net.nodes[column + right, row + up] for right, up in around])
