"""Detectors that cameras ask for by name beside the usual one."""

import logging
from collections.abc import Callable, Iterator, Mapping

from data_access.domain.words import N_
from detection_worker.detection.detections import Detector
from detection_worker.errors import DetectorError

OTHER_DETECTOR_FAILS = N_(
    "A camera asks for a detector that cannot work here: the usual one looks in its place. "
    "See the worker's log."
)

_log = logging.getLogger(__name__)


class NamedDetectors(Mapping[str, Detector]):
    """Each is opened when a camera first asks for it; one that cannot work is left out.

    ``open_named`` raises ``DetectorError`` for a detector that cannot work.
    """

    def __init__(self, open_named: Callable[[str], Detector]) -> None:
        self._open_named = open_named
        self._opened: dict[str, Detector | None] = {}

    @property
    def trouble(self) -> str:
        """A sentence once a detector could not be opened; else empty."""
        return OTHER_DETECTOR_FAILS if None in self._opened.values() else ""

    def use(self, name: str, detector: Detector) -> None:
        """Use a detector that is open already for cameras that ask for ``name``."""
        self._opened[name] = detector

    def __getitem__(self, name: str) -> Detector:
        if name and name not in self._opened:
            self._opened[name] = self._open(name)
        detector = self._opened.get(name)
        if detector is None:
            raise KeyError(name)
        return detector

    def __iter__(self) -> Iterator[str]:
        return (name for name, detector in tuple(self._opened.items()) if detector is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _open(self, name: str) -> Detector | None:
        try:
            return self._open_named(name)
        except DetectorError as error:
            _log.error("the detector %s: %s", name, error)
            return None
