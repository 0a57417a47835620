"""The sign-in page: one small HTML document of our own, without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from starlette.requests import Request

from data_access.domain.words import Language
from data_access.language import translator
from routes.assets import fingerprint
from routes.program_parts import fetched_soon
from routes.reader import reader_language

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"

OWN_NAMES: dict[Language, str] = {
    Language.KAZAKH: "Қазақша",
    Language.RUSSIAN: "Русский",
    Language.ENGLISH: "English",
}
"""The languages in their own words."""


@dataclass(frozen=True, slots=True)
class SignInPage:
    """What one showing of the page says."""

    language: Language
    theme: str
    wanted: str
    login: str = ""
    refusal: str = ""
    soon: Sequence[str] = ()
    """Addresses that the screen behind this page will need."""

    def html(self, form_key: str) -> str:
        """The document; ``form_key`` is what its form sends back with the answers."""
        _ = translator(self.language)
        return _template().substitute(
            language=self.language,
            theme=escape(self.theme),
            style=fingerprint(STATIC / "sign_in.css"),
            title=escape(_("Sign in")),
            purpose=escape(_("The city's operations centre")),
            login_name=escape(_("Login")),
            password_name=escape(_("Password")),
            submit=escape(_("Sign in")),
            help=escape(_("No account or a forgotten password: ask your administrator.")),
            languages_name=escape(_("Language")),
            languages=self._language_links(),
            refusal=_refusal(self.refusal),
            login=escape(self.login),
            wanted=escape(self.wanted),
            form_key=escape(form_key),
            soon=fetched_soon(self.soon),
            focus_login="" if self.login else "autofocus",
            focus_password="autofocus" if self.login else "",
        )

    def _language_links(self) -> str:
        return "\n".join(self._language_link(language) for language in OWN_NAMES)

    def _language_link(self, language: Language) -> str:
        query = urlencode({"language": str(language), "next": self.wanted})
        mark = ' aria-current="true"' if language is self.language else ""
        return (
            f'<a href="/login?{escape(query)}" lang="{language}" hreflang="{language}"{mark}>'
            f"{OWN_NAMES[language]}</a>"
        )


def page_of(request: Request, wanted: str) -> SignInPage:
    """The page as this browser should see it: chosen before, else what it prefers."""
    theme = "light" if request.cookies.get("qala_theme") == "light" else "dark"
    return SignInPage(reader_language(request), theme, wanted)


def _refusal(sentence: str) -> str:
    if not sentence:
        return ""
    return f'<p class="refusal" role="alert" id="refusal">{escape(sentence)}</p>'


@cache
def _template() -> Template:
    return Template((HERE / "sign_in.html").read_text("utf-8"))
