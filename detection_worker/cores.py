"""How many processors this process may use."""

import os
from collections.abc import Mapping

import cv2

VARIABLE = "OMP_NUM_THREADS"
"""OpenMP's own word for it, which torch and other libraries follow, too. Processes that share a
machine are started with their share of it."""


def usable_cores(environment: Mapping[str, str] = os.environ) -> int:
    """The processors that it may run on, or fewer where ``VARIABLE`` says so; at least one."""
    try:
        there = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        there = os.cpu_count() or 1
    told = environment.get(VARIABLE, "")
    return max(1, min(there, int(told))) if told.isdecimal() else there


def share_of(processes: int, cores: int) -> int:
    """The processors of one of so many processes; at least one."""
    return max(1, cores // processes)


def one_core_a_picture() -> None:
    """Let OpenCV use no threads of its own: those that share a small picture wait for each other.

    Cameras and pictures are many, and are looked at side by side.
    """
    cv2.setNumThreads(1)
