"""What stands around a scene: houses, trees, street lamps, parked cars."""

from dataclasses import dataclass

import numpy as np

from demo.scenes.picture.camera import Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import colour
from demo.scenes.things.buildings import House, house, house_shadow
from demo.scenes.things.looks import VehicleLook, random_car
from demo.scenes.things.street import lamp_post, lamp_shadows
from demo.scenes.things.trees import Kind, tree, tree_shadow
from demo.scenes.things.vehicles import park, parked_shadow

Planted = tuple[Point2, float, Kind]
"""Where a tree stands, how many metres high it is, and what kind."""

Placed = tuple[Point2, float]
"""Where something stands, and the compass direction that it looks in."""

VARIETIES = 3
"""Trees of one kind that differ."""

ZENITH, HORIZON, CLOUD = colour("6598cc"), colour("d7e1e8"), colour("f5f5f5")


@dataclass(frozen=True, slots=True)
class Setting:
    """All of it. The ground is laid before ``shade``; things are stood up after that."""

    houses: tuple[House, ...]
    trees: tuple[Planted, ...]
    lamps: tuple[Placed, ...] = ()
    parked: tuple[Placed, ...] = ()

    def shade(self, easel: Easel) -> None:
        """Throw the shadows."""
        for each in self.houses:
            house_shadow(easel, each)
        for foot, height_m, kind in self.trees:
            tree_shadow(easel, foot, height_m, kind)
        for number, (foot, heading_deg) in enumerate(self.parked):
            parked_shadow(easel, _look(number), foot, heading_deg)
        lamp_shadows(easel, self.lamps)

    def build(self, easel: Easel) -> None:
        """Draw the sky, let the ground settle, and stand it all up."""
        easel.sky(ZENITH, HORIZON, CLOUD)
        easel.settle()
        for each in self.houses:
            house(easel, each)
        for number, (foot, height_m, kind) in enumerate(self.trees):
            tree(easel, foot, height_m, kind, number % VARIETIES)
        for number, (foot, heading_deg) in enumerate(self.parked):
            park(easel, _look(number), foot, heading_deg)
        for foot, heading_deg in self.lamps:
            lamp_post(easel, foot, heading_deg)


def _look(number: int) -> VehicleLook:
    return random_car(np.random.default_rng([7, number]))
