"""Who is who after people have met: tracks of a recording, joined anew by what people wear.

Where two people cover each other, or somebody vanishes behind a post, a tracker goes by places
alone: it hands one's number to the other, or begins a new one. Here the tracks are cut in the
middle of each meeting and wherever somebody was out of sight, and the parts are joined so that
clothes and ways agree. In doubt the tracker's word stands: its own track is parted only where
another part fits better. Thresholds were chosen with ``bench tracking`` on rendered walkers.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from detection_worker.detection.families import PERSON, family_of
from detection_worker.tracking.clothes import unlike
from detection_worker.tracking.strands import (
    BOX,
    CONFIDENCE,
    NUMBER,
    Floats,
    Recording,
    Strand,
    velocity,
)

MEETING = 0.35
"""Share of somebody's box that another's covers when the two may be taken for each other."""

CLEAR, SURE = 0.1, 0.4
"""Clothes are looked at where less than this share is covered, in boxes of such confidence."""

LEAST_LOOKS = 3
"""Frames that clothes are known from; what has fewer clear ones stays with its track."""

UNSEEN_S = 0.4
"""An absence at which a track is cut, because another may have come out in its place."""

REACH_S = 3.0
"""How long somebody may have been out of sight: four metres on foot."""

NEAR_HEIGHTS, PACE_HEIGHTS = 0.5, 1.2
"""How far away they may come out: by half of their height at once (a box around the upper half
lies as far off), and by 1.2 heights a second, a fast walk of 2 m/s."""

GROWTH = 1.8
"""How many times higher or lower the box may be: who comes out is half hidden at first."""

MISS = 5.0
"""What one height beside the way that was expected weighs, in ΔE of clothes."""

MOST = 12.0
"""Parts of two tracks are joined up to this. Nine rendered films (``bench tracking``, walkers of
seeds 1 to 3) gave a mean IDF1 of 0.780 at 10, 0.786 at 12 and 0.790 at 14; the least that was
better is taken, since dark jackets and jeans are more alike in streets than in rendered squares."""

TRUSTED = 10.0
"""How much more unlike the parts of one track may be, because the tracker joined them: of 8 to 15
in the same films 8 and 10 were best, 20 and 30 worse by far."""


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A part of a track in which the clothes are known.

    ``lead`` and ``trail`` are the track's rows beside it in which they are not; it is the
    track's ``order``-th part, and perhaps its ``last``.
    """

    track: int
    order: int
    last: bool
    lead: Floats
    rows: Floats
    trail: Floats
    worn: Floats


Names = Mapping[tuple[int, int], int]
"""The new number of a track in a frame, where it is another: by old number and frame."""


def relinked(
    strands: Sequence[Strand], worn: Mapping[int, Floats], recording: Recording
) -> tuple[list[Strand], Names]:
    """The tracks with people's parts joined anew; ``worn`` has the clothes of each row by id.

    Each row keeps its place; rows in the midst of a meeting that nobody's are go.
    """
    people = {one.id: one for one in strands if family_of(one.label) == PERSON}
    covered = _covered(list(people.values()))
    parts = [
        part
        for one in people.values()
        for part in _parts(one, worn[one.id], covered[one.id], recording)
    ]
    chains = list(_chains(parts, _joined(parts, recording)))
    known = {part.track for part in parts}
    kept = [one for one in strands if one.id not in known]
    new = list(_named(chains, people, 1 + max((one.id for one in strands), default=0)))
    names = {
        (part.track, int(number)): strand.id
        for strand, chain in zip(new, chains, strict=True)
        for part in chain
        for number in np.vstack([part.lead, part.rows, part.trail])[:, NUMBER]
        if part.track != strand.id
    }
    return sorted(kept + new, key=lambda one: one.id), names


def _covered(people: Sequence[Strand]) -> dict[int, Floats]:
    """The largest share of each row's box that another person's box covers."""
    frames: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in people:
        for index, number in enumerate(one.rows[:, NUMBER]):
            frames[int(number)].append((one.id, index))
    rows = {one.id: one.rows for one in people}
    shares = {one.id: np.zeros(len(one.rows)) for one in people}
    for seen in frames.values():
        boxes = np.array([rows[track][index, BOX] for track, index in seen])
        for (track, index), share in zip(seen, _shares(boxes), strict=True):
            shares[track][index] = share
    return shares


def _shares(boxes: Floats) -> Floats:
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=2)
    np.fill_diagonal(shared, 0.0)
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    return np.asarray(shared.max(axis=1) / np.maximum(areas, 1e-9))


def _parts(strand: Strand, worn: Floats, covered: Floats, recording: Recording) -> list[_Part]:
    """The track cut at meetings and absences; what is not clear lies beside what is."""
    clear = (covered < CLEAR) & (strand.rows[:, CONFIDENCE] >= SURE) & ~np.isnan(worn).any(axis=1)
    spans = [
        span for span in _spans(strand, covered, recording) if clear[span].sum() >= LEAST_LOOKS
    ]
    parts, behind = [], 0
    for order, span in enumerate(spans):
        ends = spans[order + 1].start if order + 1 < len(spans) else len(strand.rows)
        lead = strand.rows[behind : span.start]
        trail = strand.rows[span.stop : ends]
        looks = np.nanmedian(worn[span][clear[span]], axis=0)
        last = order + 1 == len(spans)
        parts.append(_Part(strand.id, order, last, lead, strand.rows[span], trail, looks))
        behind = ends
    return parts


def _spans(strand: Strand, covered: Floats, recording: Recording) -> Iterator[slice]:
    cuts = [0, *sorted(_cuts(strand, covered, recording)), len(strand.rows)]
    return (slice(start, end) for start, end in pairwise(cuts))


def _cuts(strand: Strand, covered: Floats, recording: Recording) -> set[int]:
    """Rows that begin a part: the midst of each meeting, and the first after an absence."""
    met = np.flatnonzero(np.diff(covered >= MEETING, prepend=False, append=False))
    midsts = {
        start + int(np.argmax(covered[start:end]))
        for start, end in zip(met[::2], met[1::2], strict=True)
    }
    unseen = np.diff(recording.at_s(strand.rows[:, NUMBER])) > UNSEEN_S
    return (midsts | set((np.flatnonzero(unseen) + 1).tolist())) - {0}


def _joined(parts: Sequence[_Part], recording: Recording) -> dict[int, int]:
    """Which part goes on as which: the best fitting pairs first, then each track's own."""
    pairs = sorted(_pairs(parts, recording))
    after: dict[int, int] = {}
    before: set[int] = set()
    for cost, first, second in pairs:
        own = parts[first].track == parts[second].track
        if (cost < MOST or own) and first not in after and second not in before:
            after[first] = second
            before.add(second)
    return after


def _pairs(parts: Sequence[_Part], recording: Recording) -> Iterator[tuple[float, int, int]]:
    """What joining costs, for each pair of parts that may be one person's."""
    began_s = np.array([float(recording.at_s(part.rows[:1, NUMBER])[0]) for part in parts])
    order = np.argsort(began_s, kind="stable")
    for first, part in enumerate(parts):
        ended_s = float(recording.at_s(part.rows[-1:, NUMBER])[0])
        low, high = np.searchsorted(began_s[order], [ended_s, ended_s + REACH_S], side="right")
        near = set(order[low:high].tolist())
        if first + 1 < len(parts) and parts[first + 1].track == part.track:
            near.add(first + 1)
        for second in near:
            cost = _cost(part, parts[second], float(began_s[second]) - ended_s, recording)
            if math.isfinite(cost):
                yield cost, first, second


def _cost(before: _Part, after: _Part, unseen_s: float, recording: Recording) -> float:
    """How badly two parts fit each other; infinity where they cannot be one person's."""
    apart = unlike(before.worn, after.worn)
    if before.track == after.track:
        return apart - TRUSTED if after.order == before.order + 1 else math.inf
    end, start = before.rows[-1, BOX], after.rows[0, BOX]
    heights = end[3] - end[1], start[3] - start[1]
    way = (_middle(start) - _middle(end)) / max(*heights)
    if math.hypot(*way) > NEAR_HEIGHTS + PACE_HEIGHTS * unseen_s:
        return math.inf
    if max(heights) > GROWTH * min(heights):
        return math.inf
    led = velocity(before.rows[::-1], recording) * unseen_s / max(*heights)
    return apart + MISS * math.hypot(*(way - led))


def _middle(box: Floats) -> Floats:
    return (box[:2] + box[2:]) / 2


def _chains(parts: Sequence[_Part], after: Mapping[int, int]) -> Iterator[list[_Part]]:
    """The parts of each person in their order."""
    firsts = set(range(len(parts))) - set(after.values())
    for first in sorted(firsts):
        chain, at = [first], first
        while at in after:
            at = after[at]
            chain.append(at)
        yield [parts[index] for index in chain]


def _named(
    chains: Sequence[Sequence[_Part]], people: Mapping[int, Strand], free: int
) -> Iterator[Strand]:
    """Each person as one track, numbered as most of it was; the longest choose first."""
    numbers: dict[int, int] = {}
    longest = sorted(range(len(chains)), key=lambda index: -sum(_sizes(chains[index]).values()))
    for index in longest:
        wanted = [number for number, _ in _sizes(chains[index]).most_common()]
        left = [number for number in wanted if number not in numbers.values()]
        numbers[index] = left[0] if left else free
        free += not left
    for index, chain in enumerate(chains):
        rows = np.vstack([piece for part in _with_sides(chain) for piece in part])
        yield replace(people[chain[0].track], id=numbers[index], rows=rows)


def _sizes(chain: Sequence[_Part]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for part in chain:
        sizes[part.track] += len(part.rows)
    return sizes


def _with_sides(chain: Sequence[_Part]) -> Iterator[list[Floats]]:
    """The rows of each part, with what lies beside it where its own track goes on or nothing."""
    for place, part in enumerate(chain):
        following = chain[place + 1] if place + 1 < len(chain) else None
        goes_on = part.last if following is None else following.track == part.track
        yield [
            *([part.lead] if place == 0 else []),
            part.rows,
            *([part.trail] if goes_on else []),
        ]
