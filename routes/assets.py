"""``/assets/NAME``: our own style sheets, script, icon and drawing; the same for everyone.

The font is the one that comes with Streamlit (Source Sans, SIL Open Font License).
"""

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

KEPT = "public, max-age=3600"


def file_names(folder: Path) -> dict[str, Path]:
    """The files that may be asked for, found once, so that no path comes from a browser."""
    return {path.name: path for path in sorted(folder.iterdir()) if path.is_file()}


def fingerprint(path: Path) -> str:
    """A few letters that change with the file, for its address."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def find_font(streamlit_static: Path) -> Path | None:
    """Streamlit's upright Source Sans, whose name changes with each release."""
    fonts = sorted(streamlit_static.glob("static/media/SourceSansVF-Upright*.woff2"))
    return fonts[0] if fonts else None


def make_routes(folder: Path, font: Path | None) -> list[BaseRoute]:
    """The routes of the files in ``folder``, the font, and the icon that browsers ask for."""
    files = file_names(folder)

    async def show_file(request: Request) -> Response:
        path = files.get(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, headers={"Cache-Control": KEPT})

    async def show_icon(request: Request) -> Response:
        return FileResponse(files["qala.png"], headers={"Cache-Control": KEPT})

    async def show_font(request: Request) -> Response:
        if font is None:
            raise HTTPException(404)
        return FileResponse(font, media_type="font/woff2", headers={"Cache-Control": KEPT})

    return [
        Route("/assets/font/source-sans", show_font),
        Route("/assets/{name}", show_file),
        Route("/favicon.png", show_icon),
    ]
