"""Is it better than before, where is it bad, and what stands behind the figures."""

from datetime import timedelta

import streamlit as st
from babel.dates import get_day_names

from components.before_after_view import show_comparison
from components.chart_style import chart_style
from components.formats import local
from components.side_by_side import side_by_side
from components.trend_filters import narrowed_words, show_trend_filters
from components.trend_places import show_hot_spots, show_traffic
from components.trend_reading import (
    TrendQuestion,
    read_comparison,
    read_districts,
    read_trends,
)
from components.trend_sections import (
    build_picture,
    show_by_day,
    show_by_district,
    show_by_hour,
    show_by_kind,
    show_headline,
)
from components.trend_view import compared_period
from components.visit import enter

visit = enter("trends")
_ = visit.text
now = visit.now()
today = local(now).date()
style = chart_style(visit.theme, visit.language, _)

districts = read_districts(visit.database, visit.scope)
view = show_trend_filters(visit, districts, today - timedelta(days=1))
period = view.period(today - timedelta(days=1))
question = TrendQuestion(
    period, compared_period(period, view.compared), view.selection(), view.rate, today
)
answers = read_trends(visit.database, visit.scope, question)
if answers is None:
    st.info(
        _(
            "Here stand the sums of each day. There are none yet: they begin with the first "
            "event that the worker writes. Connect a camera, or look at Health."
        )
    )
    st.stop()

picture = build_picture(question, answers)
weekdays = [get_day_names("abbreviated", locale=str(visit.language))[number] for number in range(7)]

show_headline(picture, narrowed_words(visit, view, districts), style)
show_by_day(picture, style, now)
left, right = side_by_side("trends_what")
with left:
    show_by_kind(picture, style)
with right:
    show_by_district(picture, style)
left, right = side_by_side("trends_when")
with left:
    show_by_hour(picture, style, weekdays)
with right:
    show_hot_spots(picture, style)
show_traffic(picture, style)
show_comparison(read_comparison(visit.database, visit.scope, today), style)
