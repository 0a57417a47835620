"""The parts of the Camera screen: facts, health, the day, events, neighbours, plates."""

from datetime import timedelta
from uuid import uuid4

import pytest

from components.camera_reading import CameraGlance
from components.camera_sections import (
    build_counts,
    build_events,
    build_facts,
    build_health,
    build_neighbours,
    build_plates,
    direction,
)
from components.camera_words import Feed, camera_tile, no_picture_words
from components.timeline import build_timeline, day_counts
from data_access.camera_view import (
    CameraEvent,
    CameraFacts,
    EvidenceFile,
    HourCount,
    Neighbour,
    PlateRead,
)
from data_access.domain.feeds import FeedState, FeedStatus
from data_access.domain.places import Camera, CameraKind, CameraOrigin, Capability, SiteKind
from data_access.domain.words import Language, Names
from tests.support.visits import NOON, a_visit

_ = a_visit().text
NOW = NOON + timedelta(minutes=2)
NAMES = Names("Камера 1", "1-камера", "Camera 1")
FACTS = CameraFacts(
    camera=Camera(
        1, "K-1", NAMES, 1, 1, CameraKind.FIXED, 50.9, 71.3, 110.0, 38.0,
        CameraOrigin.NEW, "Acme", True, frozenset({Capability.PLATES, Capability.INFRARED}),
    ),
    site=Names("Рынок", "Базар", "Market"),
    site_kind=SiteKind.PUBLIC_PLACE,
    district=Names("Запад", "Батыс", "West"),
    programmes=(),
    zones=(("Entry", "line_count"),),
)  # fmt: skip


def a_status(state: FeedState = FeedState.LIVE, reason: str = "", fresh: bool = True) -> FeedStatus:
    seen_at = NOW if fresh else NOW - timedelta(hours=1)
    return FeedStatus(
        1, state, reason, NOW, NOON, "onnx", 24.9, 10.0, 3, 180.0, 1920, 1080, seen_at, ("crowd",)
    )


def test_facts_are_told_in_words() -> None:
    found = build_facts(CameraGlance(FACTS, None, []), a_visit())
    for words in ("Public place · Market", "east, 110°", "38°", "infrared, reads plates", "Entry"):
        assert words in found
    assert "Programme" not in found  # what is empty is left out


@pytest.mark.parametrize(
    ("azimuth_deg", "words"), [(0, "north"), (44, "north-east"), (181, "south"), (359, "north")]
)
def test_directions_have_names(azimuth_deg: float, words: str) -> None:
    assert direction(azimuth_deg, _) == words


def test_health_tells_the_state_with_its_reason_and_figures() -> None:
    found = build_health(a_status(FeedState.STALLED, "no frame for 12 s"), a_visit(), enabled=True)
    for words in ("No picture: no frame for 12 s", "24.9", "180 ms", "1920 × 1080", "crowd"):
        assert words in found


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        (Feed("live", "", NOW, True), ""),
        (Feed("connecting", "", None, True), ""),
        (Feed("live", "", None, True), "No worker watches this camera now."),
        (Feed("live", "", NOON - timedelta(hours=1), True), "No worker watches this camera now."),
        (Feed("offline", "no route", None, True), "Offline: no route"),
        (Feed("broken", "", None, True), "Unreadable stream"),
        (Feed(None, "", None, True), "No worker has reported on this camera yet"),
        (Feed("live", "", NOW, False), "This camera is switched off."),
    ],
)
def test_a_tile_without_a_picture_says_why(feed: Feed, words: str) -> None:
    assert no_picture_words(feed, NOW, _) == words


def test_a_tile_leads_to_the_camera() -> None:
    tile = camera_tile(FACTS, a_status(), NOW, Language.KAZAKH, _)
    assert (tile.name, tile.place, tile.state) == ("K-1 · 1-камера", "Батыс", "live")
    assert tile.href == "/camera?camera=1"


def test_an_event_has_its_evidence_beside_it() -> None:
    snapshot, clip = (
        EvidenceFile(uuid4(), kind, mime)
        for kind, mime in (("snapshot", "image/jpeg"), ("clip", "video/mp4"))
    )
    common = {"started_at": NOON, "ended_at": NOON, "kind": "red_light", "state": "detected"}
    full = CameraEvent(
        uuid4(), confidence=0.87, facts={}, plate="1 A", evidence=(snapshot, clip), **common
    )
    bare = CameraEvent(uuid4(), confidence=0.5, facts={}, plate=None, **common)
    still = CameraEvent(
        uuid4(), confidence=0.5, facts={}, plate=None, evidence=(snapshot,), **common
    )
    found = build_events([full, bare, still], NOW, a_visit())
    assert f'src="/evidence/{clip.id}"' in found
    assert f'poster="/evidence/{snapshot.id}"' in found
    assert f'<img src="/evidence/{snapshot.id}"' in found
    assert found.count("no evidence was kept") == 1
    assert "confidence 87%" in found
    assert "appears here by itself" in build_events([], NOW, a_visit())


def test_counts_of_the_day_are_by_class_the_most_frequent_first() -> None:
    hours = [HourCount(NOON, {"bus": 2, "car": 30}), HourCount(NOW, {"car": 1_000}, events=1)]
    assert day_counts(hours) == {"car": 1_030, "bus": 2}
    found = build_counts(day_counts(hours), _)
    assert found.index("1\u202f030") < found.index("Bus")
    assert "counting needs a line" in build_counts({}, _)


def test_the_timeline_has_a_bar_a_class_and_marks_events() -> None:
    hours = [HourCount(NOON, {"car": 30}), HourCount(NOON + timedelta(hours=1), {"bus": 1}, 2)]
    figure = build_timeline(hours, "dark", Language.ENGLISH, _)
    assert [trace.name for trace in figure.data] == ["Car", "Bus", "Events"]
    assert list(figure.data[0].x) == ["12:00", "13:00"]
    assert list(figure.data[2].text) == ["2"]
    assert list(figure.layout.xaxis.range) == [-0.5, 23.5]


def test_neighbours_are_links_with_their_distance() -> None:
    near = Neighbour(7, "K-7", NAMES, 41.6, 71.3, 50.9)
    found = build_neighbours([near], a_visit())
    assert 'href="/camera?camera=7"' in found
    assert "42 m" in found
    assert "1.5 km" in build_neighbours([], a_visit())


def test_plates_tell_when_and_how_surely_they_were_read() -> None:
    found = build_plates([PlateRead(NOON, "123 ABC 02", 0.93)], NOW, a_visit())
    for words in ("123 ABC 02", "2 min ago", "93%"):
        assert words in found
    assert "No plates" in build_plates([], NOW, a_visit())
