"""Words that stand on screens: the mark for the catalogues, and names in three languages."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language of the screens; Russian is the first one."""

    RUSSIAN = "ru"
    KAZAKH = "kk"
    ENGLISH = "en"


def N_(text: str) -> str:
    """Mark ``text`` for the catalogues without translating it here."""
    return text


@dataclass(frozen=True, slots=True)
class Names:
    """The name of a thing in three languages, as the city's own people call it."""

    ru: str
    kk: str
    en: str

    def in_language(self, language: Language) -> str:
        """The name in ``language``."""
        return {Language.RUSSIAN: self.ru, Language.KAZAKH: self.kk}.get(language, self.en)
