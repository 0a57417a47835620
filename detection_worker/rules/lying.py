"""What the rules about things that lie have in common: where, how large, since when."""

from datetime import datetime
from typing import Protocol

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Zone
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Mark, Scene, Still


def seconds(scene: Scene, since_at: datetime) -> float:
    """Seconds from ``since_at`` to the scene, at least 0."""
    return max(0.0, (scene.at - since_at).total_seconds())


def alone_s(scene: Scene, still: Still) -> float:
    """Seconds for which it was seen that nobody who may have brought it is near."""
    return max(0.0, seconds(scene, still.alone_since_at) - still.unwatched_s)


class Patience(Protocol):
    """The settings of how long a thing must be alone."""

    @property
    def alone_s(self) -> float:
        """Where somebody was seen to bring it."""
        ...

    @property
    def unseen_s(self) -> float:
        """Where nobody was."""
        ...

    @property
    def upright_s(self) -> float:
        """What has the outline of somebody who stands."""
        ...


def least_alone_s(still: Still, params: Patience) -> float:
    """How long it must be alone: longer if nobody brought it, or if it may be somebody."""
    usual_s = params.alone_s if still.carrier else params.unseen_s
    return max(usual_s, params.upright_s) if still.upright else usual_s


def lies_in(still: Still, scene: Scene, zone: Zone) -> bool:
    """Whether a thing stands in a zone, by the bottom centre of its box."""
    left, _, right, bottom = still.box_xyxy
    return point_in_polygon(
        ((left + right) / 2, bottom - 0.5), in_pixels(zone.points, scene.frame_wh)
    )


def is_of_size(still: Still, scene: Scene, least: float, most: float) -> bool:
    """Whether a thing's box takes between these parts of the picture."""
    left, top, right, bottom = still.box_xyxy
    share = (right - left) * (bottom - top) / (scene.frame_wh[0] * scene.frame_wh[1])
    return least <= share <= most


def box_mark(still: Still, text: str = "") -> Mark:
    """The outline of a thing."""
    left, top, right, bottom = still.box_xyxy
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Mark(corners, text, closed=True)
