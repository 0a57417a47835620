"""Ways of cars and people over time, for tables of what rules should find."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from data_access.domain.watch import Calibration, WatchedCamera, Zone
from detection_worker.ground_plane import GroundPlane
from detection_worker.rules.presences import PresenceWatcher
from detection_worker.rules.scene import Finding, Scene, Signal, SignalState
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.rules.scenes import WH
from tests.detection_worker.tracking.sightings import START, at

Stop = tuple[float, float, float]
"""A second, and where it is then (px)."""

GROUND = GroundPlane(
    Calibration(((0, 0), (1, 0), (1, 1), (0, 1)), ((0, 50), (100, 50), (100, 0), (0, 0)))
)
"""A picture of 1000 × 500 px from straight above: ten pixels are a metre."""


class Walker:
    """Somebody or something on a way of straight legs; boxes tremble by ``jitter_px``."""

    def __init__(
        self,
        legs: Sequence[Stop],
        number: int = 1,
        label: str = "car",
        wh: tuple[float, float] = (40, 30),
        jitter_px: float = 0.0,
        hidden: Sequence[tuple[float, float]] = (),
        confidence: float = 0.8,
    ) -> None:
        self.legs, self.number, self.label, self.wh = legs, number, label, wh
        self.hidden, self.confidence = hidden, confidence
        self._jitter_px = jitter_px
        self._chance = np.random.default_rng(number)

    def is_seen(self, t_s: float) -> bool:
        """Whether it is in the picture and not hidden."""
        there = self.legs[0][0] <= t_s <= self.legs[-1][0]
        return there and not any(since <= t_s < until for since, until in self.hidden)

    def place(self, t_s: float) -> tuple[float, float]:
        """Where it stands, with its tremble."""
        for (t0, x0, y0), (t1, x1, y1) in pairwise(self.legs):
            if t0 <= t_s <= t1:
                share = (t_s - t0) / ((t1 - t0) or 1.0)
                dx, dy = self._chance.normal(0, self._jitter_px, 2) if self._jitter_px else (0, 0)
                return x0 + (x1 - x0) * share + dx, y0 + (y1 - y0) * share + dy
        return self.legs[-1][1:]


def scenes(
    walkers: Sequence[Walker],
    fps: float = 10.0,
    zones: tuple[Zone, ...] = (),
    calibrated: bool = False,
    signals: Callable[[datetime], dict[str, Signal]] = lambda _: {},
) -> Iterable[Scene]:
    """The scenes of all frames, with presences as the worker's watcher gives them."""
    presences = PresenceWatcher()
    presences.follow(WatchedCamera(1, "test", "", zones=zones))
    paths: dict[int, list[TrackPoint]] = {}
    last_s = max(walker.legs[-1][0] for walker in walkers)
    for frame in range(round(last_s * fps) + 1):
        t_s = frame / fps
        tracks = tuple(
            _track(walker, t_s, paths, calibrated) for walker in walkers if walker.is_seen(t_s)
        )
        now = at(t_s)
        yield presences.see(
            Scene(
                1, now, WH, tracks, zones,
                signals=signals(now), ground=GROUND if calibrated else None,
            )
        )  # fmt: skip


def _track(
    walker: Walker, t_s: float, paths: dict[int, list[TrackPoint]], calibrated: bool
) -> Track:
    x, y = walker.place(t_s)
    metres = (x / 10, (500 - y) / 10) if calibrated else (None, None)
    path = paths.setdefault(walker.number, [])
    path.append(TrackPoint(at(t_s), x, y, *metres))
    while path[0].at < at(t_s) - timedelta(seconds=60):
        path.pop(0)
    width, height = walker.wh
    box = (x - width / 2, y - height, x + width / 2, y)
    return Track(walker.number, walker.label, walker.confidence, box, tuple(path))


def phases(*changes: tuple[float, str]) -> Callable[[datetime], dict[str, Signal]]:
    """One signal called ``main`` that shows each state from its second on."""

    def at_moment(moment: datetime) -> dict[str, Signal]:
        past = [(SignalState(state), at(t_s)) for t_s, state in changes if at(t_s) <= moment]
        state, since_at = past[-1]
        return {"main": Signal(state, since_at, tuple(reversed(past[:-1])))}

    return at_moment


def judged(
    evaluate: Callable[[Scene, Zone, Any], Iterable[Finding]],
    zone: Zone,
    params: Any,
    all_scenes: Iterable[Scene],
) -> list[Finding]:
    """The findings that have held, one a matter, each the strongest, as the event desk has it."""
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    held: dict[str, Finding] = {}
    for scene in all_scenes:
        for finding in evaluate(scene, zone, params):
            before = last.get(finding.matter, scene.at)
            if (scene.at - before).total_seconds() > finding.gap_s:
                first[finding.matter] = scene.at
            since = first.setdefault(finding.matter, scene.at)
            last[finding.matter] = scene.at
            if (scene.at - since).total_seconds() >= finding.hold_s:
                kept = held.get(finding.matter, finding)
                held[finding.matter] = max(kept, finding, key=lambda one: one.confidence)
    return list(held.values())


__all__ = ["START", "Walker", "at", "judged", "phases", "scenes"]
