"""Find ONVIF cameras in a network, list their streams, and watch them from now on."""

import argparse
import asyncio
import getpass
import sys
from urllib.parse import quote, urlsplit, urlunsplit

from cli.failure import CommandFailure
from data_access import camera_feeds
from data_access.camera_feeds import Feed
from data_access.connections import owner_session
from data_access.database import Transaction
from data_access.errors import DataAccessError
from data_access.settings import Settings
from detection_worker.errors import WorkerError
from detection_worker.feeds.redact import without_secrets
from detection_worker.onvif.device import Preset, Stream, main_and_sub, talk
from detection_worker.onvif.discovery import SECONDS, discover


def add_discover_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``cameras discover``."""
    parser.add_argument(
        "--interface", default="0.0.0.0", metavar="IP", help="this machine's address in the network"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long to listen")


def add_onvif_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``cameras onvif``."""
    parser.add_argument("url", metavar="URL", help="as discover prints it: http://host/onvif/…")
    parser.add_argument("--user", metavar="NAME", help="its password is asked for, or read")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--put", metavar="CODE", help="let the camera of this code be this one")
    where.add_argument("--add", action="store_true", help="add it as a camera of your own")


def list_network(arguments: argparse.Namespace) -> None:
    """Print who answers in the network."""
    try:
        found = discover(arguments.interface, arguments.seconds)
    except OSError as error:
        raise CommandFailure(
            f"the network of {arguments.interface} cannot be asked: {error.strerror or error}. "
            "Give an address of this machine with --interface."
        ) from None
    for camera in found:
        words = " · ".join(filter(None, (camera.name, camera.hardware, camera.location)))
        print(f"{without_secrets(camera.url)}  {words}".rstrip())
    print(f"Cameras found: {len(found)}.")


def take_camera(arguments: argparse.Namespace, settings: Settings) -> None:
    """Print a camera's streams and presets, and put it into the database where asked."""
    url = _with_password(arguments.url, arguments.user)
    try:
        streams, presets, turns = asyncio.run(_asked(url))
    except WorkerError as error:
        raise CommandFailure(str(error)) from None
    if not streams:
        raise CommandFailure(f"{without_secrets(url)}: the camera offers no stream.")
    _say(streams, presets)
    if arguments.put or arguments.add:
        _put(arguments, settings, streams, url if turns else None)


async def _asked(url: str) -> tuple[list[Stream], list[Preset], bool]:
    async with talk(url) as device:
        turns = await device.turns()
        return await device.streams(), await device.presets() if turns else [], turns


def _say(streams: list[Stream], presets: list[Preset]) -> None:
    for one in streams:
        size = f"{one.width_px}x{one.height_px}"
        print(f"stream {one.name}: {size} {one.encoding} {without_secrets(one.url)}")
    for preset in presets:
        print(f"preset {preset.token}: {preset.name}")


def _put(
    arguments: argparse.Namespace, settings: Settings, streams: list[Stream], onvif_url: str | None
) -> None:
    main, sub = main_and_sub(streams)
    try:
        with owner_session(settings) as owner, owner.as_owner() as tx:
            camera_id = _added(tx) if arguments.add else _known(tx, arguments.put)
            feed = Feed(camera_id, main.url, sub_url=sub.url if sub else None, onvif_url=onvif_url)
            camera_feeds.put_feed(tx, feed)
    except DataAccessError as error:
        raise CommandFailure(str(error)) from None
    print(
        f"Camera {camera_id} is watched: {main.name}" + (f", analysed: {sub.name}" if sub else "")
    )


def _known(tx: Transaction, code: str) -> int:
    camera_id = camera_feeds.camera_of_code(tx, code)
    if camera_id is None:
        raise CommandFailure(f"there is no camera {code}: import it first, or use --add.")
    return camera_id


def _added(tx: Transaction) -> int:
    spot = camera_feeds.first_spot(tx)
    if spot is None:
        raise CommandFailure("there is no site yet: import cameras first, or start ./qala up.")
    return camera_feeds.add_camera(tx, spot, camera_feeds.own_cameras(tx) + 1)


def _with_password(url: str, name: str | None) -> str:
    """The address with a name and the password, which never stands on a command line."""
    if name is None:
        return url
    if sys.stdin.isatty():
        password = getpass.getpass("Password of the camera: ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    parts = urlsplit(url)
    authority = parts.netloc.rpartition("@")[2]
    secret = f"{quote(name, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{secret}@{authority}"))
