"""Today's figures beside those of the same weekday a week ago."""

from html import escape

import streamlit as st

from components.changes import Amount, change, change_words
from components.formats import number
from components.html_parts import heading, quiet
from components.plain_trouble import said_plainly
from components.situation_reading import read_picture
from components.visit import Visit
from data_access.day_figures import DayFigures
from data_access.domain.events import Response
from data_access.domain.words import N_

FRAGMENT = "situation_today"

NAMES = {
    Response.VIOLATION: N_("Violations"),
    Response.INCIDENT: N_("Incidents"),
    Response.WORK_ORDER: N_("Work orders"),
}
SHOWN = {Response.INCIDENT: (Response.VIOLATION, Response.INCIDENT)}
"""What stands beside a queue of incidents; beside one of work orders, work orders alone."""


def build_today(figures: DayFigures, responses: tuple[Response, ...], visit: Visit) -> str:
    """The figures as HTML: each with its change, what it is compared with, and its base."""
    _ = visit.text
    cells = "".join(_cell(figures, response, visit) for response in responses)
    base = _("Camera-hours today: {today}, by this hour then: {before}").format(
        today=number(figures.hours_today), before=number(figures.hours_before)
    )
    head = heading(_("Today against the same weekday"))
    return f'{head}<div class="q-today">{cells}</div>{quiet(base)}'


def _cell(figures: DayFigures, response: Response, visit: Visit) -> str:
    _, language = visit.text, visit.language
    counts = figures.counts[response]
    now = Amount(counts.today, figures.hours_today)
    before = Amount(counts.before, figures.hours_before)
    changed = change_words(change(now, before, rate=False), language, _)
    lines = [_("by this hour then: {count}").format(count=number(counts.before))]
    rates = now.per_thousand_hours(), before.per_thousand_hours()
    if rates[0] is not None and rates[1] is not None:
        words = _("per 1000 camera-hours: {today}, then {before}")
        pair = (number(rate, 1, language) for rate in rates if rate is not None)
        lines.append(words.format(today=next(pair), before=next(pair)))
    return (
        f"<div><span>{escape(_(NAMES[response]))}</span>"
        f"<b>{number(counts.today)} <i>{escape(changed)}</i></b>"
        + "".join(f"<small>{escape(line)}</small>" for line in lines)
        + "</div>"
    )


@st.fragment(key=FRAGMENT)
def show_today(visit: Visit) -> None:
    """The figures; the pulse of the page renews them."""
    with said_plainly(visit):
        picture = read_picture(visit)
        responses = SHOWN.get(picture.response, (picture.response,))
        st.html(build_today(picture.figures, responses, visit))
