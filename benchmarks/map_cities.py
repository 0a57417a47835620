"""Two cities that differ in nothing but how many cameras they have, each behind its own app."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import numpy as np
import pandas as pd

from benchmarks.free_ports import free_port
from benchmarks.running import ROOT
from data_access import map_drawing
from data_access.connections import migrate_installation, owner_database
from data_access.copying import Column, continue_numbering, copy_columns, learn_sizes
from data_access.database import Database
from data_access.domain.people import SESSION_COOKIE
from data_access.embedded import EmbeddedServer
from data_access.map_drawing import Extent
from data_access.settings import Settings
from demo.seeding import seed
from demo.viewers import add_viewers

PROFILE = "kosshy"
IN_PROFILE = 1_500
READY_WITHIN_S = 90.0


@dataclass(frozen=True)
class Served:
    """A page to look at: its address, and the cookie that opens it, if it needs one."""

    address: str
    cookie: str | None = None


@contextmanager
def city_of(cameras: int, home: Path, settings: Settings) -> Iterator[Served]:
    """The demonstration city with so many cameras, served by the real app."""
    with ExitStack() as stack:
        server = EmbeddedServer(home)
        stack.callback(server.stop)
        fresh = replace(
            settings, home=home, database_url=server.start(),
            app_database_url=None, worker_database_url=None,
        )  # fmt: skip
        password = _filled(fresh, cameras)
        port = free_port()
        environment = {"QALA_HOME": str(home), "QALA_DATABASE_URL": fresh.database_url or ""}
        words = [sys.executable, "-m", "cli", "app", "--port", str(port)]
        stack.enter_context(_running(words, environment, f"http://127.0.0.1:{port}/healthz"))
        address = f"http://127.0.0.1:{port}"
        yield Served(address, _signed_in(address, "operator", password))


def _filled(settings: Settings, cameras: int) -> str:
    """Fill the database; the operator's password."""
    migrate_installation(settings)
    owner = owner_database(settings)
    try:
        seed(owner, PROFILE, 1, datetime.now(UTC))
        _add_cameras(owner, cameras - IN_PROFILE)
        people = add_viewers(owner, settings.home)
    finally:
        owner.close()
    return next(person.password for person in people if person.login == "operator")


def _add_cameras(owner: Database, count: int) -> None:
    """More cameras, strewn over the same city at its first site."""
    if count <= 0:
        return
    with owner.as_owner() as tx:
        extent = map_drawing.extent(tx)
        assert extent is not None
        copy_columns(tx, "cameras", _cameras(extent, count))
        copy_columns(tx, "feed_status", _statuses(count))
        continue_numbering(tx, "cameras")
        learn_sizes(tx, "cameras", "feed_status")


def _cameras(extent: Extent, count: int) -> dict[str, Column]:
    chance = np.random.default_rng(1)
    east = np.clip(chance.normal(0.5, 0.2, count), 0, 1)
    north = np.clip(chance.normal(0.5, 0.2, count), 0, 1)
    numbers = np.arange(IN_PROFILE + 1, IN_PROFILE + 1 + count)
    names = [f"Камера {number}" for number in numbers]
    return {
        "id": numbers,
        "code": [f"BENCH-{number}" for number in numbers],
        "name_ru": names,
        "name_kk": names,
        "name_en": names,
        "longitude": extent.west + east * (extent.east - extent.west),
        "latitude": extent.south + north * (extent.north - extent.south),
        "site_id": np.ones(count, np.int64),
        "district_id": np.ones(count, np.int64),
        "kind": ["fixed"] * count,
        "azimuth_deg": chance.uniform(0, 359, count),
        "field_of_view_deg": np.full(count, 70.0),
        "origin": ["new"] * count,
    }


def _statuses(count: int) -> dict[str, Column]:
    now = np.full(count, np.datetime64(datetime.now(UTC).replace(tzinfo=None), "us"))
    return {
        "camera_id": np.arange(IN_PROFILE + 1, IN_PROFILE + 1 + count),
        "district_id": np.ones(count, np.int64),
        "state": ["live"] * count,
        "since_at": now,
        "updated_at": now,
    }


@contextmanager
def plain_map_of(cameras: int, folder: Path) -> Iterator[Served]:
    """``st.pydeck_chart`` with a row a camera: the same places, names and states."""
    columns = _cameras(Extent(71.30, 51.05, 71.42, 51.12), cameras)
    rows = pd.DataFrame({name: columns[name] for name in ("id", "longitude", "latitude")})
    rows["name"], rows["state"] = columns["name_ru"], "live"
    table = folder / "cameras.csv"
    rows.to_csv(table, index=False)
    port = free_port()
    words = [sys.executable, "-m", "streamlit", "run", "benchmarks/plain_map.py"]
    words += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    address = f"http://127.0.0.1:{port}"
    with _running(words, {"QALA_BENCH_CAMERAS": str(table)}, f"{address}/_stcore/health"):
        yield Served(address)


@contextmanager
def _running(words: list[str], environment: Mapping[str, str], probe: str) -> Iterator[None]:
    """A process of ours, once it answers at ``probe``; it ends with the ``with``."""
    with subprocess.Popen(  # noqa: S603 - our own program
        words, cwd=ROOT, env=os.environ | environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            _wait_for(probe, process)
            yield
        finally:
            process.terminate()


def _wait_for(probe: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(probe, timeout=2, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise OSError(f"nothing answers at {probe}")


def _signed_in(address: str, login: str, password: str) -> str:
    """The session cookie of somebody who signed in at the form."""
    with httpx.Client(base_url=address, trust_env=False) as client:
        form = client.get("/login").text
        key = re.search(r'name="form" value="([^"]*)"', form)
        fields = {"login": login, "password": password, "next": "/", "form": key[1] if key else ""}
        answer = client.post("/login", data=fields, headers={"Origin": address})
        answer.raise_for_status() if answer.is_error else None
        return client.cookies[SESSION_COOKIE]
