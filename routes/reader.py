"""The language in which to answer somebody: chosen before, else what the browser prefers."""

from starlette.requests import HTTPConnection

from data_access.domain.words import Language
from data_access.language import Translate, translator


def language_of(code: str | None) -> Language | None:
    """The language of a code, if it is one of ours."""
    return Language(code) if code in set(Language) else None


def reader_language(connection: HTTPConnection) -> Language:
    """The language of whoever asks, signed in or not."""
    return (
        language_of(connection.query_params.get("language"))
        or language_of(connection.cookies.get("qala_language"))
        or preferred_language(connection.headers.get("accept-language", ""))
    )


def preferred_language(accepted: str) -> Language:
    """The first of our languages in ``Accept-Language``, in its order; else Russian."""
    codes = (part.split(";")[0].strip().split("-")[0].lower() for part in accepted.split(","))
    known = (language_of(code) for code in codes)
    return next((language for language in known if language), Language.RUSSIAN)


def words_for(connection: HTTPConnection) -> Translate:
    """The function ``_`` for whoever asks."""
    return translator(reader_language(connection))
