"""Is it better than before, where is it bad, and what stands behind the figures."""

from datetime import timedelta

import streamlit as st

from components.before_after_view import show_comparison
from components.chart_style import chart_style
from components.formats import local
from components.plain_trouble import said_plainly
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
    show_no_sums,
)
from components.trend_view import compared_period
from components.visit import enter

visit = enter("trends")
now = visit.now()
today = local(now).date()
style = chart_style(visit.theme, visit.language, visit.text)

with said_plainly(visit):
    districts = read_districts(visit.database, visit.scope)
    view = show_trend_filters(visit, districts, today - timedelta(days=1))
    period = view.period(today - timedelta(days=1))
    against = compared_period(period, view.compared)
    question = TrendQuestion(period, against, view.selection(), view.rate, today)
    answers = read_trends(visit.database, visit.scope, question)
    if answers is None:
        show_no_sums(style)
        st.stop()
    picture = build_picture(question, answers)

    show_headline(picture, narrowed_words(visit, view, districts), style)
    show_by_day(picture, style, now)
    left, right = side_by_side("trends_what")
    with left:
        show_by_kind(picture, style)
        show_by_district(picture, style)
    with right:
        show_hot_spots(picture, style)
        show_by_hour(picture, style)
    show_traffic(picture, style)
    show_comparison(read_comparison(visit.database, visit.scope, today), style)
