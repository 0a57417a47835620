"""What the films of ``bench rules`` share: the demonstration's crossroad, and its zones.

Metres are the scene's: the main street along x with lanes at ±1.75 and ±5.25, its crosswalk at
x = 7.4; the camera hangs in the south-west.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.rule_casting import Casting, Expected
from data_access.domain.watch import Zone, ZoneShape
from demo.scenes.crossroad import CAMERA, CROSSROAD
from demo.scenes.picture.camera import Point2
from demo.scenes.scene import RenderedScene

COUNTED_AT_X_M = 16.0


@dataclass(frozen=True, eq=False)
class Film:
    """A scene with its zones, what should be found in it, and whether its picture is needed."""

    name: str
    scene: RenderedScene
    zones: tuple[Zone, ...]
    expected: tuple[Expected, ...]
    labels: dict[int, str]
    needs_picture: bool = False
    calibrated: bool = False


def film(name: str, cast: Casting, zones: Sequence[Zone], **more: bool) -> Film:
    movers = tuple(cast.movers)
    scene = replace(CROSSROAD, period_s=cast.period_s, players=lambda seed: movers)
    return Film(name, scene, tuple(zones), tuple(cast.expected), cast.labels, **more)


def area(number: int, rule: str, x: Point2, y: Point2, **params: Any) -> Zone:
    corners = [(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])]
    return Zone(
        number, f"{rule} {number}", rule, ZoneShape.POLYGON, CAMERA.outline(corners), params
    )


def line(number: int, rule: str, start: Point2, end: Point2, **params: Any) -> Zone:
    points = CAMERA.fractions([start, end])
    return Zone(number, f"{rule} {number}", rule, ZoneShape.LINE, points, params)


def toward(start: Point2, end: Point2) -> list[float]:
    (x1, y1), (x2, y2) = CAMERA.fractions([start, end])
    return [x2 - x1, y2 - y1]
