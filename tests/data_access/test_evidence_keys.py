"""The key pair of evidence: made once, kept to its owner, never replaced."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from data_access.errors import EvidenceKeyError
from data_access.evidence_keys import PRIVATE, PUBLIC, public_key, read_public_key, signing_key


def test_a_key_is_made_once_and_its_owner_alone_may_read_it(tmp_path: Path) -> None:
    first, again = signing_key(tmp_path), signing_key(tmp_path)
    assert first.public.fingerprint == again.public.fingerprint
    assert stat.S_IMODE((tmp_path / "keys" / PRIVATE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_of_many_that_make_it_at_once_all_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(signing_key, [tmp_path] * 16))
    assert len({key.public.fingerprint for key in keys}) == 1


def test_what_one_key_signs_no_other_proves(tmp_path: Path) -> None:
    ours, other = signing_key(tmp_path / "ours"), signing_key(tmp_path / "other")
    signature = ours.sign(b"evidence")
    assert ours.public.proves(signature, b"evidence")
    assert not ours.public.proves(signature, b"evidencE")
    assert not other.public.proves(signature, b"evidence")


def test_the_public_key_is_read_back_from_its_file(tmp_path: Path) -> None:
    key = signing_key(tmp_path).public
    assert read_public_key(tmp_path / "keys" / PUBLIC).fingerprint == key.fingerprint
    assert public_key(tmp_path).fingerprint == key.fingerprint


def test_an_installation_without_a_key_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EvidenceKeyError, match="--key FILE"):
        public_key(tmp_path)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff" * 100])
def test_a_damaged_key_is_said_and_never_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / PRIVATE).write_bytes(content)
    with pytest.raises(EvidenceKeyError, match="is damaged: evidence stays unsigned"):
        signing_key(tmp_path)
    assert (tmp_path / "keys" / PRIVATE).read_bytes() == content
    (tmp_path / "public").write_bytes(content)
    with pytest.raises(EvidenceKeyError, match="no public key for evidence"):
        read_public_key(tmp_path / "public")


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    key = generate_private_key(65537, 2048)
    pem = serialization.Encoding.PEM
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / PRIVATE).write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (tmp_path / "public").write_bytes(
        key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    with pytest.raises(EvidenceKeyError, match="damaged"):
        signing_key(tmp_path)
    with pytest.raises(EvidenceKeyError, match="no public key"):
        read_public_key(tmp_path / "public")
    with pytest.raises(EvidenceKeyError, match="cannot be read"):
        read_public_key(tmp_path / "none")
