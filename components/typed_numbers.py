"""Numbers as they are typed: each sign stays until it is read, and what is no number is said.

A field or a column of numbers would change what is typed into it without a word: it drops letters
and signs, so that -5 becomes 5 and 1e400 becomes 1400, and cuts what is too large. Where a wrong
number does harm, people type into a field of text, and it is read here.
"""

import re
from math import isfinite

from components.formats import number
from data_access.domain.words import N_, Language
from data_access.language import Translate

MOST_DECIMALS = 3
"""A millimetre, a thousandth of a second."""

EXAMPLE_DECIMALS = 6
"""An example is shown as it is: shares of a picture are small."""

_GAP = r"[\s'’]"
_PLAIN = re.compile(
    rf"[+-]?(?:[0-9]{{1,15}}|[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}}){{1,4}})(?:\.[0-9]{{1,15}})?"
)
"""Thousands may stand apart; any other gap may be a slip: “3 65” is no number."""

_NO_NUMBER = N_("“{typed}” is not a number. Write it with digits, like {example}.")
_MISSING = N_("One of the numbers is missing. Enter it.")
_NOT_WHOLE = N_("“{typed}” is not a whole number. Write it like {example}.")


def written_number(
    value: float, decimals: int, language: Language, most: int = MOST_DECIMALS
) -> str:
    """A number with the decimals that it has, ``decimals`` at least; empty for what is none."""
    if not isfinite(value):
        return ""
    while decimals < most and round(value, decimals) != value:
        decimals += 1
    return number(value, decimals, language)


def typed_number(typed: str, language: Language) -> float | None:
    """The number that was typed, None for what is none; a comma is English for thousands."""
    plain = typed.strip().replace("−", "-")
    if language is not Language.ENGLISH:
        plain = plain.replace(",", ".")
    return float(re.sub(_GAP, "", plain)) if _PLAIN.fullmatch(plain) else None


def typed_fault(typed: str, example: float, language: Language, _: Translate) -> str | None:
    """Why what was typed is no number; none that is not whole where the ``example`` is."""
    value, whole = typed_number(typed, language), isinstance(example, int)
    shown = written_number(example, 0, language, EXAMPLE_DECIMALS)
    if not typed.strip():
        return _(_MISSING)
    if value is None:
        return _(_NO_NUMBER).format(typed=typed, example=shown)
    if whole and not value.is_integer():
        return _(_NOT_WHOLE).format(typed=typed, example=shown)
    return None
