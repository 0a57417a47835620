"""Tables as files that Excel opens: CSV and XLSX, with cells that cannot run as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from components.formats import DECIMAL_MARK, local
from data_access.domain.words import Language

Cell = str | int | float | datetime | None

CSV_MIME = "text/csv"
XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def guarded(text: str) -> str:
    """A text that a spreadsheet shows and never runs (OWASP, "CSV Injection")."""
    clean = _UNPRINTABLE.sub("", text)
    return f"'{clean}" if clean.startswith(_RUNS_AS_FORMULA) else clean


def _in_csv(cell: Cell, mark: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{local(cell):%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, float):
        return str(cell).replace(".", mark)
    return guarded(cell) if isinstance(cell, str) else str(cell)


def build_csv(titles: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> bytes:
    """A CSV that Excel reads by a double click: UTF-8 with its mark, the language's separators."""
    mark = DECIMAL_MARK[language]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if mark == "," else ",")
    writer.writerow([guarded(title) for title in titles])
    writer.writerows([_in_csv(cell, mark) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _in_xlsx(cell: Cell) -> str | int | float | datetime | None:
    if isinstance(cell, datetime):
        return local(cell).replace(tzinfo=None, microsecond=0)
    return guarded(cell) if isinstance(cell, str) else cell


def build_xlsx(titles: Sequence[str], rows: Iterable[Sequence[Cell]], sheet: str) -> bytes:
    """A workbook of one sheet, its first row bold and fixed; times are local."""
    book = Workbook(write_only=True)
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet)[:31])
    page.freeze_panes = "A2"
    for number, title in enumerate(titles, start=1):
        page.column_dimensions[get_column_letter(number)].width = max(12, len(title) + 4)
    heads = [WriteOnlyCell(page, value=guarded(title)) for title in titles]
    for head in heads:
        head.font = Font(bold=True)
    page.append(heads)
    for row in rows:
        page.append([_in_xlsx(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
