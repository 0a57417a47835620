"""What can go wrong in the worker; every kind says what happened, to what, and what to do.

::

    WorkerError
    ├── DetectorError        no detector of that name, or it cannot work on this machine
    │   └── ModelError       a model file is missing, damaged or of an unknown kind
    │       └── UnknownHead  it runs, but what it gives is no YOLO or YOLOX output
    ├── CalibrationError     point pairs that make no ground plane
    ├── RuleError            a zone names an unknown rule, or gives it impossible params
    ├── PlateImageError      a photograph in which no plate can be looked for
    └── FeedError            feeds/source.py: a feed gives no pictures
        ├── FeedMissing      there is nothing at its address
        ├── FeedUnreachable  nobody answers, or the connection broke
        ├── FeedRefused      the name or the password is not accepted
        ├── FeedSilent       connected, and no picture comes
        ├── FeedUnreadable   what comes is no video
        └── FeedUnsupported  an address of a kind that no feed opens

Packages with errors of their own derive them from ``WorkerError`` and draw them in their docstring.
"""


class WorkerError(Exception):
    """Something failed in the worker; ``str()`` is a sentence for the person who runs it."""


class DetectorError(WorkerError):
    """No detector of that name, or it cannot work on this machine."""


class ModelError(DetectorError):
    """A model file is missing, damaged or of an unknown kind."""


class UnknownHead(ModelError):
    """A model runs, but what it gives is no YOLO or YOLOX output."""


class CalibrationError(WorkerError):
    """Point pairs that make no ground plane."""


class RuleError(WorkerError):
    """A zone names an unknown rule, or gives it impossible params."""


class PlateImageError(WorkerError):
    """A photograph in which no plate can be looked for."""
