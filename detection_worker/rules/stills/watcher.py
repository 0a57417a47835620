"""The watcher ``stills``: adds to a scene what is new in the picture and stands still."""

from dataclasses import dataclass, replace
from datetime import datetime

import cv2
import numpy as np
import numpy.typing as npt

from data_access.domain.watch import WatchedCamera
from detection_worker.frames import Frame, Image
from detection_worker.rules.scene import Scene, Still
from detection_worker.rules.stills import view
from detection_worker.rules.stills.attention import LEAST_FPS
from detection_worker.rules.stills.company import Sightings
from detection_worker.rules.stills.memory import Memory
from detection_worker.rules.stills.regions import Regions
from detection_worker.rules.stills.stature import Statures
from detection_worker.rules.stills.view import Small

LOOK_EVERY_S = 0.39
"""Two or three pictures a second are enough to know a walker from a thing that lies for seconds."""

LEARN_EVERY_S = 0.19
"""While the ground is learnt more pictures are taken: nine of two seconds."""

LOOK_ANYWAY_S = 1.0
"""Where nothing changes, the memory is still brought up to date this often."""

JUDGE_EVERY_S = 0.5
"""How often places that changed are looked at: things are judged by seconds."""

LEARN_S = 2.0
LEARN_PICTURES = 9
"""The ground is the median of pictures of the first two seconds: who walks through is not it."""

SUDDEN_SHARE = 0.4
"""If more of the picture is not the ground, the light or the view has changed."""

SHAKE_SHARE = 0.03
"""Share that is not the ground from which it is worth asking whether the picture has moved."""

TURNED = 0.6
"""If so much less differs once a large shift is taken back, the camera was turned."""

CALM_S = 1.5
"""After a sudden change the picture is learnt once it has been calm for so long."""

TOO_RARELY = (
    f"Fewer than {LEAST_FPS:g} pictures a second were analysed: nobody can be followed over such "
    "steps, so who brought a thing and who is with it is not known, and nothing is said of it."
)

PROBE_STEP = 12
"""Grey levels by which a sampled place must differ to count as a change of the picture."""


@dataclass(slots=True)
class _Clock:
    """Moments of the frames' own clock at which things were last done."""

    looked_at: datetime
    judged_at: datetime
    calm_since: datetime | None = None


class StillsWatcher:
    """Looks twice a second where something changes, once a second where nothing does."""

    def __init__(self) -> None:
        self._forget()

    def follow(self, camera: WatchedCamera) -> None:
        """Nothing depends on the camera's zones: the whole picture is watched."""

    def lacking(self) -> str:
        """Why nothing can be said of what lies just now; empty where it can."""
        return "" if self._sightings.attention.is_enough() else TOO_RARELY

    def add(self, frame: Frame, scene: Scene) -> Scene:
        """The scene with the things that are new and stand still."""
        at = frame.captured_at
        is_due = self._is_due(frame)
        self._sightings.attention.note(at)
        if is_due:
            self._look(frame.image_bgr, at, scene)
        return replace(scene, stills=self._stills)

    def _forget(self) -> None:
        self._memory: Memory | None = None
        self._samples: list[tuple[datetime, Small]] = []
        self._clock: _Clock | None = None
        self._probe: npt.NDArray[np.int16] | None = None
        self._wh = (0, 0)
        self._before: Small | None = None
        self._stills: tuple[Still, ...] = ()
        self._sightings = Sightings()
        self._statures = Statures()
        self._regions = Regions()

    def _is_due(self, frame: Frame) -> bool:
        """Whether this picture is to be looked at; a clock that went back or a picture of
        another size begins anew."""
        wh = frame.wh
        clock = self._clock
        if clock is not None and (frame.captured_at < clock.looked_at or wh != self._wh):
            self._forget()
            clock = None
        self._wh = wh
        if clock is None:
            return True
        passed_s = (frame.captured_at - clock.looked_at).total_seconds()
        learns = self._memory is None or clock.calm_since is not None
        every_s = LEARN_EVERY_S if learns else LOOK_EVERY_S
        return passed_s >= every_s and (passed_s >= LOOK_ANYWAY_S or self._changes(frame.image_bgr))

    def _changes(self, image: Image) -> bool:
        """Whether some sampled place differs from the picture last looked at: costs 20 µs."""
        probe = _probe(image)
        changed = self._probe is None or np.count_nonzero(np.abs(probe - self._probe) > PROBE_STEP)
        return bool(changed)

    def _look(self, image: Image, at: datetime, scene: Scene) -> None:
        self._probe = _probe(image)
        small, scale = view.narrowed(image)
        step_s = (at - self._clock.looked_at).total_seconds() if self._clock else 0.0
        if self._clock is None:
            self._clock = _Clock(at, at)
        self._clock.looked_at = at
        self._sightings.add(at, scene.tracks)
        self._statures.note(scene.tracks, self._wh[1])
        if self._memory is None:
            self._learn(small, at)
            return
        self._compare(self._memory, small, at, min(step_s, LOOK_ANYWAY_S * 2))
        passed_s = (at - self._clock.judged_at).total_seconds()
        if passed_s >= JUDGE_EVERY_S and self._clock.calm_since is None:
            self._clock.judged_at = at
            self._memory.follow(self._steady, passed_s)
            self._regions.update(
                at, self._memory, scale, scene.tracks, self._sightings, self._statures
            )
            self._stills = self._regions.stills(scale, self._sightings.attention)

    def _learn(self, small: Small, at: datetime) -> None:
        self._samples.append((at, small))
        if (at - self._samples[0][0]).total_seconds() >= LEARN_S:
            self._memory = Memory(self._usual())

    def _usual(self) -> Small:
        """The median of the pictures kept for it, which are let go."""
        pictures = [picture for _, picture in self._samples]
        self._samples = []
        few = pictures[:: max(1, len(pictures) // LEARN_PICTURES)]
        return np.asarray(np.median([_laid_on(one, few[0]) for one in few], axis=0), np.uint8)

    def _compare(self, memory: Memory, small: Small, at: datetime, step_s: float) -> None:
        """Take the picture into the memory; a sudden change is waited out and learnt."""
        assert self._clock is not None
        steady, unlike = self._steadied(memory, small)
        self._steady = steady
        if self._clock.calm_since is None and unlike <= SUDDEN_SHARE:
            moving = memory.see(steady, step_s)
            self._regions.movements.note(moving, at)
        else:
            self._wait_for_calm(memory, small, at)
        self._before = small

    def _steadied(self, memory: Memory, small: Small) -> tuple[Small, float]:
        """The picture without change of exposure and without shake, and how unlike it is."""
        ground = memory.ground_picture
        by = view.gain(small, ground)
        if not view.LEAST_GAIN <= by <= view.MOST_GAIN:
            return small, 1.0
        steady = view.evened(small, by)
        unlike = memory.unlike_ground(steady)
        if unlike > SHAKE_SHARE:
            return self._held_still(memory, steady, unlike)
        return steady, unlike

    def _held_still(self, memory: Memory, steady: Small, unlike: float) -> tuple[Small, float]:
        """The picture moved back, if it had moved; one moved too far is another view."""
        moved = view.shift(steady, memory.ground_picture)
        if not any(moved):
            return steady, unlike
        back = view.moved_back(steady, moved)
        less = memory.unlike_ground(back)
        if np.hypot(*moved) > view.MOST_SHAKE_PX:
            return steady, 1.0 if less < TURNED * unlike else unlike
        return (back, less) if less < 0.9 * unlike else (steady, unlike)

    def _wait_for_calm(self, memory: Memory, small: Small, at: datetime) -> None:
        assert self._clock is not None
        change = 0.0
        if self._before is not None:
            change = float(np.mean(cv2.absdiff(small, self._before) > PROBE_STEP))
        if self._clock.calm_since is None or change > SUDDEN_SHARE / 4:
            self._clock.calm_since = at
            self._samples = []
        self._samples.append((at, small))
        if (at - self._clock.calm_since).total_seconds() >= CALM_S:
            self._clock.calm_since = None
            usual = self._usual()
            memory.learn_anew(usual, self._regions.still_there(memory, usual))


def _laid_on(small: Small, first: Small) -> Small:
    """A picture moved to where the first one is: the median of a shaking view would be a blur."""
    moved = view.shift(small, first)
    return view.moved_back(small, moved) if 0 < np.hypot(*moved) <= view.MOST_SHAKE_PX else small


def _probe(image: Image) -> npt.NDArray[np.int16]:
    """Places on a grid of about 120 × 68, in green."""
    step = max(1, image.shape[1] // 120)
    return image[::step, ::step, 1].astype(np.int16)
