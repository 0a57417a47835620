"""Evidence in words: the kinds of its files, what a check finds, and how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from data_access.domain.events import EVENT_KINDS, TRANSITIONS, Response
from data_access.domain.words import N_


class EvidenceKind(StrEnum):
    """What a file of evidence is; the masked ones are second files beside untouched originals."""

    SNAPSHOT = "snapshot"
    CLIP = "clip"
    BEFORE = "before"  # the picture before a line was crossed
    BEHIND = "behind"  # and the one behind it
    PLATE = "plate"
    SHEET = "sheet"  # what was measured over two cameras, as a page to print
    DRAWING = "drawing"
    READINGS = "readings"
    MANIFEST = "manifest"
    MASKED_SNAPSHOT = "masked_snapshot"
    MASKED_CLIP = "masked_clip"
    MASKED_BEFORE = "masked_before"
    MASKED_BEHIND = "masked_behind"
    MASKED_MANIFEST = "masked_manifest"


MANIFEST_OF: dict[EvidenceKind, EvidenceKind] = {
    kind: EvidenceKind.MASKED_MANIFEST if kind.startswith("masked_") else EvidenceKind.MANIFEST
    for kind in EvidenceKind
}
"""Which manifest names a file of a kind: originals and masked files have one each."""

MANIFESTS = frozenset(MANIFEST_OF.values())

SUFFIXES: dict[str, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "video/mp4": ".mp4",
    "application/json": ".json",
}
"""How a file's name ends, by its type."""


class Verdict(StrEnum):
    """What a check of one event's evidence says."""

    VALID = "valid"
    INCOMPLETE = "incomplete"  # signed, with something said to be missing
    CHANGED = "changed"
    UNSIGNED = "unsigned"
    OTHER_KEY = "other_key"


VERDICT_SENTENCES: dict[Verdict, str] = {
    Verdict.VALID: N_("The signature is valid: nothing was changed since it was signed."),
    Verdict.INCOMPLETE: N_(
        "The signature is valid: nothing was changed. Some files were never recorded."
    ),
    Verdict.CHANGED: N_("The evidence was CHANGED after it was signed. Tell the administrator."),
    Verdict.UNSIGNED: N_("Not signed yet: it is signed when the last file is there."),
    Verdict.OTHER_KEY: N_(
        "Signed with another installation's key. The administrator verifies it with that key."
    ),
}

KEPT_DAYS = 90
"""Days that evidence is kept unless a setting says otherwise (issue; FACTS.md: the archive of
video is kept for at least 90 days)."""

LONGEST_DAYS = 36_500

OPEN_STATES: dict[Response, frozenset[str]] = {
    response: frozenset(state for state, next_states in ways.items() if next_states)
    for response, ways in TRANSITIONS.items()
}
"""A matter is open while its state can still change: its evidence is never deleted."""


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days evidence is kept: by kind, else by response, else ``days``."""

    days: int = KEPT_DAYS
    responses: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)

    def days_of(self, kind: str) -> int:
        """The days for events of ``kind``."""
        own = self.kinds.get(kind)
        known = EVENT_KINDS.get(kind)
        by_response = self.responses.get(known.response) if known else None
        return own or by_response or self.days

    def as_value(self) -> dict[str, Any]:
        """What the settings row holds."""
        return {"days": self.days, "responses": dict(self.responses), "kinds": dict(self.kinds)}


def retention_of(value: object) -> Retention:
    """The retention that a settings row holds.

    What is not understood counts as the usual days: nothing is deleted early because of a row
    that was damaged.
    """
    if not isinstance(value, Mapping):
        return Retention()
    responses, kinds = value.get("responses"), value.get("kinds")
    return Retention(
        _days(value.get("days")) or KEPT_DAYS,
        _table(responses, {str(response) for response in Response}),
        _table(kinds, set(EVENT_KINDS)),
    )


def _table(given: object, known: set[str]) -> dict[str, int]:
    if not isinstance(given, Mapping):
        return {}
    return {str(name): days for name, of in given.items() if name in known and (days := _days(of))}


def _days(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 1 <= value <= LONGEST_DAYS else None  # type: ignore[operator,return-value]
