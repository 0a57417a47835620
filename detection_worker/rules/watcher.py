"""What some rules need beyond tracks: eyes that look at the picture and remember."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from data_access.domain.watch import WatchedCamera
from detection_worker.frames import Frame
from detection_worker.rules.scene import Scene


class Watcher(Protocol):
    """Looks at each analysed frame of one camera and adds what it sees to the scene.

    It is made when the first rule that needs it is armed, and forgotten with the last one.
    """

    def follow(self, camera: WatchedCamera) -> None:
        """Take over the camera's zones and settings; called before the first frame."""
        ...

    def add(self, frame: Frame, scene: Scene) -> Scene:
        """The scene with what this watcher sees in the frame."""
        ...


@runtime_checkable
class LastWord(Protocol):
    """A watcher that has something left to say when its camera is left."""

    def finish(self) -> None:
        """Say it."""
        ...


@runtime_checkable
class MayLack(Protocol):
    """A watcher that knows when it sees too little for the rules that need it."""

    def lacking(self) -> str:
        """What is lacking just now, as a sentence; empty where nothing is."""
        ...


MakeWatcher = Callable[[], Watcher]
