import csv
import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from components.table_files import build_csv, build_xlsx, guarded
from data_access.domain.words import Language

AT = datetime(2026, 11, 20, 7, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_would_run_as_a_formula_is_shown_as_text(first: str) -> None:
    words = f'{first}HYPERLINK("http://x","y")'
    assert guarded(words).startswith("'")
    file = build_csv(["name"], [[words]], Language.ENGLISH).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(file.split("\r\n", 1)[1], newline="")))[0] == f"'{words}"


def test_harmless_cells_are_left_alone() -> None:
    assert guarded("123 ABC 02") == "123 ABC 02"
    assert guarded("улица <script> «Ё»") == "улица <script> «Ё»"
    assert guarded("a\x00b\x1bc") == "abc"


def test_a_csv_has_the_mark_and_separators_that_excel_expects() -> None:
    rows = [[AT, "Абай; 5", 12.5, -3, None]]
    russian = build_csv(["Время", "Место", "x", "y", "z"], rows, Language.RUSSIAN)
    assert russian.startswith(b"\xef\xbb\xbf")
    lines = russian.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Время;Место;x;y;z"
    assert lines[1] == '2026-11-20 12:05:09;"Абай; 5";12,5;-3;'
    english = build_csv(["a", "b", "c", "d", "e"], rows, Language.ENGLISH).decode("utf-8-sig")
    assert english.split("\r\n")[1] == "2026-11-20 12:05:09,Абай; 5,12.5,-3,"


def test_a_workbook_keeps_numbers_and_times_and_runs_no_formula() -> None:
    file = build_xlsx(["Время", "Имя", "₸"], [[AT, "=1+1", 43250]], "a/b*c")
    sheet = load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    assert sheet.title == "a b c"
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == ["Время", "Имя", "₸"]
    assert [cell.value for cell in sheet[2]] == [datetime(2026, 11, 20, 12, 5, 9), "'=1+1", 43250]
    assert sheet["B2"].data_type == "s"
