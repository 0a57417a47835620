"""The exceptions of the demonstration, below the root of the data layer.

::

    DataAccessError
    └── DemoError
        ├── UnknownCity      there is no profile of that name
        ├── CityIsThere      the database has a city already
        ├── NoPlaceForFeeds  there is no site to put a camera at
        └── NoSuchRecording  a recording that was given is not there
"""

from data_access.errors import DataAccessError


class DemoError(DataAccessError):
    """The demonstration cannot do what was asked."""


class UnknownCity(DemoError):
    """There is no profile of that name."""


class CityIsThere(DemoError):
    """The database has a city already; nothing was written."""


class NoPlaceForFeeds(DemoError):
    """There is no site that a camera could be put at."""


class NoSuchRecording(DemoError):
    """A recording that was given is not there."""
