"""``/healthz`` for whoever restarts us, ``/metrics`` for Prometheus."""

import secrets

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from data_access.database import Database
from data_access.errors import DatabaseError
from routes.access import Access
from routes.measures import REGISTRY

LOOPBACK = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
"""With one of these a loopback address is that of a proxy, not of who asks."""


def make_routes(access: Access) -> list[BaseRoute]:
    """The routes about the app itself."""

    async def show_health(request: Request) -> Response:
        answers = await access.ask(database_answers, access.database)
        state = {"app": "ok", "database": "ok" if answers else "away"}
        return JSONResponse(state, 200 if answers else 503, {"Cache-Control": "no-store"})

    async def show_metrics(request: Request) -> Response:
        if not may_measure(request, access.worker.key):
            raise HTTPException(404)
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", show_health), Route("/metrics", show_metrics)]


def database_answers(database: Database) -> bool:
    """Whether a transaction can be opened."""
    try:
        with database.as_sign_in():
            return True
    except DatabaseError:
        return False


def may_measure(request: Request, key: str) -> bool:
    """From this machine itself, or with the installation's key in ``X-Qala-Key``."""
    given = request.headers.get("x-qala-key")
    if given is not None:
        return secrets.compare_digest(given.encode(), key.encode())
    direct = not any(name in request.headers for name in FORWARDED)
    return direct and request.client is not None and request.client.host in LOOPBACK
