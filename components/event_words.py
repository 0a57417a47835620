"""An event in words: its name, its place, since when, and why it was found."""

from datetime import datetime
from html import escape

from components.formats import ago, elapsed, moment
from data_access.domain.events import EVENT_KINDS
from data_access.domain.explanations import explain
from data_access.domain.words import Language
from data_access.language import Translate
from data_access.situation import Happening


def kind_name(kind: str, _: Translate) -> str:
    """The name of a kind of event; a kind that nobody described is said as it is."""
    return _(EVENT_KINDS[kind].name) if kind in EVENT_KINDS else kind


def place_words(event: Happening, language: Language) -> str:
    """Where it is: the site, or else the district."""
    return (event.site or event.district).in_language(language)


def title(event: Happening, language: Language, _: Translate) -> str:
    """What and where."""
    return f"{kind_name(event.kind, _)} · {place_words(event, language)}"


def since(at: datetime, now: datetime, language: Language, _: Translate) -> str:
    """How long ago, with the exact time on hover, as HTML."""
    exact = escape(moment(at, language), quote=True)
    return f'<time title="{exact}">{escape(ago(at, now, _))}</time>'


def waits(at: datetime, now: datetime, language: Language) -> str:
    """How long somebody has been waiting, as a clock, with the exact time on hover."""
    exact = escape(moment(at, language), quote=True)
    return f'<time title="{exact}">{elapsed((now - at).total_seconds())}</time>'


def why(event: Happening, _: Translate) -> str:
    """The sentence that explains it."""
    return explain(event.kind, event.facts, _)
