"""``./qala COMMAND``: the commands of Qala, one file each."""

import argparse
import importlib
import sys
from io import TextIOWrapper

from cli.failure import CommandFailure
from data_access.errors import DataAccessError
from data_access.settings import read_settings

COMMANDS: dict[str, str] = {
    "up": "start everything and show the city",
    "worker": "watch the cameras and write to PostgreSQL",
    "app": "serve the screens",
    "analyse": "run the journey over a recording, without a database",
    "read_plates": "read the plates in photographs",
    "db": "address, migrations and demonstration data of the database",
    "cameras": "import and export cameras",
    "districts": "import, rename and list districts",
    "models": "list and add detector models",
    "users": "add the people who sign in",
    "evidence": "verify the files of evidence",
    "bench": "measure a claim of speed or accuracy",
    "test": "run all checks and tests",
}
"""Each is a module here with ``add_arguments(parser)`` and ``run(arguments, settings)``."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./qala", description="Qala, a city's operations centre")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, meaning in COMMANDS.items():
        commands.add_parser(name.replace("_", "-"), help=meaning, add_help=False)
    return parser


def main(words: list[str]) -> int:
    """Run one command; 0 is success, 1 failed work, 2 wrong words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a file's name need not be text that can be printed
            stream.reconfigure(errors="backslashreplace")
    named = _parser().parse_args(words[:1] or ["--help"])
    module = importlib.import_module(f"cli.{named.command.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"./qala {named.command}", description=module.__doc__)
    module.add_arguments(parser)
    try:
        return int(module.run(parser.parse_args(words[1:]), read_settings()))
    except (CommandFailure, DataAccessError) as failure:
        print(f"qala: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
