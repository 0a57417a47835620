"""The key pair that signs the manifests of evidence: Ed25519, one pair an installation.

The private key lies in ``<home>/keys/evidence.key`` (PKCS#8 PEM, 0600), the public one beside
it in ``evidence.public.pem``. They are made once; a damaged key is said and never replaced, for
what was signed with it would look foreign from then on.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from data_access.domain.words import N_
from data_access.errors import EvidenceKeyError
from data_access.home import unusable
from data_access.keys import keys_folder

PRIVATE, PUBLIC = "evidence.key", "evidence.public.pem"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What proves a signature; may be shown to anybody."""

    key: Ed25519PublicKey

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the 32 bytes of the key, in hexadecimal: how manifests name it."""
        return hashlib.sha256(self.key.public_bytes_raw()).hexdigest()

    @property
    def pem(self) -> bytes:
        """The key as a PEM file, as every tool reads it."""
        return self.key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def proves(self, signature: bytes, content: bytes) -> bool:
        """Whether ``signature`` is this key's over ``content``."""
        try:
            self.key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """What signs; it never leaves the installation."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """The other half."""
        return PublicKey(self.key.public_key())

    def sign(self, content: bytes) -> bytes:
        """The signature over ``content``, 64 bytes; the same each time."""
        return self.key.sign(content)


def signing_key(home: Path) -> SigningKey:
    """The installation's key, made at the first call.

    Raises ``HomeError`` where the folder cannot be used, ``EvidenceKeyError`` where the file is
    no such key.
    """
    path = keys_folder(home) / PRIVATE
    try:
        if not path.exists():
            _make(path)
        path.chmod(0o600)
        key = _private(path)
        public = path.with_name(PUBLIC)
        if not public.exists():
            public.write_bytes(key.public.pem)
    except OSError as error:
        raise unusable(path, error) from error
    return key


def public_key(home: Path) -> PublicKey:
    """The installation's public key; raises ``EvidenceKeyError`` where there is none yet."""
    path = home / "keys" / PUBLIC
    if not path.exists():
        raise EvidenceKeyError(
            N_(
                "This installation has no key for evidence yet (there is no {path}). Name the "
                "public key with --key FILE, or let the worker start once."
            ),
            path=path,
        )
    return read_public_key(path)


def read_public_key(path: Path) -> PublicKey:
    """The public key in a PEM file; raises ``EvidenceKeyError`` where it is none."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise EvidenceKeyError(
            N_("The key {path} cannot be read ({reason})."),
            path=path,
            reason=error.strerror or error,
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(path)
    return PublicKey(key)


def _private(path: Path) -> SigningKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _damaged(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _damaged(path)
    return SigningKey(key)


def _make(path: Path) -> None:
    """Write a new key whole or not at all; of two that try at once, the first one stays."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return


def _no_key(path: Path) -> EvidenceKeyError:
    return EvidenceKeyError(
        N_(
            "{path} is no public key for evidence (Ed25519, PEM). Export it with “./qala "
            "evidence key FILE”."
        ),
        path=path,
    )


def _damaged(path: Path) -> EvidenceKeyError:
    return EvidenceKeyError(
        N_(
            "The key of evidence {path} is damaged: evidence stays unsigned. Put it back from a "
            "backup; if there is none, move it away, and a new key is made."
        ),
        path=path,
    )
