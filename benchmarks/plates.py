"""How many plates of whole photographs are read exactly.

Beside each ``NAME.jpg`` of the folder lies ``NAME.txt``: file, x, y, width, height, text. A plate
counts as read if one of the lines that ``read-plates`` gives for its photograph is it; the
lines given beyond are counted too, since they are false.
"""

import argparse
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.shared import shared
from data_access.settings import Settings
from detection_worker.plates.photograph import open_photograph
from detection_worker.plates.reader import PlateReader

ALIKE = str.maketrans("OI", "01")


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """The shares read exactly and with O/0 and I/1 counted alike, and what was read wrong."""
    parser = argparse.ArgumentParser(prog="./qala bench plates")
    parser.add_argument("--folder", type=Path, help="default: the shared American photographs")
    folder = parser.parse_args(arguments).folder or shared("plates/us")
    truths = {path.with_suffix(".jpg"): _text(path) for path in sorted(folder.glob("*.txt"))}
    if not truths:
        raise FileNotFoundError(f"{folder} has no photographs with texts beside them.")
    return _figures(folder, truths)


def _figures(folder: Path, truths: dict[Path, str]) -> dict[str, Any]:
    reader, began = PlateReader(), perf_counter()
    read = {path: [one.plate.text for one in reader.read(open_photograph(path))] for path in truths}
    exact = [path for path, text in truths.items() if text in read[path]]
    alike = [path for path, text in truths.items() if _alike(text) in map(_alike, read[path])]
    return {
        "folder": folder.name,
        "photographs": len(truths),
        "exact": round(len(exact) / len(truths), 3),
        "alike": round(len(alike) / len(truths), 3),
        "false_lines": sum(map(len, read.values())) - len(exact),
        "seconds_each": round((perf_counter() - began) / len(truths), 2),
        "missed": {truths[path]: read[path] for path in truths if path not in exact},
    }


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").split()[-1]


def _alike(text: str) -> str:
    return text.translate(ALIKE)
