"""The app as AppTest runs it, for somebody who has signed in.

In a test file or a conftest import ``Screens`` and the fixture: ``screens`` has a city of its
own for each test, ``shared_screens`` one for the whole file (for tests that only look). Then::

    def test_an_akim_sees_no_camera(screens: Screens) -> None:
        app = screens.open(Role.AKIM, "camera")
        assert not app.exception

AppTest has no browser and so no cookie; the one thing put in its place is the function that
reads the cookie. The session, its viewer and the scope are real rows of a real database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.installation import close_databases
from data_access.database import APP_ROLE, Database
from data_access.domain.people import Role
from data_access.sessions import open_session
from tests import small_city as small_city_module
from tests.postgres import TestServer, role_url
from tests.small_city import SmallCity

ROOT = Path(__file__).resolve().parents[2]
START = "situation"


@dataclass(frozen=True)
class Screens:
    """The screens over a small city of their own."""

    city: SmallCity
    database: Database
    monkeypatch: pytest.MonkeyPatch
    seconds: float = 120

    def session_of(self, role: Role) -> str:
        """A fresh session of the viewer with this role, as after the sign-in page."""
        with self.database.as_sign_in() as tx:
            viewer_id = self.city.viewers[role].id
            return open_session(tx, viewer_id, datetime.now(UTC), None, "AppTest")

    def look_as(self, role: Role | None) -> None:
        """From now on the cookie is that of this role; ``None``: there is none."""
        self.look_with(self.session_of(role) if role else None)

    def look_with(self, token: str | None) -> None:
        """From now on the cookie holds this token."""
        self.monkeypatch.setattr("components.visit.session_token", lambda: token)

    def open(self, role: Role | None, page_id: str = START, **query: str) -> AppTest:
        """The whole app at a screen's address."""
        self.look_as(role)
        app = self.app()
        app.query_params.update(query)
        app.run()
        return app if page_id == START else self.go(app, page_id)

    def go(self, app: AppTest, page_id: str) -> AppTest:
        """Press a screen's name in the navigation of an app that is open."""
        if page_id == "camera":
            self._without_video()
        return app.switch_page(f"pages/{page_id}.py").run()

    def app(self) -> AppTest:
        """The whole app, not yet run."""
        return AppTest.from_file(str(ROOT / "app.py"), default_timeout=self.seconds)

    def open_alone(self, role: Role | None, page_id: str) -> AppTest:
        """Only the page's file, as Streamlit can run it at a direct address."""
        self.look_as(role)
        if page_id == "camera":
            self._without_video()
        page = str(ROOT / "pages" / f"{page_id}.py")
        return AppTest.from_file(page, default_timeout=self.seconds).run()

    def _without_video(self) -> None:
        """WebRTC asks for a running server's sessions, which AppTest does not have."""
        self.monkeypatch.setattr("components.camera_screen.show_video", lambda *_of: None)


@pytest.fixture
def screens(
    small_city: SmallCity,
    app_database: Database,
    app_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Screens]:
    yield from _standing_on(small_city, app_database, app_url, tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def shared_city_owner(test_server: TestServer) -> Iterator[str]:
    """The owner's address of a database for all tests of a file."""
    with test_server.clone() as url:
        yield url


@pytest.fixture(scope="module")
def shared_city(shared_city_owner: str) -> tuple[SmallCity, str]:
    """A small city for all tests of a file, and the app's address of it."""
    owner = Database(shared_city_owner)
    with owner.as_owner() as tx:
        city = small_city_module.build(tx)
    owner.close()
    return city, role_url(shared_city_owner, APP_ROLE)


@pytest.fixture
def shared_screens(
    shared_city: tuple[SmallCity, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screens]:
    city, app_url = shared_city
    database = Database(app_url)
    yield from _standing_on(city, database, app_url, tmp_path, monkeypatch)
    database.close()


def _standing_on(
    city: SmallCity, database: Database, app_url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screens]:
    monkeypatch.setenv("QALA_APP_DATABASE_URL", app_url)
    monkeypatch.setenv("QALA_HOME", str(home))
    yield Screens(city, database, monkeypatch)
    close_databases()
