"""A camera described in a JSON file, for ``./qala analyse VIDEO --camera FILE``.

::

    {"detector": "onnx",
     "zones": [{"name": "exit", "rule": "line_count", "shape": "line",
                "points": [[0.1, 0.6], [0.9, 0.6]],
                "params": {"labels": ["car"]},
                "schedule": {"weekdays": [0, 1, 2, 3, 4], "from": "22:00", "to": "06:00"}}],
     "calibration": {"picture": [[0.1, 0.9], [0.9, 0.9], [0.6, 0.4], [0.4, 0.4]],
                     "ground_m": [[0, 0], [7, 0], [7, 30], [0, 30]]}}

Everything is optional but a zone's rule and points. Points are fractions of the picture, x to
the right and y downwards; weekdays count from Monday as 0; hours are local.
"""

import json
import math
from collections.abc import Sequence
from typing import Any

from data_access.domain.geometry import zone_fault
from data_access.domain.watch import Calibration, Point, Schedule, WatchedCamera, Zone, ZoneShape

EVERY_FRAME_FPS = 1000.0
"""Faster than any camera: no frame of a recording is left out."""


class CameraFileError(ValueError):
    """The file does not describe a camera; the message says which part and how it should be."""


def read_camera(text: str, feed_url: str) -> WatchedCamera:
    """The camera that ``text`` describes, watching ``feed_url`` and analysing every frame.

    Raises CameraFileError, naming the part that is wrong.
    """
    try:
        camera = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CameraFileError(f"it is not JSON ({error})") from None
    _check_names(camera, "the camera", ("detector", "zones", "calibration"))
    listed = _list(camera.get("zones", []), "zones")
    zones = tuple(_zone(zone, number) for number, zone in enumerate(listed, 1))
    _check_ids(zones)
    return WatchedCamera(
        id=1,
        code="recording",
        feed_url=feed_url,
        detector=_word(camera.get("detector"), "the detector"),
        analysed_fps=EVERY_FRAME_FPS,
        zones=zones,
        calibration=_calibration(camera["calibration"]) if "calibration" in camera else None,
    )


def written_camera(zones: Sequence[Zone], calibration: Calibration | None) -> dict[str, Any]:
    """A camera as such a file has it: what ``read_camera`` reads back."""
    document: dict[str, Any] = {"zones": [_zone_document(zone) for zone in zones]}
    if calibration is not None:
        document["calibration"] = {
            "picture": [list(point) for point in calibration.picture],
            "ground_m": [list(point) for point in calibration.ground_m],
        }
    return document


def _zone_document(zone: Zone) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": zone.id, "name": zone.name, "rule": zone.rule, "shape": str(zone.shape),
        "points": [list(point) for point in zone.points], "params": zone.params,
    }  # fmt: skip
    if (schedule := zone.schedule) is not None:
        hours = {"from": _clock(schedule.from_min), "to": _clock(schedule.to_min)}
        document["schedule"] = {"weekdays": sorted(schedule.weekdays), **hours}
    return document


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _zone(zone: Any, number: int) -> Zone:
    where = f"zone {number}"
    _check_names(zone, where, ("id", "name", "rule", "shape", "points", "params", "schedule"))
    if not isinstance(zone.get("rule"), str):
        raise CameraFileError(f'{where} names no rule; write "rule": "line_count", for instance')
    points = _points(zone.get("points"), f"the points of {where}")
    shape = _shape(zone.get("shape", "line" if len(points) == 2 else "polygon"), where)
    fault = zone_fault(shape, points)
    if fault is not None:
        raise CameraFileError(fault.format(name=zone.get("name", number)))
    return Zone(
        id=_whole(zone.get("id", number), f"the id of {where}"),
        name=_word(zone.get("name"), f"the name of {where}") or f"{zone['rule']} {number}",
        rule=zone["rule"],
        shape=shape,
        points=points,
        params=_mapping(zone.get("params", {}), f"the params of {where}"),
        schedule=_schedule(zone["schedule"], where) if "schedule" in zone else None,
    )


def _check_ids(zones: Sequence[Zone]) -> None:
    """Zones without an id are numbered; what a rule remembers of a zone, it remembers by its id."""
    seen: set[int] = set()
    for number, zone in enumerate(zones, 1):
        if zone.id in seen:
            raise CameraFileError(
                f"zone {number} has the id {zone.id} of another one; give each zone its own"
            )
        seen.add(zone.id)


def _shape(word: Any, where: str) -> ZoneShape:
    if word not in tuple(ZoneShape):
        raise CameraFileError(f"the shape of {where} is {word!r}; it is “line” or “polygon”")
    return ZoneShape(word)


def _schedule(schedule: Any, where: str) -> Schedule:
    named = f"the schedule of {where}"
    _check_names(schedule, named, ("weekdays", "from", "to"))
    weekdays = _list(schedule.get("weekdays", list(range(7))), f"weekdays in {named}")
    if not all(isinstance(day, int) and 0 <= day <= 6 for day in weekdays):
        raise CameraFileError(f"weekdays in {named} are numbers from 0 (Monday) to 6")
    return Schedule(
        frozenset(weekdays),
        _minute(schedule.get("from", "00:00"), named),
        _minute(schedule.get("to", "24:00"), named),
    )


def _minute(clock: Any, where: str) -> int:
    hours, _, minutes = str(clock).partition(":")
    digits = hours.isdecimal() and minutes.isdecimal() and len(hours) <= 2
    if digits and len(minutes) <= 2 and int(minutes) < 60:
        minute = int(hours) * 60 + int(minutes)
        if minute <= 24 * 60:
            return minute
    raise CameraFileError(f"{clock!r} in {where} is no time; write it like 22:00")


def _calibration(calibration: Any) -> Calibration:
    _check_names(calibration, "the calibration", ("picture", "ground_m"))
    return Calibration(
        _points(calibration.get("picture"), "the calibration's picture points"),
        _points(calibration.get("ground_m"), "the calibration's ground_m points"),
    )


def _points(points: Any, where: str) -> tuple[Point, ...]:
    pairs = _list(points, where)
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise CameraFileError(f"{where} are pairs of numbers, like [[0.1, 0.5], [0.9, 0.5]]")
    if not all(_is_number(value) for pair in pairs for value in pair):
        raise CameraFileError(f"{where} hold something that is no number")
    return tuple((float(x), float(y)) for x, y in pairs)


def _is_number(value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise CameraFileError(f"{where} must be a list in square brackets")
    return value


def _whole(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise CameraFileError(f"{where} must be a whole number")
    return value


def _word(value: Any, where: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise CameraFileError(f"{where} must be a word in quotes")
    return value


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CameraFileError(f"{where} must be names with values in braces")
    return value


def _check_names(value: Any, where: str, known: tuple[str, ...]) -> None:
    """A misspelt name would be left out silently, and the rule would run with its default."""
    for name in _mapping(value, where):
        if name not in known:
            raise CameraFileError(f"{where} has no “{name}”; it has {', '.join(known)}")
