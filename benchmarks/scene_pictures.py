"""Rendered pictures with exact boxes: what a detector can be trained on without any download."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes import SCENES
from demo.scenes.picture.film import Image
from demo.scenes.scene import RenderedScene

LABELS = ("person", "car")
"""Lorries and buses are cars here: too few pass by to be learnt within minutes."""

PLACES = ("crossroad", "courtyard", "school_gate")
"""People and vehicles from near and from some way off; elsewhere they are too small for it."""

LEAST_VISIBLE = 0.4
LEAST_SIDE_PX = 8.0
"""What shows less of itself is not asked for, and found or not does not count."""

CASTS = 3
"""Casts a place and seed: who moves where, in which clothes."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A frame with those who must be found in it, and those who may be.

    ``xyxy`` (N, 4) in pixels; ``sure`` (N,) is False for what is hardly visible.
    """

    image: Image
    xyxy: npt.NDArray[np.float32]
    labels: tuple[str, ...]
    sure: npt.NDArray[np.bool_]


def pictures(count: int, seed: int) -> Iterator[Picture]:
    """So many frames of all places; other seeds have other casts and other moments."""
    chance = np.random.default_rng(seed)
    for number in range(count):
        scene = SCENES[PLACES[number % len(PLACES)]]
        cast = CASTS * seed + int(chance.integers(CASTS))
        yield picture(scene, float(chance.uniform(0, scene.period_s)), cast)


def picture(scene: RenderedScene, t_s: float, cast: int) -> Picture:
    """One frame of a scene with its boxes."""
    movers = [one for one in scene.truth(t_s, cast).movers if one.visible > 0]
    boxes = np.array([one.box_xyxy for one in movers], np.float32).reshape(-1, 4)
    sides = (boxes[:, 2:] - boxes[:, :2]).min(axis=1, initial=np.inf)
    visible = np.array([one.visible for one in movers])
    labels = tuple("person" if one.label == "person" else "car" for one in movers)
    sure = (visible >= LEAST_VISIBLE) & (sides >= LEAST_SIDE_PX)
    return Picture(scene.draw(t_s, cast), boxes, labels, sure)


def write_training_set(folder: Path, parts: dict[str, int], seed: int) -> Path:
    """Pictures and labels as ultralytics reads them; ``parts`` are sizes by name. The YAML."""
    for part, (name, count) in enumerate(parts.items()):
        for kind in ("images", "labels"):
            (folder / kind / name).mkdir(parents=True)
        for number, one in enumerate(pictures(count, seed + part)):
            cv2.imwrite(str(folder / "images" / name / f"{number:05}.jpg"), one.image)
            lines = "\n".join(_label_lines(one))
            (folder / "labels" / name / f"{number:05}.txt").write_text(lines)
    names = "\n".join(f"  {number}: {label}" for number, label in enumerate(LABELS))
    places = "\n".join(f"{name}: images/{name}" for name in parts)
    told = folder / "scenes.yaml"
    told.write_text(f"path: {folder}\n{places}\nnames:\n{names}\n")
    return told


def _label_lines(one: Picture) -> Iterator[str]:
    height, width = one.image.shape[:2]
    for (left, top, right, bottom), label, sure in zip(
        one.xyxy.tolist(), one.labels, one.sure, strict=True
    ):
        if sure:
            middle = ((left + right) / 2 / width, (top + bottom) / 2 / height)
            size = ((right - left) / width, (bottom - top) / height)
            yield f"{LABELS.index(label)} " + " ".join(f"{part:.6f}" for part in (*middle, *size))


def write_clip(path: Path, seconds: float, cast: int, fps: int = 10) -> None:
    """A film of the first place, as a camera would record it (H.264)."""
    scene = SCENES[PLACES[0]]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(fps), options={"crf": "18"})
        stream.width, stream.height = scene.wh
        stream.pix_fmt = "yuv420p"
        for number in range(round(seconds * fps)):
            frame = av.VideoFrame.from_ndarray(scene.draw(number / fps, cast), format="bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
