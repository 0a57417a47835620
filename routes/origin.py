"""Same-site only: where a request comes from, and where it may be sent on to."""

from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from routes.access import Access


def require_same_origin(request: Request) -> None:
    """Refuse (403) a request that a page of another site has made the browser send.

    Browsers state the origin with each POST. One that states none at all is not a browser
    and carries no one else's cookie.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403)
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403)


def own_address(wanted: str, access: Access) -> str:
    """``wanted`` if it is the address of a screen here, else the start.

    Only a plain path of a known screen passes, so that no crafted link leads a person from
    the sign-in to another site (``//evil``, ``https:evil``, ``/\\evil``).
    """
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or not _is_plain(wanted):
        return "/"
    page = parts.path.removeprefix("/")
    if not parts.path.startswith("/") or (page and page not in access.pages):
        return "/"
    return f"/{page}" + (f"?{parts.query}" if parts.query else "")


def _is_plain(address: str) -> bool:
    return address.isprintable() and address.isascii() and "\\" not in address
