"""Places found by what people call them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from data_access.database import Transaction
from data_access.domain.words import Names
from data_access.tables.places import Camera, District, Site


@dataclass(frozen=True, slots=True)
class PlacesFound:
    """Sites, and cameras of other sites, whose name or number has the words in it."""

    site_ids: tuple[int, ...]
    camera_ids: tuple[int, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not self.site_ids and not self.camera_ids


def places_like(tx: Transaction, words: str, limit: int = 200) -> PlacesFound:
    """Up to ``limit`` sites and cameras in sight with ``words`` in a name, address or number."""
    wanted = words.strip()
    site_texts = (Site.name_ru, Site.name_kk, Site.name_en, Site.address)
    camera_texts = (Camera.code, Camera.name_ru, Camera.name_kk, Camera.name_en)
    sites = select(Site.id).where(or_(*(c.icontains(wanted, autoescape=True) for c in site_texts)))
    cameras = select(Camera.id).where(
        or_(*(c.icontains(wanted, autoescape=True) for c in camera_texts))
    )
    found = tuple(tx.scalars(sites.order_by(Site.id).limit(limit)))
    beside = cameras.where(Camera.site_id.not_in(found)).order_by(Camera.id).limit(limit)
    return PlacesFound(found, tuple(tx.scalars(beside)))


def district_names(tx: Transaction) -> dict[int, Names]:
    """The districts in sight by their id, in its order."""
    columns = (District.id, District.name_ru, District.name_kk, District.name_en)
    rows = tx.execute(select(*columns).order_by(District.id))
    return {row.id: Names(row.name_ru, row.name_kk, row.name_en) for row in rows}


def site_names(tx: Transaction, site_ids: Sequence[int]) -> dict[int, Names]:
    """The names of some sites, those in sight."""
    columns = (Site.id, Site.name_ru, Site.name_kk, Site.name_en)
    rows = tx.execute(select(*columns).where(Site.id.in_(site_ids)).order_by(Site.id))
    return {row.id: Names(row.name_ru, row.name_kk, row.name_en) for row in rows}
