"""Small pieces of HTML that several parts of the screens share; every text is escaped."""

from html import escape


def heading(words: str, count: str = "") -> str:
    """The heading of a part, with a count behind it where one is given."""
    counted = f"<b>{escape(count)}</b>" if count else ""
    return f'<h2 class="q-head">{escape(words)}{counted}</h2>'


def quiet(*lines: str) -> str:
    """A paragraph of less weight: what is missing, or what stands behind a figure."""
    return f'<p class="q-rest">{"<br>".join(escape(line) for line in lines)}</p>'
