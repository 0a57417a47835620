"""Cameras from files: what is taken, what is refused and how it is said."""

import csv
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from data_access.camera_file_writing import write_rows
from data_access.camera_files import CameraFileError, read_rows
from data_access.camera_import import ImportPlan, export_cameras, plan_import, write_import
from data_access.camera_rows import COLUMNS, CameraRow, Fault, RawRow, checked
from data_access.database import Database
from data_access.domain.places import CameraKind, SiteKind
from data_access.domain.words import Language
from data_access.language import translator
from data_access.tables import places
from tests.small_city import SmallCity

GOOD = {
    "code": "A-1",
    "name_ru": "Вход, №1 «Ә»",
    "name_kk": "Кіреберіс",
    "name_en": "Entrance",
    "district": "west",
    "site": "Рынок",
    "site_kind": "public_place",
    "kind": "turning",
    "latitude": "50.95",
    "longitude": "71.36",
    "azimuth_deg": "90",
    "field_of_view_deg": "62,5",
    "capabilities": "infrared, turning",
    "origin": "integrated",
    "supplier": "Көкжиек",
    "feed_url": "rtsp://user:secret@192.0.2.7/main",
    "sub_feed_url": "rtsp://user:secret@192.0.2.7/sub",
}


SCHEMES = ("file", "rtsp", "srt", "http", "scene")


def raw(**changes: str) -> RawRow:
    return RawRow(2, GOOD | changes)


def csv_text(*rows: dict[str, str], delimiter: str = ",") -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(COLUMNS), delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "cameras.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def reason(**changes: str) -> str:
    outcome = checked(raw(**changes), SCHEMES)
    assert isinstance(outcome, Fault)
    assert outcome.row == 2
    return str(outcome)


# One row


def test_a_good_row_is_a_camera() -> None:
    camera = checked(raw(), SCHEMES)

    assert isinstance(camera, CameraRow)
    assert camera.kind is CameraKind.TURNING
    assert (camera.latitude, camera.longitude) == (50.95, 71.36)
    assert camera.field_of_view_deg == 62.5
    assert camera.capabilities == ("infrared", "turning")


def test_what_is_left_out_takes_its_usual_value() -> None:
    only = {name: GOOD[name] for name in ("code", "name_ru", "district", "site")}
    camera = checked(RawRow(2, only | {"latitude": "50.95", "longitude": "71.36"}), SCHEMES)

    assert isinstance(camera, CameraRow)
    assert (camera.kind, camera.site_kind) == (CameraKind.FIXED, SiteKind.PUBLIC_PLACE)
    assert camera.names.kk == camera.names.en == GOOD["name_ru"]
    assert camera.azimuth_deg is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"latitude": "71.36", "longitude": "50.95"}, "look swapped"),
        ({"latitude": "5.95", "longitude": "7.36"}, "not in Kazakhstan"),
        ({"latitude": "", "longitude": "71.36"}, "missing"),
        ({"latitude": "north"}, "not a number: north"),
        ({"latitude": "nan"}, "not a number"),
        ({"code": "  "}, "“code” is empty"),
        ({"name_ru": "", "name_kk": "", "name_en": ""}, "no name"),
        ({"kind": "telescope"}, "cannot be telescope. Known are: fixed, turning, overview, drone"),
        ({"site_kind": "moon"}, "cannot be moon"),
        ({"origin": "borrowed"}, "cannot be borrowed"),
        ({"capabilities": "x-ray"}, "x-ray is not known"),
        ({"azimuth_deg": "400"}, "0 to 360"),
        ({"field_of_view_deg": "0"}, "more than 0"),
        ({"name_ru": "a\x00b"}, "cannot be kept"),
        ({"name_ru": "я" * 301}, "longer than 300"),
        (
            {"feed_url": "rtps://192.0.2.7/main"},
            "“feed_url” begins with a scheme that is not known",
        ),
        ({"feed_url": "rtsp:/192.0.2.7/main"}, "“feed_url” has no // after its scheme"),
        ({"feed_url": "192.0.2.7/main"}, "“feed_url” is neither an address with a scheme"),
        ({"feed_url": "rtsp://"}, "“feed_url” names no host"),
        ({"feed_url": "rtsp://user:secret@/main"}, "“feed_url” names no host"),
        ({"feed_url": "rtsp://192.0.2.7:70000/main"}, "“feed_url” has a port that is no number"),
        ({"feed_url": "rtsp://192.0.2.7:0/main"}, "“feed_url” has a port that is no number"),
        ({"feed_url": "rtsp://user:sec/ret@192.0.2.7/"}, "In a password, write @ as %40"),
        ({"feed_url": "rtsp://192.0.2.7/the main"}, "“feed_url” has a blank in it"),
        ({"feed_url": "rtsp://[192.0.2.7/main"}, "“feed_url” has no host that can be read"),
        ({"feed_url": "file://"}, "“feed_url” has no path"),
        ({"sub_feed_url": "main"}, "“sub_feed_url” is neither an address"),
    ],
)
def test_a_bad_row_says_what_is_wrong_with_it(changes: dict[str, str], said: str) -> None:
    assert said in reason(**changes)


def test_a_fault_is_said_in_every_language() -> None:
    fault = checked(raw(latitude="71.36", longitude="50.95"), SCHEMES)

    assert isinstance(fault, Fault)
    assert "перепутаны" in fault.in_words(translator(Language.RUSSIAN))
    assert "71.36" in fault.in_words(translator(Language.KAZAKH))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/srv/films/from the roof.mp4",
        "file:///srv/films/roof.mp4",
        "rtsp://camera.example/main",
        "rtsp://user:p@ss@192.0.2.7:554/main?transport=udp",
        "rtsp://[2001:db8::7]:554/main",
        "RTSP://192.0.2.7/main",
        "srt://:9000?mode=listener",
        "scene://crossroad?seed=1",
    ],
)
def test_an_address_that_a_feed_can_have_is_taken(url: str) -> None:
    assert isinstance(checked(raw(feed_url=url), SCHEMES), CameraRow)


def test_a_feed_address_is_never_repeated() -> None:
    assert "secret" not in reason(feed_url="rtsp://user:secret@192.0.2.7/\x01")
    assert "secret" not in repr(checked(raw(), SCHEMES))


def test_kinds_are_known_by_their_names_too() -> None:
    camera = checked(raw(kind="поворотная камера", site_kind="Двор"), SCHEMES)

    assert isinstance(camera, CameraRow)
    assert (camera.kind, camera.site_kind) == (CameraKind.TURNING, SiteKind.COURTYARD)


def test_a_name_with_script_stays_plain_text() -> None:
    camera = checked(raw(name_ru="<script>alert('1')</script> \"quoted\""), SCHEMES)

    assert isinstance(camera, CameraRow)
    assert camera.names.ru == "<script>alert('1')</script> \"quoted\""


# Files


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(file: Callable[..., Path], delimiter: str) -> None:
    (row,) = read_rows(file(csv_text(GOOD, delimiter=delimiter)))

    assert row.number == 2
    assert dict(row.cells) == GOOD


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_are_read(file: Callable[..., Path], encoding: str) -> None:
    (row,) = read_rows(file(csv_text(GOOD).encode(encoding)))

    assert row["name_ru"] == GOOD["name_ru"]


def test_a_file_in_cp1251_is_refused_with_the_cure(file: Callable[..., Path]) -> None:
    path = file(csv_text(GOOD | {"name_ru": "Вход", "name_kk": ""}).encode("cp1251", "replace"))

    with pytest.raises(
        CameraFileError, match=r"cameras\.csv is not in UTF-8.*save it as CSV UTF-8"
    ):
        read_rows(path)


def test_headers_may_be_russian_and_in_any_order(file: Callable[..., Path]) -> None:
    text = "Широта;Долгота;Код;Название;Район;Площадка\n50,95;71,36;7;Вход;west;Рынок\n"
    (row,) = read_rows(file(text))

    assert isinstance(checked(row, SCHEMES), CameraRow)
    assert row["code"] == "7"


def test_empty_rows_are_passed_over_and_numbers_are_those_of_the_file(
    file: Callable[..., Path],
) -> None:
    text = csv_text(GOOD, {}, GOOD | {"code": "A-2"})

    assert [row.number for row in read_rows(file(text))] == [2, 4]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cameras.csv", b"", "is empty"),
        ("cameras.csv", csv_text().encode(), "is empty"),
        ("cameras.csv", b"code,name_ru\n1,x\n", "no column district, site, latitude, longitude"),
        ("cameras.csv", b"\x89PNG\x00\x01\xff", "not a text file"),
        ("cameras.csv", b"code\x00", "not a text file"),
        ("cameras.csv", b'code,"' + b"x" * 200_000, "not a CSV file|no column"),
        ("cameras.xlsx", b"PK\x03\x04 nothing", "not an Excel workbook"),
        ("cameras.xlsx", b"code,name_ru", "not an Excel workbook"),
        ("cameras.geojson", b"{", "not a GeoJSON"),
        ("cameras.geojson", b'{"features": 7}', "not a GeoJSON"),
        ("cameras.geojson", b'{"features": [{"properties": []}]}', "not a GeoJSON|no column"),
        ("cameras.geojson", b'{"type": "FeatureCollection", "features": []}', "is empty"),
        ("cameras.pdf", b"%PDF", "give a .csv, .xlsx or .geojson"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_cameras_is_one_sentence(
    file: Callable[..., Path], name: str, content: bytes, said: str
) -> None:
    with pytest.raises(CameraFileError, match=said) as caught:
        read_rows(file(content, name))

    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CameraFileError, match=r"nowhere\.csv cannot be read"):
        read_rows(tmp_path / "nowhere.csv")


def test_a_workbook_is_read_with_numbers_as_people_see_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(COLUMNS))
    sheet.append([101, *list((GOOD | {"latitude": 50.95, "longitude": 71.0}).values())[1:]])
    book.save(tmp_path / "cameras.xlsx")

    (row,) = read_rows(tmp_path / "cameras.xlsx")

    assert (row["code"], row["latitude"], row["longitude"]) == ("101", "50.95", "71")


def test_points_of_geojson_give_longitude_first(file: Callable[..., Path]) -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [71.36, 50.95, 300]},
        "properties": {"code": 7, "name_ru": "Вход", "district": "west", "site": "Рынок"}
        | {"capabilities": ["infrared", "plates"], "supplier": None},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})

    (row,) = read_rows(file(text, "cameras.geojson"))
    camera = checked(row, SCHEMES)

    assert row.number == 1
    assert isinstance(camera, CameraRow)
    assert (camera.latitude, camera.longitude, camera.code) == (50.95, 71.36, "7")
    assert camera.capabilities == ("infrared", "plates")


@pytest.mark.parametrize("name", ["cameras.csv", "cameras.xlsx", "cameras.geojson"])
@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "-5", "@x", "plain", "'quoted'"])
def test_formulas_are_written_as_text_and_come_back_as_they_were(
    tmp_path: Path, name: str, text: str
) -> None:
    write_rows(tmp_path / name, [GOOD | {"supplier": text}])

    (row,) = read_rows(tmp_path / name)

    assert row.cells["supplier"] == text


def test_a_spreadsheet_finds_no_formula_in_an_exported_workbook(tmp_path: Path) -> None:
    write_rows(tmp_path / "cameras.xlsx", [GOOD | {"supplier": "=1+1"}])

    sheet = load_workbook(tmp_path / "cameras.xlsx").active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_an_exported_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_rows(tmp_path / "cameras.csv", [GOOD])

    assert stat.S_IMODE((tmp_path / "cameras.csv").stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CameraFileError, match="cannot be written"):
        write_rows(tmp_path / "no" / "cameras.csv", [GOOD])


# The database


def planned(owner: Database, path: Path) -> ImportPlan:
    with owner.as_owner() as tx:
        return plan_import(tx, path, SCHEMES)


def test_good_rows_are_imported_and_bad_ones_left_out(
    owner: Database, small_city: SmallCity, file: Callable[..., Path]
) -> None:
    path = file(
        csv_text(
            GOOD,
            GOOD | {"code": "A-2", "district": "Atlantis"},
            GOOD | {"code": "A-1"},
            GOOD | {"code": "C-0001"},
            GOOD | {"code": "A-3", "district": "West (ru)", "feed_url": ""},
        )
    )
    with owner.as_owner() as tx:
        plan = plan_import(tx, path, SCHEMES)
        assert write_import(tx, plan) == 2

    assert [(fault.row, str(fault)) for fault in plan.faults] == [
        (3, "There is no district Atlantis. Known are: east, west."),
        (4, "The code A-1 stands in row 2 already."),
        (5, "There is a camera with the code C-0001 already."),
    ]
    with owner.as_owner() as tx:
        camera = tx.execute(
            select(places.Camera.__table__).where(places.Camera.code == "A-1")
        ).one()
        assert (camera.name_ru, camera.name_kk) == (GOOD["name_ru"], GOOD["name_kk"])
        assert (camera.district_id, camera.capabilities) == (1, ["infrared", "turning"])
        sites = select(func.count()).select_from(places.Site).where(places.Site.name_ru == "Рынок")
        assert tx.scalar(sites) == 1
        feed = select(places.CameraFeed.feed_url, places.CameraFeed.sub_feed_url).where(
            places.CameraFeed.camera_id == camera.id
        )
        assert tx.execute(feed).one() == (GOOD["feed_url"], GOOD["sub_feed_url"])


def test_a_camera_joins_a_site_that_is_there(
    owner: Database, small_city: SmallCity, file: Callable[..., Path]
) -> None:
    with owner.as_owner() as tx:
        site = tx.execute(select(places.Site.__table__).order_by(places.Site.id).limit(1)).one()
        district = tx.scalar(
            select(places.District.code).where(places.District.id == site.district_id)
        )
    there = {"site": site.name_en, "site_kind": site.kind, "district": str(district)}
    with owner.as_owner() as tx:
        write_import(tx, plan_import(tx, file(csv_text(GOOD | there)), SCHEMES))
        joined = tx.scalar(select(places.Camera.site_id).where(places.Camera.code == "A-1"))

    assert joined == site.id


def test_planning_alone_writes_nothing(
    owner: Database, small_city: SmallCity, file: Callable[..., Path]
) -> None:
    plan = planned(owner, file(csv_text(GOOD)))

    assert len(plan.good) == 1
    assert planned(owner, file(csv_text(GOOD))).faults == ()


def test_an_import_that_breaks_leaves_nothing(
    owner: Database, small_city: SmallCity, file: Callable[..., Path]
) -> None:
    plan = planned(owner, file(csv_text(GOOD)))
    with pytest.raises(RuntimeError), owner.as_owner() as tx:
        write_import(tx, plan)
        raise RuntimeError

    with owner.as_owner() as tx:
        assert tx.scalar(select(func.count()).select_from(places.Camera)) == 6
        assert tx.scalar(select(func.count()).where(places.Site.name_ru == "Рынок")) == 0


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".geojson"])
def test_what_is_exported_can_be_imported_again(
    owner: Database, small_city: SmallCity, tmp_path: Path, suffix: str
) -> None:
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    with owner.as_owner() as tx:
        assert export_cameras(tx, first) == 6
        tx.execute(places.Camera.__table__.delete())
        tx.execute(places.Site.__table__.delete())
    with owner.as_owner() as tx:
        plan = plan_import(tx, first, SCHEMES)
        assert plan.faults == ()
        assert write_import(tx, plan) == 6
        assert export_cameras(tx, second) == 6

    assert [row.cells for row in read_rows(first)] == [row.cells for row in read_rows(second)]
