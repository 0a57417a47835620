"""The number of processes that a worker is spread over, as it is written on the command line."""

import argparse

MOST_PROCESSES = 64
"""More than any machine has cores for: a longer number is a mistake."""


def process_count(text: str) -> int:
    """The number; raises ``ArgumentTypeError`` with what to write."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"give a number from 1 to {MOST_PROCESSES}, not {text!r}")
    return int(text)
