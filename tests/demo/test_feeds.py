"""The user's own feeds in the place of scenes, and an empty system that takes them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from data_access import camera_feeds, cameras, city
from data_access.database import Database
from data_access.domain.watch import WatchedCamera
from data_access.zones import check
from demo.bare import make_bare_city
from demo.errors import CityIsThere, NoPlaceForFeeds, NoSuchRecording
from demo.feeds import DEFAULT_ZONES, put_feeds_in_place, put_scenes
from detection_worker.rules.faces import rule_faces
from tests.small_city import SmallCity

CAMERA = "rtsp://qala:secret@192.0.2.40/main"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "street.mp4"
    path.write_bytes(b"not looked into")
    return path


@pytest.fixture
def two_scenes(owner: Database, small_city: SmallCity) -> Database:
    with owner.as_owner() as tx:
        tx.execute(text("DELETE FROM camera_feeds"))
        put_scenes(tx, {2: "crossroad", 5: "crossroad"})
    return owner


def watched(owner: Database) -> dict[int, WatchedCamera]:
    with owner.as_owner() as tx:
        return {one.id: one for one in cameras.watched(tx)}


def test_a_scene_brings_its_zones_and_its_calibration(two_scenes: Database) -> None:
    camera = watched(two_scenes)[2]

    assert camera.feed_url == "scene://crossroad?seed=1"
    assert camera.detector == "motion"
    assert camera.zones
    assert camera.calibration is not None


def test_a_recording_takes_the_place_of_the_first_scene(
    two_scenes: Database, recording: Path
) -> None:
    put_feeds_in_place(two_scenes, [str(recording)])
    there = watched(two_scenes)

    assert there[2].feed_url == str(recording)
    assert there[2].loops
    assert there[2].detector is None
    assert there[2].calibration is None
    assert [zone.rule for zone in there[2].zones] == ["line_count", "crowd"]
    assert there[5].feed_url.startswith("scene://")


def test_a_camera_is_no_recording_that_loops(two_scenes: Database) -> None:
    put_feeds_in_place(two_scenes, [CAMERA])

    assert not watched(two_scenes)[2].loops


def test_a_feed_that_is_in_place_stays_with_the_zones_drawn_for_it(
    two_scenes: Database, recording: Path
) -> None:
    put_feeds_in_place(two_scenes, [str(recording)])
    with two_scenes.as_owner() as tx:
        tx.execute(text("DELETE FROM zones WHERE camera_id = 2 AND rule = 'crowd'"))
    put_feeds_in_place(two_scenes, [str(recording), str(recording)])
    there = watched(two_scenes)

    assert [zone.rule for zone in there[2].zones] == ["line_count"]
    assert there[5].feed_url.startswith("scene://")


def test_more_feeds_than_scenes_put_up_cameras_of_their_own(
    two_scenes: Database, recording: Path
) -> None:
    put_feeds_in_place(two_scenes, [str(recording), CAMERA, CAMERA + "2", CAMERA + "3"])
    there = watched(two_scenes)

    assert [one.code for one in there.values()][2:] == ["OWN-001", "OWN-002"]
    assert [one.feed_url for one in there.values()] == [
        str(recording), CAMERA, CAMERA + "2", CAMERA + "3",
    ]  # fmt: skip


def test_the_camera_connects_anew(two_scenes: Database, recording: Path) -> None:
    with two_scenes.as_owner() as tx:
        tx.execute(
            text("UPDATE feed_status SET state = 'offline', reason = 'x' WHERE camera_id = 2")
        )
    put_feeds_in_place(two_scenes, [str(recording)])

    with two_scenes.as_owner() as tx:
        state = tx.execute(text("SELECT state, reason FROM feed_status WHERE camera_id = 2")).one()
    assert tuple(state) == ("connecting", "")


def test_a_recording_that_is_not_there_changes_nothing(
    two_scenes: Database, recording: Path
) -> None:
    with pytest.raises(NoSuchRecording, match=r"no recording .*nowhere\.mp4"):
        put_feeds_in_place(two_scenes, [str(recording), "nowhere.mp4"])

    assert all(one.feed_url.startswith("scene://") for one in watched(two_scenes).values())


@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_feed_of_no_name_is_refused(two_scenes: Database, nothing: str) -> None:
    with pytest.raises(NoSuchRecording, match="--feed is empty"):
        put_feeds_in_place(two_scenes, [nothing])


def test_the_default_zones_are_usable() -> None:
    for zone in DEFAULT_ZONES:
        check(zone)
        face = {rule.id: rule for rule in rule_faces()}[zone.rule]
        assert zone.shape is face.shape
        assert zone.params.keys() <= {setting.name for setting in face.settings}


def test_an_address_does_not_show_in_the_name_of_a_feed() -> None:
    assert "secret" not in repr(camera_feeds.Feed(1, CAMERA))


# An empty system


def test_an_empty_system_takes_feeds_and_is_no_demonstration(
    owner: Database, recording: Path
) -> None:
    make_bare_city(owner)
    put_feeds_in_place(owner, [str(recording), CAMERA])

    assert [one.code for one in watched(owner).values()] == ["OWN-001", "OWN-002"]
    with owner.as_owner() as tx:
        assert [one.names.en for one in cameras.districts(tx)] == ["City"]
        assert city.value(tx, "demonstration") is None
        assert city.value(tx, "city")["ru"] == "Город"
        assert tx.scalar(text("SELECT count(*) FROM programmes")) == 2


def test_an_empty_system_is_not_put_over_a_city(owner: Database, small_city: SmallCity) -> None:
    with pytest.raises(CityIsThere):
        make_bare_city(owner)


def test_a_database_without_a_site_has_no_place_for_feeds(owner: Database) -> None:
    with pytest.raises(NoPlaceForFeeds):
        put_feeds_in_place(owner, [CAMERA])
