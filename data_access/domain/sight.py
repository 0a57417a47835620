"""What is wrong with a camera's picture, although pictures come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from data_access.domain.words import N_


class Sight(StrEnum):
    """How well a camera sees; a camera without pictures is a matter of ``FeedState``."""

    CLEAR = "clear"
    FROZEN = "frozen"
    DARK = "dark"
    GLARE = "glare"
    OUT_OF_FOCUS = "out_of_focus"
    FOG = "fog"
    COVERED = "covered"
    SHIFTED = "shifted"


SIGHT_NAMES: dict[Sight, str] = {
    Sight.CLEAR: N_("Sees well"),
    Sight.FROZEN: N_("Picture frozen"),
    Sight.DARK: N_("Too dark by day"),
    Sight.GLARE: N_("Dazzled"),
    Sight.OUT_OF_FOCUS: N_("Out of focus"),
    Sight.FOG: N_("Fog or a dirty lens"),
    Sight.COVERED: N_("Covered"),
    Sight.SHIFTED: N_("View shifted"),
}

SIGHT_REASONS: dict[Sight, tuple[str, ...]] = {
    Sight.FROZEN: (N_("The same picture, to the last dot, for {still_s} s. Restart the camera."),),
    Sight.DARK: (N_("Brightness {light_percent} % in daylight. Check iris, exposure and lens."),),
    Sight.GLARE: (N_("{bright_percent} % of the picture is washed out. Shade it or turn it."),),
    Sight.OUT_OF_FOCUS: (
        N_("Fine detail is {sharp_percent} % of what it was. Focus it, or wipe the lens."),
    ),
    Sight.FOG: (N_("Contrast is {contrast_percent} % of what it was. Fog, or a dirty lens."),),
    Sight.COVERED: (
        N_("{lost_percent} % of the view cannot be seen. Something is before the lens."),
    ),
    Sight.SHIFTED: (
        N_("The view is turned by {turned_deg}°. Put it back, or draw its zones anew."),
        N_(
            "The view has moved by {shift_px} px {arrow}, {shift_percent} % of its width. Put it "
            "back or draw anew."
        ),
        N_("The view has moved by {shift_percent} % of its width. Put it back or draw anew."),
        N_("It shows another view than before. Put it back, or draw its zones anew."),
    ),
}
"""What was measured and what to do, the most telling first; used when all its numbers are there."""


@dataclass(frozen=True, slots=True)
class CameraSight:
    """How a camera has seen since ``since_at``; ``proof_path`` is a picture in the media folder."""

    camera_id: int
    sight: Sight
    since_at: datetime
    checked_at: datetime
    measured: Mapping[str, Any] = field(default_factory=dict)
    proof_path: str = ""
    proof_sha256: str = ""


def sight_reason(sight: Sight, measured: Mapping[str, Any], text: Callable[[str], str]) -> str:
    """The sentence for what is wrong; empty where nothing is."""
    for template in SIGHT_REASONS.get(sight, ()):
        try:
            return text(template).format(**measured)
        except KeyError:
            continue
    return ""
