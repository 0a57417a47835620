"""The film of ``bench rules`` about congestion: jams both ways, and what only looks like one."""

from collections.abc import Callable, Sequence

from benchmarks.rule_casting import Casting, ride
from benchmarks.rule_stage import Film, area, film
from demo.scenes.motion.paths import path

WEST_M, EAST_M = ((95.0, -40.0), (1.75, 5.25)), ((-40.0, 90.0), (-1.75, -5.25))
"""Where the two directions begin and end, and the middles of their lanes."""

HEAD_M = (78.0, 66.0)
"""How far the head of a queue has come, to the west and to the east: the camera sees both whole."""

SPACING_M = 6.5

Stops = Callable[[int], Sequence[tuple[float, float]]]
"""Where and for how long the cars of one place in the queue stop."""


def jams(seed: int) -> Film:
    """Two jams in each direction; between them a queue that waits for a minute and drives on."""
    cast = Casting(seed, 400.0)
    for way, begins_s in ((0, 2.0), (1, 20.0), (0, 222.0), (1, 240.0)):
        cast.expect("congestion", _jam(cast, way, begins_s))
    for way, begins_s in ((0, 158.0), (1, 176.0)):
        _row(cast, way, begins_s, 8, _standing(way, [0.0], 22.0))
    zones = (
        area(1, "congestion", (5, 50), (0.2, 7.0)),
        area(2, "congestion", (-14, 38), (-7.0, -0.2)),
    )
    return film("jams", cast, zones, calibrated=bool(seed % 2))


def _jam(cast: Casting, way: int, begins_s: float) -> list[int]:
    """It creeps on by a metre or two every few seconds, for two minutes."""
    wait_s, creep_m = cast.some(7.0, 10.0), cast.some(0.8, 1.6)
    steps = round(120.0 / (wait_s + 1.5))

    stops = _standing(way, [creep_m * step for step in range(steps)], wait_s)
    return _row(cast, way, begins_s, int(cast.some(10, 13)), stops)


def _standing(way: int, further_m: Sequence[float], wait_s: float) -> Stops:
    """Stops of a queue, each so much further than where it stood first."""
    return lambda place: [
        (HEAD_M[way] - SPACING_M * place + step_m, wait_s) for step_m in further_m
    ]


def _row(cast: Casting, way: int, begins_s: float, count: int, stops: Stops) -> list[int]:
    """Cars in two lanes behind one another, with the stops of each place."""
    (start_m, end_m), lanes_m = (WEST_M, EAST_M)[way]
    return [
        cast.add(
            cast.car(),
            ride(
                path((start_m, lanes_m[number % 2]), (end_m, lanes_m[number % 2])),
                begins_s + 3.0 * (number // 2),
                9.0,
                stops(number // 2),
            ),
        )
        for number in range(count)
    ]
