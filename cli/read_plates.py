"""Read the plates in photographs; prints a JSON line for each plate.

Where a model lies in the models folder, it says where the vehicles are; it is read without, too.
"""

import argparse
import json
import sys
from pathlib import Path

from data_access.settings import Settings
from detection_worker.errors import PlateImageError
from detection_worker.plates.photograph import open_photograph
from detection_worker.plates.reader import PlateReader
from detection_worker.plates.reading import PlateReading
from detection_worker.plates.vehicles import vehicle_boxes, vehicle_detector


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE", help="JPEG, PNG, …")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read all photographs; those that cannot be are named on the error stream, and it is 1."""
    reader, detector, failed = PlateReader(), vehicle_detector(settings.models_dir), False
    for path in arguments.images:
        try:
            image = open_photograph(path)
        except PlateImageError as error:
            print(f"qala: {error}", file=sys.stderr)
            failed = True
            continue
        vehicles = vehicle_boxes(detector, image) if detector else []
        for reading in reader.read(image, vehicles):
            print(_line(path, reading), flush=True)
    return int(failed)


def _line(path: Path, reading: PlateReading) -> str:
    line = {
        "file": str(path),
        "plate": reading.plate.text,
        "confidence": reading.confidence,
        "box": list(reading.box_xyxy),
        "country": reading.plate.country,
        "region": reading.plate.region,
    }
    return json.dumps(line, ensure_ascii=False)
