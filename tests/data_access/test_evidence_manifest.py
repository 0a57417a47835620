"""The manifest and the folder that proves itself: whatever changes is found and named."""

import json
import os
import random
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from data_access.domain.evidence import Verdict
from data_access.errors import ManifestDamaged
from data_access.evidence_check import Fault, check_folder
from data_access.evidence_keys import SigningKey, signing_key
from data_access.evidence_manifest import (
    Absent,
    NamedFile,
    make_statement,
    opened,
    sealed,
)

EVENT = UUID(int=7)
AT = datetime(2026, 5, 4, 7, tzinfo=UTC)
FILES = {"snapshot.jpg": b"a picture", "clip.mp4": bytes(range(256)), "readings.json": b"{}\n"}


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return signing_key(tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path, key: SigningKey) -> Path:
    folder = tmp_path / "exported"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "manifest.json").write_bytes(sealed(statement(), key))
    return folder


def statement(absent: tuple[Absent, ...] = ()) -> dict[str, object]:
    import hashlib

    event = {"id": str(EVENT), "kind": "red_light", "camera_code": "К-1"}
    files = [
        NamedFile(
            name, name.split(".")[0], f"ab/{name}", hashlib.sha256(content).hexdigest(),
            len(content), "image/jpeg", AT.isoformat(),
        )
        for name, content in FILES.items()
    ]  # fmt: skip
    return make_statement(event, files, absent, AT)


def test_what_was_signed_is_read_back_and_proved(key: SigningKey) -> None:
    manifest = opened(sealed(statement(), key))
    assert manifest.is_proved_by(key.public)
    assert (manifest.event_id, manifest.is_complete) == (str(EVENT), True)
    assert [file.name for file in manifest.files] == list(FILES)
    assert manifest.fingerprint == key.public.fingerprint
    assert sealed(statement(), key) == sealed(statement(), key)


def test_an_untouched_folder_is_valid_with_the_public_key_alone(
    folder: Path, key: SigningKey
) -> None:
    checked = check_folder(folder, key.public)
    assert (checked.findings, checked.verdict, checked.files) == ((), Verdict.VALID, 4)


def test_each_changed_byte_of_the_manifest_is_found(folder: Path, key: SigningKey) -> None:
    path = folder / "manifest.json"
    whole = path.read_bytes()
    chance = random.Random(3)
    for place in range(len(whole)):
        other = (whole[place] + chance.randrange(1, 256)) % 256
        path.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
        verdict = check_folder(folder, key.public).verdict
        assert verdict in (Verdict.CHANGED, Verdict.OTHER_KEY), place


@pytest.mark.parametrize("name", FILES)
def test_each_changed_byte_of_each_file_is_found_and_the_file_named(
    name: str, folder: Path, key: SigningKey
) -> None:
    whole = FILES[name]
    for place in range(len(whole)):
        (folder / name).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        (finding,) = check_folder(folder, key.public).findings
        assert (finding.fault, finding.path) == (Fault.CHANGED, name)
        assert finding.sentence.startswith(f"{name}: the ")


@pytest.mark.parametrize("change", [lambda b: b + b"\n", lambda b: b[:-1], lambda b: b""])
@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_byte_more_or_less_is_found(
    name: str, change: object, folder: Path, key: SigningKey
) -> None:
    (folder / name).write_bytes(change((folder / name).read_bytes()))  # type: ignore[operator]
    (finding,) = check_folder(folder, key.public).findings
    assert (finding.fault, finding.path) == (Fault.CHANGED, name)


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_file_is_found(name: str, folder: Path, key: SigningKey) -> None:
    (folder / name).unlink()
    (finding,) = check_folder(folder, key.public).findings
    assert (finding.fault, finding.path) == (Fault.MISSING, name)


@pytest.mark.parametrize("name", ["another.jpg", ".hidden", "inner/clip.mp4"])
def test_an_added_file_is_found(name: str, folder: Path, key: SigningKey) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"")
    findings = check_folder(folder, key.public).findings
    assert {finding.fault for finding in findings} == {Fault.ADDED}
    assert name in {finding.path for finding in findings}


def test_files_that_change_places_are_found(folder: Path, key: SigningKey) -> None:
    (folder / "snapshot.jpg").rename(folder / "swap")
    (folder / "clip.mp4").rename(folder / "snapshot.jpg")
    (folder / "swap").rename(folder / "clip.mp4")
    assert len(check_folder(folder, key.public).findings) == 2


def test_a_manifest_that_somebody_else_has_signed_is_no_proof(
    folder: Path, key: SigningKey, tmp_path: Path
) -> None:
    thief = signing_key(tmp_path / "thief")
    (folder / "manifest.json").write_bytes(sealed(statement(), thief))
    checked = check_folder(folder, key.public)
    assert checked.verdict is Verdict.OTHER_KEY
    assert thief.public.fingerprint in checked.findings[0].sentence


def test_a_manifest_that_names_our_key_and_is_signed_by_another_is_forged(
    folder: Path, key: SigningKey, tmp_path: Path
) -> None:
    thief = signing_key(tmp_path / "thief")
    ours = opened((folder / "manifest.json").read_bytes())
    signature = thief.sign(ours.signed).hex().encode()
    forged = b'{"signature":"%b","statement":%b}\n' % (signature, ours.signed)
    (folder / "manifest.json").write_bytes(forged)
    checked = check_folder(folder, key.public)
    assert (checked.findings[0].fault, checked.verdict) == (Fault.FORGED, Verdict.CHANGED)


def test_what_was_never_recorded_is_signed_as_missing(folder: Path, key: SigningKey) -> None:
    absent = (Absent("clip", "The disk was nearly full."),)
    (folder / "manifest.json").write_bytes(sealed(statement(absent), key))
    assert check_folder(folder, key.public).verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"null\n", b"\xff\xfe", b"[" * 100_000,
        b'{"signature":"%b","statement":{}}\n' % (b"0" * 128),
        b'{"signature":"%b","statement":%b}\n' % (b"0" * 128, b'{"a":' * 5000 + b"1" + b"}" * 5000),
    ],
)  # fmt: skip
def test_what_is_no_manifest_is_a_sentence(content: bytes) -> None:
    with pytest.raises(ManifestDamaged, match="manifest is damaged"):
        opened(content)


@pytest.mark.parametrize(
    "change",
    [
        {"absent": None}, {"absent": [{"kind": "clip"}]}, {"absent": ["clip"]}, {"files": [5]},
        {"files": None}, {"event": []}, {"event": {"id": 7}}, {"format": "qala-evidence-9"},
    ],
)  # fmt: skip
def test_a_manifest_that_lacks_what_is_read_of_it_is_damaged_though_it_is_signed(
    change: dict[str, object], key: SigningKey
) -> None:
    with pytest.raises(ManifestDamaged):
        opened(sealed(statement() | change, key))


@pytest.mark.parametrize("name", [7, None, ["snapshot.jpg"]])
def test_a_name_that_is_no_word_is_damage(name: object, key: SigningKey) -> None:
    led = statement()
    led["files"][0]["name"] = name  # type: ignore[index]
    with pytest.raises(ManifestDamaged):
        opened(sealed(led, key))


@pytest.mark.parametrize("name", ["clip.mp4", "manifest.json"])
def test_a_pipe_or_a_device_in_the_place_of_a_file_is_as_if_it_was_missing(
    folder: Path, key: SigningKey, name: str
) -> None:
    (folder / name).unlink()
    os.mkfifo(folder / name)
    assert Fault.MISSING in {found.fault for found in check_folder(folder, key.public).findings}
    (folder / name).unlink()
    (folder / name).symlink_to("/dev/zero")
    assert Fault.MISSING in {found.fault for found in check_folder(folder, key.public).findings}


@pytest.mark.parametrize("name", ["../outside.jpg", "/etc/passwd", "a/b.jpg", "", ".."])
def test_a_manifest_never_leads_out_of_its_folder(name: str, key: SigningKey) -> None:
    led = statement()
    led["files"][0]["name"] = name  # type: ignore[index]
    with pytest.raises(ManifestDamaged):
        opened(sealed(led, key))


def test_numbers_that_json_has_not_are_refused_before_they_are_signed(key: SigningKey) -> None:
    with pytest.raises(ValueError, match="JSON"):
        sealed({"confidence": float("nan")}, key)
    assert json.loads(sealed({"name": "Қала"}, key))["statement"]["name"] == "Қала"
