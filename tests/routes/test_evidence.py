"""Evidence: by role, by scope, by row; in parts for a player; with a trace of each look."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, text

from data_access.database import Database
from data_access.domain.events import EVENT_KINDS, FIRST_STATE
from data_access.domain.people import Role
from data_access.media import MediaFolder
from data_access.tables import happenings
from tests.small_city import CAMERAS
from tests.support.door import Door

CLIP = bytes(range(256)) * 40
WEST, EAST = 1, 5
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Keeper:
    """Puts events with evidence into the city and the media folder."""

    owner: Database
    media: Path

    def keep(self, camera: int, kind: str = "wrong_way", mime: str = "video/mp4") -> UUID:
        kept = MediaFolder(self.media).keep(CLIP, ".mp4")
        return self.put_row(camera, kind, mime, kept.path)

    def put_row(self, camera: int, kind: str, mime: str, path: str) -> UUID:
        event, evidence = uuid4(), uuid4()
        with self.owner.as_owner() as tx:
            tx.execute(insert(happenings.Event).values(self._event(event, camera, kind)))
            tx.execute(
                insert(happenings.Evidence).values(
                    id=evidence,
                    event_id=event,
                    event_started_at=NOW,
                    district_id=CAMERAS[camera],
                    camera_id=camera,
                    kind="clip",
                    path=path,
                    sha256=hashlib.sha256(CLIP).hexdigest(),
                    size_bytes=len(CLIP),
                    mime=mime,
                    captured_at=NOW,
                )
            )
        return evidence

    def _event(self, event: UUID, camera: int, kind: str) -> dict[str, object]:
        response = EVENT_KINDS[kind].response
        return {
            "id": event,
            "started_at": NOW,
            "camera_id": camera,
            "district_id": CAMERAS[camera],
            "kind": kind,
            "response": response,
            "state": FIRST_STATE[response],
            "confidence": 0.9,
            "written_at": NOW,
        }


@pytest.fixture
def keeper(door: Door, owner_of_city: Database) -> Keeper:
    return Keeper(owner_of_city, door.access.settings.media_dir)


def looks_at(door: Door, evidence: UUID) -> int:
    with door.access.database.as_viewer(door.city.scope(Role.ADMINISTRATOR)) as tx:
        found = tx.scalar(
            text("SELECT count(*) FROM audit_records WHERE action = :action AND subject = :id"),
            {"action": "evidence.look", "id": str(evidence)},
        )
    return int(found or 0)


def test_a_clip_is_shown_in_place_and_kept_nowhere(door: Door, keeper: Keeper) -> None:
    answer = door.as_role(Role.OPERATOR).get(f"/evidence/{keeper.keep(EAST)}")
    assert answer.content == CLIP
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-disposition"].startswith('inline; filename="qala-')
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["content-security-policy"] == "default-src 'none'"


def test_a_player_can_wind(door: Door, keeper: Keeper) -> None:
    client = door.as_role(Role.OPERATOR)
    path = f"/evidence/{keeper.keep(EAST)}"
    middle = client.get(path, headers={"range": "bytes=1000-1999"})
    assert middle.status_code == 206
    assert middle.content == CLIP[1000:2000]
    assert middle.headers["content-range"] == f"bytes 1000-1999/{len(CLIP)}"
    end = client.get(path, headers={"range": "bytes=-10"})
    assert end.content == CLIP[-10:]
    beyond = client.get(path, headers={"range": f"bytes={len(CLIP) + 1}-"})
    assert beyond.status_code == 416


def test_each_look_is_recorded_and_winding_is_the_same_look(door: Door, keeper: Keeper) -> None:
    client = door.as_role(Role.OPERATOR)
    evidence = keeper.keep(EAST)
    client.get(f"/evidence/{evidence}", headers={"range": "bytes=0-"})
    client.get(f"/evidence/{evidence}", headers={"range": "bytes=5000-"})
    assert looks_at(door, evidence) == 1
    client.get(f"/evidence/{evidence}")
    assert looks_at(door, evidence) == 2


def test_evidence_outside_the_scope_is_like_evidence_that_does_not_exist(
    door: Door, keeper: Keeper
) -> None:
    inside, outside = keeper.keep(WEST), keeper.keep(EAST)
    client = door.as_role(Role.CHIEF)
    assert client.get(f"/evidence/{inside}").status_code == 200
    refused, missing = client.get(f"/evidence/{outside}"), client.get(f"/evidence/{uuid4()}")
    assert refused.status_code == missing.status_code == 404
    assert refused.json() == missing.json()
    assert looks_at(door, outside) == 0


def test_the_other_district_sees_just_the_opposite(door: Door, keeper: Keeper) -> None:
    west, east = keeper.keep(WEST), keeper.keep(EAST)
    client = door.as_role(Role.PATROL)
    assert client.get(f"/evidence/{west}").status_code == 404
    assert client.get(f"/evidence/{east}").status_code == 200


def test_an_akim_opens_no_evidence(door: Door, keeper: Keeper) -> None:
    assert door.as_role(Role.AKIM).get(f"/evidence/{keeper.keep(WEST)}").status_code == 403


def test_municipal_services_see_what_they_must_put_right_and_nothing_else(
    door: Door, keeper: Keeper
) -> None:
    client = door.as_role(Role.MUNICIPAL)
    assert client.get(f"/evidence/{keeper.keep(WEST, 'illegal_dump')}").status_code == 200
    assert client.get(f"/evidence/{keeper.keep(WEST, 'wrong_way')}").status_code == 404


@pytest.mark.parametrize("name", ["1", "x" * 36, "..%2F..%2Fetc%2Fpasswd", "%00", "é"])
def test_what_is_no_number_of_evidence_is_404(door: Door, name: str) -> None:
    answer = door.as_role(Role.OPERATOR).get(f"/evidence/{name}")
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["../outside.mp4", "/etc/passwd", "ab/gone.mp4", "", "ab"])
def test_a_row_that_leads_out_of_the_folder_or_to_nothing_is_404(
    door: Door, keeper: Keeper, path: str
) -> None:
    (keeper.media.parent / "outside.mp4").write_bytes(b"not evidence")
    (keeper.media / "ab").mkdir(parents=True, exist_ok=True)
    evidence = keeper.put_row(EAST, "wrong_way", "video/mp4", path)
    answer = door.as_role(Role.OPERATOR).get(f"/evidence/{evidence}")
    assert answer.status_code == 404
    assert looks_at(door, evidence) == 0


def test_a_file_that_a_browser_might_run_is_only_ever_saved(door: Door, keeper: Keeper) -> None:
    evidence = keeper.keep(EAST, mime="text/html")
    answer = door.as_role(Role.OPERATOR).get(f"/evidence/{evidence}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_clip_can_be_saved_under_a_name_that_tells_nothing(door: Door, keeper: Keeper) -> None:
    answer = door.as_role(Role.OPERATOR).get(f"/evidence/{keeper.keep(EAST)}?download=1")
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="qala-')
    assert disposition.endswith('-clip.mp4"')
