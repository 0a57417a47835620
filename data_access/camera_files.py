"""Files of cameras: CSV, XLSX and GeoJSON read as rows of texts by column.

Nothing is guessed where guessing could spoil names: a file in an old encoding is refused with
the way out.
"""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from data_access.camera_rows import COLUMNS, NAME_COLUMNS, NEEDED, RawRow
from data_access.domain.words import N_
from data_access.errors import DataAccessError

LARGEST_BYTES = 100_000_000
MOST_ROWS = 300_000
"""A file for more cameras than any city has is no file of cameras."""

WIDEST = 64
"""Columns of a workbook that are looked at."""

DELIMITERS = ",;\t|"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "'")
"""What a spreadsheet takes for a formula, and the apostrophe that keeps it from doing so."""

Records = Iterable[tuple[int, dict[str, str]]]
"""Rows with their numbers, by the headers of the file."""


class CameraFileError(DataAccessError):
    """A file that cannot be read as a list of cameras; nothing was imported."""


def read_rows(path: Path) -> list[RawRow]:
    """The rows of a file, empty ones left out; raises ``CameraFileError`` with the cure."""
    if path.suffix.lower() not in READERS:
        raise CameraFileError(
            N_("{file} is not a list of cameras: give a .csv, .xlsx or .geojson file."), file=path
        )
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise CameraFileError(N_("{file} is too large to be a list of cameras."), file=path)
        if size == 0:
            raise _empty(path)
        return _rows(path, READERS[path.suffix.lower()](path))
    except OSError as error:
        raise CameraFileError(
            N_("{file} cannot be read ({reason}). Check its path and its permissions."),
            file=path,
            reason=error.strerror or error,
        ) from error


def _rows(path: Path, records: Records) -> list[RawRow]:
    rows: list[RawRow] = []
    for number, cells in islice(records, MOST_ROWS + 1):
        if any(text.strip() for text in cells.values()):
            rows.append(RawRow(number, cells))
    if len(rows) > MOST_ROWS:
        raise CameraFileError(
            N_("{file} has more than {most} rows. Divide it."), file=path, most=MOST_ROWS
        )
    if not rows:
        raise _empty(path)
    return rows


def _empty(path: Path) -> CameraFileError:
    return CameraFileError(N_("{file} is empty: there is no camera in it."), file=path)


def _columns(path: Path, headers: Sequence[str]) -> list[str | None]:
    """Our column for each header of the file; raises where a needed one is missing."""
    found = [_KNOWN_HEADERS.get(header.strip().casefold()) for header in headers]
    missing = [column for column in NEEDED if column not in found]
    if not any(column in found for column in NAME_COLUMNS):
        missing.append("name_ru")
    if missing:
        raise CameraFileError(
            N_("{file} has no column {missing}. The first row names the columns: {columns}."),
            file=path,
            missing=", ".join(missing),
            columns=", ".join(COLUMNS),
        )
    return found


_KNOWN_HEADERS = {
    header: column for column, others in COLUMNS.items() for header in (column, *others)
}


def _by_column(columns: Sequence[str | None], cells: Iterable[str]) -> dict[str, str]:
    pairs = zip(columns, cells, strict=False)
    return {column: text for column, text in pairs if column is not None}


def _read_csv(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    text = _decoded(path, path.read_bytes())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        columns = _columns(path, next(reader, []))
        for number, cells in enumerate(reader, 2):
            yield number, _by_column(columns, map(_unarmed, cells))
    except csv.Error as error:
        raise CameraFileError(
            N_("{file} is not a CSV file ({reason}). Save it again as CSV UTF-8."),
            file=path,
            reason=error,
        ) from error


def _decoded(path: Path, octets: bytes) -> str:
    """UTF-8, or UTF-16 where the file says so; anything else is refused with the cure."""
    encoding = "utf-16" if octets[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = octets.decode(encoding)
    except UnicodeDecodeError:
        raise _not_utf8(path, octets) from None
    if "\0" in text:
        raise CameraFileError(
            N_("{file} is not a text file. Save it again as CSV UTF-8."), file=path
        )
    return text


def _not_utf8(path: Path, octets: bytes) -> CameraFileError:
    if b"\0" in octets:
        return CameraFileError(
            N_("{file} is not a text file. Save it again as CSV UTF-8."), file=path
        )
    return CameraFileError(
        N_(
            "{file} is not in UTF-8. It looks like Windows-1251, which has no Kazakh letters: open "
            "it in the program it comes from and save it as CSV UTF-8."
        ),
        file=path,
    )


def _delimiter(text: str) -> str:
    """The delimiter that makes the most known columns of the first line."""
    first = text.splitlines()[0] if text.strip() else ""
    return max(DELIMITERS, key=lambda mark: sum(_is_known(word) for word in first.split(mark)))


def _is_known(word: str) -> bool:
    return word.strip().strip('"').casefold() in _KNOWN_HEADERS


def _read_xlsx(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        rows = _sheet(path)
    except _BROKEN_WORKBOOK as error:
        raise CameraFileError(
            N_("{file} is not an Excel workbook (.xlsx). Save it again from Excel."), file=path
        ) from error
    columns = _columns(path, rows[0] if rows else [])
    for number, cells in enumerate(rows[1:], 2):
        yield number, _by_column(columns, map(_unarmed, cells))


def _sheet(path: Path) -> list[list[str]]:
    """The first sheet as texts, no wider and no longer than a list of cameras can be."""
    with zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > 10 * LARGEST_BYTES:
            raise CameraFileError(N_("{file} is too large to be a list of cameras."), file=path)
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=WIDEST, values_only=True)
        return [[_cell(value) for value in row] for row in rows]
    finally:
        book.close()


_BROKEN_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    NotImplementedError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What a file that is no workbook, or a broken one, makes openpyxl raise."""


def _cell(value: object) -> str:
    """A cell as people see it: a code kept as the number 101.0 is 101."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read_geojson(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    text = _decoded(path, path.read_bytes())
    try:
        features = json.loads(text)["features"]
        found = [_feature(feature) for feature in features]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CameraFileError(
            N_("{file} is not a GeoJSON collection of points. Export it again as GeoJSON."),
            file=path,
        ) from error
    headers = list(dict.fromkeys(header for cells in found for header in cells))
    columns = _columns(path, headers) if found else []
    for number, cells in enumerate(found, 1):
        yield number, _by_column(columns, (cells.get(header, "") for header in headers))


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    """The properties of a feature, and the place of its point."""
    cells = {str(name): _property(value) for name, value in (feature["properties"] or {}).items()}
    geometry = feature.get("geometry")
    if geometry is not None and geometry["type"] == "Point":
        longitude, latitude = geometry["coordinates"][:2]
        cells |= {"longitude": _cell(longitude), "latitude": _cell(latitude)}
    return cells


def _property(value: object) -> str:
    return ",".join(map(_cell, value)) if isinstance(value, list) else _cell(value)


def _unarmed(text: str) -> str:
    if text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        return text[1:]
    return text


READERS: dict[str, Callable[[Path], Records]] = {
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".txt": _read_csv,
    ".xlsx": _read_xlsx,
    ".geojson": _read_geojson,
    ".json": _read_geojson,
}
