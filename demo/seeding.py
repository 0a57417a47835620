"""Filling an empty database with a demonstration city, whole or not at all."""

from collections.abc import Callable
from datetime import datetime

import numpy as np

from data_access import city as city_settings
from data_access import demonstration
from data_access.before_after import BeforeAfterPlan, put_plan
from data_access.copying import (
    continue_numbering,
    copy_columns,
    filled_in_bulk,
    learn_sizes,
)
from data_access.database import Database, Transaction
from data_access.demonstration import FormerViewer
from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.people import Role
from data_access.domain.words import N_
from data_access.fine_schedule import fine_schedule
from data_access.partitions import AHEAD, make_partitions
from demo.columns import tables
from demo.columns.places import PROGRAMMES
from demo.columns.written import Written
from demo.errors import CityIsThere, UnknownCity
from demo.feeds import put_scenes
from demo.history import History, build_history, staff_of
from demo.places import City, build_city
from demo.places.live import live_cameras, sos_sites
from demo.plans import Profile
from demo.profiles import PROFILES

Progress = Callable[[str], None]
"""Told what is being done: a source text of the catalogues."""

DRAWING = N_("Drawing the city: streets, sites, cameras")
LIVING = N_("Living through twelve months")
WRITING = N_("Writing to the database")
CHECKING = N_("Checking references and building indexes")

NUMBERED = (
    "districts", "streets", "sites", "cameras", "linear_sections", "feed_outages", "sos_buttons",
    "units",
)  # fmt: skip
"""Tables whose ``id`` was given by the city: the next rows follow."""

FILLED = (
    "sites", "cameras", "camera_programmes", "feed_status", "feed_outages", "events", "violations",
    "incidents", "work_orders", "event_states", "calls", "plate_reads", "traffic_hourly",
    "traffic_daily", "camera_hours_daily", "events_hourly", "events_daily",
)  # fmt: skip
"""Tables with many rows: their references are checked and their indexes built at the end."""

OFFICERS = ("Ахметова А.", "Ким В.", "Сериков Д.", "Иванова Н.")
OPERATORS = ("Жумабеков Е.", "Садыкова Г.", "Петренко О.")
CLERKS = ("Оспанов Б.", "Мусина Р.")
"""Invented people who worked in the year that is shown."""


def seed(
    owner: Database,
    profile: str,
    seed: int,
    now: datetime,
    progress: Progress = lambda _: None,
) -> None:
    """Fill an empty database with the city ``profile`` and its twelve months up to ``now``.

    The same seed and ``now`` (aware) give the same rows. All is one transaction: what is
    interrupted leaves the database empty. Raises ``UnknownCity``, ``CityIsThere`` and the
    errors of ``data_access``.
    """
    plan = _profile(profile)
    with owner.as_owner() as tx:
        if not city_settings.is_empty(tx):
            raise CityIsThere(
                N_("The database has districts or cameras already. Give an empty database.")
            )
        progress(DRAWING)
        city = build_city(plan, seed, now.astimezone(LOCAL_ZONE).date())
        progress(LIVING)
        written = _written(tx, city)
        history = _history(tx, city, written, now)
        progress(WRITING)
        _write(tx, city, history, written, progress)


def _profile(name: str) -> Profile:
    if name not in PROFILES:
        raise UnknownCity(
            N_("There is no demonstration city {city}. Choose one of: {cities}."),
            city=name,
            cities=", ".join(PROFILES),
        )
    return PROFILES[name]


def _written(tx: Transaction, city: City) -> Written:
    people = [
        FormerViewer(f"{word}-{number}", name, role)
        for word, role, names in (
            ("officer", Role.CHIEF, OFFICERS),
            ("operator", Role.OPERATOR, OPERATORS),
            ("clerk", Role.MUNICIPAL, CLERKS),
        )
        for number, name in enumerate(names, 1)
    ]
    return Written(
        programmes=demonstration.programmes(tx, PROGRAMMES),
        staff=np.array(demonstration.add_former_viewers(tx, people)),
        buttons=sos_sites(city),
        live=live_cameras(city),
    )


def _history(tx: Transaction, city: City, written: Written, now: datetime) -> History:
    staff = staff_of(len(OFFICERS), len(OPERATORS), len(CLERKS))
    live = {one.camera for one in written.live}
    return build_history(city, now, fine_schedule(tx), staff, written.buttons, live)


def _write(
    tx: Transaction, city: City, history: History, written: Written, progress: Progress
) -> None:
    first = city.today.replace(year=city.today.year - 1, day=1)
    make_partitions(tx, city.today + AHEAD, since=first)
    with filled_in_bulk(tx, *FILLED):
        for table, columns in tables(city, history, written):
            copy_columns(tx, table, columns)
        progress(CHECKING)
    continue_numbering(tx, *NUMBERED)
    learn_sizes(tx, *FILLED)
    put_scenes(tx, {one.camera + 1: one.scene for one in written.live})
    _put_settings(tx, city)


def _put_settings(tx: Transaction, city: City) -> None:
    profile, ground = city.profile, city.profile.ground
    names = {"ru": profile.names.ru, "kk": profile.names.kk, "en": profile.names.en}
    view = {"lat": ground.latitude, "lon": ground.longitude, "zoom": profile.zoom}
    city_settings.put(tx, "demonstration", profile.id)
    city_settings.put(tx, "city", names | view)
    city_settings.put(tx, "plan", dict(profile.plan))
    city_settings.put(tx, "drawing", _fillings(city))
    put_plan(
        tx,
        BeforeAfterPlan(
            site_ids=(city.trial.site + 1,),
            on=city.trial.on,
            comparison_site_ids=tuple(site + 1 for site in city.trial.compared),
            kinds=("call_102",),
        ),
    )


def _fillings(city: City) -> dict[str, list[list[list[float]]]]:
    """Water and parks as closed rings, to be filled below the streets."""
    drawn = {"water": city.drawing.water, "parks": city.drawing.parks}
    rings = {
        name: [city.drawing.plane.path(one) for one in shapes] for name, shapes in drawn.items()
    }
    return {name: [[*ring, ring[0]] for ring in paths] for name, paths in rings.items()}
