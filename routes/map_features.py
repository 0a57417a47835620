"""GeoJSON of the map: what a tile and the city's drawing look like to deck.gl.

Each feature carries ``name`` and ``note``, the two lines of the map's tooltip, in the viewer's
language; colours are left to the page, so that one answer serves both themes.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data_access.domain.places import CAMERA_KIND_NAMES, CameraKind
from data_access.domain.words import N_, Language
from data_access.language import Translate, translator
from data_access.map_drawing import (
    DrawnCrossroad,
    DrawnDistrict,
    DrawnSection,
    DrawnStreet,
)
from data_access.map_tiles import Cluster, MapCamera, TileContent

Feature = dict[str, Any]

WEDGE_FROM_ZOOM = 16
WEDGE_M = 42.0
"""How far a field of view is drawn: a sign of where a camera looks, not of how far it sees."""

SAME_PLACE_M = 7.0
"""Cameras on one mast are drawn this far around it, so that each can be pressed."""

GROUND = ("parks", "water")

METRES_PER_DEGREE = 111_320.0
DIGITS = 6

STATE_NAMES = {"live": N_("Live"), "down": N_("No picture"), "off": N_("Switched off")}

NOTHING: Feature = {
    "type": "Feature",
    "geometry": {"type": "GeometryCollection", "geometries": []},
    "properties": {},
}
"""Stands first in each tile. Streamlit's chart forgets a selected index that its list of
addresses has not got; index 0 it has, so nothing that can be pressed may stand there."""


def collection(features: Iterable[Feature]) -> Feature:
    """A GeoJSON FeatureCollection of ``features``."""
    return {"type": "FeatureCollection", "features": list(features)}


def tile_features(content: TileContent, zoom: int, language: Language) -> list[Feature]:
    """The clusters and cameras of one tile, with fields of view where there is room."""
    text = translator(language)
    spread = _spread(content.cameras)
    features = [NOTHING, *(_cluster(cluster, zoom, text) for cluster in content.clusters)]
    if zoom >= WEDGE_FROM_ZOOM:
        features += [
            _wedge(camera, *place)
            for camera, place in zip(content.cameras, spread, strict=True)
            if camera.azimuth_deg is not None and camera.field_of_view_deg is not None
        ]
    pairs = zip(content.cameras, spread, strict=True)
    return features + [_camera(camera, *place, language, text) for camera, place in pairs]


def _feature(kind: str, coordinates: object, **properties: object) -> Feature:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }


def _place(longitude: float, latitude: float) -> list[float]:
    return [round(longitude, DIGITS), round(latitude, DIGITS)]


def spaced(number: int) -> str:
    """A count with thin spaces between thousands."""
    return f"{number:,}".replace(",", "\u202f")


def cluster_radius_px(cameras: int) -> float:
    """11 px for two cameras, 25 px for a thousand: even the largest stays within its cell."""
    return round(min(max(7 + 6 * math.log10(cameras), 11), 30), 1)


def _cluster(cluster: Cluster, zoom: int, text: Translate) -> Feature:
    note = text(N_("No picture: {down}")).format(down=spaced(cluster.down)) if cluster.down else ""
    return _feature(
        "Point",
        _place(cluster.longitude, cluster.latitude),
        name=text(N_("Cameras: {count}")).format(count=spaced(cluster.cameras)),
        note=note,
        n=spaced(cluster.cameras),
        r=cluster_radius_px(cluster.cameras),
        s="down" if 2 * cluster.down > cluster.cameras else "live",
        z=zoom,
    )


def _camera(
    camera: MapCamera, longitude: float, latitude: float, language: Language, text: Translate
) -> Feature:
    kind = text(CAMERA_KIND_NAMES[CameraKind(camera.kind)])
    return _feature(
        "Point",
        _place(longitude, latitude),
        id=camera.id,
        name=camera.name.in_language(language),
        note=f"{camera.code} · {kind} · {text(STATE_NAMES[camera.state])}",
        s=camera.state,
        k=camera.kind,
    )


def _wedge(camera: MapCamera, longitude: float, latitude: float) -> Feature:
    ring = _sector(
        longitude, latitude, camera.azimuth_deg or 0.0, camera.field_of_view_deg or 0.0, WEDGE_M
    )
    return _feature("Polygon", [ring], id=camera.id, s=camera.state, w=1)


def moved(longitude: float, latitude: float, bearing_deg: float, metres: float) -> list[float]:
    """The place ``metres`` away in the direction ``bearing_deg`` (0 is north, 90 is east)."""
    angle = math.radians(bearing_deg)
    north = metres * math.cos(angle) / METRES_PER_DEGREE
    east = metres * math.sin(angle) / (METRES_PER_DEGREE * math.cos(math.radians(latitude)))
    return _place(longitude + east, latitude + north)


def _sector(
    longitude: float, latitude: float, azimuth_deg: float, view_deg: float, metres: float
) -> list[list[float]]:
    steps = max(2, round(view_deg / 15))
    start = azimuth_deg - view_deg / 2
    bearings = [start + view_deg * step / steps for step in range(steps + 1)]
    arc = [moved(longitude, latitude, bearing, metres) for bearing in bearings]
    if view_deg >= 360:
        return [*arc[:-1], arc[0]]
    centre = _place(longitude, latitude)
    return [centre, *arc, centre]


def _spread(cameras: Sequence[MapCamera]) -> list[tuple[float, float]]:
    """Where each camera is drawn: those of one mast stand around it, towards what they see."""
    masts: dict[tuple[float, float], int] = {}
    for camera in cameras:
        place = (camera.longitude, camera.latitude)
        masts[place] = masts.get(place, 0) + 1
    return [_apart(camera, masts) for camera in cameras]


def _apart(camera: MapCamera, masts: dict[tuple[float, float], int]) -> tuple[float, float]:
    place = (camera.longitude, camera.latitude)
    if masts[place] == 1:
        return place
    bearing = camera.azimuth_deg if camera.azimuth_deg is not None else camera.id * 137.5
    longitude, latitude = moved(*place, bearing, SAME_PLACE_M)
    return longitude, latitude


def district_features(districts: Iterable[DrawnDistrict], language: Language) -> list[Feature]:
    """The districts as polygons."""
    return [
        _feature(
            "Polygon", [_line(district.ring)], name=district.name.in_language(language), note=""
        )
        for district in districts
    ]


def ground_features(drawing: Mapping[str, Any] | None) -> list[Feature]:
    """Water and parks of the city's drawing; ``c`` is water or parks."""
    return [
        _feature("Polygon", [_line(ring)], c=kind)
        for kind in GROUND
        for ring in (drawing or {}).get(kind, ())
    ]


def street_features(streets: Iterable[DrawnStreet]) -> list[Feature]:
    """The streets as lines; ``c`` is the class: main, street or lane."""
    return [_feature("LineString", _line(street.path), c=street.street_class) for street in streets]


def section_features(sections: Iterable[DrawnSection], language: Language) -> list[Feature]:
    """The linear sections as lines, with their length and limit."""
    text = translator(language)
    note = text(N_("Linear section: {length} m, limit {limit} km/h"))
    return [
        _feature(
            "LineString",
            _line(section.path),
            name=section.name.in_language(language),
            note=note.format(length=spaced(round(section.length_m)), limit=section.limit_kmh),
        )
        for section in sections
    ]


def crossroad_features(crossroads: Iterable[DrawnCrossroad], language: Language) -> list[Feature]:
    """The crossroads as points; ``p`` is 1 where the equipment is planned."""
    text = translator(language)
    notes = (text(N_("Crossroad")), text(N_("Crossroad, equipment planned")))
    return [
        _feature(
            "Point",
            _place(crossroad.longitude, crossroad.latitude),
            name=crossroad.name.in_language(language),
            note=notes[crossroad.planned],
            p=int(crossroad.planned),
        )
        for crossroad in crossroads
    ]


def _line(path: Iterable[tuple[float, float]]) -> list[list[float]]:
    return [_place(longitude, latitude) for longitude, latitude in path]
