"""Twelve months of a city up to now, put together."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data_access.fine_schedule import FineSchedule
from demo.chance import Numbers
from demo.history.calls import Calls, Presses, all_calls, call_incidents, sos_presses
from demo.history.happenings import Happenings, in_order, seen_by_cameras
from demo.history.health import CameraHours, Outages, camera_hours, outages
from demo.history.incidents import Incidents, follow_incidents
from demo.history.plates import Vehicles, build_vehicles
from demo.history.reads import PlateReads, plate_reads
from demo.history.rhythm import Year, year_until
from demo.history.sums import DailySums, HourlySums, daily_sums, hourly_sums
from demo.history.traffic import TrafficSums, traffic_sums
from demo.history.units import Units, build_units
from demo.history.violations import Violations, follow_violations
from demo.history.work_orders import WorkOrders, follow_work_orders
from demo.places import City
from demo.places.sites import Site


@dataclass(frozen=True, slots=True)
class Staff:
    """Rows of the staff by their work: those who review, those who send, those who assign."""

    officers: Numbers
    operators: Numbers
    clerks: Numbers


@dataclass(frozen=True, slots=True)
class History:
    """Everything that happened; rows of one part refer to rows of the happenings."""

    year: Year
    vehicles: Vehicles
    happenings: Happenings
    violations: Violations
    incidents: Incidents
    work_orders: WorkOrders
    units: Units
    opened: Happenings
    calls: Calls
    pressed: Happenings
    presses: Presses
    hourly: HourlySums
    daily: DailySums
    traffic_hourly: TrafficSums
    traffic_daily: TrafficSums
    reads: PlateReads
    outages: Outages
    camera_hours: CameraHours


def build_history(
    city: City,
    now: datetime,
    fines: FineSchedule,
    staff: Staff,
    buttons: list[Site],
    live: set[int],
) -> History:
    """The year of a city; ``buttons`` are the sites of SOS buttons, ``live`` camera indices."""
    year = year_until(now)
    vehicles = build_vehicles(city.profile, city.seed)
    units = build_units(city)
    opened, topics = call_incidents(city, year)
    pressed, presses = sos_presses(city, year, buttons)
    happenings = in_order([*seen_by_cameras(city, year, vehicles), opened, pressed])
    traffic_hourly, traffic_daily = traffic_sums(city, year, live)
    gone = outages(city, year, live)
    return History(
        year=year,
        vehicles=vehicles,
        happenings=happenings,
        violations=follow_violations(city, year, happenings, fines, staff.officers),
        incidents=follow_incidents(city, year, happenings, units, staff.operators),
        work_orders=follow_work_orders(city, year, happenings, units, staff.clerks),
        units=units,
        opened=opened,
        calls=all_calls(city, year, opened, topics),
        pressed=pressed,
        presses=presses,
        hourly=hourly_sums(city, happenings),
        daily=daily_sums(city, happenings),
        traffic_hourly=traffic_hourly,
        traffic_daily=traffic_daily,
        reads=plate_reads(city, year, vehicles, happenings),
        outages=gone,
        camera_hours=camera_hours(city, year, gone),
    )


def staff_of(count_officers: int, count_operators: int, count_clerks: int) -> Staff:
    """Rows of the staff, in this order."""
    ends = np.cumsum([count_officers, count_operators, count_clerks])
    rows = np.split(np.arange(ends[-1]), ends[:-1])
    return Staff(rows[0], rows[1], rows[2])
