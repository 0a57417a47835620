"""What each camera usually shows, kept on disk: a view that was turned while the worker was down
is found at once, and not taken for the usual one.

A kept view is good for what it was learnt from: another feed, zones drawn anew (whoever draws
them has accepted the view) or a month without the worker (snow, leaves, a building site) make it
void, and the view is learnt anew.
"""

import hashlib
import logging
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from data_access.domain.watch import WatchedCamera
from detection_worker.health.usual import Usual

GOOD_FOR = timedelta(days=30)
"""How old a kept view may be: a season changes a street within weeks."""

_log = logging.getLogger(__name__)


def origin_of(camera: WatchedCamera) -> str:
    """What a camera's usual view hangs on: where its pictures come from, and its zones.

    A fingerprint without the user's name and password, which may change under the same view.
    """
    address = urlsplit(camera.sub_feed_url or camera.feed_url)
    where = (address.scheme, address.netloc.rpartition("@")[2], address.path, address.query)
    zones = sorted((zone.rule, str(zone.points)) for zone in camera.zones)
    return hashlib.sha256(repr((where, zones)).encode()).hexdigest()


class UsualViews:
    """The folder ``path`` with one file a camera; it is made when the first view is kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, camera_id: int, origin: str, at: datetime) -> Usual | None:
        """A camera's kept view; None where there is none that is good for it."""
        try:
            with (
                self._file(camera_id).open("rb") as stream,
                np.load(stream, allow_pickle=False) as kept,
            ):
                age_s = at.timestamp() - float(kept["at"])
                if str(kept["origin"]) != origin or age_s > GOOD_FOR.total_seconds():
                    return None
                return _usual({one.name: kept[one.name] for one in fields(Usual)})
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 — numpy raises whatever a broken archive makes it
            _log.warning("the kept view of camera %s is unreadable: %s", camera_id, error)
            return None

    def keep(self, camera_id: int, origin: str, usual: Usual, at: datetime) -> None:
        """Keep a camera's view; raises ``OSError`` where it cannot be written."""
        self._path.mkdir(parents=True, exist_ok=True)
        file = self._file(camera_id)
        begun = file.with_suffix(".begun")
        values = {one.name: getattr(usual, one.name) for one in fields(Usual)}
        values["edges"] = usual.edges.astype(np.float16)
        with begun.open("wb") as stream:
            np.savez_compressed(stream, at=at.timestamp(), origin=origin, **values)
        begun.replace(file)

    def _file(self, camera_id: int) -> Path:
        return self._path / f"{camera_id}.npz"


def _usual(kept: dict[str, npt.NDArray[Any]]) -> Usual:
    numbers = {
        name: float(value)
        for name, value in kept.items()
        if name not in ("edges", "fine", "coarse", "pictures")
    }
    return Usual(
        edges=kept["edges"].astype(np.float32),
        fine=kept["fine"].astype(np.float64),
        coarse=kept["coarse"].astype(np.float64),
        pictures=int(kept["pictures"]),
        **numbers,
    )
