"""Figures of linear sections as they are typed: read as meant, or refused with a sentence."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from components.typed_numbers import typed_fault, typed_number, written_number
from data_access import linear_sections
from data_access.domain.words import Language
from data_access.errors import RowRefused
from data_access.language import Translate
from data_access.linear_sections import Measures

FIGURES = {
    "length_m": 1, "limit_kmh": 0, "clock_offset_s": 2, "clock_error_s": 2, "length_error_m": 1
}  # fmt: skip
"""By figure: the decimals that it is shown with at least."""

SOUND = Measures(1000.0, 60, 0.0, 0.2, 3.0)
"""Beside these a single figure is judged, so that the sentence is about it alone."""

EXAMPLE, WHOLE_EXAMPLE = 939.7, 60
"""How a figure is written, for who wrote none."""


def written(measures: Measures, language: Language) -> dict[str, str]:
    """The figures as they stand in the table; one that is no number is left empty."""
    return {
        name: written_number(value, FIGURES[name], language)
        for name, value in asdict(measures).items()
    }


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
    values = {name: typed_number(one, language) for name, one in changed.items()}
    return {
        name: int(value) if name == "limit_kmh" else value
        for name, value in values.items()
        if value is not None
    }


def _fault(name: str, typed: str, language: Language, _: Translate) -> str | None:
    """Why a figure cannot be, whatever the others are."""
    example = WHOLE_EXAMPLE if name == "limit_kmh" else EXAMPLE
    fault = typed_fault(typed, example, language, _)
    return fault or _refusal(replace(SOUND, **_values({name: typed}, language)), _)


def _refusal(measures: Measures, _: Translate) -> str | None:
    try:
        linear_sections.check(measures)
    except RowRefused as error:
        return error.in_words(_)
    return None
