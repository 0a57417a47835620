"""The rows of a city as columns, table by table, in the order in which they refer to each other."""

from collections.abc import Iterator

from data_access.copying import Column
from demo.columns.events import event_tables
from demo.columns.places import place_tables
from demo.columns.sums import sum_tables
from demo.columns.watch import watch_tables
from demo.columns.written import Written
from demo.history import History
from demo.places import City

Table = tuple[str, dict[str, Column]]


def tables(city: City, history: History, written: Written) -> Iterator[Table]:
    """All tables with their columns, made one after the other as they are asked for."""
    yield from place_tables(city, written)
    yield from watch_tables(city, history, written)
    yield from event_tables(city, history, written)
    yield from sum_tables(city, history)
