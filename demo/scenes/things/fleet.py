"""The bodies that drive in the scenes, by name."""

from demo.scenes.things.cars import CarShape, car
from demo.scenes.things.meshes import Corner, Face, Mesh, mirrored, outward, plate_faces, wheels


def _walls(
    half: float, back: float, front: float, low: float, high: float, paint: str, roof: str
) -> list[Face]:
    """A box: sides, ends and roof."""
    inside = (0.0, (back + front) / 2, (low + high) / 2)
    side = [(half, back, low), (half, front, low), (half, front, high), (half, back, high)]
    return [
        *mirrored(paint, side, inside),
        outward(
            paint,
            [(-half, front, low), (half, front, low), (half, front, high), (-half, front, high)],
            inside,
        ),
        outward(
            paint,
            [(-half, back, low), (half, back, low), (half, back, high), (-half, back, high)],
            inside,
        ),
        outward(
            roof,
            [(-half, back, high), (half, back, high), (half, front, high), (-half, front, high)],
            inside,
        ),
    ]


def _band(
    paint: str, half: float, back: float, front: float, low: float, high: float
) -> list[Face]:
    """A rectangle on both sides."""
    x = half + 0.008
    return mirrored(paint, [(x, back, low), (x, front, low), (x, front, high), (x, back, high)])


def _across(paint: str, west: float, east: float, y: float, low: float, high: float) -> Face:
    """A rectangle on the front or the back, whichever ``y`` is."""
    corners: list[Corner] = [(west, y, low), (east, y, low), (east, y, high), (west, y, high)]
    return outward(paint, corners)


def _under(half: float, back: float, front: float) -> Face:
    x = half - 0.04
    return Face(
        "under",
        (
            (-x, back + 0.1, 0.01),
            (x, back + 0.1, 0.01),
            (x, front - 0.1, 0.01),
            (-x, front - 0.1, 0.01),
        ),
    )


def _lamps(half: float, front: float, front_z: float, back: float, back_z: float) -> list[Face]:
    faces = []
    for west in (-half + 0.08, half - 0.42):
        faces.append(_across("lamp", west, west + 0.34, front + 0.015, front_z, front_z + 0.2))
        faces.append(_across("tail", west + 0.05, west + 0.25, back - 0.015, back_z, back_z + 0.4))
    return faces


def van() -> Mesh:
    """A delivery van or minibus."""
    half, front, back, low, high = 1.0, 2.75, -2.75, 0.38, 2.4
    faces = [
        _under(half, back, front),
        *_walls(half, back, 1.55, low, high, "paint", "paint"),
        *_van_nose(half, front, low, high),
        _across("glass", -half + 0.15, half - 0.15, back - 0.01, 1.45, 2.1),
        _across("dark", -half, half, back - 0.01, low, 0.52),
        *_band("glass", half, 0.75, 1.6, 1.4, 2.05),
        *_band("low", half, back, 1.55, low, 0.85),
        *_band("seam", half, -0.65, -0.62, 0.5, 2.2),
        *_lamps(half, front, 0.75, back, 0.9),
        *wheels(half, (1.85, -1.75), 0.35),
        *plate_faces(front + 0.03, 0.5, back - 0.03, 0.75),
    ]
    return Mesh(tuple(faces), front - back, 2 * half, high)


def _van_nose(half: float, front: float, low: float, high: float) -> list[Face]:
    """What is before the box of a van: cheeks, bonnet, windscreen, grille and bumper."""
    inside = (0.0, 1.9, 0.9)
    cheek: list[Corner] = [
        (half, 1.55, low),
        (half, front, low),
        (half, front, 1.12),
        (half, 1.95, 1.3),
        (half, 1.55, high),
    ]
    return [
        *mirrored("paint", cheek, inside),
        _across("paint", -half, half, front, low, 1.12),
        outward("paint", _slope(half, (front, 1.12), (1.95, 1.3)), inside),
        outward("screen", _slope(half - 0.1, (1.95, 1.34), (1.57, high - 0.12)), inside),
        _across("grille", -0.5, 0.5, front + 0.012, 0.62, 0.95),
        _across("dark", -half, half, front + 0.01, low, 0.52),
    ]


def _slope(half: float, start: tuple[float, float], end: tuple[float, float]) -> list[Corner]:
    """A rectangle across, from one (ahead, up) to another."""
    return [(half, *start), (-half, *start), (-half, *end), (half, *end)]


def bus() -> Mesh:
    """A city bus of twelve metres: doors on its right side."""
    half, front, back, low, high = 1.27, 6.0, -6.0, 0.32, 3.0
    faces = [
        _under(half, back, front),
        *_walls(half, back, front, low, high, "paint", "roof"),
        *_bus_sides(half, back, front, low),
        _across("screen", -half + 0.08, half - 0.08, front + 0.012, 1.1, 2.5),
        _across("sign", -half + 0.3, half - 0.3, front + 0.02, 2.6, 2.9),
        _across("dark", -half, half, front + 0.012, low, 0.6),
        _across("glass", -half + 0.3, half - 0.3, back - 0.012, 1.6, 2.5),
        _across("dark", -half, half, back - 0.012, low, 0.7),
        *_lamps(half, front, 0.7, back, 1.0),
        *wheels(half, (3.6, -2.6), 0.48),
        *plate_faces(front + 0.03, 0.5, back - 0.03, 0.85),
        outward("trim", _slope(0.5, (-3.0, high + 0.01), (-2.0, high + 0.01))),
    ]
    return Mesh(tuple(faces), front - back, 2 * half, high)


def _bus_sides(half: float, back: float, front: float, low: float) -> list[Face]:
    faces = [
        *_band("low", half, back, front, low, 0.95),
        *_band("glass", half, back + 0.3, front - 0.3, 1.3, 2.55),
    ]
    for y in (-4.4, -2.9, -1.4, 0.1, 1.6, 3.1):
        faces += _band("low", half + 0.004, y, y + 0.09, 1.3, 2.55)
    for y in (-3.2, 0.6, 4.3):
        # The right side alone: the first of the pair.
        faces.append(_band("glass", half + 0.012, y, y + 1.15, 0.42, 2.5)[0])
        faces.append(_band("dark", half + 0.02, y + 0.54, y + 0.61, 0.42, 2.5)[0])
    return faces


def _cargo(half: float, back: float, front: float, low: float, high: float) -> list[Face]:
    """A box behind a cab: of its front only what stands above the cab."""
    right, left, _, *others = _walls(half, back, front, low, high, "paint", "roof")
    return [right, left, _across("paint", -half, half, front, 2.5, high), *others]


def truck() -> Mesh:
    """A lorry with a box: the cab stands lower and in front, and is drawn first from behind."""
    half, front, back, high = 1.2, 4.1, -4.1, 3.4
    faces = [_under(half, back, front), *_walls(1.1, 2.2, front, 0.45, 2.55, "cab", "cab")]
    faces += [
        _across("screen", -0.98, 0.98, front + 0.012, 1.45, 2.3),
        _across("grille", -0.75, 0.75, front + 0.012, 0.75, 1.3),
        _across("dark", -1.1, 1.1, front + 0.012, 0.4, 0.66),
        *_band("glass", 1.1, 2.75, 3.85, 1.5, 2.25),
        *_lamps(1.1, front, 0.72, back, 0.7),
        *_cargo(half, back, 2.1, 0.95, high),
        *_band("low", half, back, 2.1, 0.95, 1.25),
        *_band("seam", half, -1.0, -0.97, 1.0, high - 0.05),
        _across("seam", -0.02, 0.02, back - 0.01, 1.0, high - 0.05),
        *_band("dark", half - 0.1, back + 0.2, 2.1, 0.5, 0.95),
        *wheels(half - 0.02, (3.1, -2.2), 0.48),
        *plate_faces(front + 0.03, 0.56, back - 0.03, 0.8),
    ]
    return Mesh(tuple(faces), front - back, 2 * half, high)


def _on_roof(paint: str, half: float, back: float, front: float, low: float) -> list[Face]:
    """A lantern or a light bar on the roof of a car."""
    return _walls(half, back, front, low, low + 0.15, paint, paint)


SEDAN = CarShape(4.6, 1.8, 1.46, (0.95, 0.25), (-1.75, -1.0))
HATCH = CarShape(4.0, 1.72, 1.5, (1.0, 0.35), (-1.7, -1.4), tail=0.94)
SUV = CarShape(4.75, 1.92, 1.75, (1.1, 0.45), (-2.1, -1.85), 0.98, 1.1, 1.08, 0.34, 0.37)
"""Measures of common cars: about a Camry, a Polo and a Prado."""

BODIES: dict[str, Mesh] = {
    "sedan": car(SEDAN),
    "taxi": car(SEDAN, *_on_roof("sign", 0.2, -0.42, -0.3, 1.46)),
    "police": car(
        SEDAN,
        *_on_roof("blue", 0.5, -0.45, -0.25, 1.46),
        *_band("blue", 0.902, -2.0, 1.9, 0.66, 0.8),
    ),
    "hatch": car(HATCH),
    "suv": car(SUV),
    "van": van(),
    "bus": bus(),
    "truck": truck(),
}
"""Every body by name."""
