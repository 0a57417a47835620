"""The signature is checked when somebody asks, and masking is asked for from the case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from data_access.database import Database
from data_access.domain.events import EvidenceRecord
from data_access.domain.people import Role
from data_access.events import add_evidence
from data_access.media import MediaFolder
from data_access.tables.happenings import Evidence, MaskRequest
from data_access.tables.people import AuditRecord
from detection_worker.evidence.sealing import Sealer
from tests.detection_worker.items import an_event
from tests.pages.looking import look, words_of
from tests.support.app import Screens, screens
from tests.support.violation_rows import put_violation

__all__ = ["screens"]

AT = datetime.now(UTC) - timedelta(minutes=30)
VALID = "Подпись верна: с момента подписания ничего не изменено."


@pytest.fixture
def media(screens: Screens, tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


@pytest.fixture
def signed(owner: Database, media: MediaFolder, tmp_path: Path) -> UUID:
    """A violation with a snapshot, a drawing and a manifest."""
    with owner.as_owner() as tx:
        number = put_violation(tx, at=AT)
        pictures = tuple(
            EvidenceRecord(uuid4(), kind, file.path, file.sha256, 7, "image/jpeg", AT)
            for kind in ("snapshot", "drawing")
            for file in [media.keep(b"picture", ".jpg")]
        )
        record = an_event(id=number, started_at=AT, ended_at=AT, evidence=pictures)
        files = Sealer(media, tmp_path).seal(record)
        add_evidence(tx, [replace(record, evidence=(*pictures, *files))])
    return number


def check(app: AppTest) -> str:
    app.button(key="evidence_check").click().run()
    assert not app.exception
    said = [element.value for kind in (app.success, app.error, app.info) for element in kind]
    return "\n".join(said)


def test_a_valid_signature_is_said_when_somebody_asks_and_the_look_is_recorded(
    screens: Screens, signed: UUID, owner: Database
) -> None:
    app = look(screens, Role.OPERATOR, "violations")
    assert VALID not in words_of(app)
    assert check(app) == VALID
    with owner.as_owner() as tx:
        row = tx.execute(select(AuditRecord).where(AuditRecord.action == "evidence.check")).one()
    assert (row.subject, row.detail) == (f"event {signed}", {"verdict": "valid"})


def test_a_changed_file_is_said_plainly(
    screens: Screens, signed: UUID, owner: Database, media: MediaFolder
) -> None:
    with owner.as_owner() as tx:
        path = tx.execute(select(Evidence.path).where(Evidence.kind == "drawing")).scalar_one()
    media.absolute(path).write_bytes(b"pictures")
    assert "ИЗМЕНЕНО" in check(look(screens, Role.OPERATOR, "violations"))


def test_what_is_not_signed_yet_is_said_and_so_is_a_missing_key(
    screens: Screens, signed: UUID, owner: Database, tmp_path: Path
) -> None:
    with owner.as_owner() as tx:
        tx.execute(Evidence.__table__.delete().where(Evidence.kind == "manifest"))  # type: ignore[attr-defined]
    app = look(screens, Role.OPERATOR, "violations")
    assert "Ещё не подписано" in check(app)
    (tmp_path / "keys" / "evidence.public.pem").unlink()
    check(app)
    assert "нет ключа для доказательств" in words_of(app)


def test_the_drawing_stands_beside_the_case(screens: Screens, signed: UUID) -> None:
    said = words_of(look(screens, Role.OPERATOR, "violations"))
    assert "Чертёж того, что измерено" in said
    assert "Опись" in said


def test_masking_is_asked_for_once_and_then_waited_for(
    screens: Screens, signed: UUID, owner: Database
) -> None:
    app = look(screens, Role.OPERATOR, "violations")
    app.button(key="evidence_mask").click().run()
    assert "Лица и номера скрываются" in words_of(app)
    assert not [button for button in app.button if button.key == "evidence_mask"]
    with owner.as_owner() as tx:
        assert tx.execute(select(MaskRequest.event_id)).scalar_one() == signed
        tx.execute(
            update(MaskRequest).values(
                done_at=AT, trouble="The evidence of this event was deleted."
            )
        )
    app.run()
    assert "Доказательство этого события удалено" in words_of(app)
    assert [button for button in app.button if button.key == "evidence_mask"]
