"""The exceptions of the data layer.

::

    DataAccessError
    ├── DatabaseError
    │   ├── DatabaseUnreachable     nobody answers, or the connection broke
    │   ├── DatabaseRefused         wrong password, no such database or role, too old
    │   ├── DatabaseNotMigrated     tables are missing or older than this program
    │   ├── DatabaseFull            no room on the server's disk
    │   ├── NotPermitted            the role or the scope may not do this
    │   ├── RowRefused              a constraint says no
    │   │   └── AlreadyThere        a row with that key exists
    │   └── TooSlow                 the statement took longer than a viewer waits
    ├── EmbeddedServerError         the PostgreSQL in QALA_HOME does not start or stop
    ├── HomeError                   QALA_HOME cannot be read or written
    ├── MediaError                  a file of evidence cannot be kept or found
    ├── EvidenceKeyError            a key for evidence is missing or damaged
    ├── ManifestDamaged             a manifest is not as it was written
    ├── InvalidZone                 a zone's points make no usable shape
    ├── InvalidAccount              a login, a role or a password that cannot be
    └── SignInRefused               who signs in is not let in

Each carries an English sentence for people: what happened, to what, what to do now.
``in_words`` says the same in a reader's language.
"""

from datetime import datetime

from data_access.domain.local_time import LOCAL_ZONE
from data_access.language import Translate


class DataAccessError(Exception):
    """The root: ``text`` is a source text of the catalogues, ``values`` fill its places."""

    def __init__(self, text: str, **values: object) -> None:
        self.text = text
        self.values = values
        super().__init__(text.format(**values))

    def in_words(self, translate: Translate) -> str:
        """The sentence in the language of ``translate``."""
        return translate(self.text).format(**self.values)


class DatabaseError(DataAccessError):
    """PostgreSQL did not do what was asked."""


class DatabaseUnreachable(DatabaseError):
    """Nobody answers at the address, or the connection broke."""


class DatabaseRefused(DatabaseError):
    """The server answers and does not let us in, or is not one we can use."""


class DatabaseNotMigrated(DatabaseError):
    """Tables are missing or are not those of this program."""


class DatabaseFull(DatabaseError):
    """The disk of the server is full."""


class NotPermitted(DatabaseError):
    """The role may not do this, or the row is outside the scope."""


class RowRefused(DatabaseError):
    """A constraint of the database refuses a row."""


class AlreadyThere(RowRefused):
    """A row with the same key is there already."""


class TooSlow(DatabaseError):
    """The statement was stopped because it took too long."""


class EmbeddedServerError(DataAccessError):
    """The embedded PostgreSQL does not start or stop."""


class HomeError(DataAccessError):
    """The folder of the installation cannot be read or written."""


class MediaError(DataAccessError):
    """A file in the media folder cannot be written, or is not there."""


class EvidenceKeyError(DataAccessError):
    """The key that signs or proves evidence is missing or damaged."""


class ManifestDamaged(DataAccessError):
    """A manifest of evidence cannot be read as one."""


class InvalidZone(DataAccessError):
    """The points of a zone make no usable shape."""


class InvalidAccount(DataAccessError):
    """A login, a role, a scope or a password that cannot be accepted."""


class SignInRefused(DataAccessError):
    """Somebody is not let in.

    ``reason`` is ``wrong`` (login or password), ``locked`` (``until``: when it opens again),
    ``disabled`` or ``over`` (the session). The sentence has the time of day in Kazakhstan.
    """

    def __init__(self, reason: str, text: str, until: datetime | None = None) -> None:
        time = f"{until.astimezone(LOCAL_ZONE):%H:%M}" if until else ""
        super().__init__(text, time=time)
        self.reason = reason
        self.until = until
