"""Districts, streets, sites, cameras, linear sections and SOS buttons as columns."""

import json
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from data_access.copying import Column
from data_access.domain.places import CameraOrigin, SiteKind
from data_access.domain.words import Names
from demo.chance import Floats, Numbers, chance
from demo.columns.written import Written
from demo.places import City
from demo.places.naming import sos_button
from demo.places.sites import Site
from demo.texts import Texts, chosen, joined

Table = tuple[str, dict[str, Column]]

SUPPLIERS = ("Көкжиек Оптика", "Шамшырақ Бейне", "Даланұр Жүйе")
OWNERS = "Қорған Байланыс"
"""Invented: suppliers of the new cameras, and whoever keeps those that were there before."""

CLEANLINESS, ORDER = "taza_qazaqstan", "law_and_order"
PROGRAMMES: dict[str, Names] = {
    ORDER: Names("Закон и порядок", "Закон и порядок", "Закон и порядок"),
    CLEANLINESS: Names("Таза Қазақстан", "Таза Қазақстан", "Таза Қазақстан"),
}
"""Names of programmes are names: they are not translated."""


def place_tables(city: City, written: Written) -> Iterator[Table]:
    """All that stands still."""
    yield "districts", _districts(city)
    yield "streets", _streets(city)
    yield "sites", _sites(city)
    yield "cameras", _cameras(city)
    yield "camera_programmes", _programmes(city, written)
    yield "linear_sections", _sections(city)
    yield "sos_buttons", _buttons(city, written.buttons)


def positions(city: City, places_m: Floats) -> dict[str, Column]:
    """Latitudes and longitudes of places in metres."""
    degrees = city.drawing.plane.degrees(places_m)
    return {"latitude": degrees[:, 1], "longitude": degrees[:, 0]}


def camera_districts(city: City) -> Numbers:
    """The district numbers of all cameras: those of their sites."""
    return city.districts_of(city.cameras.site)


def _names(names: Sequence[Names]) -> dict[str, Column]:
    return {
        "name_ru": [one.ru for one in names],
        "name_kk": [one.kk for one in names],
        "name_en": [one.en for one in names],
    }


def _ring(city: City, polygon: Floats) -> str:
    path = city.drawing.plane.path(polygon)
    return json.dumps([*path, path[0]])


def _districts(city: City) -> dict[str, Column]:
    plans = city.profile.ground.districts
    return {
        "id": np.arange(1, len(plans) + 1),
        "code": [plan.code for plan in plans],
        **_names([plan.names for plan in plans]),
        "boundary": [_ring(city, polygon) for polygon in city.drawing.districts],
    }


def _streets(city: City) -> dict[str, Column]:
    streets = city.drawing.streets
    return {
        "id": np.arange(1, len(streets) + 1),
        **_names([street.name.whole for street in streets]),
        "class": [street.street_class for street in streets],
        "path": [json.dumps(city.drawing.plane.path(street.path)) for street in streets],
    }


def _sites(city: City) -> dict[str, Column]:
    sites = city.sites
    return {
        "id": np.arange(1, len(sites) + 1),
        **_names([site.names for site in sites]),
        **positions(city, np.array([site.place_m for site in sites])),
        "district_id": np.array([site.district for site in sites]),
        "kind": [str(site.kind) for site in sites],
        "address": [site.address for site in sites],
        "planned": np.array([site.planned for site in sites]),
    }


def _cameras(city: City) -> dict[str, Column]:
    cameras, groups = city.cameras, city.profile.groups
    numbers = np.char.zfill(cameras.ids.astype(str), 5 if len(cameras) < 100_000 else 6)
    origins = [str(CameraOrigin.NEW), str(CameraOrigin.INTEGRATED)]
    return {
        "id": cameras.ids,
        "code": joined(f"{city.profile.code}-", numbers),
        **_camera_names(city),
        **positions(city, cameras.place_m),
        "site_id": cameras.site + 1,
        "district_id": camera_districts(city),
        "kind": chosen([str(group.kind) for group in groups], cameras.group),
        "azimuth_deg": np.round(cameras.azimuth_deg, 1) % 360.0,
        "field_of_view_deg": cameras.view_deg,
        "capabilities": _capabilities(city),
        "origin": chosen(origins, cameras.integrated.astype(int)),
        "supplier": _suppliers(city),
        "installed_on": cameras.installed_on,
        "enabled": ~np.isnat(cameras.installed_on),
    }


def _camera_names(city: City) -> dict[str, Column]:
    site, ordinal = city.cameras.site, city.cameras.ordinal
    ru, kk, en = (
        chosen([getattr(one.names, language) for one in city.sites], site)
        for language in ("ru", "kk", "en")
    )
    return {
        "name_ru": joined(ru, ", камера ", ordinal),
        "name_kk": joined(kk, ", ", ordinal, "-камера"),
        "name_en": joined(en, ", camera ", ordinal),
    }


def _capabilities(city: City) -> Texts:
    sets = [sorted(str(one) for one in group.capabilities) for group in city.profile.groups]
    plain = ["{" + ",".join(one) + "}" for one in sets]
    audible = ["{" + ",".join(sorted([*one, "audio"])) + "}" for one in sets]
    shift = len(sets) * city.cameras.intercom.astype(int)
    return chosen(plain + audible, city.cameras.group + shift)


def _suppliers(city: City) -> Texts:
    drawn = chance(city.seed, "suppliers").integers(0, len(SUPPLIERS), len(city.sites))
    by_site = drawn[city.cameras.site]
    by_site[city.cameras.integrated] = len(SUPPLIERS)
    return chosen([*SUPPLIERS, OWNERS], by_site)


def _programmes(city: City, written: Written) -> dict[str, Column]:
    cleans = np.array([group.cleanliness for group in city.profile.groups])
    clean = np.flatnonzero(cleans[city.cameras.group])
    all_cameras = np.arange(len(city.cameras))
    camera = np.concatenate([all_cameras, clean])
    programme = np.repeat(
        [written.programmes[ORDER], written.programmes[CLEANLINESS]], [len(all_cameras), len(clean)]
    )
    return {
        "camera_id": camera + 1,
        "programme_id": programme,
        "district_id": camera_districts(city)[camera],
    }


def _sections(city: City) -> dict[str, Column]:
    sections = [site for site in city.sites if site.kind is SiteKind.LINEAR_SECTION]
    entry, exit_ = _ends(city, sections)
    return {
        "id": np.arange(1, len(sections) + 1),
        **_names([site.names for site in sections]),
        "district_id": np.array([site.district for site in sections]),
        "site_id": np.array([site.id for site in sections]),
        "entry_camera_id": entry,
        "exit_camera_id": exit_,
        "length_m": np.array([site.length_m for site in sections]),
        "limit_kmh": np.array([site.limit_kmh for site in sections]),
        "path": [json.dumps(city.drawing.plane.path(_path(site))) for site in sections],
    }


def _path(site: Site) -> Floats:
    return site.place_m[None] if site.path is None else site.path


def _ends(city: City, sections: list[Site]) -> tuple[list[int | None], list[int | None]]:
    """The numbers of the entry and exit cameras; None where a section is only planned."""
    cameras = [city.cameras.of_site(site.id - 1) for site in sections]
    return [_nth(own, 0) for own in cameras], [_nth(own, 1) for own in cameras]


def _nth(cameras: Numbers, place: int) -> int | None:
    return int(cameras[place]) + 1 if place < len(cameras) else None


def _buttons(city: City, sites: list[Site]) -> dict[str, Column]:
    numbers = list(range(1, len(sites) + 1))
    return {
        "id": np.array(numbers),
        "code": [f"SOS-{number}" for number in numbers],
        **_names([sos_button(n, site.names) for n, site in zip(numbers, sites, strict=True)]),
        **positions(city, np.array([site.place_m for site in sites])),
        "district_id": np.array([site.district for site in sites]),
        "site_id": np.array([site.id for site in sites]),
    }


def whole_numbers(values: npt.NDArray[np.integer], missing: int = -1) -> Column:
    """Indices as numbers of the database (from 1), nothing where an index is missing."""
    return np.where(values == missing, np.nan, values + 1.0)
