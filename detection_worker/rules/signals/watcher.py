"""The watcher of signals: reads the lamps that zones are drawn around, and what is sent."""

from dataclasses import replace

from data_access.domain.watch import WatchedCamera, Zone
from detection_worker.frames import Frame, Image
from detection_worker.rules.scene import Scene, Signal
from detection_worker.rules.signals.board import SignalBoard
from detection_worker.rules.signals.lamp import read_lamp
from detection_worker.rules.signals.memory import LampMemory

LAMP = "signal_lamp"
"""The rule of zones that are drawn around lamps."""


class SignalWatcher:
    """Knows the signals of one camera by name; what is sent comes before what is seen."""

    def __init__(self, board: SignalBoard | None = None) -> None:
        self._board = board
        self._lamps: tuple[Zone, ...] = ()
        self._named: tuple[str, ...] = ()
        self._memories: dict[str, LampMemory] = {}

    def follow(self, camera: WatchedCamera) -> None:
        """Take over the camera's lamps, and the names of signals that its rules ask for."""
        self._lamps = tuple(zone for zone in camera.zones if zone.rule == LAMP)
        asked = (zone.params.get("signal") for zone in camera.zones)
        self._named = tuple(dict.fromkeys(name for name in asked if isinstance(name, str) and name))
        kept = self._memories
        self._memories = {z.name: kept.get(z.name) or LampMemory() for z in self._lamps}

    def add(self, frame: Frame, scene: Scene) -> Scene:
        """The scene with the states of the camera's signals."""
        seen = {zone.name: self._look(zone, frame) for zone in self._lamps}
        return replace(scene, signals={**scene.signals, **seen, **self._sent(frame)})

    def _look(self, zone: Zone, frame: Frame) -> Signal:
        below = zone.params.get("green_below", True) is not False
        state = read_lamp(cut_out(frame.image_bgr, zone), below)
        return self._memories[zone.name].see(frame.captured_at, state)

    def _sent(self, frame: Frame) -> dict[str, Signal]:
        if self._board is None:
            return {}
        found = {name: self._board.signal(name, frame.captured_at) for name in self._named}
        return {name: signal for name, signal in found.items() if signal is not None}


def cut_out(image: Image, zone: Zone) -> Image:
    """The part of a picture around a zone, at least one pixel."""
    height, width = image.shape[:2]
    columns = [x * width for x, _ in zone.points]
    rows = [y * height for _, y in zone.points]
    left, top = min(int(min(columns)), width - 1), min(int(min(rows)), height - 1)
    right, bottom = max(left + 1, round(max(columns))), max(top + 1, round(max(rows)))
    return image[top:bottom, left:right]
