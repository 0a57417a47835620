"""One city and one door for all tests of a file; each test brings its own session."""

from collections.abc import Iterator

import pytest

from data_access.database import Database
from tests.small_city import SmallCity
from tests.support.app import shared_city, shared_city_owner
from tests.support.door import Door, open_door
from tests.support.fake_worker import FakeWorker, fake_worker

__all__ = ["shared_city", "shared_city_owner"]


@pytest.fixture(scope="module")
def owner_of_city(shared_city_owner: str) -> Iterator[Database]:
    """The owner of the file's city, to put rows into it."""
    database = Database(shared_city_owner)
    yield database
    database.close()


@pytest.fixture(scope="module")
def worker() -> Iterator[FakeWorker]:
    with fake_worker() as running:
        yield running


@pytest.fixture(scope="module")
def door(
    shared_city: tuple[SmallCity, str],
    worker: FakeWorker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Door]:
    city, app_url = shared_city
    with open_door(city, app_url, tmp_path_factory.mktemp("home"), worker.url) as opened:
        yield opened
