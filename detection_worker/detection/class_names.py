"""The names of a model's classes: from its metadata, from a file beside it, or COCO's."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detection_worker.errors import ModelError

_COCO_WORDS = """
person/bicycle/car/motorcycle/airplane/bus/train/truck/boat/traffic light/fire hydrant/stop sign
parking meter/bench/bird/cat/dog/horse/sheep/cow/elephant/bear/zebra/giraffe/backpack/umbrella
handbag/tie/suitcase/frisbee/skis/snowboard/sports ball/kite/baseball bat/baseball glove
skateboard/surfboard/tennis racket/bottle/wine glass/cup/fork/knife/spoon/bowl/banana/apple
sandwich/orange/broccoli/carrot/hot dog/pizza/donut/cake/chair/couch/potted plant/bed/dining table
toilet/tv/laptop/mouse/remote/keyboard/cell phone/microwave/oven/toaster/sink/refrigerator/book
clock/vase/scissors/teddy bear/hair drier/toothbrush
"""
COCO = tuple(_COCO_WORDS.strip().replace("\n", "/").split("/"))
"""The 80 classes of COCO in their order."""

MOST_CLASSES = 100_000
"""ImageNet's largest list has 22,000."""

_NO_NAMES = (ValueError, TypeError, RecursionError, MemoryError)
"""What reading a list of names that is none raises."""


def class_names(path: Path, metadata: Mapping[str, str], classes: int | None) -> tuple[str, ...]:
    """The names by class index; ``classes`` is what the output says, where it says it.

    Raises ModelError when no names are found, or fewer than the model has classes.
    """
    names = _from_metadata(metadata) or _from_sidecar(path) or _coco(classes)
    if not names:
        raise ModelError(
            f"The model {path.name} has {classes or 'an unknown number of'} classes and no names "
            f"for them: put the names, one a line, into {path.with_suffix('.txt').name} beside it."
        )
    if classes is not None and len(names) < classes:
        raise ModelError(
            f"The model {path.name} has {classes} classes but only {len(names)} names: complete "
            f"{path.with_suffix('.txt').name} beside it."
        )
    return names


def _coco(classes: int | None) -> tuple[str, ...]:
    return COCO if classes == len(COCO) else ()


def _from_metadata(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """Exporters write ``names`` as a Python dict or list, others as JSON."""
    written = metadata.get("names", "")
    try:
        return _ordered(ast.literal_eval(written)) if written else ()
    except (*_NO_NAMES, SyntaxError):
        return ()


def _from_sidecar(path: Path) -> tuple[str, ...]:
    text, listed = path.with_suffix(".txt"), path.with_suffix(".json")
    if text.is_file():
        lines = _written(text).splitlines()
        return tuple(line.strip() for line in lines if line.strip())
    if not listed.is_file():
        return ()
    try:
        return _ordered(json.loads(_written(listed)))
    except _NO_NAMES as error:
        raise ModelError(
            f"The class names in {listed.name} cannot be read ({error}): write a JSON list."
        ) from error


def _written(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ModelError(
            f"The class names in {path.name} cannot be read: save them as text in UTF-8."
        ) from None


def _ordered(names: Any) -> tuple[str, ...]:
    if isinstance(names, Mapping):
        numbered = {int(key): str(value) for key, value in names.items()}
        if max(numbered, default=0) > MOST_CLASSES:
            raise ValueError(f"a class has the number {max(numbered)}")
        return tuple(
            numbered.get(index, str(index)) for index in range(max(numbered, default=-1) + 1)
        )
    return tuple(str(name) for name in names) if isinstance(names, list | tuple) else ()
