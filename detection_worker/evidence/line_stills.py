"""The two stills of a crossed line: its vehicle before the line and behind it.

A rule names the two moments in its facts; the pictures are the kept frames as they stand, so
that what is signed is what the camera gave. Lines and numbers stand on the drawing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data_access.domain.evidence import EvidenceKind
from detection_worker.evidence.kept_frames import KeptFrame
from detection_worker.evidence.open_clips import CameraRoll

MOMENTS: dict[EvidenceKind, str] = {
    EvidenceKind.BEFORE: "before_at",
    EvidenceKind.BEHIND: "behind_at",
}
"""Under which name the facts of an event have the moment of a still."""

NEAREST_S = 0.25
"""How far the kept picture may be from its moment: the analysed stream and the one that is kept
have clocks of their own, and at 5 fps the next frame is at most a tenth of a second away."""


def moments(facts: Mapping[str, Any]) -> dict[EvidenceKind, datetime]:
    """When each still must have been taken; empty for events that have none."""
    return {kind: at for kind, name in MOMENTS.items() if (at := _moment(facts.get(name)))}


def cut(facts: Mapping[str, Any], roll: CameraRoll | None) -> dict[EvidenceKind, KeptFrame | None]:
    """The kept picture of each moment; None where it is no longer there."""
    return {
        kind: roll.nearest(at, NEAREST_S) if roll is not None else None
        for kind, at in moments(facts).items()
    }


def _moment(written: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None
