"""What every test may ask for: a database of its own, and a small city in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from data_access.database import APP_ROLE, WORKER_ROLE, Database
from tests import postgres
from tests import small_city as small_city_module
from tests.postgres import TestServer
from tests.small_city import SmallCity
from tests.support.browser import browser, home

__all__ = ["browser", "home"]

# How long an example takes says how busy the machine is, not whether the code is right.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# The same examples each time: what passed for the author passes for everyone.
settings.register_profile("qala", derandomize=True, **_PATIENT)
# New examples each time, many of them: ``./qala test -- --hypothesis-profile=hunt``.
settings.register_profile("hunt", max_examples=2000, **_PATIENT)
settings.load_profile("qala")

_FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """The run's folder is made by the process that outlives all xdist workers."""
    handed_over = getattr(config, "workerinput", {}).get("postgres_folder")
    config.stash[_FOLDER] = Path(handed_over) if handed_over else postgres.new_folder()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    node.workerinput["postgres_folder"] = str(node.config.stash[_FOLDER])  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.end(config.stash[_FOLDER])


@pytest.fixture(scope="session")
def test_server(pytestconfig: pytest.Config) -> TestServer:
    """The PostgreSQL of this run; its ``clone()`` gives a module a database of its own."""
    return postgres.shared_server(pytestconfig.stash[_FOLDER])


@pytest.fixture
def owner_url(test_server: TestServer) -> Iterator[str]:
    """The owner's address of a migrated database that this test has for itself."""
    with test_server.clone() as url:
        yield url


@pytest.fixture
def empty_url(test_server: TestServer) -> Iterator[str]:
    """The owner's address of a database without any table."""
    with test_server.empty() as url:
        yield url


@pytest.fixture
def app_url(owner_url: str) -> str:
    return postgres.role_url(owner_url, APP_ROLE)


@pytest.fixture
def worker_url(owner_url: str) -> str:
    return postgres.role_url(owner_url, WORKER_ROLE)


@pytest.fixture
def owner(owner_url: str) -> Iterator[Database]:
    yield from _opened(owner_url)


@pytest.fixture
def app_database(app_url: str) -> Iterator[Database]:
    yield from _opened(app_url)


@pytest.fixture
def worker_database(worker_url: str) -> Iterator[Database]:
    yield from _opened(worker_url)


@pytest.fixture
def small_city(owner: Database) -> SmallCity:
    """Districts West (1) and East (2), sites 1 to 4, cameras 1 to 6, a viewer of each role."""
    with owner.as_owner() as tx:
        return small_city_module.build(tx)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The footage and the model that lie beside the project; skips where they are missing."""
    beside = Path(__file__).resolve().parent.parent.parent / "shared"
    folder = Path(os.environ.get("QALA_SHARED", beside))
    if not folder.is_dir():
        pytest.skip(f"NO FOOTAGE: {folder} is missing; set QALA_SHARED to run this test")
    return folder


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()
