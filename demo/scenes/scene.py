"""A rendered scene: a place, those who move in it, and the camera that looks at them."""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from data_access.domain.watch import Calibration, Point, Zone
from data_access.domain.words import Names
from demo.scenes.motion.cast import Cast, Moment, Mover
from demo.scenes.picture.camera import CameraModel
from demo.scenes.picture.canvas import extent_of
from demo.scenes.picture.easel import GRAIN, Easel
from demo.scenes.picture.film import Drawn, Film, Image
from demo.scenes.picture.light import Daylight
from demo.scenes.stage import Appearance, appearances
from demo.scenes.things.belongings import Thing, placed
from demo.scenes.things.looks import VehicleLook
from demo.scenes.things.signals import NO_SIGNALS, Glow, Lamp, Plan
from demo.scenes.truth import TrueMover, Truth
from demo.scenes.watching import happenings

CASTS_KEPT = 3
IDLE_S = 7.0
"""About how long those who stand take to shift their weight."""


def _nothing(t_s: float) -> Sequence[Thing]:
    return ()


@dataclass(frozen=True, eq=False)
class RenderedScene:
    """A scene that loops without a seam: a picture depends on its moment and seed alone.

    Of ``EVENTFUL`` loops the first has what happens; then the scene begins again.

    ``paint`` paints what stands still, ``players`` make up the cast for a seed; ``marks_m`` are
    ground points in view for the calibration; ``things`` says what lies about at a moment. A feed
    begins ``opens_s`` into the loop.
    """

    name: str
    title: Names
    camera: CameraModel
    light: Daylight
    period_s: float
    paint: Callable[[Easel], None]
    players: Callable[[int], Sequence[Mover]]
    zones: tuple[Zone, ...]
    marks_m: tuple[Point, ...]
    plan: Plan = NO_SIGNALS
    lamps: tuple[Lamp, ...] = ()
    fps: float = 10.0
    things: Callable[[float], Sequence[Thing]] = _nothing
    opens_s: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def wh(self) -> tuple[int, int]:
        """Width and height of the pictures in pixels."""
        return self.camera.wh

    @cached_property
    def calibration(self) -> Calibration:
        """Where the marks are in the picture and on the ground."""
        return Calibration(self.camera.fractions(self.marks_m), self.marks_m)

    def playing(
        self,
        movers: Sequence[Mover],
        things: Callable[[float], Sequence[Thing]],
        period_s: float,
    ) -> "RenderedScene":
        """The same place with another cast; it shares the backdrop, which takes long to paint."""
        other = replace(self, players=lambda seed: movers, things=things, period_s=period_s)
        other.__dict__["_film"] = self._film
        return other

    def draw(self, t_s: float, seed: int = 1) -> Image:
        """The picture at ``t_s`` seconds, BGR; anything may be done with it."""
        moment_s = t_s % self.period_s
        with self._lock:
            film = self._film
            cast = self.cast(seed)
            seen = self._appearances(cast, cast.at(t_s), film.camera)
            drawn = [one.drawn for one in seen if one.drawn is not None]
            shadows = [one.shadow for one in seen if one.shadow is not None]
            drawn += [one for thing in self.things(t_s) if (one := placed(thing, film.camera))]
            lamps = self._lamps(moment_s)
            return film.frame(shadows, [*drawn, *lamps], round(moment_s * self.fps))

    def truth(self, t_s: float, seed: int = 1) -> Truth:
        """What is true at ``t_s`` seconds."""
        moment_s = t_s % self.period_s
        cast = self.cast(seed)
        moment = cast.at(t_s)
        movers = tuple(
            self._true(cast, moment, one) for one in self._appearances(cast, moment, self.camera)
        )
        found = happenings(self.zones, movers, self.things(t_s), self.camera)
        return Truth(moment_s, movers, found, self.plan.states(moment_s))

    def cast(self, seed: int = 1) -> Cast:
        """Everyone who moves in the scene with this seed."""
        return self._casts(seed)

    @cached_property
    def _casts(self) -> Callable[[int], Cast]:
        return lru_cache(maxsize=CASTS_KEPT)(lambda seed: Cast(self.players(seed), self.period_s))

    @cached_property
    def _film(self) -> Film:
        easel = Easel(self.camera, self.light)
        self.paint(easel)
        return Film(self.camera, self.light, easel.backdrop())

    def _appearances(self, cast: Cast, moment: Moment, camera: CameraModel) -> list[Appearance]:
        turns = max(1, round(self.period_s / IDLE_S))
        idle = moment.t_s * turns * 2 * math.pi / self.period_s
        return appearances(cast, moment, camera, self.light, idle)

    def _true(self, cast: Cast, moment: Moment, one: Appearance) -> TrueMover:
        number = int(moment.numbers[one.row])
        mover = cast.movers[number]
        box, share = _cut(one.box_px, self.wh)
        if one.drawn is not None:
            share *= 1.0 - self._film.hidden_share(box, one.drawn.depth_m)
        x, y, z = moment.at_m[one.row].tolist()
        return TrueMover(
            id=number,
            label=mover.look.label,
            at_m=(x, y, z),
            heading_deg=math.degrees(moment.yaw[one.row]) % 360,
            speed_kmh=3.6 * float(moment.speed_ms[one.row]),
            box_xyxy=box,
            visible=share,
            plate=mover.look.plate if isinstance(mover.look, VehicleLook) else None,
            part=mover.part,
        )

    def _lamps(self, moment_s: float) -> list[Drawn]:
        states = self.plan.states(moment_s)
        return [drawn for lamp, drawn in self._glows if states[lamp.signal] == lamp.state]

    @cached_property
    def _glows(self) -> list[tuple[Lamp, Drawn]]:
        """The lamps in the picture, as they shine."""
        camera, found = self._film.camera, []
        for lamp in self.lamps:
            pixels, depth = camera.project([lamp.at_m])
            middle = (int(pixels[0, 0]), int(pixels[0, 1]))
            radius = max(2, round(lamp.radius_m * camera.focal * camera.wh[0] / float(depth[0])))
            roi = extent_of(middle, middle, camera.wh, radius + 3.0, GRAIN)
            if roi is not None:
                glow = Glow(lamp.state, middle, radius)
                found.append((lamp, Drawn(roi, float(depth[0]) - 0.3, middle, glow.draw)))
        return found


def _cut(
    box: tuple[float, float, float, float], wh: tuple[int, int]
) -> tuple[tuple[float, float, float, float], float]:
    """A box cut at the picture's edges, and the share of it that is left."""
    x1, y1, x2, y2 = box
    left, top, right, bottom = max(x1, 0.0), max(y1, 0.0), min(x2, wh[0]), min(y2, wh[1])
    if left >= right or top >= bottom:
        return (0.0, 0.0, 0.0, 0.0), 0.0
    return (left, top, right, bottom), (right - left) * (bottom - top) / ((x2 - x1) * (y2 - y1))
