"""An empty, usable system: one district and one site, to put cameras at or to import into."""

from data_access import camera_feeds, city, demonstration
from data_access.database import Database
from data_access.domain.words import N_, Names
from demo.columns.places import PROGRAMMES
from demo.errors import CityIsThere

LATITUDE, LONGITUDE, ZOOM = 51.128, 71.430, 11.0
"""The middle of the capital: a real city sets its own."""

REACH_DEG = 0.15
CITY = Names("Город", "Қала", "City")
DISTRICT = Names("Город", "Қала", "City")
SITE = Names("Первая площадка", "Бірінші алаң", "First site")


def make_bare_city(owner: Database) -> None:
    """Make the district, the site, the programmes and the city's view in an empty database.

    Raises ``CityIsThere`` where there are districts or cameras already.
    """
    with owner.as_owner() as tx:
        if not city.is_empty(tx):
            raise CityIsThere(
                N_("The database has districts or cameras already. Give an empty database.")
            )
        district = camera_feeds.add_district(tx, "city", DISTRICT, _ring())
        camera_feeds.add_site(tx, district, SITE, LATITUDE, LONGITUDE)
        demonstration.programmes(tx, PROGRAMMES)
        names = {"ru": CITY.ru, "kk": CITY.kk, "en": CITY.en}
        city.put(tx, "city", names | {"lat": LATITUDE, "lon": LONGITUDE, "zoom": ZOOM})


def _ring() -> list[list[float]]:
    west, east = LONGITUDE - REACH_DEG * 1.6, LONGITUDE + REACH_DEG * 1.6
    south, north = LATITUDE - REACH_DEG, LATITUDE + REACH_DEG
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]
