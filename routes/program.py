"""``/static/js/NAME`` and ``/static/css/NAME``: the program in the browser, sent compressed.

Streamlit keeps these addresses to itself and sends its files as they are, 6.4 MB for a first
visit; compressed it is a third, which a patrol's tablet on a mobile network feels. So this
stands before Streamlit. Each file is compressed once and kept; its name changes with what is in
it, so a browser never asks twice.
"""

import gzip
from asyncio import to_thread
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from routes.assets import file_names

KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}


@cache
def compressed(path: Path) -> bytes:
    """A file's bytes in gzip, at a level that takes half a second for the largest one."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class CompressedProgram:
    """Middleware: answers for the scripts and style sheets in ``folder``, passes on the rest."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._files = {
            f"/static/{kind}/{name}": path
            for kind in ("js", "css")
            for name, path in file_names(folder / "static" / kind).items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        path = self._files.get(scope["path"]) if scope["type"] == "http" else None
        if path is None:
            await self._app(scope, receive, send)
            return
        answer = await _file(path, Headers(scope=scope).get("Accept-Encoding", ""))
        await answer(scope, receive, send)


async def _file(path: Path, accepted: str) -> Response:
    media_type = MEDIA_TYPES.get(path.suffix)
    if media_type is None or "gzip" not in accepted:
        return FileResponse(path, headers=KEPT, media_type=media_type)
    body = await to_thread(compressed, path)
    return Response(body, headers=KEPT | {"Content-Encoding": "gzip"}, media_type=media_type)
