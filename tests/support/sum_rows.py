"""Daily and hourly sums put straight into the tables."""

from datetime import date, datetime

from sqlalchemy import insert

from data_access.database import Transaction
from data_access.tables.sums import CameraHoursDaily, EventsDaily, EventsHourly, TrafficDaily
from tests.small_city import CAMERAS, SITES


def put_day(
    tx: Transaction,
    day: date,
    events: int,
    *,
    site: int = 1,
    kind: str = "red_light",
    response: str = "violation",
) -> None:
    row = {"day": day, "site_id": site, "district_id": SITES[site], "kind": kind}
    tx.execute(insert(EventsDaily), row | {"response": response, "events": events})


def put_hour(tx: Transaction, hour_at: datetime, events: int, *, district: int = 1) -> None:
    row = {"hour_at": hour_at, "district_id": district, "kind": "red_light"}
    tx.execute(insert(EventsHourly), row | {"response": "violation", "events": events})


def put_hours(tx: Transaction, day: date, hours: float, *, site: int = 1) -> None:
    row = {"day": day, "site_id": site, "district_id": SITES[site]}
    tx.execute(insert(CameraHoursDaily), row | {"cameras": 1, "online_hours": hours})


def put_traffic(tx: Transaction, day: date, count: int, label: str, *, camera: int = 1) -> None:
    row = {"day": day, "camera_id": camera, "district_id": CAMERAS[camera], "label": label}
    tx.execute(insert(TrafficDaily), row | {"direction": "forward", "count": count})
