"""A rendered scene in place of a camera: ``scene://crossroad?seed=1``."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from data_access.domain.watch import WatchedCamera
from data_access.domain.words import N_
from demo.errors import DemoError
from demo.scenes import SCENES
from demo.scenes.picture.film import Image
from demo.scenes.scene import RenderedScene
from demo.scenes.stamp import stamp


class NoSuchScene(DemoError):
    """There is no scene at an address."""


def open_scene(camera: WatchedCamera) -> "SceneFeed":
    """The scene that ``camera.feed_url`` names, from its beginning.

    Raises:
        NoSuchScene: there is none of that name, or its seed is no number.
    """
    address = urlsplit(camera.feed_url)
    scene, (seed,) = SCENES.get(address.netloc), parse_qs(address.query).get("seed", ["1"])[:1]
    if scene is None or not seed.isdecimal():
        raise NoSuchScene(
            N_("There is no scene {url}. Its name is one of {names}, its seed a number."),
            url=camera.feed_url,
            names=", ".join(SCENES),
        )
    return SceneFeed(scene, int(seed))


class SceneFeed:
    """Plays a scene in real time, ``scene.fps`` pictures a second, with the time written in."""

    live = True

    def __init__(self, scene: RenderedScene, seed: int) -> None:
        self._scene, self._seed = scene, seed
        self._closing = threading.Event()

    def close(self) -> None:
        """Let ``frames`` end at once; from any thread."""
        self._closing.set()

    def frames(self) -> Iterator[tuple[datetime, Image]]:
        """Pictures and the moment (aware UTC) that they show, without end.

        A feed that cannot keep up leaves pictures out rather than falling behind.
        """
        image = self._scene.draw(self._scene.opens_s, self._seed)
        began_s, began_at, number = time.monotonic(), datetime.now(UTC), 0
        while not self._closing.is_set():
            at = began_at + timedelta(seconds=number / self._scene.fps)
            stamp(image, self._scene.title.ru.upper(), at)
            yield at, image
            number = max(number + 1, int((time.monotonic() - began_s) * self._scene.fps))
            shown_s = self._scene.opens_s + number / self._scene.fps
            image = self._scene.draw(shown_s, self._seed)
            due_s = began_s + number / self._scene.fps
            self._closing.wait(max(0.0, due_s - time.monotonic()))
