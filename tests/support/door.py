"""The app's routes behind their guard, without Streamlit, for tests of who may pass."""

import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from httpx import Timeout
from starlette.applications import Starlette
from starlette.middleware import Middleware

from components.screens import PAGES
from data_access.database import Database
from data_access.domain.people import SESSION_COOKIE, Role
from data_access.sessions import open_session
from data_access.settings import read_settings
from routes.access import Access
from routes.errors import EXCEPTION_HANDLERS
from routes.guard import Guard
from routes.worker import WorkerPort
from server import make_routes
from tests.small_city import SmallCity
from tests.support.fake_worker import KEY

with warnings.catch_warnings():
    # Starlette announces a successor of httpx that is not among our packages.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

ADDRESS = "http://qala.test"
PATIENCE = Timeout(60.0)


@dataclass
class Door:
    """The routes over one city; a client is a browser that is signed in, or not."""

    city: SmallCity
    access: Access
    app: Starlette
    client: TestClient

    def token(self, role: Role) -> str:
        """A session of its own, opened without the (slow on purpose) look at a password."""
        return session_of(self.access.database, self.city, role)

    def as_role(self, role: Role | None) -> TestClient:
        """The browser of somebody with this role; ``None``: of nobody."""
        return self.with_token(self.token(role) if role else None)

    def with_token(self, token: str | None) -> TestClient:
        self.client.cookies.clear()
        if token is not None:
            self.client.cookies.set(SESSION_COOKIE, token)
        return self.client


def access_to(app_url: str, home: Path, worker_url: str) -> Access:
    """What the routes share, over the database at ``app_url``."""
    settings = read_settings(
        {"QALA_HOME": str(home), "QALA_APP_DATABASE_URL": app_url, "QALA_WORKER_URL": worker_url}
    )
    worker = WorkerPort(worker_url, KEY, PATIENCE)
    return Access(settings, Database(app_url), frozenset(PAGES), worker)


def routes_behind_guard(access: Access) -> Starlette:
    """The routes as ``server.py`` puts them together, without Streamlit; closes ``access``."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await access.close()

    return Starlette(
        lifespan=lifespan,
        routes=make_routes(access),
        middleware=[Middleware(Guard, access=access)],
        exception_handlers=EXCEPTION_HANDLERS,
    )


def session_of(database: Database, city: SmallCity, role: Role) -> str:
    """A fresh session of the viewer with this role, as after the sign-in page."""
    with database.as_sign_in() as tx:
        return open_session(tx, city.viewers[role].id, datetime.now(UTC), None, "test")


@contextmanager
def open_door(
    city: SmallCity, app_url: str, home: Path, worker_url: str = "http://127.0.0.1:9"
) -> Iterator[Door]:
    """The routes and a browser before them."""
    access = access_to(app_url, home, worker_url)
    app = routes_behind_guard(access)
    with TestClient(app, ADDRESS, follow_redirects=False) as client:
        yield Door(city, access, app, client)
