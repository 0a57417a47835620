"""From lines of text to what may be a plate."""

import numpy as np
import pytest

from detection_worker.plates.finder import MOST_LINES, Quadrangle, halves, tallest, tiles
from detection_worker.plates.lines import Line, candidates, is_like_a_word
from detection_worker.plates.recogniser import Spelling


def a_line(written: str, left: float = 100, top: float = 100, high: float = 30) -> Line:
    """A level line, its signs 0.6 of its height wide."""
    text = "".join(sign for sign in written if sign.isalnum()).upper()
    right = left + 0.6 * high * len(written)
    corners: Quadrangle = np.array(
        [(left, top), (right, top), (right, top + high), (left, top + high)], np.float32
    )
    return Line(corners, Spelling(written, text, (0.99,) * len(text)))


def a_shape(wide: float, high: float) -> Quadrangle:
    return np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)


@pytest.mark.parametrize(
    ("wide", "high", "looked_at"),
    [(150, 30, True), (30, 30, True), (270, 30, True), (300, 30, False), (30, 6, False)],
    ids=["a plate", "a sign", "a long plate", "a line of print", "too small"],
)
def test_what_cannot_be_of_a_plate_is_not_read(wide: float, high: float, looked_at: bool) -> None:
    assert bool(tallest([a_shape(wide, high)])) is looked_at


def test_of_a_page_of_print_the_tallest_lines_are_read() -> None:
    lines = tallest([a_shape(80, 10 + step) for step in range(MOST_LINES + 40)])
    assert [float(line[2, 1]) for line in lines] == [109.0 - step for step in range(MOST_LINES)]


def texts(*lines: Line) -> list[str]:
    return [candidate.text for candidate in candidates(lines)]


@pytest.mark.parametrize("written", ["6N5:5188", "ZG 123-AB", "AYO-9034", "M:AB 1234", "5DJ0529"])
def test_a_plate_may_stand_alone_with_seals_and_hyphens(written: str) -> None:
    (text,) = texts(a_line(written))
    assert text == written.translate(str.maketrans("", "", " -:"))


@pytest.mark.parametrize(
    "words",
    [("ZG", "1234", "AB"), ("BS 8360", "OD"), ("AB", "123CD")],
    ids=" ".join,
)
def test_words_in_a_row_that_make_a_known_plate_are_one(words: tuple[str, ...]) -> None:
    left, lines = 100.0, []
    for word in words:
        lines.append(a_line(word, left=left))
        left = float(lines[-1].corners[1, 0]) + 20
    assert "".join(words).replace(" ", "") in texts(*lines)


@pytest.mark.parametrize("words", [("EXIT12", "KM"), ("24", "OPENNOW"), ("HOTEL", "A4", "NORD")])
def test_words_in_a_row_that_no_form_knows_are_not(words: tuple[str, ...]) -> None:
    left, lines = 100.0, []
    for word in words:
        lines.append(a_line(word, left=left))
        left = float(lines[-1].corners[1, 0]) + 20
    assert "".join(words) not in texts(*lines)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("ZG", "1234-A"), ("HRO:", "AB 12"), ("AB", "123CD"), ("AB12", "CDE"), ("AYO", "9034")],
)
def test_a_square_plate_ends_its_upper_line_at_a_gap(upper: str, lower: str) -> None:
    found = texts(a_line(upper, left=110, top=100), a_line(lower, left=100, top=138))
    assert "".join(sign for sign in upper + lower if sign.isalnum()) in found


@pytest.mark.parametrize(
    ("upper", "lower"), [("SPORT", "2000"), ("ZG1", "234-A"), ("KM", "EXIT12")]
)
def test_a_word_over_a_number_is_no_square_plate(upper: str, lower: str) -> None:
    found = texts(a_line(upper, left=110, top=100), a_line(lower, left=100, top=138))
    assert upper + lower not in found


@pytest.mark.parametrize(
    "written", ["06:46:42", "P 12:30", "2014-06-16", "647-0604", "Garage 24", "555-1234"]
)
def test_clocks_dates_telephones_and_words_may_not(written: str) -> None:
    assert texts(a_line(written)) == []


@pytest.mark.parametrize(
    ("text", "breaks", "word"),
    [
        ("OPEN24H", {4}, True),
        ("EXIT12", set(), True),
        ("MOTORS2000", set(), True),
        ("AYO9034", set(), False),
        ("HROB123", {3, 4}, False),  # Rostock: seals stand after HRO
        ("AABC123", {2, 4}, False),  # Hungary since 2022
    ],
)
def test_four_letters_without_a_gap_are_like_a_word(
    text: str, breaks: set[int], word: bool
) -> None:
    assert is_like_a_word(text, frozenset(breaks)) is word


def test_tiles_overlap_and_leave_nothing_out() -> None:
    seen = np.zeros((480, 641), int)
    parts = list(tiles(np.zeros((480, 641, 3), np.uint8)))
    for left, top, right, bottom in parts:
        seen[top:bottom, left:right] += 1
    assert seen.min() == 1
    assert seen[240, 320] == 4
    assert parts[0][3] == 480, "the lower ones come first"


def test_what_is_nearly_square_may_be_two_lines() -> None:
    square = a_line("AB", high=40).corners
    upper, lower = halves(square)
    assert upper[0].tolist() == square[0].tolist()
    assert lower[2].tolist() == square[2].tolist()
    assert upper[3].tolist() == lower[0].tolist() == [100, 120]


@pytest.mark.parametrize("line", [a_line("AB123CD"), a_line("AB", high=12)], ids=["long", "low"])
def test_a_long_and_a_low_line_are_one(line: Line) -> None:
    assert halves(line.corners) == []
