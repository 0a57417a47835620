"""The layers of the map, one function each, as deck.gl takes them."""

from collections.abc import Sequence
from typing import Any

import pydeck as pdk

from components.map_look import Colour, MapLook, sign_address, sign_places

DEEPEST_TILE = 17
"""Beyond this zoom its tiles are drawn larger: cameras stand alone in them."""

FIRST_TILE = 7
FONT = "'Source Sans', 'Source Sans Pro', sans-serif"
STREET_WIDTHS_M = (22, 13, 7)
CASING_M = 7
CASING_FROM_ZOOM = 14
"""Seven metres are a pixel there."""

SIGN_M = 260
SMALLEST_SIGN_PX, LARGEST_SIGN_PX = 17, 28
"""Signs have this size on the ground, held between these: a whole city from afar is not covered
by them."""

CAMERA_SIGNS = ("none", "live", "down", "off")


def _layer(kind: str, name: str, address: object, **properties: Any) -> pdk.Layer:
    """A layer whose properties reach deck.gl as they are: pydeck would read texts as code."""
    layer = pdk.Layer(kind, id=name)
    layer.data = address
    vars(layer).update(properties)
    return layer


def _drawn(part: str, name: str, **properties: Any) -> pdk.Layer:
    return _layer("GeoJsonLayer", name, f"/map/drawing/{part}.json", **properties)


def drawing(look: MapLook) -> list[pdk.Layer]:
    """The city's own drawing, from the ground up."""
    world = [{"ring": [[-179, -84], [179, -84], [179, 84], [-179, 84]]}]
    ground = f"@@=properties.c == 'water' ? {look.water} : {look.park}"
    return [
        _layer("SolidPolygonLayer", "land", world, getPolygon="@@=ring", getFillColor=look.land),
        _drawn("districts", "districts", getFillColor=look.district, stroked=False),
        _drawn("ground", "ground", getFillColor=ground, stroked=False),
        *_streets(look),
        _drawn(
            "districts", "borders", filled=False, getLineColor=look.border, lineWidthMinPixels=1.4
        ),
        _sections(look),
        _crossroads(look),
    ]


def _streets(look: MapLook) -> list[pdk.Layer]:
    """Casing below, filling above; metres on the ground, held to a line's width from afar.

    The casing is seen from near alone, and each stretch of it costs a browser that draws without
    a graphics card as much as the street itself: from afar there is none.
    """
    shared = {"lineCapRounded": True, "lineJointRounded": True, "filled": False}
    width = _by_class(*STREET_WIDTHS_M)
    return [
        _layer(
            "TileLayer",
            "street-edges",
            ["/map/streets/{z}/{x}/{y}.json"],
            minZoom=CASING_FROM_ZOOM,
            maxZoom=DEEPEST_TILE,
            getLineColor=look.casing,
            getLineWidth=f"@@={_by_class(*(metres + CASING_M for metres in STREET_WIDTHS_M))}",
            **shared,
        ),
        _drawn(
            "streets",
            "streets",
            getLineColor=f"@@={_by_class(look.main, look.street, look.lane)}",
            getLineWidth=f"@@={width}",
            lineWidthMinPixels=0.7,
            **shared,
        ),
    ]


def _by_class(main: object, street: object, lane: object) -> str:
    return f"(properties.c == 'main' ? {main} : (properties.c == 'street' ? {street} : {lane}))"


def _sections(look: MapLook) -> pdk.Layer:
    return _drawn(
        "sections",
        "sections",
        filled=False,
        getLineColor=look.section,
        getLineWidth=9,
        lineWidthMinPixels=2,
        lineCapRounded=True,
        pickable=True,
    )


def _crossroads(look: MapLook) -> pdk.Layer:
    return _drawn(
        "crossroads",
        "crossroads",
        filled=False,
        getLineColor=look.crossroad,
        getPointRadius=17,
        pointRadiusMaxPixels=14,
        lineWidthMinPixels=1,
        lineWidthMaxPixels=2,
    )


def labels(look: MapLook, language: str) -> pdk.Layer:
    """Names of districts and streets; the language is in the address so that it can change."""
    return _layer(
        "TileLayer",
        "labels",
        [f"/map/labels/{{z}}/{{x}}/{{y}}.json?language={language}"],
        minZoom=FIRST_TILE,
        maxZoom=DEEPEST_TILE,
        pointType="text",
        getText="@@=properties.n",
        getTextSize="@@=properties.k == 'district' ? 15 : 12",
        getTextAngle="@@=properties.a",
        getTextColor=look.label,
        textCharacterSet="auto",
        textFontFamily=FONT,
        textFontWeight=600,
        textOutlineColor=look.halo,
        textOutlineWidth=3,
        textFontSettings={"sdf": True, "fontSize": 48, "buffer": 8, "radius": 16},
    )


def cameras(address: str, look: MapLook, theme: str, picks: int) -> pdk.Layer:
    """Clusters with their counts, cameras by state, fields of view from near.

    ``address`` stands in a list, and ``picks`` goes along unread by deck.gl, so that one can
    press a camera after another: Streamlit's chart takes a press on the same index of another
    tile for a second press on the same thing. When its JSON changes it drops selected indices
    which a layer's list has not got, and this list has but one entry.
    """
    return _layer(
        "TileLayer",
        "cameras",
        [address],
        picks=picks,
        minZoom=FIRST_TILE,
        maxZoom=DEEPEST_TILE,
        pickable=True,
        pointType="circle+icon+text",
        updateTriggers={name: theme for name in ("getFillColor", "getLineColor", "getTextColor")},
        **_areas(look),
        **_camera_signs(theme),
        **_counts(look),
    )


def _areas(look: MapLook) -> dict[str, Any]:
    """Fields of view (``w``) and the discs of clusters (``r``)."""
    view = f"(properties.s == 'live' ? {look.view} : {look.view_off})"
    edge = f"(properties.s == 'live' ? {look.cluster_edge} : {look.cluster_off})"
    return {
        "getFillColor": f"@@=properties.w ? {view} : {look.cluster}",
        "getLineColor": f"@@=properties.w ? [0, 0, 0, 0] : {edge}",
        "getLineWidth": 1.5,
        "lineWidthUnits": "pixels",
        "getPointRadius": "@@=properties.r || 0",
        "pointRadiusUnits": "pixels",
    }


def _camera_signs(theme: str) -> dict[str, Any]:
    return {
        **_sign_picture(theme, *CAMERA_SIGNS),
        "iconSizeUnits": "pixels",
        "getIcon": "@@=properties.n ? 'none' : properties.s",
        "getIconSize": "@@=properties.n ? 0 : 19",
    }


def _counts(look: MapLook) -> dict[str, Any]:
    return {
        "getText": "@@=properties.n || ''",
        "getTextSize": "@@=properties.r > 20 ? 14 : 12",
        "getTextColor": look.cluster_text,
        "textCharacterSet": "0123456789\u202f",
        "textFontFamily": FONT,
        "textFontWeight": 700,
    }


def _sign_picture(theme: str, *names: str) -> dict[str, Any]:
    return {"iconAtlas": sign_address(theme), "iconMapping": sign_places(theme, *names)}


def signs(name: str, places: Sequence[dict[str, Any]], theme: str) -> pdk.Layer:
    """Signs at their places: dicts of ``place``, ``sign``, ``size``, ``name`` and ``note``, and
    ``beside`` where another stands at the place: by how many px this one is moved aside.

    The signs have their colours in the picture: a layer with colours of its own would be
    dimmed by Streamlit's chart for as long as something is selected.
    """
    used = {str(place["sign"]) for place in places}
    return _layer(
        "IconLayer",
        name,
        places,
        getPosition="@@=place",
        getIcon="@@=sign",
        getSize="@@=size",
        getPixelOffset="@@=beside || [0, 0]",
        sizeUnits="meters",
        sizeScale=SIGN_M,
        sizeMinPixels=SMALLEST_SIGN_PX,
        sizeMaxPixels=LARGEST_SIGN_PX,
        pickable=True,
        **_sign_picture(theme, *used),
    )


def ring(name: str, place: tuple[float, float], colour: Colour, radius_px: int) -> pdk.Layer:
    """A ring around the place that the screen is about."""
    return _layer(
        "ScatterplotLayer",
        name,
        [{"place": list(place)}],
        getPosition="@@=place",
        getRadius=radius_px,
        radiusUnits="pixels",
        filled=False,
        stroked=True,
        getLineColor=colour,
        getLineWidth=3,
        lineWidthUnits="pixels",
    )


def links(
    name: str, start: tuple[float, float], ends: Sequence[tuple[float, float]], colour: Colour
) -> pdk.Layer:
    """Lines from a place to others: an SOS button and the cameras that are nearest."""
    return _layer(
        "LineLayer",
        name,
        [{"start": list(start), "end": list(end)} for end in ends],
        getSourcePosition="@@=start",
        getTargetPosition="@@=end",
        getColor=colour,
        getWidth=2,
        widthUnits="pixels",
    )
