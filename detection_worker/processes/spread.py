"""Which process watches which camera."""

from collections import Counter
from collections.abc import Iterable, Mapping


def spread(cameras: Iterable[int], before: Mapping[int, int], processes: int) -> dict[int, int]:
    """The process (from 0) of each camera; a new one goes to the process with the fewest.

    A camera stays where it is: one that comes or goes never interrupts another.
    """
    wanted = sorted(set(cameras))
    kept = {
        camera: before[camera] for camera in wanted if before.get(camera, processes) < processes
    }
    load = Counter({process: 0 for process in range(processes)})
    load.update(kept.values())
    for camera in wanted:
        if camera not in kept:
            kept[camera] = min(load, key=lambda process: (load[process], process))
            load[kept[camera]] += 1
    return kept
