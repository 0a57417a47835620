"""The page that carries the screens: Streamlit's own, in our language, theme and frame.

Streamlit keeps the chosen theme in the browser, by address, and asks the system where it
finds none. The viewer's theme is known here before the first byte, so it is put there
before Streamlit's script runs: no flash of the other theme, on any machine.
"""

import html
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data_access.domain.people import Viewer
from routes.access import Access
from routes.assets import fingerprint
from routes.guard import content_policy, outside_origin
from routes.program_parts import fetched_now

STATIC = Path(__file__).resolve().parent.parent / "static"

NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
AGENT_LINK = re.compile(r'<link rel="service-desc"[^>]*>')
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

HEAD = """<meta name="color-scheme" content="{theme}" />
    <link rel="stylesheet" href="/assets/qala.css?{style}" />
    <script nonce="{nonce}" src="/assets/qala.js?{script}" data-theme="{theme}"></script>
"""


class UnknownIndex(Exception):
    """Streamlit's page is not the one this program knows how to frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Streamlit's page, cut at the places where ours goes in."""

    index: str

    @classmethod
    def of(cls, index: Path) -> "Frame":
        """Read Streamlit's page; raises ``UnknownIndex`` where a new release changed it."""
        page = COMMENT.sub("", index.read_text("utf-8")).strip()
        for mark in ('<html lang="en">', "<title>Streamlit</title>", "<script>", "</head>"):
            if page.count(mark) != 1:
                raise UnknownIndex(f"{index} does not have one {mark}: adapt routes/screen.py")
        return cls(AGENT_LINK.sub("", NOSCRIPT.sub("", page)))

    def page(self, language: str, theme: str, nonce: str, early: Sequence[str] = ()) -> str:
        """The page for one viewer; ``early`` are parts of the program it will soon ask for."""
        head = HEAD.format(
            theme=html.escape(theme),
            nonce=nonce,
            style=fingerprint(STATIC / "qala.css"),
            script=fingerprint(STATIC / "qala.js"),
        )
        opening = f'<html lang="{html.escape(language)}" data-theme="{html.escape(theme)}">'
        return (
            self.index.replace('<html lang="en">', opening)
            .replace("<title>Streamlit</title>", f"<title>Qala</title>\n    {head}")
            .replace("<script>", f'<script nonce="{nonce}">')
            .replace("</head>", fetched_now(self._new(early)) + "</head>")
        )

    def _new(self, addresses: Sequence[str]) -> list[str]:
        """Those that Streamlit's page does not name already."""
        return [address for address in addresses if address not in self.index]


def screen_routes(access: Access, index: Path, start: str, early: Sequence[str]) -> list[BaseRoute]:
    """A route for each screen's address; the screen ``start`` is at ``/`` and needs ``early``."""
    frame = Frame.of(index)
    outside = outside_origin(access.settings)

    async def show_screen(request: Request) -> Response:
        viewer = await access.require(request)
        return _framed(frame, viewer, outside, early if request.url.path == "/" else ())

    async def show_start(request: Request) -> Response:
        return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", 303)

    others = [f"/{page}" for page in sorted(access.pages - {start})]
    return [
        *(Route(path, show_screen) for path in ["/", *others]),
        Route(f"/{start}", show_start),
    ]


def _framed(frame: Frame, viewer: Viewer, outside: str, early: Sequence[str]) -> Response:
    nonce = secrets.token_urlsafe(16)
    return HTMLResponse(
        frame.page(viewer.language, viewer.theme, nonce, early),
        headers={
            "Cache-Control": "no-store",
            "Content-Security-Policy": content_policy(nonce, outside=outside),
        },
    )
