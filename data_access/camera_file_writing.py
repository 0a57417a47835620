"""Files of cameras written: CSV, XLSX and GeoJSON that ``camera_files`` reads again.

Texts that a spreadsheet would take for formulas are written behind an apostrophe, which is
taken away again when they are read.
"""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from data_access.camera_files import FORMULA_STARTS, CameraFileError
from data_access.camera_rows import COLUMNS
from data_access.domain.words import N_


def write_rows(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows of all ``COLUMNS`` to a file that its owner alone can read.

    Raises ``CameraFileError``; a file that was there is replaced whole or stays.
    """
    if path.suffix.lower() not in WRITERS:
        raise CameraFileError(
            N_("{file} cannot be written: name a .csv, .xlsx or .geojson file."), file=path
        )
    fresh = path.with_name(f".{path.name}.part")
    try:
        fresh.touch(mode=0o600)
        WRITERS[path.suffix.lower()](fresh, rows)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise CameraFileError(
            N_("{file} cannot be written ({reason}). Choose another folder or free some space."),
            file=path,
            reason=error.strerror or error,
        ) from error


def _write_csv(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([_armed(row[column]) for column in COLUMNS] for row in rows)


def _write_xlsx(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("cameras")
    sheet.append(list(COLUMNS))
    for row in rows:
        sheet.append([_armed(row[column]) for column in COLUMNS])
    with path.open("wb") as file:
        book.save(file)


def _write_geojson(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
            "properties": {
                name: value for name, value in row.items() if name not in ("latitude", "longitude")
            },
        }
        for row in rows
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, indent=1), encoding="utf-8")


def _armed(value: Any) -> Any:
    """A text that a spreadsheet would run, made harmless."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


WRITERS: dict[str, Callable[[Path, Sequence[dict[str, Any]]], None]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".geojson": _write_geojson,
}
