"""The forms of number plates: Kazakhstan's settle look-alikes, foreign plates stay as read.

Forms are written with 0 for a digit and A for a letter (FACTS.md, Plates).
"""

import re
import unicodedata
from dataclasses import dataclass

from data_access.domain.plates import REGION_NAMES

LOCAL_FORMS = (
    "000AAA00",  # cars since 2012: 123 ABC 02
    "000AA00",  # lorries and companies since 2012: 123 AB 02
    "00AAA00",  # motorcycles and trailers: 12 ABC 02
    "00AA00",
)
"""Forms that end in a region's two digits."""

OLD_FORMS = ("A000AAA", "A000AA")
"""Before 2012: a region's letter first, then A 123 BCD; not by the regions of today."""

FOREIGN_FORMS = (
    "A000AA00",  # Russia
    "A000AA000",
    "00AA000AAA",  # Kyrgyzstan: 01 KG 123 ABC
    "00A000AA",  # Uzbekistan
    "00000AAA",
)
"""Neighbours' forms that fit without any settling are never bent into a local one."""

TO_DIGIT = {"O": "0", "I": "1", "B": "8"}
TO_LETTER = {digit: letter for letter, digit in TO_DIGIT.items()}
"""Pairs that print alike on plates; nothing else is settled."""

MOST_EXCHANGES = 2
"""A text that needs more of them is another country's plate, bent into ours."""

LEAST_LENGTH, MOST_LENGTH = 4, 10
"""Shorter are house numbers; longer are telephone numbers and dates."""

_LIKE_LATIN = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")
_SEPARATORS = re.compile(r"[\s\-=–—_.,:;·•+*'\"|/\\~^`()\[\]]")


class PlateTextError(ValueError):
    """A text that is no plate; the message says why."""


@dataclass(frozen=True, slots=True)
class PlateText:
    """A plate's letters and digits; ``country`` and ``region`` where the form tells them."""

    text: str
    country: str | None = None
    region: str | None = None


def plain(written: str) -> str:
    """Letters A–Z and digits of what was read or typed, without spaces and separators.

    Raises PlateTextError where something else is in it, and where it is too short or too long.
    """
    upper = unicodedata.normalize("NFKC", written).upper().translate(_LIKE_LATIN)
    text = _SEPARATORS.sub("", upper)
    strange = sorted({sign for sign in text if not re.fullmatch("[A-Z0-9]", sign)})
    if strange:
        raise PlateTextError(
            f"“{written}” is no plate: it has {', '.join(strange)}, and plates have Latin letters "
            "and digits only. Type it again."
        )
    if not LEAST_LENGTH <= len(text) <= MOST_LENGTH:
        raise PlateTextError(
            f"“{written}” is no plate: it has {len(text)} letters and digits, and plates have "
            f"{LEAST_LENGTH} to {MOST_LENGTH}. Type it again."
        )
    return text


def settle(text: str) -> PlateText:
    """The plate that plain ``text`` means: O/0, I/1 and B/8 as a local form wants them.

    A text that fits a neighbour's form as it stands, or no local form at all, stays as read.
    """
    if any(_shape(text) == form for form in FOREIGN_FORMS):
        return PlateText(text)
    for form in LOCAL_FORMS:
        settled = _bent(text, form)
        if settled is not None and settled[-2:] in REGION_NAMES:
            return PlateText(settled, "KZ", settled[-2:])
    if _shape(text) in OLD_FORMS:
        return PlateText(text, "KZ")
    return PlateText(text)


def _shape(text: str) -> str:
    return "".join("0" if sign.isdigit() else "A" for sign in text)


def _bent(text: str, form: str) -> str | None:
    """``text`` in ``form``, exchanging only signs that print alike; None if it does not go."""
    if len(text) != len(form):
        return None
    signs = []
    for sign, wanted in zip(text, form, strict=True):
        exchange = TO_DIGIT if wanted == "0" else TO_LETTER
        fits = sign.isdigit() == (wanted == "0")
        signs.append(sign if fits else exchange.get(sign, ""))
    settled = "".join(signs)
    exchanged = sum(old != new for old, new in zip(text, settled, strict=False))
    return settled if all(signs) and exchanged <= MOST_EXCHANGES else None
