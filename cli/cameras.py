"""Import cameras from a CSV, XLSX or GeoJSON file, export them, or find them by ONVIF."""

import argparse
from dataclasses import replace
from pathlib import Path

from cli import containers, onvif_cameras
from cli.failure import CommandFailure
from data_access.camera_feeds import camera_of_code, put_picture, undrawn
from data_access.camera_import import ImportPlan, export_cameras, plan_import, write_import
from data_access.connections import owner_session
from data_access.database import Database
from data_access.domain.camera_file import CameraFileError, read_camera
from data_access.errors import DataAccessError
from data_access.settings import Settings
from demo.feeds import DEFAULT_ZONES, SCENE_SCHEME
from detection_worker.feeds import FEEDS
from detection_worker.rules import RULES
from detection_worker.rules.evaluation import arm

SCHEMES = frozenset({*FEEDS, SCENE_SCHEME.removesuffix("://")})
"""What the address of a feed may begin with: the worker opens no other."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``cameras`` understands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    importing = actions.add_parser("import", help="add the cameras of a file")
    importing.add_argument("file", type=Path, metavar="FILE", help=".csv, .xlsx or .geojson")
    importing.add_argument("--strict", action="store_true", help="import nothing if any row is bad")
    importing.add_argument(
        "--dry-run", action="store_true", help="say what would happen, write nothing"
    )
    finding = actions.add_parser("discover", help="find ONVIF cameras in a network")
    onvif_cameras.add_discover_arguments(finding)
    taking = actions.add_parser("onvif", help="list an ONVIF camera's streams, or watch it")
    onvif_cameras.add_onvif_arguments(taking)
    drawing = actions.add_parser("draw", help="draw a file's zones and calibration on a picture")
    drawing.add_argument("code", metavar="CAMERA", help="its number, as in cameras export")
    drawing.add_argument("file", type=Path, metavar="FILE", help="JSON, as for analyse --camera")
    emptying = actions.add_parser("empty", help="keep how a camera's containers look empty")
    containers.add_empty_arguments(emptying)
    exporting = actions.add_parser("export", help="write all cameras to a file")
    exporting.add_argument("file", type=Path, metavar="FILE", help=".csv, .xlsx or .geojson")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one of the actions; 0 is success."""
    if arguments.action == "discover":
        onvif_cameras.list_network(arguments)
        return 0
    if arguments.action == "onvif":
        onvif_cameras.take_camera(arguments, settings)
        return 0
    try:
        with owner_session(settings) as owner:
            ACTIONS[arguments.action](arguments, owner)
    except DataAccessError as error:
        raise CommandFailure(str(error)) from error
    return 0


def _import(arguments: argparse.Namespace, owner: Database) -> None:
    with owner.as_owner() as tx:
        plan = plan_import(tx, arguments.file, SCHEMES)
        _say_faults(plan)
        if arguments.strict and plan.faults:
            raise CommandFailure(
                f"nothing was imported: {_rows(len(plan.faults))} of {plan.rows} cannot be, and "
                "--strict asks for all or none. Correct them and import the file again."
            )
        if not plan.good:
            raise CommandFailure("nothing was imported: no row of the file can be.")
        if not arguments.dry_run:
            write_import(tx, plan)
            for camera_id in undrawn(tx, [row.code for row in plan.good]):
                put_picture(tx, camera_id, DEFAULT_ZONES, None)
    done = "would be imported" if arguments.dry_run else "imported"
    print(f"Cameras {done}: {len(plan.good)} of {plan.rows}.")


def _say_faults(plan: ImportPlan) -> None:
    for fault in plan.faults:
        print(f"row {fault.row}: {fault}")


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _draw(arguments: argparse.Namespace, owner: Database) -> None:
    try:
        drawn = read_camera(arguments.file.read_text(encoding="utf-8-sig"), "")
    except (CameraFileError, UnicodeDecodeError) as error:
        raise CommandFailure(f"The camera file {arguments.file}: {error}.") from error
    except OSError as error:
        raise CommandFailure(
            f"The camera file {arguments.file} cannot be read ({error.strerror}): check its path."
        ) from error
    off = arm(drawn.zones, RULES).off
    if off:
        raise CommandFailure(" ".join(off.values()))
    with owner.as_owner() as tx:
        camera_id = camera_of_code(tx, arguments.code)
        if camera_id is None:
            raise CommandFailure(f"There is no camera {arguments.code}. Look into cameras export.")
        zones = [replace(zone, id=0) for zone in drawn.zones]
        put_picture(tx, camera_id, zones, drawn.calibration)
    print(
        f"Drawn on the picture of {arguments.code}: zones: {len(zones)}, calibration: "
        f"{'yes' if drawn.calibration else 'no'}."
    )


def _export(arguments: argparse.Namespace, owner: Database) -> None:
    with owner.as_owner() as tx:
        count = export_cameras(tx, arguments.file)
    print(
        f"Cameras exported: {count}. {arguments.file} holds the addresses of feeds with their "
        "passwords; only you can read it."
    )


ACTIONS = {
    "import": _import,
    "draw": _draw,
    "empty": containers.take_empty,
    "export": _export,
}
