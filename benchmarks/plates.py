"""How many plates are read exactly: on whole photographs, and on rendered Kazakh plates.

Beside each ``NAME.jpg`` of the folder lies ``NAME.txt``: file, x, y, width, height, text. A plate
counts as read if one of the lines that ``read-plates`` gives for its photograph is it; the
lines given beyond are counted too, since they are false. Whole photographs of cars from Europe,
Brazil and America are rendered (``demo.plate_photographs``) and counted alike, each hardship
that is asked for by itself. With ``--hung`` such plates are put upon the cars of the folder's own
photographs, too. Rendered plates (``demo.plate_pictures``) are read by the height of
their letters. The reliability curve sets the confidences of all readings against how many of
them were right.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.hung_plates import hung_plates
from benchmarks.shared import shared
from data_access.settings import Settings
from demo.plate_photographs.countries import CONTINENTS
from demo.plate_photographs.hardships import HARDSHIPS
from demo.plate_photographs.photograph import photograph
from demo.plate_pictures import FORMS, PlatePicture, plate_picture, usual_conditions
from detection_worker.detection.detections import Detector
from detection_worker.frames import Image
from detection_worker.plates.photograph import open_photograph
from detection_worker.plates.reader import PlateReader
from detection_worker.plates.reading import PlateReading
from detection_worker.plates.vehicles import vehicle_boxes, vehicle_detector

ALIKE = str.maketrans("OI", "01")

LETTER_PX = (8, 12, 16, 20, 28)
"""Heights of letters in pixels: 16 is what must be read, the lower ones show where it ends."""

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Edges of the reliability curve's bins."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A plate and what was read for it."""

    text: str
    readings: tuple[PlateReading, ...]

    @property
    def texts(self) -> list[str]:
        """All that was read."""
        return [one.plate.text for one in self.readings]

    @property
    def exact(self) -> bool:
        """Whether it was read as it is."""
        return self.text in self.texts

    @property
    def alike(self) -> bool:
        """Whether it was, with O and 0, I and 1 counted alike."""
        return self.text.translate(ALIKE) in [text.translate(ALIKE) for text in self.texts]


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """Shares read of photographs and of rendered plates, and the reliability curve of both."""
    parser = argparse.ArgumentParser(prog="./qala bench plates")
    parser.add_argument("--folder", type=Path, help="default: the shared American photographs")
    parser.add_argument("--rendered", type=int, default=4, help="plates a form and height")
    parser.add_argument("--abroad", type=int, default=8, help="photographs a continent")
    parser.add_argument("--hung", type=int, default=0, help="foreign plates a photograph")
    parser.add_argument("--hardships", nargs="+", default=["usual"], choices=[*HARDSHIPS, "all"])
    parser.add_argument("--continents", nargs="+", default=[*CONTINENTS], choices=CONTINENTS)
    parser.add_argument("--fonts", nargs="+", default=["sans"], help="files; OpenCV's own: sans")
    parser.add_argument("--seed", type=int, default=1, help="of the rendered plates")
    asked = parser.parse_args(arguments)
    reader = PlateReader()
    detector = vehicle_detector(settings.models_dir)
    asked.folder = asked.folder or shared("plates/us")
    photographs = _photographs(reader, detector, asked.folder)
    abroad, hung = _abroad(reader, asked), _hung_up(reader, detector, asked)
    rendered = _rendered(reader, asked.rendered, asked.seed)
    tried = [*photographs["tried"], *(one for _, one in rendered)]
    tried += [one for by_name in abroad.values() for some in by_name.values() for one in some]
    tried += [one for some in hung.values() for one in some]
    return {
        **photographs["figures"],
        "abroad": {
            continent: {name: _counted(some) for name, some in by_name.items()}
            for continent, by_name in abroad.items()
        },
        "hung_up": {continent: _counted(some) for continent, some in hung.items() if some},
        "rendered": _by_height(rendered),
        "rendered_by_form": _by_form(rendered),
        "reliability": reliability(tried),
    }


def _photographs(reader: PlateReader, detector: Detector | None, folder: Path) -> dict[str, Any]:
    """Photographs with their texts beside them; raises FileNotFoundError where there are none."""
    truths = {path.with_suffix(".jpg"): _text(path) for path in sorted(folder.glob("*.txt"))}
    if not truths:
        raise FileNotFoundError(f"{folder} has no photographs with texts beside them.")
    began = perf_counter()
    tried = [_read(reader, detector, text, open_photograph(path)) for path, text in truths.items()]
    figures = {
        "folder": folder.name,
        "vehicles_by": detector.model if detector else None,
        "seconds_each": round((perf_counter() - began) / len(tried), 2),
        **_counted(tried),
    }
    return {"figures": figures, "tried": tried}


def _counted(tried: Sequence[Tried]) -> dict[str, Any]:
    return {
        "photographs": len(tried),
        "exact": _share(one.exact for one in tried),
        "alike": _share(one.alike for one in tried),
        "false_lines": sum(len(one.texts) for one in tried) - sum(one.exact for one in tried),
        "missed": {one.text: one.texts for one in tried if not one.exact},
    }


def _abroad(reader: PlateReader, asked: argparse.Namespace) -> dict[str, dict[str, list[Tried]]]:
    """Photographs by continent and hardship; the numbers of each begin anew at the seed."""
    names = HARDSHIPS if "all" in asked.hardships else asked.hardships
    return {
        continent: {name: _photographed(reader, continent, name, asked) for name in names}
        for continent in asked.continents
    }


def _photographed(
    reader: PlateReader, continent: str, hardship: str, asked: argparse.Namespace
) -> list[Tried]:
    chance = np.random.default_rng(asked.seed)
    some = (
        photograph(continent, chance, asked.fonts, HARDSHIPS[hardship]) for _ in range(asked.abroad)
    )
    return [Tried(one.text, tuple(reader.read(one.image))) for one in some]


def _hung_up(
    reader: PlateReader, detector: Detector | None, asked: argparse.Namespace
) -> dict[str, list[Tried]]:
    """Foreign plates on the cars of the folder's photographs, by continent; seeded each."""
    tried: dict[str, list[Tried]] = {}
    for continent in asked.continents:
        chance = np.random.default_rng(asked.seed)
        some = hung_plates(asked.folder, continent, asked.hung, asked.fonts, chance)
        tried[continent] = [_read(reader, detector, one.text, one.image) for one in some]
    return tried


def _read(reader: PlateReader, detector: Detector | None, text: str, image: Image) -> Tried:
    """As ``read-plates`` reads it: where a model says where the vehicles are, it helps."""
    vehicles = vehicle_boxes(detector, image) if detector else []
    return Tried(text, tuple(reader.read(image, vehicles)))


def _rendered(reader: PlateReader, count: int, seed: int) -> list[tuple[PlatePicture, Tried]]:
    """``count`` plates of each form and height, each read as a vehicle's picture is."""
    chance = np.random.default_rng(seed)
    pictures = [
        plate_picture(form, float(letter_px), usual_conditions(chance), chance)
        for letter_px in LETTER_PX
        for form in FORMS
        for _ in range(count)
    ]
    return [(picture, _try(reader, picture)) for picture in pictures]


def _try(reader: PlateReader, picture: PlatePicture) -> Tried:
    short_px = min(picture.image.shape[:2])
    reading = reader.read_close(picture.image, max(64, short_px))
    return Tried(picture.text, (reading,) if reading else ())


def _by_height(rendered: Sequence[tuple[PlatePicture, Tried]]) -> dict[str, dict[str, Any]]:
    found = {}
    for letter_px in LETTER_PX if rendered else ():
        tried = [one for picture, one in rendered if picture.letter_px == letter_px]
        wrong = [one for one in tried if one.texts and not one.exact]
        found[f"{letter_px}_px"] = {
            "plates": len(tried),
            "exact": _share(one.exact for one in tried),
            "read_wrong": {one.text: one.texts[0] for one in wrong},
            "silent": sum(not one.texts for one in tried),
        }
    return found


def _by_form(rendered: Sequence[tuple[PlatePicture, Tried]]) -> dict[str, float]:
    """Shares at 16 px and more."""
    large = [(picture.form, one) for picture, one in rendered if picture.letter_px >= 16]
    return {form: _share(one.exact for of, one in large if of == form) for form in FORMS if large}


def reliability(tried: Sequence[Tried]) -> list[dict[str, float]]:
    """For each bin of confidence how many readings it has, their mean and the share right."""
    pairs = [
        (reading.confidence, reading.plate.text == one.text)
        for one in tried
        for reading in one.readings
    ]
    curve = []
    for low, high in pairwise(BINS):
        inside = [pair for pair in pairs if low <= pair[0] < high or pair[0] == high == 1.0]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            curve.append(
                {
                    "from": low,
                    "to": high,
                    "readings": len(inside),
                    "confidence": round(mean, 3),
                    "right": _share(right for _, right in inside),
                }
            )
    return curve


def _share(right: Iterable[bool]) -> float:
    answers = list(right)
    return round(sum(answers) / len(answers), 3) if answers else 0.0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").split()[-1]
