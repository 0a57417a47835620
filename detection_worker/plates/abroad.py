"""The plates of Europe and Brazil by country: which groups of letters and digits they have.

``0`` is a digit, ``1`` one that is no zero, ``A`` a letter and ``a`` a letter other than I and
O, which many countries leave out because they print like 1 and 0. A space is where a plate has
a gap, a hyphen, a seal or a crest. Sources: the Vienna Convention of 1968, annex 2, and the
countries' own rules.
"""

from dataclasses import dataclass
from functools import cache

COUNTRIES: dict[str, tuple[str, ...]] = {
    "A": ("A 00000A", "AA 000AA", "A 000AAA", "A 0000AA", "AA 00AAA", "AA 0000A"),
    "AL": ("aa 000 aa",),
    "B": ("1 aaa 000",),
    "BG": ("A 0000 AA", "AA 0000 AA"),
    "BR": ("AAA 0000", "AAA0A00"),  # before 2018 with a hyphen or a dot, and since
    "CH": ("AA 0000", "AA 00000", "AA 000000"),
    "CZ": ("1a0 0000", "1aa 0000"),
    "D": (
        "A A 00", "A AA 0", "A AA 00", "A AA 000", "A A 0000", "A AA 0000", "A A 000",
        "AA A 00", "AA A 000", "AA AA 00", "AA AA 000", "AA A 0000", "AA AA 0", "AA AA 0000",
        "AAA A 00", "AAA A 000", "AAA AA 00", "AAA AA 000", "AAA A 0000", "AAA A 0", "AAA AA 0",
    ),
    "DK": ("aa 00 000",),
    "E": ("0000 aaa",),
    "EST": ("000 AAA",),
    "F": ("aa 000 aa",),
    "FIN": ("AAA 000", "AAA 00"),
    "GB": ("Aa00 AAA", "A000 AAA"),
    "GR": ("AAA 0000",),
    "H": ("AAA 000", "AA AA 000"),
    "HR": ("AA 000 AA", "AA 0000 AA", "AA 000 A", "AA 0000 A"),
    "I": ("aa 000aa",),
    "IRL": ("00 A 0000", "000 A 0000", "000 A 00000", "00 A 00000"),
    "L": ("AA 0000",),
    "LT": ("AAA 000",),
    "LV": ("AA 0000", "AA 000", "A 0000"),
    "N": ("AA 00000",),
    "NL": ("00 aaa 0", "1 aaa 00", "00 aa aa", "aa 00 aa", "aa aa 00", "aa 000 a", "a 000 aa"),
    "P": ("00 00 AA", "00 AA 00", "AA 00 00", "AA 00 AA"),
    "PL": (
        "AA 00000", "AA 0000a", "AA 000aa", "AA 0a000", "AA 0aa00", "AAA 00000", "AAA a000",
        "AAA 00aa", "AAA 0a00", "AAA 00a0", "AAA 0aa0", "AAA aa00", "AAA 0000a", "AAA 000aa",
    ),
    "RO": ("A 00 AAA", "AA 00 AAA", "A 000 AAA"),
    "S": ("AAA 000", "AAA 00A"),
    "SK": ("AA 000AA",),
    "SLO": ("AA AA 000", "AA 00 0AA", "AA 0AA 00"),
    "SRB": ("AA 000 AA", "AA 0000 AA"),
    "UA": ("AA 0000 AA",),
}  # fmt: skip
"""By the letters that stand in the band at the left."""


@dataclass(frozen=True, slots=True)
class Form:
    """The signs of a plate without gaps, and after how many of them it has one."""

    signs: str
    breaks: frozenset[int]


@cache
def forms_of(country: str) -> tuple[Form, ...]:
    """The forms of a key of ``COUNTRIES``."""
    return tuple(_form(groups) for groups in COUNTRIES[country])


@cache
def all_forms() -> tuple[Form, ...]:
    """Each form once."""
    return tuple(dict.fromkeys(form for country in COUNTRIES for form in forms_of(country)))


def _form(groups: str) -> Form:
    ends, length = set(), 0
    for group in groups.split():
        length += len(group)
        ends.add(length)
    return Form(groups.replace(" ", ""), frozenset(ends - {length}))


def breaks_in(written: str) -> frozenset[int]:
    """After how many letters and digits of ``written`` something else stands."""
    found, count = set(), 0
    for sign in written:
        if sign.isalnum():
            count += 1
        else:
            found.add(count)
    return frozenset(found - {0, count})
