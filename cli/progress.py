"""What a command says while it works."""

import sys


def say(text: str) -> None:
    """One line to the person who started the command, at once."""
    print(f"qala: {text}", file=sys.stderr, flush=True)
