"""The picture that shows a camera's fault: for who may see its live picture, in their scope."""

from datetime import UTC, datetime

import pytest

from data_access import camera_sights
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.sight import CameraSight, Sight
from data_access.media import MediaFolder
from tests.support.door import Door

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
PICTURE = b"\xff\xd8 a picture"
WEST, EAST = 1, 5


@pytest.fixture
def proved(door: Door, owner_of_city: Database) -> Door:
    for camera in (WEST, EAST):
        kept = MediaFolder(door.access.settings.media_dir).keep(PICTURE, ".jpg")
        fault = CameraSight(camera, Sight.COVERED, NOW, NOW, {}, kept.path, "0" * 64)
        with owner_of_city.as_owner() as tx:
            camera_sights.write(tx, [fault])
    return door


def test_the_proof_is_shown_and_kept_nowhere(proved: Door) -> None:
    answer = proved.as_role(Role.OPERATOR).get(f"/proof/{EAST}")
    assert answer.content == PICTURE
    assert answer.headers["content-type"] == "image/jpeg"
    assert "no-store" in answer.headers["cache-control"]


def test_outside_the_scope_and_without_a_fault_it_is_not_there(proved: Door) -> None:
    chief = proved.as_role(Role.CHIEF)
    assert chief.get(f"/proof/{WEST}").status_code == 200
    assert chief.get(f"/proof/{EAST}").status_code == 404
    assert chief.get("/proof/2").status_code == 404


def test_municipal_services_do_not_look_through_cameras(proved: Door) -> None:
    assert proved.as_role(Role.MUNICIPAL).get(f"/proof/{WEST}").status_code == 403
