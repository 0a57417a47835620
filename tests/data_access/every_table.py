"""A row in each of the two districts for every table that belongs to a district."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, insert

from data_access.database import Transaction
from data_access.tables import Base, feeds, happenings, people, places, responses, sums, trials
from tests.small_city import EAST, SITES, WEST

NOW = datetime.now(UTC)
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
TODAY = date(2026, 5, 4)
CAMERA_OF = {WEST: 1, EAST: 4}
SITE_OF = {WEST: 1, EAST: 3}


def with_district() -> list[Table]:
    """Every table whose rows belong to a district."""
    return [table for table in Base.metadata.sorted_tables if "district_id" in table.c]


def fill(tx: Transaction) -> None:
    """Add to the small city, so that each table of ``with_district`` has rows of both."""
    tx.execute(insert(places.Programme), [_named("law"), _named("taza")])
    tx.execute(insert(places.Street).values(**_three("Main"), street_class="main", path=[]))
    for district in (WEST, EAST):
        _fill_places(tx, district)
        _fill_events(tx, district, NOW)
        _fill_events(tx, district, LONG_AGO)
        _fill_sums(tx, district)
    tx.execute(
        insert(people.Worker).values(name="one", detector="motion", started_at=NOW, updated_at=NOW)
    )
    tx.execute(insert(people.Setting).values(key="city", value={"en": "Small"}))


def _three(name: str) -> dict[str, str]:
    return {"name_ru": name, "name_kk": name, "name_en": name}


def _named(code: str) -> dict[str, str]:
    return {"code": code, **_three(code)}


def _fill_places(tx: Transaction, district: int) -> None:
    camera = {"camera_id": CAMERA_OF[district], "district_id": district}
    spot = {
        "latitude": 51.0,
        "longitude": 71.0,
        "district_id": district,
        "site_id": SITE_OF[district],
    }
    state = {**camera, "state": "live", "since_at": NOW, "updated_at": NOW}
    rows: dict[type[Base], dict[str, Any]] = {
        places.CameraProgramme: {**camera, "programme_id": 1},
        places.LinearSection: {
            **_three("S"),
            "district_id": district,
            "length_m": 900.0,
            "limit_kmh": 60,
            "path": [],
        },
        places.Zone: {
            **camera,
            "name": "z",
            "rule": "crowd",
            "shape": "line",
            "points": [[0, 0], [1, 1]],
        },
        places.Calibration: {**camera, "pairs": []},
        trials.RuleTrial: {**camera, "id": uuid4(), "requested_at": NOW, "zone": {}},
        feeds.CameraHealth: {**camera, "sight": "clear", "since_at": NOW, "checked_at": NOW},
        feeds.FeedStatus: state,
        feeds.FeedOutage: {**camera, "started_at": NOW, "state": "offline"},
        places.SosButton: {**_named(f"sos-{district}"), **spot},
        places.Unit: {
            "code": f"u{district}",
            "name": "u",
            "kind": "patrol",
            "district_id": district,
        },
    }
    for table, row in rows.items():
        tx.execute(insert(table).values(row))


def _fill_events(tx: Transaction, district: int, at: datetime) -> None:
    camera = {"camera_id": CAMERA_OF[district], "district_id": district}
    for response, state in (("violation", "detected"), ("incident", "new"), ("work_order", "new")):
        event = {
            **camera, "id": uuid4(), "started_at": at, "site_id": SITE_OF[district], "kind": "crowd",
            "response": response, "state": state, "confidence": 0.9, "written_at": NOW,
        }  # fmt: skip
        tx.execute(insert(happenings.Event).values(event))
        _fill_response(tx, event)
    plate = {**camera, "id": uuid4(), "read_at": at, "plate": "123ABC02", "confidence": 0.8}
    count = {
        **camera,
        "minute_at": at,
        "zone_id": 1,
        "label": "car",
        "direction": "forward",
        "count": 2,
    }
    tx.execute(insert(happenings.PlateRead).values(plate))
    tx.execute(insert(happenings.TrafficCount).values(count))
    press = {"id": uuid4(), "button_id": district, "district_id": district, "pressed_at": at}
    tx.execute(insert(happenings.SosPress).values(press))
    call = {"id": uuid4(), "district_id": district, "called_at": at, "kind": "parking"}
    tx.execute(insert(happenings.Call).values(call))


def _fill_response(tx: Transaction, event: dict[str, Any]) -> None:
    own = {
        "event_id": event["id"],
        "event_started_at": event["started_at"],
        "district_id": event["district_id"],
    }
    tx.execute(insert(happenings.EventState).values(**own, at=NOW, state=event["state"]))
    tx.execute(insert(happenings.Evidence).values(**own, **_file(event["id"])))
    tx.execute(insert(happenings.MaskRequest).values(**own, id=uuid4(), requested_at=NOW))
    if event["response"] == "violation":
        tx.execute(insert(responses.Violation).values(own))
    elif event["response"] == "incident":
        tx.execute(insert(responses.Incident).values(own))
    else:
        tx.execute(insert(responses.WorkOrder).values(**own, deadline_at=NOW))


def _file(event_id: UUID) -> dict[str, Any]:
    return {
        "id": uuid4(), "kind": "snapshot", "path": f"{event_id}.jpg", "sha256": "0" * 64,
        "size_bytes": 1, "mime": "image/jpeg", "captured_at": NOW,
    }  # fmt: skip


def _fill_sums(tx: Transaction, district: int) -> None:
    site = next(site for site, its in SITES.items() if its == district)
    by_kind = {"kind": "crowd", "response": "incident", "events": 1, "district_id": district}
    crossing = {
        "camera_id": CAMERA_OF[district],
        "district_id": district,
        "label": "car",
        "direction": "forward",
        "count": 1,
    }
    rows: dict[type[Base], dict[str, Any]] = {
        sums.EventsHourly: {**by_kind, "hour_at": NOW},
        sums.EventsDaily: {**by_kind, "day": TODAY, "site_id": site},
        sums.TrafficHourly: {**crossing, "hour_at": NOW},
        sums.TrafficDaily: {**crossing, "day": TODAY},
        sums.CameraHoursDaily: {
            "day": TODAY,
            "site_id": site,
            "district_id": district,
            "cameras": 3,
            "online_hours": 70.0,
        },
    }
    for table, row in rows.items():
        tx.execute(insert(table).values(row))
