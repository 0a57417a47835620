"""What a vote is worth: how often readings like it were right."""

from math import exp

BIAS, AGREED, WEAKEST, SURE, KNOWN, WORD = -9.0, 2.0, 2.0, 8.0, 0.7, -3.5
SHORT, LONG = -1.5, -2.5

LEAST_USUAL, MOST_USUAL = 5, 8
"""Letters and digits of plates whose form is not known (America's); longer ones are telephones."""


def calibrated(
    agreed: float, weakest: float, sure: float, known: bool, length: int, word: bool = False
) -> float:
    """The share of such readings that are right, from 0 to 1.

    ``agreed`` is the share of looks that say exactly this, ``weakest`` the share for the sign
    that has least, ``sure`` the mean confidence of the recogniser, ``known`` whether some
    country's form fits, ``word`` whether letters stand as in a word: personal plates have such,
    and so have dealers' frames and shops. A fit of all weights to 239 rendered plates was not
    better calibrated on 240 others (2.2 % against 1.9 %), so they stay.
    """
    odd = SHORT * (length < LEAST_USUAL) + LONG * (length > MOST_USUAL and not known)
    score = BIAS + AGREED * agreed + WEAKEST * weakest + SURE * sure + KNOWN * known
    return 1 / (1 + exp(-score - odd - WORD * word))
