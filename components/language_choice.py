"""The languages of the screens, in their own words."""

from data_access.domain.words import Language

LANGUAGE_NAMES: dict[Language, str] = {
    Language.KAZAKH: "Қазақша",
    Language.RUSSIAN: "Русский",
    Language.ENGLISH: "English",
}
"""Never translated: each reader finds their own."""

LANGUAGE_SHORT: dict[Language, str] = {
    Language.KAZAKH: "ҚАЗ",
    Language.RUSSIAN: "РУС",
    Language.ENGLISH: "ENG",
}


def language_of_browser(locale: str | None) -> Language:
    """The language of a browser's locale (``kk-KZ``); Russian where it is none of ours."""
    code = (locale or "").split("-")[0].lower()
    return Language(code) if code in set(Language) else Language.RUSSIAN
