"""The forms of number plates: they settle look-alikes where the form is sure, and never else.

Forms are written with 0 for a digit and A for a letter (FACTS.md, Plates).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data_access.domain.plates import REGION_NAMES
from detection_worker.plates.abroad import COUNTRIES, Form, all_forms, forms_of
from detection_worker.plates.look_alikes import TO_LETTER, bent
from detection_worker.plates.settling import MISSED_GAP, exchange_cost, settled_abroad

LOCAL_FORMS = (
    "000AAA00",  # cars since 2012: 123 ABC 02
    "000AA00",  # lorries and companies since 2012: 123 AB 02
    "00AAA00",  # motorcycles and trailers: 12 ABC 02
    "00AA00",
)
"""Forms that end in a region's two digits."""

OLD_FORMS = ("A000AAA", "A000AA")
"""Before 2012: a region's letter first, then A 123 BCD; not by the regions of today."""

OLD_BREAKS = frozenset({1, 4})
"""Where these have gaps; Bulgaria's A 1234 BC has others."""

FOREIGN_FORMS = (
    "A000AA00",  # Russia
    "A000AA000",
    "00AA000AAA",  # Kyrgyzstan: 01 KG 123 ABC
    "00A000AA",  # Uzbekistan
    "00000AAA",
)
"""Neighbours' forms that fit without any settling are never bent into a local one."""

STACKED_FORMS = (
    *("AAA0000", "AAA0A00", "AA00AAA", "AA00000", "AA0000", "AA000000", "A000AA", "AA000AA"),
    *("AA0000AA", "AAA000", "00AAA0", "AAA00AA", "AAAA000", "AAA0000", "AAAA00", "0AAA000"),
)
"""What two lines may say together besides a local plate: motorcycles' and square plates."""

MOST_IN_UPPER = 4
"""Signs in the upper line of a square plate from abroad (GB): more are a word over a number."""

LEAST_LENGTH, MOST_LENGTH = 4, 10
"""Shorter are house numbers; longer are telephone numbers and dates."""

_BAR = re.compile(r"^(\d{2,3}[A-Z]{2,3})[1I](\d{2})$")
"""The bar before the region, read as a sign: no local form has three digits at its end."""

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


def settle(
    text: str,
    long: bool = False,
    stacked: bool = False,
    breaks: frozenset[int] = frozenset(),
    alike: Sequence[float] = (),
) -> PlateText:
    """The plate that plain ``text`` means: O/0, I/1 and B/8 as a form wants them.

    Kazakhstan's forms come first, without the letters KZ that stand beside them. ``long`` says
    that the plate is long as those of Europe and Brazil, ``stacked`` that it has two lines,
    ``breaks`` after which signs a gap or a hyphen was seen, ``alike`` how likely each sign is
    the one that prints like it (``voting.Vote``). A text that fits a form as it stands, or
    none, stays as read.
    """
    if any(_shape(text) == form for form in FOREIGN_FORMS):
        return PlateText(text)
    for candidate in (_without_bar(text), text.removeprefix("KZ")):
        if (local := _local(candidate, stacked)) is not None:
            return local
    if breaks <= OLD_BREAKS and (old := _before_2012(text, long, alike)) is not None:
        return PlateText(old, "KZ")
    if long:
        text, breaks = _without_code(text, breaks)
    return PlateText(settled_abroad(text, breaks, alike, long) if long or alike else text)


def joined(parts: Sequence[str], stacked: bool = False) -> str:
    """The text of a plate that was read in parts, from left to right or from above.

    A square plate of Kazakhstan has its region above, behind the digits: it is read last.
    """
    text = "".join(parts)
    if not stacked or len(parts) != 2:
        return text
    upper, lower = parts
    letters = "".join(TO_LETTER.get(sign, sign) for sign in lower)
    region_last = upper[:-2] + (letters if letters.isalpha() else lower) + upper[-2:]
    return region_last if settle(region_last).region is not None else text


def fits_a_form(text: str, stacked: bool = False) -> bool:
    """Whether plain ``text`` is a plate's somewhere, as far as its letters and digits tell."""
    if settle(text).country is not None:
        return True
    if stacked and _shape(text) in STACKED_FORMS:
        return True
    return _shape(text) in FOREIGN_FORMS or any(_fits(text, form) for form in all_forms())


def fits_in_two_lines(upper: str, lower: str) -> bool:
    """Whether a plate somewhere has these two lines: a square one ends its upper line at a gap."""
    text = joined((upper, lower), stacked=True)
    if _shape(text) in STACKED_FORMS or settle(text).country is not None:
        return True
    ends = len(upper) <= MOST_IN_UPPER and len(upper)
    return any(ends in form.breaks and _fits(text, form) for form in all_forms())


def _local(text: str, stacked: bool) -> PlateText | None:
    # Two lines have told digits from letters by where they stand; a line's 12 OBC 02 is more
    # often a company's 120 BC 02 than a trailer's plate.
    settled_by_place = stacked and _shape(text) in LOCAL_FORMS
    for form in (_shape(text),) if settled_by_place else LOCAL_FORMS:
        settled = bent(text, form)
        if settled is not None and settled[-2:] in REGION_NAMES:
            return PlateText(settled, "KZ", settled[-2:])
    return None


def _without_bar(text: str) -> str:
    """``text`` without the bar before its region, where it is no local plate with it."""
    return text if _shape(text) in LOCAL_FORMS else _BAR.sub(r"\1\2", text)


def _before_2012(text: str, long: bool, alike: Sequence[float]) -> str | None:
    """``text`` in a form from before 2012.

    It is settled where the plate is long, as these were. One that is another country's as it
    is read begins with a letter and had its gaps missed, and its exchanged signs are likelier
    than that (Spain's, with a digit first, would be all ours).
    """
    if text.startswith("I"):
        return None  # no region had it
    if _shape(text) in OLD_FORMS:
        return text
    settled = next((one for form in OLD_FORMS if (one := bent(text, form)) is not None), None)
    if not long or settled is None or not any(_fits(text, form) for form in all_forms()):
        return settled if long else None
    unlikely = len(alike) == len(text) and exchange_cost(text, settled, alike) > 2 * MISSED_GAP
    return None if text[0].isdigit() or unlikely else settled


def _without_code(text: str, breaks: frozenset[int]) -> tuple[str, frozenset[int]]:
    """``text`` without the letters of the band, where only so it is a plate of that country."""
    if any(_fits(text, form) and breaks <= form.breaks for form in all_forms()):
        return text, breaks
    fit = []
    for code in filter(text.startswith, COUNTRIES):
        rest = text.removeprefix(code)
        left = frozenset(place - len(code) for place in breaks) - {0}
        if any(_fits(rest, form) and left <= form.breaks for form in forms_of(code)):
            fit.append((rest, left))
    return fit[0] if len(fit) == 1 else (text, breaks)


def _fits(text: str, form: Form) -> bool:
    return len(text) == len(form.signs) and bent(text, form.signs) == text


def _shape(text: str) -> str:
    return "".join("0" if sign.isdigit() else "A" for sign in text)
