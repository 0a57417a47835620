"""Several readings of one plate vote, sign by sign."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from detection_worker.plates.abroad import breaks_in
from detection_worker.plates.look_alikes import ALIKE
from detection_worker.plates.recogniser import Spelling

T = TypeVar("T")

TRUST = 4
"""A reading's weight is its mean confidence to this power: one that is sure of every sign counts
as much as two that are sure of 84 %."""

WIDE_STEP = 1.45
"""Of the usual step from sign to sign: on rendered plates 1 in 100 steps within a group is wider
than 1.27 and none of 1,661 than 1.5, while all of 38 crests and 16 pairs of seals are."""

MOST_EVEN = 3
"""Signs of which nobody can tell what their usual step is."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What the readings say together: each sign with the share of the weight that is for it."""

    text: str
    shares: tuple[float, ...]
    agreed: float
    """The share of the weight of readings that say exactly this."""

    confidence: float
    """Mean confidence of the signs in the readings that agree on them."""

    breaks: frozenset[int] = frozenset()
    """After which signs most of the weight saw a gap, a hyphen or a dot."""

    alike: tuple[float, ...] = ()
    """How likely at each place the sign is that prints alike, as a part of the chosen one's
    likelihood."""


def vote(spellings: Iterable[Spelling]) -> Vote:
    """The text that the readings make together; empty where none says anything.

    The length is voted on first; of the readings that have it, each place goes to the sign with
    most weight.
    """
    said = [(one, one.mean**TRUST) for one in spellings if one.text]
    total = sum(weight for _, weight in said)
    if not total:
        return Vote("", (), 0.0, 0.0)
    long = _heaviest((len(one.text), weight) for one, weight in said)
    same = [(one, weight) for one, weight in said if len(one.text) == long]
    places = [_place(same, place) for place in range(long)]
    text = "".join(sign for sign, _, _ in places)
    agreed = sum(weight for one, weight in same if one.text == text) / total
    shares = tuple(weight / total for _, weight, _ in places)
    sure = sum(sure for _, _, sure in places) / long
    alike = tuple(_alike(same, place, sign) for place, sign in enumerate(text))
    return Vote(text, shares, agreed, sure, _breaks(same), alike)


def _breaks(same: Sequence[tuple[Spelling, float]]) -> frozenset[int]:
    """Gaps that most of the weight wrote, and those that show as a wide step between two signs."""
    seen = [(breaks_in(one.written), weight) for one, weight in same]
    half = sum(weight for _, weight in seen) / 2
    places = frozenset[int]().union(*(breaks for breaks, _ in seen))
    return _wide_steps([one for one, _ in same]) | frozenset(
        place
        for place in places
        if sum(weight for breaks, weight in seen if place in breaks) > half
    )


def _wide_steps(spellings: Iterable[Spelling]) -> frozenset[int]:
    """After which signs the step to the next one is wide in the mean: a crest is no sign."""
    steps = [np.diff(one.steps) for one in spellings if len(one.steps) > MOST_EVEN]
    if not steps:
        return frozenset()
    wide = np.mean([one / max(1.0, float(np.median(one))) for one in steps], axis=0)
    return frozenset((np.flatnonzero(wide > WIDE_STEP) + 1).tolist())


def _place(same: Sequence[tuple[Spelling, float]], place: int) -> tuple[str, float, float]:
    """The sign of one place, its weight and its mean confidence where it is said."""
    sign = _heaviest((one.text[place], weight * one.confidences[place]) for one, weight in same)
    said = [(weight, one.confidences[place]) for one, weight in same if one.text[place] == sign]
    weight = sum(weight for weight, _ in said)
    return sign, weight, sum(each * sure for each, sure in said) / weight


def _alike(same: Sequence[tuple[Spelling, float]], place: int, sign: str) -> float:
    """How likely the sign that prints like ``sign`` is, over how likely that is itself."""
    other = ALIKE.get(sign)
    if other is None:
        return 0.0
    chosen = sum(weight * _likely(one, place, sign) for one, weight in same)
    return sum(weight * _likely(one, place, other) for one, weight in same) / chosen


def _likely(one: Spelling, place: int, sign: str) -> float:
    if one.text[place] == sign:
        return one.confidences[place]
    meant = one.alike and ALIKE.get(one.text[place]) == sign
    return one.alike[place] if meant else 0.0


def _heaviest(choices: Iterable[tuple[T, float]]) -> T:
    weights: defaultdict[T, float] = defaultdict(float)
    for choice, weight in choices:
        weights[choice] += weight
    return max(weights, key=lambda choice: weights[choice])
