"""Import districts from a GeoJSON file, rename them, list them, take an empty one away."""

import argparse
from pathlib import Path

from cli.failure import CommandFailure
from data_access import district_import
from data_access.connections import owner_session
from data_access.database import Database
from data_access.district_import import DistrictLine, DistrictPlan
from data_access.district_rows import name_fault, names_given
from data_access.errors import DataAccessError
from data_access.settings import Settings

NAMES = {"ru": "Russian", "kk": "Kazakh", "en": "English"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``districts`` understands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    importing = actions.add_parser("import", help="add the districts of a file")
    importing.add_argument(
        "file", type=Path, metavar="FILE", help=".geojson: polygons with code, name_ru, name_kk …"
    )
    importing.add_argument("--strict", action="store_true", help="import nothing if any row is bad")
    importing.add_argument(
        "--dry-run", action="store_true", help="say what would happen, write nothing"
    )
    importing.add_argument(
        "--replace", action="store_true", help="a code that is there takes the new boundary"
    )
    _add_names(importing, "city-", "the city's name in {language}")
    renaming = actions.add_parser("rename", help="give a district other names or another code")
    renaming.add_argument("code", metavar="CODE", help="its code, as in districts list")
    renaming.add_argument("--code", dest="new_code", metavar="NEW", help="its code from now on")
    _add_names(renaming, "", "its name in {language}")
    actions.add_parser("list", help="list the districts")
    removing = actions.add_parser("remove", help="take away a district without cameras")
    removing.add_argument("code", metavar="CODE", help="its code, as in districts list")


def _add_names(parser: argparse.ArgumentParser, prefix: str, meaning: str) -> None:
    for short, language in NAMES.items():
        parser.add_argument(
            f"--{prefix}{short}",
            dest=f"name_{short}",
            metavar="NAME",
            default="",
            help=meaning.format(language=language),
        )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one of the actions; 0 is success."""
    try:
        with owner_session(settings) as owner:
            ACTIONS[arguments.action](arguments, owner)
    except DataAccessError as error:
        raise CommandFailure(str(error)) from error
    return 0


def _import(arguments: argparse.Namespace, owner: Database) -> None:
    city = names_given(_names(arguments))
    with owner.as_owner() as tx:
        plan = district_import.plan_import(tx, arguments.file, arguments.replace)
        _say_faults(plan, arguments.strict)
        if not arguments.dry_run:
            district_import.write_import(tx, plan)
            district_import.look_at(tx, plan, city)
        there = district_import.lines(tx)
    done = "would be imported" if arguments.dry_run else "imported"
    print(f"Districts {done}: {len(plan.good)} of {plan.rows}.")
    _say_empty(plan, there)


def _say_faults(plan: DistrictPlan, strict: bool) -> None:
    for fault in plan.faults:
        print(f"row {fault.row}: {fault}")
    if strict and plan.faults:
        raise CommandFailure(
            f"nothing was imported: {len(plan.faults)} of {plan.rows} rows cannot be, and --strict "
            "asks for all or none. Correct them and import the file again."
        )
    if not plan.good:
        raise CommandFailure("nothing was imported: no row of the file can be.")


def _say_empty(plan: DistrictPlan, there: list[DistrictLine]) -> None:
    """An empty system begins with a district that stands for the whole city: say its way out."""
    imported = {district.code for district in plan.good}
    for line in there:
        if line.code not in imported and not line.cameras:
            print(
                f"The district {line.code} ({line.names.ru}) was there before and has no cameras: "
                f"./qala districts remove {line.code} takes it away."
            )


def _rename(arguments: argparse.Namespace, owner: Database) -> None:
    names = {column: name for column, name in _names(arguments).items() if name}
    if not names and not arguments.new_code:
        raise CommandFailure("nothing was renamed: give --ru, --kk, --en or --code.")
    with owner.as_owner() as tx:
        line = district_import.rename(tx, arguments.code, arguments.new_code, names)
    _say(line)


def _names(arguments: argparse.Namespace) -> dict[str, str]:
    """Names by their columns, without blanks around them."""
    names = {f"name_{short}": getattr(arguments, f"name_{short}").strip() for short in NAMES}
    for column, text in (names | {"code": getattr(arguments, "new_code", None) or ""}).items():
        fault = name_fault(column, text)
        if fault:
            raise CommandFailure(fault)
    return names


def _list(_: argparse.Namespace, owner: Database) -> None:
    with owner.as_owner() as tx:
        there = district_import.lines(tx)
    if not there:
        print("There are no districts yet. Add them with ./qala districts import FILE.")
    for line in there:
        _say(line)


def _say(line: DistrictLine) -> None:
    names = " · ".join(dict.fromkeys((line.names.ru, line.names.kk, line.names.en)))
    print(f"{line.code:<20} {names}  (cameras: {line.cameras})")


def _remove(arguments: argparse.Namespace, owner: Database) -> None:
    with owner.as_owner() as tx:
        district_import.remove(tx, arguments.code)
    print(f"The district {arguments.code} is taken away.")


ACTIONS = {"import": _import, "rename": _rename, "list": _list, "remove": _remove}
