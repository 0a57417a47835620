"""Traffic signals: when they change, and their lamps in the picture."""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2

from demo.scenes.picture.camera import Point3
from demo.scenes.picture.canvas import Canvas, Tone
from demo.scenes.picture.light import Colour, colour

AMBER_S, ALL_RED_S = 3.0, 2.0
COLOURS: dict[str, Colour] = {
    "red": colour("ff4033"),
    "amber": colour("ffb52e"),
    "green": colour("3dff9a"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A signal plan: for each signal when in the cycle its green begins, and for how long."""

    cycle_s: float
    greens: Mapping[str, tuple[float, float]]

    def state(self, signal: str, t_s: float) -> str:
        """``green``, ``amber`` or ``red``."""
        since = self._since_green(signal, t_s)
        green_s = self.greens[signal][1]
        if since < green_s:
            return "green"
        return "amber" if since < green_s + AMBER_S and signal[0] != "w" else "red"

    def is_closed(self, signal: str, t_s: float) -> bool:
        """Whether cars stop at it: in amber those do that still can."""
        return self.state(signal, t_s) != "green"

    def open_for(self, signal: str, t_s: float) -> float:
        """For how many more seconds it is green; 0 when it is not."""
        return max(0.0, self.greens[signal][1] - self._since_green(signal, t_s))

    def states(self, t_s: float) -> dict[str, str]:
        """Of all signals."""
        return {signal: self.state(signal, t_s) for signal in self.greens}

    def _since_green(self, signal: str, t_s: float) -> float:
        return (t_s - self.greens[signal][0]) % self.cycle_s


NO_SIGNALS = Plan(60.0, {})


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp of a signal: it shines while the signal is in its state."""

    signal: str
    state: str
    at_m: Point3
    radius_m: float = 0.13


@dataclass(frozen=True, slots=True)
class Glow:
    """A shining lamp in the picture: a bright disc, brighter in its middle."""

    state: str
    middle_px: tuple[int, int]
    radius_px: int

    def draw(self, canvas: Canvas, tone: Tone) -> None:
        """Draw it."""
        blue, green, red = COLOURS[self.state]
        inner = (min(255.0, blue + 70), min(255.0, green + 70), min(255.0, red + 70))
        cv2.circle(canvas.picture, self.middle_px, self.radius_px, tone.ink((blue, green, red)), -1)
        cv2.circle(canvas.picture, self.middle_px, max(1, self.radius_px // 2), tone.ink(inner), -1)
