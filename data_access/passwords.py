"""Password hashes: Argon2id, with the parameters of RFC 9106 for little memory."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
"""Characters of a password that a person chooses (NIST SP 800-63B asks for 8 at least)."""

LONGEST = 1000
"""More is no password but an attempt to keep the hash busy."""

_HASHER = PasswordHasher()

# What a login that nobody has is compared with, so that a wrong login takes as long as a wrong
# password. Made once a process, with the parameters of every other hash.
_NOBODYS: list[str] = []


def hashed(password: str) -> str:
    """The hash to keep."""
    return _HASHER.hash(_bytes(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether ``password`` is the one of ``kept``; as slow for None (no such login)."""
    try:
        return _HASHER.verify(kept or _nobodys(), _bytes(password[:LONGEST])) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether ``kept`` was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def random_password() -> str:
    """A password to hand over once: 96 bits, 16 characters."""
    return secrets.token_urlsafe(12)


def _bytes(password: str) -> bytes:
    """What a browser sends may hold halves of characters: they are wrong, and no error."""
    return password.encode("utf-8", "surrogatepass")


def _nobodys() -> str:
    if not _NOBODYS:
        _NOBODYS.append(hashed(secrets.token_urlsafe()))
    return _NOBODYS[0]
