"""``./qala districts``: a real city's districts in the place of the empty system's one."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli import districts
from cli.failure import CommandFailure
from data_access import city
from data_access.cameras import districts as kept_districts
from data_access.database import Database
from data_access.settings import Settings, read_settings
from demo.bare import make_bare_city
from tests.small_city import SmallCity

Command = Callable[..., int]
Write = Callable[..., str]

RING = [[82.5, 49.9], [82.7, 49.9], [82.7, 50.0], [82.5, 50.0], [82.5, 49.9]]


def district(code: str = "ulba", geometry: object = None, **properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": "Ульбинский", "name:kk": "Үлбі"} | properties,
        "geometry": geometry or {"type": "Polygon", "coordinates": [RING]},
    }


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.fixture
def command(owner_url: str, tmp_path: Path) -> Command:
    environment = {"QALA_DATABASE_URL": owner_url, "QALA_HOME": str(tmp_path)}
    settings: Settings = read_settings(environment)

    def run(*words: str) -> int:
        parser = argparse.ArgumentParser()
        districts.add_arguments(parser)
        return districts.run(parser.parse_args(words), settings)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Write:
    def write(*features: object) -> str:
        path = tmp_path / "districts.geojson"
        collection = {"type": "FeatureCollection", "features": list(features)}
        path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
        return str(path)

    return write


def codes(owner: Database) -> list[str]:
    with owner.as_owner() as tx:
        return [found.code for found in kept_districts(tx)]


def test_an_empty_system_becomes_a_city_with_districts_of_its_own(
    command: Command, owner: Database, file: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    make_bare_city(owner)
    east = district("east", polygon([[x + 0.2, y] for x, y in RING]), name="Восточный")
    names = ("--city-ru", "Усть-Каменогорск", "--city-kk", "Өскемен")
    assert command("import", file(district(), east), "--strict", *names) == 0
    said = capsys.readouterr().out
    assert "Districts imported: 2 of 2." in said
    assert "./qala districts remove city" in said
    assert command("remove", "city") == 0
    assert codes(owner) == ["east", "ulba"]
    with owner.as_owner() as tx:
        view, (_, kept) = city.value(tx, "city"), kept_districts(tx)
    assert (view["ru"], view["kk"], view["en"]) == (
        "Усть-Каменогорск",
        "Өскемен",
        "Усть-Каменогорск",
    )
    assert (view["lat"], view["lon"]) == (49.95, 82.7)
    assert 10 < view["zoom"] < 12.5
    assert kept.names.kk == "Үлбі" and kept.names.en == "Ульбинский"
    assert kept.boundary[0] == kept.boundary[-1] and len(kept.boundary) == 5


BOWTIE = [[82.5, 49.9], [82.7, 50.0], [82.7, 49.9], [82.5, 50.0], [82.5, 49.9]]
BAD: list[tuple[dict[str, Any], str]] = [
    (district(code=""), "“code” is empty"),
    (district(name="", **{"name:kk": ""}), "no name"),
    (district(name="а\x07б"), "cannot be kept"),
    (district(name="я" * 301), "longer than 300"),
    (district(geometry=polygon(BOWTIE)), "crosses itself"),
    (district(geometry=polygon([[y, x] for x, y in RING])), "look swapped"),
    (district(geometry=polygon([[x - 82, y - 49] for x, y in RING])), "not in Kazakhstan"),
    (district(geometry=polygon(RING[:2])), "fewer than three corners"),
    (district(geometry=polygon([])), "fewer than three corners"),
    (district(geometry=polygon(RING, RING)), "has a hole"),
    (district(geometry=polygon([["x", "y"]])), "without coordinates"),
    (district(geometry={"type": "Point", "coordinates": [82.5, 49.9]}), "no polygon, but Point"),
    (district(geometry={"type": "MultiPolygon", "coordinates": [[RING], [RING]]}), "several parts"),
    (district(geometry=polygon([[82.5, 49.9], [82.50001, 49.9], [82.5, 49.90001]])), "nothing"),
    ({"type": "Feature", "properties": None, "geometry": None}, "“code” is empty"),
]


@pytest.mark.parametrize(("feature", "said"), BAD)
def test_a_bad_row_is_named_with_its_reason_and_the_good_ones_are_imported(
    feature: dict[str, Any],
    said: str,
    command: Command,
    owner: Database,
    file: Write,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command("import", file(district("good"), feature)) == 0
    out = capsys.readouterr().out
    assert "row 2: " in out and said in out
    assert codes(owner) == ["good"]


def test_strict_imports_all_rows_or_none(command: Command, owner: Database, file: Write) -> None:
    with pytest.raises(CommandFailure, match="nothing was imported: 1 of 2 rows"):
        command("import", file(district(), BAD[0][0]), "--strict")
    with pytest.raises(CommandFailure, match="no row of the file"):
        command("import", file(BAD[0][0]))
    assert codes(owner) == []


def test_a_dry_run_writes_nothing(
    command: Command, owner: Database, file: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("import", file(district()), "--dry-run") == 0
    assert "Districts would be imported: 1 of 1." in capsys.readouterr().out
    assert codes(owner) == []


def test_a_code_that_is_there_is_refused_unless_it_is_to_be_replaced(
    command: Command, owner: Database, file: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("import", file(district())) == 0
    again = district(name="Ульба", geometry={"type": "MultiPolygon", "coordinates": [[RING[:4]]]})
    with pytest.raises(CommandFailure):
        command("import", file(again))
    assert "row 1: There is a district with the code ulba already" in capsys.readouterr().out
    assert command("import", file(again, district("new"), district("new")), "--replace") == 0
    assert "row 3: The code new stands in row 2 already." in capsys.readouterr().out
    with owner.as_owner() as tx:
        assert [found.names.ru for found in kept_districts(tx)] == ["Ульбинский", "Ульба"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a GeoJSON"),
        (b"[]", "not a GeoJSON"),
        (b'{"features": {}}', "not a GeoJSON"),
        (b'{"features": []}', "is empty"),
        ('{"features": "Қосшы"}'.encode("utf-16"), "not a GeoJSON"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(
    content: bytes, said: str, command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "districts.geojson"
    path.write_bytes(content)
    with pytest.raises(CommandFailure, match=said):
        command("import", str(path))
    with pytest.raises(CommandFailure, match=r"nowhere\.geojson cannot be read"):
        command("import", str(tmp_path / "nowhere.geojson"))


def test_a_district_is_renamed_in_the_languages_that_are_given(
    command: Command, small_city: SmallCity, owner: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("rename", "west", "--ru", "Запад", "--kk", "Батыс", "--code", "W") == 0
    assert "W                    Запад · Батыс · West  (cameras: 3)" in capsys.readouterr().out
    assert codes(owner) == ["W", "east"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rename", "west"), "nothing was renamed: give --ru"),
        (("rename", "north", "--ru", "Север"), "no district north. Known are: east, west"),
        (("rename", "west", "--code", "east"), "code east already"),
        (("rename", "west", "--ru", "я" * 301), "longer than 300"),
        (("remove", "west"), r"west has cameras \(3\): it stays"),
        (("remove", "north"), "no district north"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: tuple[str, ...], said: str, command: Command, small_city: SmallCity
) -> None:
    with pytest.raises(CommandFailure, match=said):
        command(*words)


def test_the_list_says_how_many_cameras_each_has(
    command: Command, small_city: SmallCity, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("list") == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["east", "west"]


def test_an_empty_database_has_no_districts_and_says_how_to_add_some(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("list") == 0
    assert "./qala districts import FILE" in capsys.readouterr().out
