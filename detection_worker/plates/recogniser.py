"""Signs in strips of a picture, by the recogniser whose weights `rapidocr` carries.

The weights are run by ONNX Runtime itself, not through rapidocr's own calls: these keep of
each sign only the likeliest of 18,708, while a vote over several readings wants to know how
likely each letter and digit was.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image
from detection_worker.plates.look_alikes import ALIKE

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

STRIP_HEIGHT_PX = 48
"""The height the recogniser was trained with."""

LEAST_WIDTH_PX, MOST_WIDTH_PX = 320, 960
"""Narrower strips are padded, as in its training; wider ones hold no plate and are narrowed."""

AT_ONCE = 8
"""Strips that are read together: more take memory and no less time."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What one strip says: ``written`` with any signs at all, ``text`` with letters and digits.

    ``confidences`` has a number from 0 to 1 for each sign of ``text``, ``alike`` how likely the
    sign that prints like it is there instead (``ALIKE``), ``steps`` where along the strip it is.
    """

    written: str
    text: str
    confidences: tuple[float, ...]
    alike: tuple[float, ...] = ()
    steps: tuple[int, ...] = ()

    @property
    def mean(self) -> float:
        """The mean confidence of the signs; 0 where there are none."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


class Recogniser:
    """Reads strips; loads its weights at the first. For one thread, with ``threads`` beneath."""

    def __init__(self, threads: int) -> None:
        self._threads = threads

    def read(self, strips: Sequence[Image]) -> list[Spelling]:
        """What each strip (BGR) says, in their order."""
        spellings: list[Spelling] = []
        for first in range(0, len(strips), AT_ONCE):
            batch = _batch(strips[first : first + AT_ONCE])
            (scores,) = self._session.run(None, {self._session.get_inputs()[0].name: batch})
            spellings += [self._spelling(one) for one in scores]
        return spellings

    def _spelling(self, scores: npt.NDArray[np.float32]) -> Spelling:
        """From likelihoods (T, signs of the weights), collapsed as CTC wants it."""
        ours = np.stack([scores[:, columns].sum(axis=1) for columns in self._columns], axis=1)
        none = 1 - ours.sum(axis=1, keepdims=True)
        text, confidences, rows = _collapsed(np.hstack([none, ours]), " " + SIGNS)
        alike = tuple(
            _likelihood(ours, ALIKE.get(sign), row) for sign, row in zip(text, rows, strict=True)
        )
        return Spelling(_collapsed(scores, self._alphabet)[0], text, confidences, alike, rows)

    @cached_property
    def _session(self) -> Any:
        """Imported here: it takes a while, and most of the worker does without."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        return onnxruntime.InferenceSession(
            str(_weights()), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _alphabet(self) -> list[str]:
        """The sign of each column: nothing first, a space last."""
        names = self._session.get_modelmeta().custom_metadata_map["character"]
        return ["", *names.splitlines(), " "]

    @cached_property
    def _columns(self) -> list[list[int]]:
        """For each of our signs the columns that mean it: its small letter too."""
        places = {sign: column for column, sign in enumerate(self._alphabet)}
        # A small L is a bare stroke, as which plates print an I; it never is a plate's L.
        meant = [{sign, "l" if sign == "I" else sign.lower()} for sign in SIGNS]
        meant[SIGNS.index("L")] = {"L"}
        for sign in places:
            if (bare := _bare(sign)) is not None:
                meant[SIGNS.index(bare)].add(sign)
        return [[places[sign] for sign in sorted(signs & places.keys())] for signs in meant]


GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
"""The letters of Greek plates: those that print like Latin ones."""


def _bare(sign: str) -> str | None:
    """The letter A–Z that a capital with a mark (Č, Ö) or a Greek one stands for on plates.

    Plates and their registers write them bare; a mark may be a screw or dirt as well.
    """
    if sign in GREEK:
        return GREEK[sign]
    apart = unicodedata.normalize("NFD", sign)
    marked = len(apart) > 1 and sign.isupper() and apart[0] in SIGNS
    return apart[0] if marked else None


def _weights() -> Path:
    """The recogniser's file in rapidocr's wheel."""
    folder = Path(str(files("rapidocr"))) / "models"
    return max(folder.glob("*_rec_*.onnx"), key=lambda path: path.name)


def _batch(strips: Sequence[Image]) -> npt.NDArray[np.float32]:
    """Strips as the recogniser wants them, (N, 3, 48, W) from -1 to 1, zeros beside them."""
    widths = [_width(strip) for strip in strips]
    shape = (len(strips), 3, STRIP_HEIGHT_PX, max(LEAST_WIDTH_PX, *widths))
    batch = np.zeros(shape, np.float32)
    for row, strip, width in zip(batch, strips, widths, strict=True):
        even = cv2.resize(strip, (width, STRIP_HEIGHT_PX), interpolation=cv2.INTER_AREA)
        row[:, :, :width] = even.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
    return batch


def _width(strip: Image) -> int:
    height, width = strip.shape[:2]
    return int(max(1, min(MOST_WIDTH_PX, round(STRIP_HEIGHT_PX * width / height))))


def _collapsed(
    scores: npt.NDArray[np.float32], alphabet: Sequence[str]
) -> tuple[str, tuple[float, ...], tuple[int, ...]]:
    """The likeliest signs, repeats taken together, and the rows they are surest in.

    Column 0 is none.
    """
    best, likely = scores.argmax(axis=1), scores.max(axis=1)
    text: list[str] = []
    peaks: list[tuple[float, int]] = []
    before = 0
    for row, (column, confidence) in enumerate(zip(best.tolist(), likely.tolist(), strict=True)):
        if column and column != before:
            text.append(alphabet[column])
            peaks.append((confidence, row))
        elif column:
            peaks[-1] = max(peaks[-1], (confidence, row))
        before = column
    return "".join(text), tuple(min(1.0, sure) for sure, _ in peaks), tuple(row for _, row in peaks)


def _likelihood(scores: npt.NDArray[np.float32], sign: str | None, row: int) -> float:
    """Of a sign at a row or beside it; 0 for none."""
    if sign is None:
        return 0.0
    return float(scores[max(0, row - 1) : row + 2, SIGNS.index(sign)].max())
