"""The stills before and behind a line are cut from the kept frames, and signed with the rest."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data_access.domain.evidence import EvidenceKind
from data_access.evidence_check import check_event
from data_access.evidence_keys import public_key
from data_access.evidence_manifest import opened
from data_access.media import MediaFolder
from detection_worker.event_desk import Change, EventChange
from detection_worker.evidence.case import NOT_KEPT
from detection_worker.evidence.line_stills import moments
from detection_worker.rules.movement import moment
from tests.detection_worker.evidence.test_recorder import (
    FINDING,
    Make,
    Put,
    at,
    change,
    files,
    keep,
    make,
    media,
    outbox,
    rows,
)
from tests.detection_worker.items import NOON, an_event
from tests.detection_worker.pictures import a_frame

__all__ = ["make", "media", "outbox"]


def a_crossing(before: float, behind: float) -> Any:
    facts = {"before_at": moment(at(before)), "behind_at": moment(at(behind))}
    return an_event(kind="red_light", started_at=at(40), facts=facts)


def test_both_stills_are_the_kept_frames_as_they_stand(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    recorder = make()
    kept = [recorder.keep(a_frame(number)) for number in range(50)]
    record = recorder.record(change(Change.OPENED, a_crossing(20, 45)), a_frame(49), ())
    for kind, number in (("before", 20), ("behind", 45)):
        still = files(record)[kind]
        assert still.captured_at == at(number)
        assert media.absolute(still.path).read_bytes() == kept[number].jpeg


def test_they_are_signed_and_a_changed_byte_of_one_is_found(
    make: Make, media: MediaFolder, outbox: Put, tmp_path: Path
) -> None:
    recorder = make()
    keep(recorder, range(50))
    event = a_crossing(20, 45)
    recorder.record(change(Change.OPENED, event), a_frame(49), ())
    closed = replace(event, ended_at=at(49))
    recorder.record(change(Change.CLOSED, closed), a_frame(49), ())
    keep(recorder, range(50, 120))
    record = outbox.wait_for(2)[-1]
    key = public_key(tmp_path / "home")
    assert check_event(rows(record), media, key).verdict == "valid"
    for kind in ("before", "behind"):
        path = media.absolute(files(record)[kind].path)
        whole = path.read_bytes()
        path.write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])
        checked = check_event(rows(record), media, key)
        assert checked.verdict == "changed" and kind in checked.findings[0].sentence
        path.write_bytes(whole)


def test_a_stronger_finding_with_other_moments_has_its_own_stills(make: Make, outbox: Put) -> None:
    recorder = make()
    keep(recorder, range(60))
    event = a_crossing(20, 45)
    recorder.record(change(Change.OPENED, event), a_frame(49), ())
    later = a_crossing(20, 55)
    closed = replace(event, facts=later.facts, ended_at=at(59))
    stronger = replace(FINDING, confidence=0.9)
    recorder.record(EventChange(Change.CLOSED, closed, stronger), a_frame(59), ())
    keep(recorder, range(60, 130))
    record = outbox.wait_for(2)[-1]
    behind = [file.captured_at for file in record.evidence if file.kind == "behind"]
    assert behind == [at(45), at(55)]


def test_the_nearest_kept_frame_counts_where_two_streams_have_clocks_of_their_own(
    make: Make,
) -> None:
    recorder = make()
    keep(recorder, range(50))
    record = recorder.record(change(Change.OPENED, a_crossing(20.4, 44.7)), a_frame(49), ())
    assert files(record)["before"].captured_at == at(20)
    assert files(record)["behind"].captured_at == at(45)


def test_a_still_that_is_no_longer_kept_is_said_in_the_manifest(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    recorder = make()
    keep(recorder, range(50))
    event = a_crossing(-100, 45)
    recorder.record(change(Change.OPENED, event), a_frame(49), ())
    recorder.record(change(Change.CLOSED, replace(event, ended_at=at(49))), a_frame(49), ())
    keep(recorder, range(50, 120))
    record = outbox.wait_for(2)[-1]
    manifest = opened(media.absolute(files(record)["manifest"].path).read_bytes())
    assert manifest.statement["absent"] == [{"kind": "before", "reason": NOT_KEPT}]
    assert "behind" in files(record)


@pytest.mark.parametrize("written", [None, 7, "", "yesterday", "2026-05-04T12:00:00"])
def test_facts_without_moments_have_no_stills(written: object) -> None:
    assert moments({"before_at": written}) == {}
    assert moments({"before_at": moment(NOON)}) == {EvidenceKind.BEFORE: NOON}


def test_an_event_that_crosses_no_line_has_none(make: Make) -> None:
    recorder = make()
    keep(recorder, range(10))
    record = recorder.record(change(Change.OPENED, an_event()), a_frame(9), ())
    assert set(files(record)) == {"snapshot", "drawing"}
