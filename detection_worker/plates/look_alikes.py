"""Signs that print alike on plates, and texts bent into a form by exchanging them."""

from collections.abc import Callable

TO_DIGIT = {"O": "0", "I": "1", "B": "8"}
TO_LETTER = {digit: letter for letter, digit in TO_DIGIT.items()}
"""Pairs that print alike on plates; nothing else is settled."""

ALIKE = TO_DIGIT | TO_LETTER

MOST_EXCHANGES = 2
"""A text that needs more of them is another country's plate, bent into ours."""


def bent(text: str, form: str) -> str | None:
    """``text`` in ``form``, exchanging only signs that print alike; None if it does not go.

    The kinds of signs in a form are those of ``abroad.COUNTRIES``.
    """
    if len(text) != len(form):
        return None
    signs = [_as_wanted(sign, wanted) for sign, wanted in zip(text, form, strict=True)]
    settled = "".join(signs)
    fits = all(signs) and exchanged(text, settled) <= MOST_EXCHANGES
    return settled if fits else None


def exchanged(text: str, other: str) -> int:
    """In how many places two texts differ."""
    return sum(old != new for old, new in zip(text, other, strict=True))


def _as_wanted(sign: str, wanted: str) -> str:
    """The sign, or the one that prints alike, as a form wants it; empty where neither goes."""
    alike = (TO_DIGIT if wanted in "01" else TO_LETTER).get(sign, "")
    return next((one for one in (sign, alike) if one and _KINDS[wanted](one)), "")


_KINDS: dict[str, Callable[[str], bool]] = {
    "0": str.isdigit,
    "1": lambda sign: sign in "123456789",
    "A": str.isalpha,
    "a": lambda sign: sign.isalpha() and sign not in "IO",
}
