"""How boxes lie on one another."""

Box = tuple[float, float, float, float]


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    common = _common(one, other)
    return common / max(area(one) + area(other) - common, 1e-9)


def covered(box: Box, by: Box) -> float:
    """The share of ``box`` that lies in ``by``."""
    return _common(box, by) / max(area(box), 1e-9)


def area(box: Box) -> float:
    """Its area."""
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _common(one: Box, other: Box) -> float:
    return area(
        (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))
    )
