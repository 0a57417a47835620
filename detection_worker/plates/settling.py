"""Which plate from abroad a text most likely is: forms, the gaps that were seen, look-alikes.

Costs are in nats: what speaks against a text by so much is e times less likely.
"""

from collections.abc import Sequence
from math import log

from detection_worker.plates.abroad import all_forms
from detection_worker.plates.look_alikes import MOST_EXCHANGES, bent, exchanged

MISSED_GAP, MISSED_BESIDE = 3.0, 5.0
"""Of a form's gaps 1 in 20 is not seen (none of 65 on rendered plates, more in the rain), and 1
in 150 where another gap of the same plate is."""

UNKNOWN = 16.0
"""Of a text that is of no form: more than one unlikely exchange and two gaps that were missed,
less than two unlikely exchanges, since with so many forms nearly everything is two away."""

LEAST_LIKELY = 1e-4
"""Look-alikes that the recogniser finds less likely were there all the same, 1 in 9."""

USUAL = 0.2
"""How likely a look-alike is where the recogniser's likelihoods are not known."""

UNKNOWN_SHORT = 6.0
"""The same on a plate that is not long: America's forms are not known, and a plate seen from
the side looks short. Signs are settled there that the recogniser itself doubts."""

LIKELIER = 1.6
"""By how much the likeliest text must win (5 times), else it stays as read."""


def settled_abroad(
    text: str, breaks: frozenset[int], alike: Sequence[float], long: bool = True
) -> str:
    """``text`` as the plate that it most likely is; as read where none wins clearly.

    ``alike`` as in ``forms.settle``, or empty.
    """
    likely = alike[-len(text) :] if len(alike) >= len(text) else [USUAL] * len(text)
    most = MOST_EXCHANGES if breaks or alike else 1
    a_gap = MISSED_BESIDE if breaks else MISSED_GAP
    costs = {text: UNKNOWN if long else UNKNOWN_SHORT}
    for form in all_forms():
        if not breaks <= form.breaks:
            continue
        other = bent(text, form.signs)
        if other is not None and exchanged(text, other) <= most:
            cost = a_gap * len(form.breaks - breaks) + exchange_cost(text, other, likely)
            costs[other] = min(cost, costs.get(other, cost))
    (best, least), *others = sorted(costs.items(), key=lambda one: one[1])
    wins = not others or others[0][1] - least > LIKELIER
    return best if wins else text


def exchange_cost(text: str, other: str, alike: Sequence[float]) -> float:
    """What speaks against exchanging signs of ``text`` for those of ``other``."""
    places = zip(text, other, alike, strict=True)
    return -sum(log(max(share, LEAST_LIKELY)) for old, new, share in places if old != new)
