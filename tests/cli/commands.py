"""Running a command as ``cli.__main__`` runs it, with settings of the test's own."""

import argparse
from types import ModuleType

from data_access.settings import Settings


def run(module: ModuleType, settings: Settings, *words: str) -> int:
    """The exit status; ``CommandFailure`` and ``SystemExit`` come out as they are."""
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(words), settings))
