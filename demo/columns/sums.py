"""Hourly and daily sums as columns."""

from collections.abc import Iterator

from data_access.copying import Column
from data_access.domain.events import EVENT_KINDS
from demo.columns.places import camera_districts
from demo.history import History
from demo.history.happenings import KINDS
from demo.history.traffic import DIRECTIONS, LABELS, TrafficSums
from demo.places import City
from demo.texts import chosen

Table = tuple[str, dict[str, Column]]

_RESPONSES = [str(EVENT_KINDS[kind].response) for kind in KINDS]


def sum_tables(city: City, history: History) -> Iterator[Table]:
    """All sums."""
    yield "events_hourly", _hourly(history)
    yield "events_daily", _daily(city, history)
    yield "traffic_hourly", {"hour_at": history.traffic_hourly.at, **_traffic(city, history, True)}
    yield "traffic_daily", {"day": history.traffic_daily.at, **_traffic(city, history, False)}
    yield "camera_hours_daily", _camera_hours(city, history)


def _hourly(history: History) -> dict[str, Column]:
    sums = history.hourly
    return {
        "hour_at": sums.hour_at,
        "district_id": sums.district,
        "kind": chosen(KINDS, sums.kind),
        "response": chosen(_RESPONSES, sums.kind),
        "events": sums.events,
    }


def _daily(city: City, history: History) -> dict[str, Column]:
    sums = history.daily
    return {
        "day": sums.day,
        "site_id": sums.site + 1,
        "kind": chosen(KINDS, sums.kind),
        "district_id": city.districts_of(sums.site),
        "response": chosen(_RESPONSES, sums.kind),
        "events": sums.events,
    }


def _traffic(city: City, history: History, by_hour: bool) -> dict[str, Column]:
    sums: TrafficSums = history.traffic_hourly if by_hour else history.traffic_daily
    return {
        "camera_id": sums.camera + 1,
        "label": chosen(list(LABELS), sums.label),
        "direction": chosen(list(DIRECTIONS), sums.direction),
        "district_id": camera_districts(city)[sums.camera],
        "count": sums.count,
    }


def _camera_hours(city: City, history: History) -> dict[str, Column]:
    hours = history.camera_hours
    return {
        "day": hours.day,
        "site_id": hours.site + 1,
        "district_id": city.districts_of(hours.site),
        "cameras": hours.cameras,
        "online_hours": hours.online_hours,
    }
