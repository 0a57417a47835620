"""The app's routes behind their guard, without Streamlit, for tests of who may pass."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from components.screens import PAGES
from data_access.database import Database
from data_access.domain.people import SESSION_COOKIE, Role
from data_access.settings import read_settings
from data_access.viewers import sign_in
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


@dataclass
class Door:
    """The routes over one city; a client is a browser that is signed in, or not."""

    city: SmallCity
    access: Access
    client: TestClient

    def token(self, role: Role) -> str:
        now = datetime.now(UTC)
        login, password = role.value, self.city.password
        return sign_in(self.access.database, login, password, now, None, "test").token

    def as_role(self, role: Role | None) -> TestClient:
        """The browser of somebody with this role; ``None``: of nobody."""
        return self.with_token(self.token(role) if role else None)

    def with_token(self, token: str | None) -> TestClient:
        self.client.cookies.clear()
        if token is not None:
            self.client.cookies.set(SESSION_COOKIE, token)
        return self.client


@contextmanager
def open_door(
    city: SmallCity, app_url: str, home: Path, worker_url: str = "http://127.0.0.1:9"
) -> Iterator[Door]:
    """The routes over the database at ``app_url``, as ``server.py`` puts them together."""
    settings = read_settings(
        {"QALA_HOME": str(home), "QALA_APP_DATABASE_URL": app_url, "QALA_WORKER_URL": worker_url}
    )
    access = Access(settings, Database(app_url), frozenset(PAGES), WorkerPort(worker_url, KEY))
    app = Starlette(
        routes=make_routes(access),
        middleware=[Middleware(Guard, access=access)],
        exception_handlers=EXCEPTION_HANDLERS,
    )
    with TestClient(app, ADDRESS, follow_redirects=False) as client:
        yield Door(city, access, client)
        client.portal.call(access.close)  # type: ignore[union-attr]
