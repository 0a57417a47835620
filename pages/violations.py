"""Which violations there are, what was decided about them, and the evidence of each."""

from components.formats import local
from components.plain_trouble import said_plainly
from components.plate_search import current_search
from components.review_desk import put_shown, show_review_keys
from components.side_by_side import side_by_side
from components.trend_reading import read_districts
from components.violation_choices import put_address, show_filters
from components.violation_desk import show_active_filters, show_case, show_files, show_pages
from components.violation_figures import show_counts
from components.violation_reading import first_key, read_page, read_places
from components.visit import enter

visit = enter("violations")
today = local(visit.now()).date()

with said_plainly(visit):
    filters = show_filters(visit, read_districts(visit.database, visit.scope), today)
    search = current_search()
    places = read_places(visit, filters.place)
    selection = filters.selection(today, places, search.plate if search else "")
    show_active_filters(visit, filters, places, search)

    page = read_page(visit, selection, filters)
    put_shown(page.rows)
    put_address(filters)
    show_counts(visit, selection, first_key(page, filters))
    table, beside = side_by_side("violations", (23, 17))
    with table:
        show_pages(visit, page, selection, filters)
        show_files(visit, selection, filters, search)
    with beside:
        row = show_case(visit)
    show_review_keys(visit, row)
