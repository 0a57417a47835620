"""Feed addresses without their secrets: the only form that is logged, stored or shown.

Cameras are given addresses that no standard allows: passwords with ``@``, ``/``, ``#`` and
spaces, names and passwords in the path (``/user=admin_password=…``). When in doubt more is
removed, never less.
"""

import re
from urllib.parse import unquote

HIDDEN = "***"

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_URL_IN_TEXT = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s'\"<>]+")
_HOST = re.compile(r"\[[0-9A-Fa-f:.%]{2,60}\](?::\d{1,5})?|[\w.\-]{1,253}(?::\d{1,5})?")
_NAMED_SECRET = re.compile(
    r"(?i)((?:user|login|name|account|pass|pwd|psw|pw|pin|token|key|secret|auth|sig|session|sid|cred)"
    r"\w*?[=:]).*"
)
_HARMLESS_NAMES = frozenset(
    {
        "channel",
        "subtype",
        "stream",
        "profile",
        "proto",
        "transport",
        "resolution",
        "fps",
        "seed",
        "listen",
        "every_s",
        "follow",
        "mode",
    }
)
_SECRET_NAME = re.compile(
    r"(?i)user(name)?|login|name|account|pass(word|wd)?|pwd|psw|pw|pin|(access_?)?token|(api_?)?key"
    r"|secret|auth|sig(nature)?|session|sid|cred(entials)?"
)
_HARMLESS_VALUE = re.compile(r"[a-z0-9]{1,12}")


def without_secrets(feed_url: str) -> str:
    """``feed_url`` without name, password and the values of its query; a plain path stays.

    Everything up to the last ``@`` goes, wherever it stands.
    """
    found = _URL.match(feed_url)
    if found is None:
        return feed_url
    scheme, rest = found.group(), feed_url[found.end() :]
    visible = _after_credentials(rest)
    address, _, query = visible.partition("#")[0].partition("?")
    host, slash, path = address.partition("/")
    if not _HOST.fullmatch(host):
        host = HIDDEN
    return f"{scheme}{host}{slash}{_path(path)}{_query(query)}"


def redact(text: str) -> str:
    """``text`` with each address in it stripped of its secrets."""
    return _URL_IN_TEXT.sub(lambda found: without_secrets(found.group()), text)


def _after_credentials(rest: str) -> str:
    rest = rest.rpartition("@")[2]
    end = re.search("[/?#]", rest)
    authority = rest[: end.start()] if end else rest
    return authority.rpartition("%40")[2] + rest[len(authority) :]


def _path(path: str) -> str:
    """A path with what follows the first name of a secret in it hidden, encoded or not."""
    if _NAMED_SECRET.search(unquote(path)) is None:
        return path
    hidden = _NAMED_SECRET.sub(rf"\1{HIDDEN}", path)
    return hidden if hidden != path else HIDDEN


def _query(query: str) -> str:
    if not query:
        return ""
    return "?" + "&".join(_pair(pair) for pair in re.split("[&;]", query))


def _pair(pair: str) -> str:
    """One setting; an unknown name is hidden too: it may be the rest of a password with ``&``."""
    name, equals, value = pair.partition("=")
    if not equals:
        return HIDDEN
    if name.lower() in _HARMLESS_NAMES and _HARMLESS_VALUE.fullmatch(value):
        return pair
    known = name.lower() in _HARMLESS_NAMES or _SECRET_NAME.fullmatch(name)
    return f"{name}={HIDDEN}" if known else HIDDEN
