"""The plain picture in place of one that the worker does not give."""

from html import escape

from starlette.responses import Response

from data_access.domain.people import Viewer
from data_access.domain.words import Language
from data_access.language import translator

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" role="img">
<rect width="640" height="360" fill="{ground}"/>
<g fill="none" stroke="{quiet}" stroke-width="6" stroke-linecap="round">
<rect x="268" y="128" width="80" height="64" rx="14"/>
<path d="M348 154l26-16v44l-26-16"/><path d="M262 116l116 92"/></g>
<text x="320" y="256" fill="{quiet}" font-family="sans-serif" font-size="22"
 text-anchor="middle">{words}</text></svg>"""
COLOURS = {"dark": ("#161d23", "#9fadb8"), "light": ("#e9edf0", "#52606c")}


def no_picture(viewer: Viewer) -> Response:
    """A 503 that an ``<img>`` can show, in the viewer's language and theme."""
    _ = translator(Language(viewer.language))
    ground, quiet = COLOURS[viewer.theme]
    words = escape(_("No picture from the worker"))
    return Response(
        PICTURE.format(ground=ground, quiet=quiet, words=words),
        503,
        {"Cache-Control": "no-store", "Retry-After": "2"},
        "image/svg+xml",
    )
