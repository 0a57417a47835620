"""Figures of linear sections as they are typed.

A column of numbers would change what is typed into it without a word: it drops letters and signs,
so that -5 becomes 5 and 1e400 becomes 1400, and cuts what is too large. Here every sign stays as it
was typed until it is read, and what cannot be read is said.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from math import isfinite
from typing import Any

from components.formats import number
from data_access import linear_sections
from data_access.domain.words import N_, Language
from data_access.errors import RowRefused
from data_access.language import Translate
from data_access.linear_sections import Measures

FIGURES = {
    "length_m": 1, "limit_kmh": 0, "clock_offset_s": 2, "clock_error_s": 2, "length_error_m": 1
}  # fmt: skip
"""By figure: the decimals that it is shown with at least."""

SOUND = Measures(1000.0, 60, 0.0, 0.2, 3.0)
"""Beside these a single figure is judged, so that the sentence is about it alone."""

MOST_DECIMALS = 3
"""A millimetre, a thousandth of a second."""

_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_SPACES = re.compile(r"[\s'’]")

_NO_FIGURE = N_("“{typed}” is not a number. Write it with digits, like {example}.")
_MISSING = N_("One of the numbers is missing. Enter it.")
_NOT_WHOLE = N_("“{typed}” is not a whole number. Write it like 60.")


def written(measures: Measures, language: Language) -> dict[str, str]:
    """The figures as they stand in the table; one that is no number is left empty."""
    return {
        name: _written(value, FIGURES[name], language) for name, value in asdict(measures).items()
    }


def _written(value: float, decimals: int, language: Language) -> str:
    if not isfinite(value):
        return ""
    while decimals < MOST_DECIMALS and round(value, decimals) != value:
        decimals += 1
    return number(value, decimals, language)


def typed_figure(typed: str, language: Language) -> float | None:
    """The number that was typed, None for what is none; a comma is English for thousands."""
    plain = _SPACES.sub("", typed).replace("−", "-")
    if language is not Language.ENGLISH:
        plain = plain.replace(",", ".")
    return float(plain) if _PLAIN.fullmatch(plain) else None


def read(
    before: Measures, typed: Mapping[str, str], titles: Mapping[str, str], language: Language,
    _: Translate,
) -> tuple[Measures, list[str]]:  # fmt: skip
    """The measures after what was typed; unchanged, with a sentence for each figure refused.

    What is left as it was written stays as it is kept, with all its digits.
    """
    shown = written(before, language)
    words = {name: typed[name].strip() for name in FIGURES}
    changed = {name: one for name, one in words.items() if one != shown[name]}
    faults = {name: _fault(name, one, language, _) for name, one in changed.items()}
    said = [f"{titles[name]}: {fault}" for name, fault in faults.items() if fault]
    if said or not changed:
        return before, said
    after = replace(before, **_values(changed, language))
    fault = _refusal(after, _)
    return (before, [fault]) if fault else (after, [])


def _values(changed: Mapping[str, str], language: Language) -> dict[str, Any]:
    values = {name: typed_figure(one, language) for name, one in changed.items()}
    return {
        name: int(value) if name == "limit_kmh" else value
        for name, value in values.items()
        if value is not None
    }


def _fault(name: str, typed: str, language: Language, _: Translate) -> str | None:
    """Why a figure cannot be, whatever the others are."""
    value = typed_figure(typed, language)
    if not typed:
        return _(_MISSING)
    if value is None:
        example = "60" if name == "limit_kmh" else number(939.7, 1, language)
        return _(_NO_FIGURE).format(typed=typed, example=example)
    if name == "limit_kmh" and value != int(value):
        return _(_NOT_WHOLE).format(typed=typed)
    return _refusal(replace(SOUND, **_values({name: typed}, language)), _)


def _refusal(measures: Measures, _: Translate) -> str | None:
    try:
        linear_sections.check(measures)
    except RowRefused as error:
        return error.in_words(_)
    return None
