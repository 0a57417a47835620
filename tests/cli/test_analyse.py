"""``./qala analyse``: a recording in, three files and the evidence out, or nothing at all."""

import csv
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from cli import analyse
from cli.failure import CommandFailure
from data_access.settings import Settings, read_settings
from tests.cli.commands import run
from tests.cli.films import a_road, a_walk, the_beginning


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"QALA_HOME": str(tmp_path / "home")})


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_walk(tmp_path_factory.mktemp("films") / "walk.mp4")


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_walk_gives_tracks_counts_and_an_intrusion_with_its_evidence(
    walk: Path, tmp_path: Path, settings: Settings
) -> None:
    out, camera = tmp_path / "found", tmp_path / "yard.json"
    camera.write_text(
        json.dumps(
            {
                "zones": [
                    {"name": "двор", "rule": "intrusion",
                     "points": [[0, 0], [1, 0], [1, 1], [0, 1]]},
                    {"name": "gate", "rule": "line_count", "points": [[0.5, 0.1], [0.5, 0.9]]},
                ]
            }
        )
    )  # fmt: skip
    words = [str(walk), "--camera", str(camera), "--detector", "motion", "--out", str(out)]
    assert run(analyse, settings, *words) == 0

    rows = list(csv.reader((out / "tracks.csv").read_text().splitlines()))
    assert {len(row) for row in rows} == {10}
    assert {row[1] for row in rows} == {"1"}
    assert {row[7:] == ["person_like", "-1", "-1"] for row in rows} == {True}
    frames = [int(row[0]) for row in rows]
    assert 21 <= frames[0] <= 26
    assert frames == sorted(set(frames))
    x, y, width, height = (float(value) for value in rows[-1][2:6])
    assert (y, width, height) == pytest.approx((90, 22, 60), abs=6)
    assert x == pytest.approx(10 + 4 * (frames[-1] - 21), abs=6)

    (event,) = lines(out / "events.jsonl")
    assert event["kind"] == "intrusion"
    assert 2.0 <= event["start_s"] <= 3.0
    assert event["explanation"]["en"] == "People where nobody should be: 1."
    assert event["explanation"]["ru"] == "Люди там, где никого не должно быть: 1."
    assert set(event["explanation"]) == {"ru", "kk", "en"}
    assert event["track_ids"] == [1]
    marked = [mark for mark in event["marks"] if mark["closed"]]
    assert any(80 <= y <= 160 for mark in marked for _, y in mark["points"]), "where they were"
    assert {file["kind"] for file in event["evidence"]} == {"snapshot", "drawing", "clip"}
    for file in event["evidence"]:
        assert hashlib.sha256((out / file["path"]).read_bytes()).hexdigest() == file["sha256"]

    summary = json.loads((out / "summary.json").read_text())
    assert (summary["frames"], summary["fps"], summary["detector"]) == (80, 10.0, "motion")
    assert summary["counts"] == {"gate": {"person_like": {"backward": 1}}}
    assert summary["events"] == {"intrusion": 1}


def test_one_rule_may_be_tried_over_the_whole_picture(
    walk: Path, tmp_path: Path, settings: Settings
) -> None:
    out = tmp_path / "found"
    words = [str(walk), "--rule", "intrusion", "--detector", "motion", "--out", str(out)]
    assert run(analyse, settings, *words) == 0
    assert json.loads((out / "summary.json").read_text())["rules"] == ["intrusion"]
    assert [event["kind"] for event in lines(out / "events.jsonl")] == ["intrusion"]


def test_without_words_traffic_and_crowds_are_watched_for(
    walk: Path, tmp_path: Path, settings: Settings
) -> None:
    out = tmp_path / "found"
    assert run(analyse, settings, str(walk), "--detector", "motion", "--out", str(out)) == 0
    summary = json.loads((out / "summary.json").read_text())
    assert summary["rules"] == ["crowd", "line_count"]
    assert (out / "events.jsonl").read_text() == ""


def test_a_second_analysis_takes_the_place_of_the_first_and_leaves_other_files_alone(
    walk: Path, tmp_path: Path, settings: Settings
) -> None:
    out = tmp_path / "found"
    words = [str(walk), "--rule", "intrusion", "--detector", "motion", "--out", str(out)]
    run(analyse, settings, *words)
    (out / "notes.txt").write_text("mine")
    run(analyse, settings, *words)
    assert (out / "notes.txt").read_text() == "mine"
    (event,) = lines(out / "events.jsonl")
    kept = {str(path.relative_to(out)) for path in (out / "evidence").rglob("*.*")}
    assert kept == {file["path"] for file in event["evidence"]}


def test_a_video_that_is_not_one_is_named_and_leaves_nothing(
    tmp_path: Path, settings: Settings
) -> None:
    video = tmp_path / "letter.mp4"
    video.write_text("Dear sir or madam, " * 100)
    out = tmp_path / "found"
    with pytest.raises(CommandFailure, match=r"letter\.mp4: This is not a video"):
        run(analyse, settings, str(video), "--detector", "motion", "--out", str(out))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.mp4"]


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("walk.json", r"walk\.json is a file: name a folder"),
        ("walk.json/found", "cannot be made .*: name another with --out"),
        ("x" * 300, "cannot be made .File name too long.: name another"),
    ],
)
def test_a_folder_that_cannot_be_is_said_before_anything_is_analysed(
    walk: Path, tmp_path: Path, settings: Settings, out: str, sentence: str
) -> None:
    (tmp_path / "walk.json").write_text("mine")
    with pytest.raises(CommandFailure, match=sentence):
        run(analyse, settings, str(walk), "--detector", "motion", "--out", str(tmp_path / out))
    assert [path.name for path in tmp_path.iterdir()] == ["walk.json"]


def test_a_recording_whose_name_is_no_text_is_analysed(
    walk: Path, tmp_path: Path, settings: Settings
) -> None:
    video = tmp_path / os.fsdecode(b"walk\xff.mp4")
    video.write_bytes(walk.read_bytes())
    out = tmp_path / "found"
    assert run(analyse, settings, str(video), "--detector", "motion", "--out", str(out)) == 0
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["video"] == str(video)


def test_a_missing_video_is_said_before_anything_is_loaded(
    tmp_path: Path, settings: Settings
) -> None:
    with pytest.raises(CommandFailure, match="no such file"):
        run(analyse, settings, str(tmp_path / "missing.mp4"), "--detector", "onnx")


def test_a_cameras_address_is_no_recording_and_its_password_is_not_repeated(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(analyse, settings, "rtsp://user:secret-word@camera/stream")
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "./qala up --feed" in said
    assert "secret-word" not in said


def test_a_zone_that_crosses_itself_is_one_sentence_that_ends_once(
    walk: Path, tmp_path: Path, settings: Settings
) -> None:
    camera = tmp_path / "bow.json"
    bow = {"name": "bow", "rule": "crowd", "points": [[0, 0], [1, 1], [1, 0], [0, 1]]}
    camera.write_text(json.dumps({"zones": [bow]}))
    with pytest.raises(CommandFailure, match=r"zone bow crosses itself\. .*[^.]\.$"):
        run(analyse, settings, str(walk), "--camera", str(camera), "--detector", "motion")


def test_a_failed_analysis_leaves_an_earlier_one_as_it_was(
    walk: Path, tmp_path: Path, settings: Settings
) -> None:
    out = tmp_path / "found"
    run(analyse, settings, str(walk), "--detector", "motion", "--out", str(out))
    before = (out / "summary.json").read_bytes()
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(walk.read_bytes()[:300])
    with pytest.raises(CommandFailure, match=r"broken\.mp4"):
        run(analyse, settings, str(broken), "--detector", "motion", "--out", str(out))
    assert (out / "summary.json").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "it is not JSON"),
        ('{"zones": [{"rule": "crowd", "points": [[0,0],[1,1],[1,0],[0,1]]}]}', "crosses itself"),
        ('{"zones": [{"rule": "fly", "points": [[0,0],[1,1],[1,0]]}]}', "there is no rule “fly”"),
        ('{"calibration": {"picture": [[0,0],[1,1],[1,0]], "ground_m": [[0,0],[1,1],[1,0]]}}',
         "3 point pairs; it needs 4"),
        ('{"calibration": {"picture": [[0,0],[0.2,0.2],[0.4,0.4],[1,1]], "ground_m": [[0,0],[1,0],[1,1],[0,1]]}}',
         "on a line in the picture"),
    ],
)  # fmt: skip
def test_a_camera_that_cannot_be_is_refused_with_a_sentence(
    walk: Path, tmp_path: Path, settings: Settings, content: str, sentence: str
) -> None:
    camera = tmp_path / "camera.json"
    camera.write_text(content)
    out = tmp_path / "found"
    with pytest.raises(CommandFailure, match=sentence):
        run(analyse, settings, str(walk), "--camera", str(camera), "--detector", "motion",
            "--out", str(out))  # fmt: skip
    assert not out.exists()


@pytest.mark.parametrize("words", [["--rule", "fly"], ["--detector", "fly"], ["--camera"]])
def test_wrong_words_are_refused_as_such(walk: Path, settings: Settings, words: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        run(analyse, settings, str(walk), *words)
    assert refused.value.code == 2


@pytest.mark.shared
def test_the_cars_on_the_highway_are_counted(
    shared_folder: Path, tmp_path: Path, settings: Settings
) -> None:
    """By eye seven cars drive away over the middle of the picture in the first 300 frames."""
    video = the_beginning(shared_folder / "feeds/highway_day.mp4", tmp_path / "cut.mp4", 300)
    words = [str(video), "--detector", "onnx", "--models", str(shared_folder / "models")]
    assert run(analyse, settings, *words, "--out", str(tmp_path / "o")) == 0
    summary = json.loads((tmp_path / "o/summary.json").read_text())
    assert summary["counts"]["line_count"]["car"] == {"backward": 7}
    assert summary["frames"] == 300


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("red_light", "needs its stop line drawn as a zone, and a signal"),
        ("jaywalking", "needs the carriageway drawn as a zone"),
        ("oncoming_lane", "needs a zone with the allowed direction"),
        ("collision", "needs a calibrated camera"),
        ("watch_listed_plate", "needs the city's watch list"),
    ],
)
def test_a_rule_that_lacks_something_says_so_in_one_sentence_and_finds_nothing(
    rule: str,
    said: str,
    walk: Path,
    tmp_path: Path,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out"
    words = [str(walk), "--rule", rule, "--detector", "motion", "--out", str(out)]
    assert run(analyse, settings, *words) == 0
    summary = json.loads((out / "summary.json").read_text())
    (note,) = summary["notes"]
    assert said in note
    assert note in capsys.readouterr().err
    assert (summary["rules"], summary["events"]) == ([rule], {})


def test_who_drives_against_all_that_come_later_is_found_with_the_evidence_of_that_moment(
    tmp_path: Path, settings: Settings
) -> None:
    road = a_road(tmp_path / "road.mp4", [2.0], [7.5, 10.5, 13.5, 16.5, 19.5])
    words = [str(road), "--rule", "wrong_way", "--detector", "motion"]
    assert run(analyse, settings, *words, "--out", str(tmp_path / "out")) == 0
    (event,) = lines(tmp_path / "out/events.jsonl")
    assert event["kind"] == "wrong_way"
    assert 2 < event["start_s"] < 7
    assert (event["facts"]["usual"], event["facts"]["same"]) == (5, 0)
    assert "went the usual way here: 5, this way: 0" in event["explanation"]["en"]
    assert {file["kind"] for file in event["evidence"]} >= {"snapshot", "clip"}
    assert json.loads((tmp_path / "out/summary.json").read_text())["notes"] == []


def test_a_direction_that_cannot_be_learnt_is_said_in_one_sentence(
    walk: Path, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = [str(walk), "--rule", "wrong_way", "--detector", "motion", "--out", str(out)]
    assert run(analyse, settings, *words) == 0
    (note,) = json.loads((out / "summary.json").read_text())["notes"]
    assert note.startswith("Zone “wrong_way”: the usual direction is not known")
    assert note in capsys.readouterr().err
