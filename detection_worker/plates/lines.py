"""From lines of text to what may be a plate: single lines, lines in a row, lines in a stack."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations, product

import numpy as np

from detection_worker.plates.finder import LONGEST, Quadrangle, sides
from detection_worker.plates.forms import (
    LEAST_LENGTH,
    MOST_LENGTH,
    fits_a_form,
    fits_in_two_lines,
    joined,
)
from detection_worker.plates.recogniser import Spelling

SHAPES = (1.1, LONGEST)
"""Width over height of a line on a plate: from a motorcycle's two lines to a European plate."""

ALIKE_HEIGHTS = 0.62
"""The lower of two lines of one plate has at least this part of the higher one's height."""

WIDEST_GAP = 1.6
"""Between two words in a row, in heights: a European plate has seals and a hyphen there."""

WIDEST_STACK_GAP = 0.6
"""Between the edges of two lines in a stack, in heights; they may overlap by as much."""

PART_LENGTHS = (1, 5)
"""Letters and digits of a part of a plate; longer ones are words where no form says else."""

LONGEST_PART = 7
"""Of a plate whose form is known: two groups that were found as one, before or behind a third."""

_CLOCK = re.compile(r"(?<!\w)\d{1,2}[:;.=]\d{2}(?!\d)|\d{4}\D?\d{2}\D?\d{2}$|^\d{4}[-=./]\d{2}")
_TELEPHONE = re.compile(r"^\+?[\d\s()]*\d{3}[-\s]\d{3,4}([-\s]\d{4})?$")


_LETTERS = re.compile(r"[A-Z]{4}")

_SMALL = frozenset("abdefghmnqrt")
"""Small letters that look like no capital; plates have none."""

MOST_SMALL = 1
"""A reader that errs writes one; two are a word."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line as it was found, with the surest of its ``first`` readings."""

    corners: Quadrangle
    spelling: Spelling
    first: tuple[Spelling, ...] = ()

    @property
    def height_px(self) -> float:
        """Height of the found line: its letters with a margin."""
        return sides(self.corners)[1]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """Lines, in reading order, that may be one plate together."""

    lines: tuple[Line, ...]
    stacked: bool = False

    @property
    def text(self) -> str:
        """Letters and digits at the first reading."""
        return joined([line.spelling.text for line in self.lines], self.stacked)

    @property
    def is_long(self) -> bool:
        """Whether the plate is long as European and Brazilian ones, by its line's shape."""
        if self.stacked:
            return False
        corners = np.concatenate([line.corners for line in self.lines])
        width = float(np.ptp(corners[:, 0]))
        return width / max(line.height_px for line in self.lines) >= LONG_SHAPE


LONG_SHAPE = 3.0
"""Letters of 75 mm in a line of 400 mm (Europe) make a found line of 3.5 and more, of 63 mm in
370 mm (Brazil) about as much, and less where they are seen from the side; American plates, with
65 mm in 270 mm, make 2.7 as a rule."""


def candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """All that may be a plate; they overlap, and the best is chosen when they are read."""
    for line in lines:
        if _may_stand_alone(line):
            yield Candidate((line,))
    parts = [line for line in lines if _may_be_part(line)]
    rows = [(one, other) for one, other in permutations(parts, 2) if _in_a_row(one, other)]
    yield from (Candidate(row) for row in rows if _is_one_plate(row))
    for (one, middle), (same, other) in product(rows, rows):
        if middle is same and _is_known((one, middle, other)):
            yield Candidate((one, middle, other))
    for one, other in combinations(parts, 2):
        upper, lower = sorted((one, other), key=lambda line: float(line.corners[:, 1].mean()))
        if _in_a_stack(upper, lower):
            yield Candidate((upper, lower), stacked=True)


def _is_one_plate(row: tuple[Line, Line]) -> bool:
    """Whether two words in a row are long enough, and no words."""
    lengths = [len(line.spelling.text) for line in row]
    if not _has_both(*row) or sum(lengths) < LEAST_LENGTH:
        return False
    return max(lengths) <= PART_LENGTHS[1] or _is_known(row)


def _is_known(row: tuple[Line, ...]) -> bool:
    return fits_a_form("".join(line.spelling.text for line in row))


def _may_stand_alone(line: Line) -> bool:
    """Whether a line has a plate's length and shape and is no clock, date or telephone."""
    written = line.spelling.written
    if _CLOCK.search(written) or _TELEPHONE.match(written) or _is_word(written):
        return False
    width, height = sides(line.corners)
    right_length = LEAST_LENGTH <= len(line.spelling.text) <= MOST_LENGTH + 2
    return right_length and _has_digit(line) and SHAPES[0] <= width / height <= SHAPES[1]


def is_like_a_word(text: str, breaks: frozenset[int]) -> bool:
    """Whether letters of a plate's ``text`` stand as in a word: four and more without a gap.

    ``breaks`` says after which signs gaps were seen. Where plates have four letters in a row
    (Germany, Hungary), seals or a crest stand among them; OPEN 24H and EXIT 12 have none.
    """
    ends = sorted(breaks | {0, len(text)})
    groups = [text[start:end] for start, end in pairwise(ends)]
    return any(_LETTERS.search(group) for group in groups)


def _is_word(written: str) -> bool:
    return sum(sign in _SMALL for sign in written) > MOST_SMALL


def _may_be_part(line: Line) -> bool:
    length = len(line.spelling.text)
    return PART_LENGTHS[0] <= length <= LONGEST_PART and line.spelling.mean >= LEAST_PART


LEAST_PART = 0.5
"""Mean confidence of a part: what is read worse is a lamp or a screw."""


def _in_a_row(left: Line, right: Line) -> bool:
    """Whether two words stand beside each other as a plate's do, the left one first."""
    if not _alike_high(left, right):
        return False
    height = max(left.height_px, right.height_px)
    gap = (right.corners[[0, 3], 0].mean() - left.corners[[1, 2], 0].mean()) / height
    # Where the one's top edge goes on, the other's begins: a lean of both is fine.
    step = abs(right.corners[[0, 3], 1].mean() - left.corners[[1, 2], 1].mean()) / height
    return bool(-0.4 <= gap <= WIDEST_GAP and step <= 0.35)


def _in_a_stack(upper: Line, lower: Line) -> bool:
    """Whether two lines stand upon each other as on a square plate, and say a plate's form."""
    if not _alike_high(upper, lower) or not _has_both(upper, lower):
        return False
    height = max(upper.height_px, lower.height_px)
    gap = (lower.corners[[0, 1], 1].mean() - upper.corners[[2, 3], 1].mean()) / height
    widths = [float(np.ptp(line.corners[:, 0])) for line in (upper, lower)]
    apart = abs(upper.corners[:, 0].mean() - lower.corners[:, 0].mean())
    if abs(gap) > WIDEST_STACK_GAP or apart > 0.4 * max(widths):
        return False
    return fits_in_two_lines(upper.spelling.text, lower.spelling.text)


def _alike_high(one: Line, other: Line) -> bool:
    low, high = sorted((one.height_px, other.height_px))
    return low >= ALIKE_HEIGHTS * high


def _has_both(one: Line, other: Line) -> bool:
    text = one.spelling.text + other.spelling.text
    return any(sign.isdigit() for sign in text) and any(sign.isalpha() for sign in text)


def _has_digit(line: Line) -> bool:
    return any(sign.isdigit() for sign in line.spelling.text)
