"""``./qala cameras``: what it says and what it leaves behind."""

import argparse
import io
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from sqlalchemy import text

from cli import cameras
from cli.failure import CommandFailure
from data_access import zones
from data_access.camera_feeds import camera_of_code
from data_access.database import Database
from data_access.domain.watch import Zone, ZoneShape
from data_access.settings import Settings, read_settings
from detection_worker.rules.stills.containers import decoded
from tests.detection_worker.onvif.onvif_camera import onvif_camera
from tests.small_city import SmallCity

HEADER = "code,name_ru,district,site,latitude,longitude,feed_url\n"
GOOD = "A-1,Вход,west,Рынок,50.95,71.36,rtsp://qala:secret@192.0.2.7/main\n"
SWAPPED = "A-2,Вход,west,Рынок,71.36,50.95,rtsp://qala:secret@192.0.2.8/main\n"

Command = Callable[..., int]


@pytest.fixture
def command(owner_url: str, small_city: SmallCity, tmp_path: Path) -> Command:
    environment = {"QALA_DATABASE_URL": owner_url, "QALA_HOME": str(tmp_path)}
    settings: Settings = read_settings(environment)

    def run(*words: str) -> int:
        parser = argparse.ArgumentParser()
        cameras.add_arguments(parser)
        return cameras.run(parser.parse_args(words), settings)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], str]:
    def write(content: str) -> str:
        (tmp_path / "cameras.csv").write_text(content, encoding="utf-8")
        return str(tmp_path / "cameras.csv")

    return write


def codes(owner: Database) -> set[str]:
    with owner.as_owner() as tx:
        return set(tx.scalars(text("SELECT code FROM cameras WHERE code LIKE 'A-%'")))


def test_good_rows_are_imported_and_each_bad_one_is_named(
    command: Command,
    owner: Database,
    file: Callable[[str], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command("import", file(HEADER + GOOD + SWAPPED)) == 0
    said = capsys.readouterr().out

    assert codes(owner) == {"A-1"}
    assert "row 3: The coordinates look swapped" in said
    assert "Cameras imported: 1 of 2." in said
    assert "secret" not in said


def test_strict_imports_nothing_where_a_row_is_bad(
    command: Command, owner: Database, file: Callable[[str], str]
) -> None:
    with pytest.raises(CommandFailure, match="nothing was imported: 1 row of 2"):
        command("import", file(HEADER + GOOD + SWAPPED), "--strict")

    assert codes(owner) == set()


def test_a_dry_run_writes_nothing(
    command: Command,
    owner: Database,
    file: Callable[[str], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command("import", file(HEADER + GOOD), "--dry-run") == 0

    assert codes(owner) == set()
    assert "Cameras would be imported: 1 of 1." in capsys.readouterr().out


def test_a_file_without_a_good_row_is_a_failure(
    command: Command, file: Callable[[str], str]
) -> None:
    with pytest.raises(CommandFailure, match="no row of the file"):
        command("import", file(HEADER + SWAPPED))


def test_a_file_that_is_none_is_one_sentence(command: Command, tmp_path: Path) -> None:
    with pytest.raises(CommandFailure, match=r"nowhere\.csv cannot be read"):
        command("import", str(tmp_path / "nowhere.csv"))


def test_an_export_says_what_the_file_holds(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("export", str(tmp_path / "all.xlsx")) == 0

    said = capsys.readouterr().out
    assert "Cameras exported: 6." in said
    assert "passwords" in said
    assert "secret" not in said


def test_an_onvif_camera_is_listed_and_watched_from_now_on(
    command: Command,
    owner: Database,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with onvif_camera() as camera:
        monkeypatch.setattr("sys.stdin", io.StringIO("s3cr@t\n"))
        address = f"http://127.0.0.1:{camera.port}/onvif/device_service"
        assert command("onvif", address, "--user", "operator", "--put", "C-0001") == 0
    said = capsys.readouterr().out
    assert "stream main: 1920x1080 H264 rtsp://127.0.0.1:554/main" in said
    assert "preset 1: Gate" in said and "s3cr" not in said
    with owner.as_owner() as tx:
        query = "SELECT feed_url, sub_feed_url, onvif_url FROM camera_feeds WHERE camera_id = 1"
        (row,) = tx.execute(text(query)).all()
    assert row.feed_url == "rtsp://operator:s3cr%40t@127.0.0.1:554/main"
    assert row.sub_feed_url == "rtsp://operator:s3cr%40t@127.0.0.1:554/sub"
    assert row.onvif_url.startswith("http://operator:s3cr%40t@127.0.0.1:")


def test_an_onvif_camera_may_be_added_as_one_of_your_own(
    command: Command, owner: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with onvif_camera(turns=False) as camera:
        assert command("onvif", camera.url, "--add") == 0
    assert "is watched: main, analysed: sub" in capsys.readouterr().out
    with owner.as_owner() as tx:
        query = "SELECT onvif_url FROM camera_feeds JOIN cameras ON id = camera_id WHERE code = 'OWN-001'"
        assert tx.scalar(text(query)) is None, "a camera that does not turn needs no such address"


def test_what_cannot_be_taken_by_onvif_is_said(command: Command) -> None:
    with pytest.raises(CommandFailure, match="No ONVIF camera answers"):
        command("onvif", "http://127.0.0.1:9/onvif/device_service")
    with onvif_camera() as camera, pytest.raises(CommandFailure, match="there is no camera X-1"):
        command("onvif", camera.url, "--put", "X-1")
    with pytest.raises(CommandFailure, match="cannot be asked"):
        command("discover", "--interface", "192.0.2.1", "--seconds", "0.1")


def test_an_empty_network_is_said(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("discover", "--interface", "127.0.0.1", "--seconds", "0.1") == 0
    assert "Cameras found: 0." in capsys.readouterr().out


def zones_of(owner: Database, code: str) -> list[str]:
    query = text(
        "SELECT rule FROM zones JOIN cameras ON cameras.id = zones.camera_id "
        "WHERE code = :code ORDER BY zones.id"
    )
    with owner.as_owner() as tx:
        return list(tx.scalars(query, {"code": code}))


def test_an_imported_camera_counts_from_the_start_and_keeps_what_is_drawn_later(
    command: Command, owner: Database, file: Callable[[str], str], tmp_path: Path
) -> None:
    command("import", file(HEADER + GOOD))
    assert zones_of(owner, "A-1") == ["line_count", "crowd"]
    picture = tmp_path / "picture.json"
    picture.write_text(
        '{"zones": [{"rule": "intrusion", "points": [[0, 0], [1, 0], [1, 1]]}]}', "utf-8"
    )
    assert command("draw", "A-1", str(picture)) == 0
    assert zones_of(owner, "A-1") == ["intrusion"]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ("{", "A-1", "it is not JSON"),
        ('{"zones": [{"rule": "levitation", "points": [[0, 0], [1, 0], [1, 1]]}]}', "A-1", "levit"),
        ('{"zones": []}', "Z-9", "There is no camera Z-9"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_changes_nothing(
    command: Command, owner: Database, file: Callable[[str], str], tmp_path: Path,
    content: str, code: str, says: str,
) -> None:  # fmt: skip
    command("import", file(HEADER + GOOD))
    picture = tmp_path / "picture.json"
    picture.write_text(content, "utf-8")
    with pytest.raises(CommandFailure, match=says):
        command("draw", code, str(picture))
    assert zones_of(owner, "A-1") == ["line_count", "crowd"]


BIN = Zone(
    0, "Bin", "overflowing_container", ZoneShape.POLYGON,
    ((0.4, 0.3), (0.6, 0.3), (0.6, 0.8), (0.4, 0.8)), {"hold_s": 60.0},
)  # fmt: skip


def a_picture(folder: Path) -> str:
    path = folder / "empty.png"
    cv2.imwrite(str(path), np.full((180, 320, 3), 90, np.uint8))
    return str(path)


def test_the_picture_of_an_empty_container_is_kept_in_its_zone(
    command: Command, owner: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with owner.as_owner() as tx:
        camera_id = camera_of_code(tx, "C-0001")
        assert camera_id is not None
        zones.save(tx, camera_id, BIN)
    assert command("empty", "C-0001", a_picture(tmp_path)) == 0

    with owner.as_owner() as tx:
        (kept,) = (
            zone
            for zone in zones.zones_of(tx, [camera_id])[camera_id]
            if zone.rule == "overflowing_container"
        )
    assert kept.params["hold_s"] == 60.0
    assert decoded(kept.params["reference"]).mean() == 90
    assert "Kept as empty at C-0001: “Bin”." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("C-9999",), "There is no camera C-9999"),
        (("C-0001",), "has no zone of the rule overflowing_container"),
        (("C-0001", "--zone", "Other"), "called “Other”"),
    ],
)
def test_without_a_camera_or_a_container_nothing_is_kept(
    command: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandFailure, match=said):
        command("empty", words[0], a_picture(tmp_path), *words[1:])


@pytest.mark.parametrize(("content", "said"), [(b"no", "is no picture"), (None, "cannot be read")])
def test_what_is_no_picture_of_a_container_is_said(
    command: Command, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "bad.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandFailure, match=said):
        command("empty", "C-0001", str(path))
