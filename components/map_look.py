"""Colours of the city's drawing and the signs on it, in both themes.

Shapes tell the difference before colours do: SOS buttons are squares, incidents triangles,
patrols discs, cameras dots that lose their filling when there is no picture.
"""

from dataclasses import dataclass
from hashlib import sha256

from components.look import Palette, palette

Colour = list[int]
"""Red, green, blue and perhaps opacity, 0 to 255, as deck.gl takes them."""

SIGN_PX = 64
"""Each sign is drawn in a square of this size, side by side in one picture."""


@dataclass(frozen=True, slots=True)
class MapLook:
    """What the drawing looks like in one theme."""

    land: Colour
    district: Colour
    border: Colour
    water: Colour
    park: Colour
    casing: Colour
    lane: Colour
    street: Colour
    main: Colour
    label: Colour
    halo: Colour
    section: Colour
    crossroad: Colour
    cluster: Colour
    cluster_edge: Colour
    cluster_off: Colour
    cluster_text: Colour
    view: Colour
    view_off: Colour


DARK = MapLook(
    land=[11, 15, 19],
    district=[19, 26, 32],
    border=[66, 84, 98, 255],
    water=[16, 35, 48],
    park=[20, 32, 31],
    casing=[11, 15, 19],
    lane=[36, 47, 56],
    street=[46, 60, 71],
    main=[66, 84, 98],
    label=[170, 184, 194],
    halo=[11, 15, 19],
    section=[58, 138, 160],
    crossroad=[120, 142, 158],
    cluster=[16, 58, 72],
    cluster_edge=[76, 184, 212],
    cluster_off=[131, 144, 155],
    cluster_text=[232, 237, 241],
    view=[76, 184, 212, 46],
    view_off=[131, 144, 155, 36],
)
LIGHT = MapLook(
    land=[214, 221, 226],
    district=[234, 238, 240],
    border=[120, 135, 147, 255],
    water=[196, 218, 230],
    park=[222, 232, 221],
    casing=[196, 206, 213],
    lane=[255, 255, 255],
    street=[255, 255, 255],
    main=[255, 255, 255],
    label=[62, 76, 87],
    halo=[255, 255, 255],
    section=[92, 160, 180],
    crossroad=[112, 126, 138],
    cluster=[0, 109, 138],
    cluster_edge=[255, 255, 255],
    cluster_off=[60, 70, 78],
    cluster_text=[255, 255, 255],
    view=[0, 109, 138, 40],
    view_off=[101, 113, 124, 36],
)
LOOKS = {"dark": DARK, "light": LIGHT}


def map_look(theme: str) -> MapLook:
    """The look of ``dark`` or ``light``."""
    return LOOKS[theme]


def rgb(colour: str) -> Colour:
    """``#rrggbb`` as numbers."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def signs(theme: str) -> dict[str, str]:
    """The signs of the map as SVG shapes within 64 by 64, by name."""
    colours = palette(theme)
    edge = LOOKS[theme].halo
    rim = f"rgb({edge[0]},{edge[1]},{edge[2]})"
    return {
        "none": "",
        **_camera_signs(colours, rim),
        **_incident_signs(colours, rim),
        **_sos_signs(colours, rim),
        **_unit_signs(colours, rim),
    }


def _camera_signs(colours: Palette, rim: str) -> dict[str, str]:
    disc = "<circle cx='32' cy='32' r='{r}' fill='{fill}' stroke='{stroke}' stroke-width='{w}'/>"
    live = disc.format(r=20, fill=colours.accent, stroke=rim, w=6)
    off = disc.format(r=18, fill=rim, stroke=colours.off, w=8)
    down = off + f"<path d='M18 46 46 18' stroke='{colours.off}' stroke-width='8'/>"
    return {"live": live, "down": down, "off": off}


TRIANGLE = "M32 7 60 56 H4 Z"


def _incident_signs(colours: Palette, rim: str) -> dict[str, str]:
    return {
        "urgent": _triangle(colours.urgent, rim) + _bang(colours.on_urgent),
        "waiting": _triangle(colours.waiting, rim) + _bang(rim),
        "handled": _triangle(rim, colours.waiting),
        "order": _triangle(rim, colours.off),
        "over": _triangle(colours.off, rim),
    }


def _triangle(fill: str, stroke: str) -> str:
    return (
        f"<path d='{TRIANGLE}' fill='{fill}' stroke='{stroke}' stroke-width='6' "
        "stroke-linejoin='round'/>"
    )


def _bang(colour: str) -> str:
    return f"<path d='M32 24v16M32 46v5' stroke='{colour}' stroke-width='6'/>"


def _sos_signs(colours: Palette, rim: str) -> dict[str, str]:
    square = (
        "<rect x='{x}' y='{x}' width='{w}' height='{w}' rx='5' fill='{fill}' stroke='{stroke}' "
        "stroke-width='6'/>"
    )
    core = f"<rect x='25' y='25' width='14' height='14' fill='{colours.text}'/>"
    cross = f"<path d='M32 18v28M18 32h28' stroke='{colours.on_urgent}' stroke-width='7'/>"
    return {
        "sos": square.format(x=14, w=36, fill=rim, stroke=colours.text) + core,
        "sos_pressed": square.format(x=5, w=54, fill=colours.urgent, stroke=rim) + cross,
    }


def _unit_signs(colours: Palette, rim: str) -> dict[str, str]:
    disc = "<circle cx='32' cy='32' r='24' fill='{fill}' stroke='{stroke}' stroke-width='6'/>"
    star = "M32 16 36 27 48 27 39 35 42 47 32 40 22 47 25 35 16 27 28 27 Z"
    return {
        "patrol": disc.format(fill=colours.text, stroke=rim) + f"<path d='{star}' fill='{rim}'/>",
        "patrol_busy": disc.format(fill=rim, stroke=colours.text)
        + f"<path d='{star}' fill='{colours.text}'/>",
    }


def sign_picture(theme: str) -> str:
    """All signs side by side, as the SVG that static/map-signs-<theme>.svg holds."""
    shapes = signs(theme).values()
    placed = "".join(
        f"<g transform='translate({place * SIGN_PX} 0)'>{shape}</g>"
        for place, shape in enumerate(shapes)
    )
    width = len(shapes) * SIGN_PX
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{SIGN_PX}' "
        f"viewBox='0 0 {width} {SIGN_PX}' fill='none' stroke-linecap='round'>{placed}</svg>\n"
    )


def sign_address(theme: str) -> str:
    """Where the browser finds that picture; another look of it is another address."""
    mark = sha256(sign_picture(theme).encode()).hexdigest()[:8]
    return f"/assets/map-signs-{theme}.svg?{mark}"


def sign_places(theme: str, *names: str) -> dict[str, dict[str, object]]:
    """Where these signs lie in the picture, as deck.gl's ``iconMapping``."""
    return {
        name: {"x": place * SIGN_PX, "y": 0, "width": SIGN_PX, "height": SIGN_PX, "mask": False}
        for place, name in enumerate(signs(theme))
        if name in names
    }


def sign_image(theme: str, name: str, size_px: int = 16) -> str:
    """One sign in HTML, for the legend and the queue: a window onto the picture."""
    names = list(signs(theme))
    across = f"{-names.index(name) * size_px}px 0/{len(names) * size_px}px {size_px}px"
    return (
        f'<i class="q-sign" style="width:{size_px}px;height:{size_px}px;'
        f'background:url({sign_address(theme)}) {across} no-repeat"></i>'
    )
