"""Pictures of plates, kept in the media folder."""

import logging
from collections.abc import Callable

import cv2

from data_access.domain.plates import PlateCrop
from data_access.errors import MediaError
from data_access.media import MediaFolder
from detection_worker.frames import Image

QUALITY = 92
"""JPEG quality, as of the other evidence."""

KeepCrop = Callable[[Image], PlateCrop | None]

_log = logging.getLogger(__name__)


def crops_in(media: MediaFolder, has_room: Callable[[], bool] = lambda: True) -> KeepCrop:
    """What keeps a picture in ``media``; none where there is no room, and the read goes on."""

    def keep(image: Image) -> PlateCrop | None:
        if not has_room() or not image.size:
            return None
        content = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))[1].tobytes()
        try:
            kept = media.keep(content, ".jpg")
        except MediaError as error:
            _log.error("a plate has no picture: %s", error)
            return None
        return PlateCrop(kept.path, kept.sha256, kept.size_bytes)

    return keep
