"""``cameras empty``: the picture that shows a camera's containers empty, kept in their zones."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from cli.failure import CommandFailure
from data_access import zones
from data_access.camera_feeds import camera_of_code
from data_access.database import Database
from data_access.domain.watch import Zone
from detection_worker.frames import Image
from detection_worker.rules.stills.containers import RULE, cut, encoded


def add_empty_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``cameras empty``."""
    parser.add_argument("code", metavar="CAMERA", help="its number, as in cameras export")
    parser.add_argument("picture", type=Path, metavar="PICTURE", help="its whole view, JPEG or PNG")
    parser.add_argument("--zone", metavar="NAME", help="this container alone; default: all")


def take_empty(arguments: argparse.Namespace, owner: Database) -> None:
    """Keep how the containers look empty; raises CommandFailure with what is wrong."""
    image = _read(arguments.picture)
    with owner.as_owner() as tx:
        camera_id = camera_of_code(tx, arguments.code)
        if camera_id is None:
            raise CommandFailure(f"There is no camera {arguments.code}. Look into cameras export.")
        drawn = zones.zones_of(tx, [camera_id]).get(camera_id, ())
        emptied = list(_emptied(drawn, image, arguments.zone))
        if not emptied:
            named = f" called “{arguments.zone}”" if arguments.zone else ""
            raise CommandFailure(
                f"Camera {arguments.code} has no zone of the rule {RULE}{named}: draw one around "
                "the container, with the air above its rim, then take the picture again."
            )
        for zone in emptied:
            zones.save(tx, camera_id, zone)
    names = ", ".join(f"“{zone.name}”" for zone in emptied)
    print(f"Kept as empty at {arguments.code}: {names}.")


def _read(path: Path) -> Image:
    try:
        words = np.frombuffer(path.read_bytes(), np.uint8)
        image = cv2.imdecode(words, cv2.IMREAD_COLOR) if len(words) else None
    except OSError as error:
        raise CommandFailure(
            f"The picture {path} cannot be read ({error.strerror}): check its path."
        ) from error
    except cv2.error:
        image = None
    if image is None:
        raise CommandFailure(f"{path} is no picture: give a JPEG or PNG of the camera's view.")
    return np.asarray(image, np.uint8)


def _emptied(drawn: tuple[Zone, ...], image: Image, name: str | None) -> Iterator[Zone]:
    for zone in drawn:
        if zone.rule == RULE and name in (None, zone.name):
            reference = encoded(cut(image, zone))
            yield replace(zone, params={**zone.params, "reference": reference})
