"""Evidence is deleted on time: what is over, what is open, and what a crash leaves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from data_access import city, events
from data_access.database import Database, Transaction
from data_access.domain.events import EVENT_KINDS, TRANSITIONS, EvidenceRecord, Response
from data_access.domain.evidence import OPEN_STATES, Retention, retention_of
from data_access.evidence_deletion import SETTING, EvidenceDeletion, overdue
from data_access.media import MediaFolder
from data_access.retention import Shortening, shortenings
from data_access.tables.happenings import Event, Evidence
from data_access.tables.people import AuditRecord
from tests.detection_worker.items import an_event

pytestmark = pytest.mark.usefixtures("small_city")
NOW = datetime.now(UTC)
OF_RESPONSE = {"violation": "red_light", "incident": "crowd", "work_order": "illegal_dump"}
CLOSED = {"violation": "paid", "incident": "closed", "work_order": "verified"}
Put = Callable[..., UUID]


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


@pytest.fixture
def deletion(worker_database: Database, media: MediaFolder, tmp_path: Path) -> EvidenceDeletion:
    return EvidenceDeletion(worker_database.as_worker, media, tmp_path / "deletions")


@pytest.fixture
def put(owner: Database, worker_database: Database, media: MediaFolder) -> Put:
    """Puts an event of so many days ago, with two files, in a state."""

    def put_event(days: float, kind: str = "red_light", state: str = "") -> UUID:
        at = NOW - timedelta(days=days)
        kept = [media.keep(b"evidence", suffix) for suffix in (".jpg", ".mp4")]
        files = tuple(
            EvidenceRecord(uuid4(), name, file.path, file.sha256, 8, "image/jpeg", at)
            for name, file in zip(("snapshot", "clip"), kept, strict=True)
        )
        record = an_event(kind=kind, started_at=at, ended_at=at, evidence=files)
        with worker_database.as_worker() as tx:
            events.write(tx, [record], NOW)
        with owner.as_owner() as tx:
            state = state or CLOSED[EVENT_KINDS[kind].response]
            tx.execute(update(Event).where(Event.id == record.id).values(state=state))
        return record.id

    return put_event


def left(owner: Database) -> set[UUID]:
    with owner.as_owner() as tx:
        return {row.event_id for row in tx.execute(select(Evidence.event_id))}


def files_in(media: MediaFolder) -> int:
    return len([path for path in media.absolute("x").parent.rglob("*") if path.is_file()])


def keep(owner: Database, value: Any) -> None:
    with owner.as_owner() as tx:
        city.put(tx, SETTING, value)


def test_evidence_older_than_ninety_days_goes_and_its_event_stays(
    put: Put, deletion: EvidenceDeletion, owner: Database, media: MediaFolder
) -> None:
    old, young = put(91), put(89)
    assert deletion.delete_batch(NOW) == 1
    assert left(owner) == {young}
    assert files_in(media) == 2
    with owner.as_owner() as tx:
        assert {row.id for row in tx.execute(select(Event.id))} == {old, young}
    assert deletion.delete_batch(NOW) == 0


def test_each_deletion_is_recorded_with_what_and_why(
    put: Put, deletion: EvidenceDeletion, owner: Database
) -> None:
    old = put(100)
    deletion.delete_batch(NOW)
    with owner.as_owner() as tx:
        row = tx.execute(select(AuditRecord)).one()
    assert (row.action, row.subject) == ("evidence.delete", f"event {old}")
    assert (row.login, row.viewer_id) == ("worker", None)
    assert (row.detail["reason"], row.detail["days"]) == ("retention", 90)
    assert {file["kind"] for file in row.detail["files"]} == {"snapshot", "clip"}
    assert all(len(file["sha256"]) == 64 for file in row.detail["files"])


@pytest.mark.parametrize(
    ("response", "state"),
    [(response, state) for response, states in TRANSITIONS.items() for state in states],
)
def test_evidence_of_an_open_matter_is_never_deleted(
    response: Response, state: str, put: Put, deletion: EvidenceDeletion, owner: Database
) -> None:
    number = put(5_000, OF_RESPONSE[response], state)
    deletion.delete_batch(NOW)
    assert (number in left(owner)) == (state in OPEN_STATES[response])


def test_what_awaits_review_is_contested_or_unfinished_counts_as_open() -> None:
    assert {"detected", "contested"} <= OPEN_STATES[Response.VIOLATION]
    assert "closed" not in OPEN_STATES[Response.INCIDENT]
    assert OPEN_STATES[Response.WORK_ORDER] == {"new", "assigned", "done", "reopened"}


def test_a_kind_goes_before_its_response_and_that_before_all(
    put: Put, deletion: EvidenceDeletion, owner: Database
) -> None:
    keep(owner, {"days": 60, "responses": {"violation": 365}, "kinds": {"bus_lane": 10}})
    stays = {put(59, "crowd"), put(364, "red_light"), put(9, "bus_lane")}
    for days, kind in ((61, "crowd"), (366, "red_light"), (11, "bus_lane")):
        put(days, kind)
    assert deletion.delete_batch(NOW) == 3
    assert left(owner) == stays


def test_what_shorter_days_would_delete_is_known_before_they_are_set(
    put: Put, deletion: EvidenceDeletion, owner: Database
) -> None:
    keep(owner, {"days": 90, "responses": {"violation": 365}, "kinds": {"bus_lane": 10}})
    for days, kind, state in (
        (400, "red_light", ""), (100, "red_light", ""), (100, "red_light", "detected"),
        (50, "red_light", ""), (70, "crowd", ""), (50, "crowd", ""), (9, "bus_lane", ""),
    ):  # fmt: skip
        put(days, kind, state)
    with owner.as_owner() as tx:
        wanted = Retention(60, {"violation": 90}, {"bus_lane": 30})
        shorter = {one.kind: one for one in shortenings(tx, NOW, wanted)}
        assert shortenings(tx, NOW, Retention(91, {"violation": 365}, {"bus_lane": 10})) == []
    assert shorter["red_light"] == Shortening("red_light", 365, 90, 1)  # 400 days went before
    assert shorter["crowd"] == Shortening("crowd", 90, 60, 1)
    assert "bus_lane" not in shorter
    assert sum(one.events for one in shorter.values()) == 2
    assert deletion.delete_batch(NOW) == 1
    keep(owner, wanted.as_value())
    assert deletion.delete_batch(NOW) == 2


@pytest.mark.parametrize(
    "value", [None, "90", [], {"days": 0}, {"days": -5}, {"days": True}, {"days": "1"},
              {"kinds": {"red_light": 0}}, {"kinds": 3, "responses": {"violation": None}}],
)  # fmt: skip
def test_a_damaged_setting_deletes_nothing_early(value: Any) -> None:
    assert retention_of(value).days_of("red_light") == 90


def test_the_setting_is_read_back_as_it_was_put() -> None:
    kept = Retention(60, {"violation": 365}, {"bus_lane": 10})
    assert retention_of(kept.as_value()) == kept


def test_a_clock_that_runs_ahead_or_back_deletes_nothing(
    put: Put, deletion: EvidenceDeletion, owner: Database
) -> None:
    number = put(30)
    assert deletion.delete_batch(NOW + timedelta(days=3_650)) == 0
    assert deletion.delete_batch(NOW - timedelta(days=3_650)) == 0
    assert left(owner) == {number}


def test_an_event_that_lasts_into_the_kept_time_keeps_its_evidence(
    put: Put, deletion: EvidenceDeletion, owner: Database
) -> None:
    number = put(91)
    with owner.as_owner() as tx:
        tx.execute(update(Event).values(ended_at=NOW - timedelta(days=89)))
    deletion.delete_batch(NOW)
    assert left(owner) == {number}


def test_batches_are_small_and_the_oldest_comes_first(put: Put, worker_database: Database) -> None:
    numbers = [put(days) for days in (200, 100, 150)]
    with worker_database.as_worker() as tx:
        found = overdue(tx, NOW, batch=2)
    assert [one.id for one in found] == [numbers[0], numbers[2]]


class Killed(BaseException):
    """The process is gone."""


class DyingMedia(MediaFolder):
    """A folder whose process is killed at the second file that it removes."""

    removed = 0

    def remove(self, relative: str) -> None:
        self.removed += 1
        if self.removed == 2:
            raise Killed
        super().remove(relative)


def test_killed_among_the_files_the_next_start_removes_the_rest(
    put: Put, worker_database: Database, owner: Database, media: MediaFolder, tmp_path: Path,
    deletion: EvidenceDeletion,
) -> None:  # fmt: skip
    put(100)
    put(101)
    dying = DyingMedia(tmp_path / "media")
    with pytest.raises(Killed):
        EvidenceDeletion(worker_database.as_worker, dying, tmp_path / "deletions").delete_batch(NOW)
    assert (left(owner), files_in(media)) == (set(), 3)
    assert deletion.finish_begun() == 1
    assert files_in(media) == 0
    assert deletion.finish_begun() == 0


def test_killed_before_the_commit_nothing_is_lost(
    put: Put, worker_database: Database, owner: Database, media: MediaFolder, tmp_path: Path,
    deletion: EvidenceDeletion,
) -> None:  # fmt: skip
    number = put(100)

    @contextmanager
    def dies_at_commit() -> Iterator[Transaction]:
        with worker_database.as_worker() as tx:
            yield tx
            raise Killed

    with pytest.raises(Killed):
        EvidenceDeletion(dies_at_commit, media, tmp_path / "deletions").delete_batch(NOW)
    assert (left(owner), files_in(media)) == ({number}, 2)
    assert deletion.finish_begun() == 1
    assert files_in(media) == 2
    with owner.as_owner() as tx:
        assert tx.scalar(select(func.count()).select_from(AuditRecord)) == 0
