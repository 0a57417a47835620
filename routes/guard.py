"""The gate before everything else on the app's port: who may pass, and with which headers.

Streamlit answers any path with its own page and lets anybody open its socket. Here only a
few addresses are open; everything else needs a session, pages send those without one to the
sign-in, and what is none of ours does not exist.
"""

from contextlib import suppress
from time import monotonic
from urllib.parse import quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

from data_access.errors import DatabaseError
from data_access.settings import Settings
from routes.access import Access
from routes.cookies import YEAR_S
from routes.errors import refusal
from routes.measures import REQUESTS, SOCKETS
from routes.reader import words_for

OPEN_PATHS = frozenset({"/login", "/logout", "/healthz", "/metrics", "/favicon.png"})
"""Answered without a session; /metrics asks for its own key."""
OPEN_FOLDERS = ("/static/", "/assets/")
"""Streamlit's bundle and our own style sheet: the same for everyone, no secrets."""
OWN_FOLDERS = ("/live/", "/evidence/", "/proof/", "/map/", "/session/")
OWN_PATHS = frozenset({"/preferences"})
"""Our routes that need a session; each asks for its role and scope besides."""
INNER_FOLDERS = ("/_stcore/", "/media/", "/component/")
"""What Streamlit's page asks for once it runs."""
FRAMED_FOLDERS = ("/component/",)
"""Streamlit shows components of the first kind (WebRTC) in frames of the same origin."""
CLOSED_FOLDERS = ("/_stcore/agent/", "/_stcore/metrics")
"""Doors of Streamlit that nobody here needs."""

POLICY_VIOLATION = 1008
"""The WebSocket close code for "you may not" (RFC 6455, 7.4.1)."""


class Guard:
    """ASGI middleware around Streamlit and our routes alike."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access
        self.outside = outside_origin(access.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            answer = await self._answer(connection)
            await (answer or self.app)(scope, receive, self._headed(connection.url.path, send))
        elif scope["type"] == "websocket":
            await self._pass_socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _pass_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        if await self._answer(connection) is not None or not from_own_page(connection):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        kind = "screen" if connection.url.path.startswith("/_stcore/") else "live"
        # A browser that leaves in the middle of a message is no error of ours to log.
        with SOCKETS.labels(kind).track_inprogress(), suppress(WebSocketDisconnected):
            await self.app(scope, receive, send)

    async def _answer(self, connection: HTTPConnection) -> Response | None:
        """The answer to what may not pass; ``None`` for what may."""
        path = connection.url.path
        if is_open(path):
            return None
        if path.startswith(CLOSED_FOLDERS) or not self._is_known(path):
            return refusal(connection, 404)
        try:
            viewer = await self.access.viewer(connection)
        except DatabaseError as error:
            return self._without_database(connection, error)
        if viewer is not None:
            return None
        return to_sign_in(connection) if self._is_page(path) else refusal(connection, 401)

    def _is_page(self, path: str) -> bool:
        return path == "/" or path.removeprefix("/") in self.access.pages

    def _is_known(self, path: str) -> bool:
        own = path.startswith(OWN_FOLDERS) or path in OWN_PATHS
        return own or self._is_page(path) or path.startswith(INNER_FOLDERS)

    def _without_database(self, connection: HTTPConnection, error: DatabaseError) -> Response:
        if self._is_page(connection.url.path):
            return to_sign_in(connection)
        return refusal(connection, 503, error.in_words(words_for(connection)))

    def _headed(self, path: str, send: Send) -> Send:
        """A ``send`` that adds the security headers to whatever answers, and counts it."""
        begun_s = monotonic()

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                add_headers(headers, path, self.outside)
                if self.access.settings.secure_cookie:
                    headers["Strict-Transport-Security"] = f"max-age={YEAR_S}"
                kind, status = self._kind(path), f"{message['status'] // 100}xx"
                REQUESTS.labels(kind, status).observe(monotonic() - begun_s)
            await send(message)

        return headed

    def _kind(self, path: str) -> str:
        """The kind of an address, so that nobody can make a new series by asking."""
        if self._is_page(path):
            return "page"
        if is_open(path) or self._is_known(path):
            return path.split("/")[1].split(".")[0]
        return "other"


def is_open(path: str) -> bool:
    """Whether an address is answered without a session."""
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDERS)


def from_own_page(connection: HTTPConnection) -> bool:
    """Whether a socket was opened by a page of ours; what states no origin is no browser."""
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")


def to_sign_in(connection: HTTPConnection) -> Response:
    """Send a page's visitor to the sign-in and remember where they were going."""
    wanted = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
    target = "/login" if wanted == "/" else f"/login?next={quote(wanted, safe='')}"
    return RedirectResponse(target, 303, {"Cache-Control": "no-store"})


def outside_origin(settings: Settings) -> str:
    """The one foreign origin a browser may ask: that of a map style set in the settings."""
    parts = urlsplit(settings.map_style or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} else ""


def add_headers(headers: MutableHeaders, path: str, outside: str = "") -> None:
    """Put the security headers on one response; a route's own policy stays."""
    framed = path.startswith(FRAMED_FOLDERS)
    headers.setdefault("Content-Security-Policy", content_policy("", framed, outside))
    headers["X-Frame-Options"] = "SAMEORIGIN" if framed else "DENY"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)"
    if "server" in headers:
        del headers["server"]


def content_policy(nonce: str = "", framed: bool = False, outside: str = "") -> str:
    """The Content-Security-Policy, as narrow as Streamlit's page can live with.

    Components are modules from blob: addresses, maps run workers from them and compile
    WebAssembly; Streamlit's styles stand inline. Scripts of our own carry the nonce.
    """
    script = "'self' blob: 'wasm-unsafe-eval'" + (f" 'nonce-{nonce}'" if nonce else "")
    beyond = f" {outside}" if outside else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {script}",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob:{beyond}",
            "font-src 'self' data:",
            f"connect-src 'self' data: blob:{beyond}",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'" if framed else "frame-ancestors 'none'",
        )
    )
