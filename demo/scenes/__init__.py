"""Rendered scenes: places that look alive, with their truth, for demonstrations and tests.

A scene is put together from ``picture`` (camera, light, backdrop, frames), ``things`` (houses,
trees, vehicles, people) and ``motion`` (ways, traffic, walks); each scene is one file. ``feed``
plays one in place of a camera.
"""

from demo.scenes.courtyard import COURTYARD
from demo.scenes.crossroad import CROSSROAD
from demo.scenes.linear_section import LINEAR_SECTION
from demo.scenes.roof import ROOF
from demo.scenes.scene import RenderedScene
from demo.scenes.school_gate import SCHOOL_GATE
from demo.scenes.square import SQUARE

SCENES: dict[str, RenderedScene] = {
    scene.name: scene for scene in (CROSSROAD, LINEAR_SECTION, COURTYARD, SCHOOL_GATE, SQUARE, ROOF)
}
"""All scenes by name: the host of addresses such as ``scene://crossroad?seed=1``."""
