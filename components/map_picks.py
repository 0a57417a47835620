"""What was pressed on the map, out of the selection that Streamlit's chart gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CLOSER = 2
"""A press on a cluster goes so many zoom levels nearer."""


@dataclass(frozen=True, slots=True)
class CameraPick:
    """A camera, or a sign that stands at one."""

    camera_id: int


@dataclass(frozen=True, slots=True)
class ClusterPick:
    """A cluster: the map goes to where its cameras come apart."""

    longitude: float
    latitude: float
    zoom: float


@dataclass(frozen=True, slots=True)
class PlacePick:
    """A sign without a camera of its own: what stands nearest is shown."""

    longitude: float
    latitude: float


Pick = CameraPick | ClusterPick | PlacePick


def picked(objects: Mapping[str, Sequence[Mapping[str, Any]]]) -> Pick | None:
    """The pick in ``selection.objects``; None where it is empty or none of ours.

    The objects come from a browser: what is not as our tiles give it is no pick.
    """
    for found in objects.values():
        for thing in found:
            pick = _of_feature(thing) if "geometry" in thing else _of_sign(thing)
            if pick is not None:
                return pick
    return None


def _of_feature(feature: Mapping[str, Any]) -> Pick | None:
    properties = feature.get("properties") or {}
    if isinstance(properties.get("id"), int):
        return CameraPick(properties["id"])
    place = _place((feature.get("geometry") or {}).get("coordinates"))
    zoom = properties.get("z")
    if place is None or not isinstance(zoom, int | float):
        return None
    return ClusterPick(*place, zoom + CLOSER)


def _of_sign(sign: Mapping[str, Any]) -> Pick | None:
    if isinstance(sign.get("camera"), int):
        return CameraPick(sign["camera"])
    place = _place(sign.get("place"))
    return None if place is None else PlacePick(*place)


def _place(numbers: object) -> tuple[float, float] | None:
    if not isinstance(numbers, list) or len(numbers) != 2:
        return None
    longitude, latitude = numbers
    if not isinstance(longitude, int | float) or not isinstance(latitude, int | float):
        return None
    return float(longitude), float(latitude)
