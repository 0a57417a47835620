"""What a vote is worth: how often readings like it were right."""

from math import exp

BIAS, AGREED, WEAKEST, SURE, KNOWN, SHORT = -9.0, 2.0, 2.0, 8.0, 0.7, -1.5


def calibrated(agreed: float, weakest: float, sure: float, known: bool, length: int) -> float:
    """The share of such readings that are right, from 0 to 1.

    ``agreed`` is the share of looks that say exactly this, ``weakest`` the share for the sign
    that has least, ``sure`` the mean confidence of the recogniser, ``known`` whether some
    country's form fits.
    """
    score = BIAS + AGREED * agreed + WEAKEST * weakest + SURE * sure + KNOWN * known
    return 1 / (1 + exp(-score - SHORT * (length < 5)))
