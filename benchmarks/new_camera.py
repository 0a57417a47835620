"""How soon a camera that is added in the database is watched by the worker that runs.

The real worker process on a PostgreSQL of its own, of one process and of two: from the commit
that adds a camera to its first live picture on the worker's port.
"""

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks.running import own_worker
from benchmarks.stream_films import rendered, write_film
from cli.installation import open_installation
from data_access import camera_feeds
from data_access.connections import owner_database
from data_access.keys import installation_key
from data_access.settings import Settings, read_settings
from demo.feeds import put_feeds_in_place

MOST_S = 5.0
"""Issue 3: adding a camera in the database starts it within five seconds."""

PATIENCE_S = 60.0
LOOK_EVERY_S = 0.05
FILM_S, FILM_FPS = 4.0, 5.0


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """Seconds from the row to the picture, for one process and for two."""
    del settings  # the city that is measured has a home of its own
    parser = argparse.ArgumentParser(prog="./qala bench new-camera", description=__doc__)
    parser.add_argument("--cameras", type=int, default=5, help="how many are added, in turn")
    given = parser.parse_args(arguments)
    told = {f"processes_{count}": _figures(count, given.cameras) for count in (1, 2)}
    return told | {"reached": all(one["worst_s"] <= MOST_S for one in told.values())}


def _figures(processes: int, cameras: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="qala-bench-") as folder:
        seconds = list(_delays(Path(folder), processes, cameras))
    return {
        "median_s": round(statistics.median(seconds), 2),
        "worst_s": round(max(seconds), 2),
        "each_s": [round(one, 2) for one in seconds],
    }


def _delays(folder: Path, processes: int, cameras: int) -> Iterator[float]:
    home = folder / "home"
    settings = read_settings({"QALA_HOME": str(home)})
    frames = round(FILM_S * FILM_FPS)
    film = write_film(folder, rendered("square", FILM_S, FILM_FPS), frames, 0.0)
    with open_installation(settings) as installation:
        installation.fill("kosshy", True, [str(film)])
        told = {**installation.worker_environment(), "QALA_DETECTOR": "motion"}
        with own_worker(told, home, "--processes", str(processes)) as (_, port):
            for number in range(cameras + 1):
                other = film.with_name(f"{number}.mp4")
                other.write_bytes(film.read_bytes())
                taken_s = _delay(installation.settings, other, port)
                if number:  # the first one waits until the worker is up
                    yield taken_s


def _delay(settings: Settings, film: Path, port: int) -> float:
    with contextlib.closing(owner_database(settings)) as owner:
        put_feeds_in_place(owner, [str(film)])
        began_s = time.monotonic()
        with owner.as_owner() as tx:
            camera_id = next(
                feed.camera_id for feed in camera_feeds.feeds(tx) if feed.url == str(film)
            )
    key = {"X-Qala-Key": installation_key(settings.home, "worker")}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=key, trust_env=False) as client:
        while not _shows(client, camera_id):
            if time.monotonic() - began_s > PATIENCE_S:
                raise OSError(f"camera {camera_id} was not watched within {PATIENCE_S:.0f} s")
            time.sleep(LOOK_EVERY_S)
    return time.monotonic() - began_s


def _shows(client: httpx.Client, camera_id: int) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return client.get(f"/live/{camera_id}.jpg").status_code == 200
    return False
