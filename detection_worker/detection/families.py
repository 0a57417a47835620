"""Which classes can be one and the same thing.

A van is now a car and now a truck to a model: such classes share a family. Boxes of one family
suppress each other and share a tracker; a rider and the bicycle below him do not.
"""

PERSON = "person"
VEHICLE = "vehicle"
TWO_WHEELER = "two_wheeler"
MOVING = "moving"
OTHER = "other"

FAMILIES: dict[str, str] = {
    "person": PERSON,
    "car": VEHICLE,
    "van": VEHICLE,
    "truck": VEHICLE,
    "bus": VEHICLE,
    "train": VEHICLE,
    "motorcycle": TWO_WHEELER,
    "bicycle": TWO_WHEELER,
    "person_like": MOVING,
    "vehicle_like": MOVING,
}
"""Labels by family; every label that is not here belongs to ``OTHER``."""


def family_of(label: str) -> str:
    """The family of a model's class."""
    return FAMILIES.get(label, OTHER)


def suppression_groups(labels: tuple[str, ...]) -> tuple[int, ...]:
    """A number for each class: boxes of classes with one number suppress each other.

    Classes of a known family share theirs; each other class keeps to itself.
    """
    numbers: dict[str, int] = {}
    keys = [FAMILIES.get(label, f"class {index}") for index, label in enumerate(labels)]
    return tuple(numbers.setdefault(key, len(numbers)) for key in keys)
