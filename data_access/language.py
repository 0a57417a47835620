"""The catalogues: texts of the screens and of explanations in a reader's language.

Source texts are English sentences; ``locales/<language>/LC_MESSAGES/qala.po`` holds them all.
Read with Babel, so that no compiled file has to be kept beside its source.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from data_access.domain.words import Language

LOCALES = Path(__file__).resolve().parent.parent / "locales"

Translate = Callable[[str], str]


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All texts of one language by their English source."""
    with (LOCALES / language / "LC_MESSAGES" / "qala.po").open("rb") as file:
        messages = read_po(file, locale=str(language))
    return {str(message.id): str(message.string) for message in messages if message.id}


def translator(language: Language) -> Translate:
    """A function that gives a text in ``language``, or the English text where it is missing."""
    texts = catalogue(language)
    return lambda text: texts.get(text) or text
