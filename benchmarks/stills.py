"""Things left behind, found and not invented: precision and recall over rendered minutes.

Three places (or those asked for), each with eight minutes in which something is left and
sixteen in which it only looks so. Tracks are the truth's own boxes; in the hard set one in five
is missed and tracks break. A finding is right when it lies where the thing was left.
"""

import argparse
from dataclasses import dataclass, field
from time import thread_time
from typing import Any

import cv2
import numpy as np

from benchmarks.still_scenes import PLACES, Story, Witness, frames, stories
from data_access.settings import Settings
from demo.scenes.scene import RenderedScene
from demo.scenes.things.belongings import box_px
from detection_worker.boxes import overlap
from detection_worker.frames import Frame, PlainPicture
from detection_worker.rules import RULES, abandoned_object
from detection_worker.rules.scene import Finding, Scene
from detection_worker.rules.stills.watcher import StillsWatcher

WITNESSES = {"usual": False, "hard": True}
"""Whose tracks are used, and whether they are hard."""

SAME_THING = 0.25
"""Overlap (IoU) from which a finding is about the thing: masks of small things are coarse."""


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """Precision and recall, usual and hard; what was missed and what invented by name."""
    parser = argparse.ArgumentParser(prog="./qala bench stills")
    parser.add_argument("--place", action="append", choices=PLACES)
    parser.add_argument("--only", default="", help="minutes with this in their names")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    tallies = {name: Tally() for name in WITNESSES}
    for place in asked.place or PLACES[:3]:
        for scene, story in stories(place, asked.seed):
            if asked.only in story.name:
                _play(place, scene, story, tallies)
    return {name: tally.figures() for name, tally in tallies.items()}


@dataclass
class Tally:
    """What was right, missed and invented so far."""

    right: int = 0
    missed: int = 0
    invented: int = 0
    wrong: list[str] = field(default_factory=list)
    spent_ms: list[float] = field(default_factory=list)

    def count(self, name: str, expected: bool, right: int, invented: int) -> None:
        """Add a minute."""
        missed = int(expected and not right)
        self.right, self.missed = self.right + right, self.missed + missed
        self.invented += invented
        if missed or invented:
            self.wrong.append(f"{name}: missed {missed}, invented {invented}")

    def figures(self) -> dict[str, Any]:
        """Precision, recall and what they come from."""
        return {
            "precision": round(self.right / max(self.right + self.invented, 1), 3),
            "recall": round(self.right / max(self.right + self.missed, 1), 3),
            "right": self.right,
            "missed": self.missed,
            "invented": self.invented,
            "wrong": self.wrong,
            "watcher_ms_a_frame": round(float(np.mean(self.spent_ms)), 3),
        }


def _play(place: str, scene: RenderedScene, story: Story, tallies: dict[str, Tally]) -> None:
    """One minute before both witnesses."""
    zone, params = RULES["abandoned_object"].usual_zone(1), abandoned_object.Params()
    eyes = {name: (Witness(hard), StillsWatcher()) for name, hard in WITNESSES.items()}
    found: dict[str, dict[str, Finding]] = {name: {} for name in eyes}
    for at, image, movers in frames(scene, story):
        for name, (witness, watcher) in eyes.items():
            view = Scene(1, at, (image.shape[1], image.shape[0]), witness.tracks(at, movers))
            began = thread_time()
            seen = watcher.add(Frame(1, at, PlainPicture(image)), view)
            tallies[name].spent_ms.append((thread_time() - began) * 1000)
            for finding in abandoned_object.evaluate(seen, zone, params):
                found[name][finding.matter] = finding
    for name, matters in found.items():
        right = sum(_is_it(one, scene, story) for one in matters.values())
        minute = f"{place}: {story.name}"
        tallies[name].count(minute, story.left is not None, min(1, right), len(matters) - right)


def _is_it(finding: Finding, scene: RenderedScene, story: Story) -> bool:
    if story.left is None:
        return False
    (left, top), _, (right, bottom), _ = finding.marks[0].points_px
    return overlap((left, top, right, bottom), box_px(story.left, scene.camera)) >= SAME_THING
