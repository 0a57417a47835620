"""What the screen of health reads, at one moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import streamlit as st

from components.cache_keys import BY_SCOPE
from components.visit import Visit
from data_access import camera_health, camera_sights, database_health
from data_access.camera_health import (
    CameraSelection,
    CameraState,
    DistrictHealth,
    Outage,
    SiteDown,
    WorkerRow,
)
from data_access.camera_sights import PoorSight
from data_access.database import Database
from data_access.database_health import DiskSpace, Freshness, PartitionedTable
from data_access.domain.people import Scope
from data_access.headline import WORKER_SILENCE

OUTAGES_OVER = timedelta(hours=24)
CAMERAS_SHOWN = 500
"""A longer list is read by nobody; search finds the rest, and the file has them all."""

FILE_ROWS = 150_000
KEPT_S = 8
"""A little less than the screen's own rhythm."""


@dataclass(frozen=True, slots=True)
class HealthPicture:
    """How everything was doing at ``at``."""

    at: datetime
    workers: list[WorkerRow]
    states: dict[str, int]
    districts: list[DistrictHealth]
    sites: list[SiteDown]
    outages: list[Outage]
    tables: list[PartitionedTable]
    database_bytes: int
    disk: DiskSpace | None
    freshness: Freshness

    @property
    def working(self) -> list[WorkerRow]:
        """The workers that still report."""
        return [row for row in self.workers if self.at - row.updated_at <= WORKER_SILENCE]


@st.cache_data(ttl=KEPT_S, max_entries=16, show_spinner=False, hash_funcs=BY_SCOPE)
def read_health(database: Database, scope: Scope, media_dir: Path) -> HealthPicture:
    """Look at all of it in one transaction; the parts of the screen share one look."""
    now = datetime.now(UTC)
    with database.as_viewer(scope) as tx:
        return HealthPicture(
            at=now,
            workers=camera_health.workers(tx),
            states=camera_health.states(tx),
            districts=camera_health.districts(tx),
            sites=camera_health.sites_down(tx),
            outages=camera_health.outages(tx, now - OUTAGES_OVER),
            tables=database_health.partitioned_tables(tx),
            database_bytes=database_health.database_bytes(tx),
            disk=database_health.disk_space(media_dir),
            freshness=database_health.freshness(tx, now),
        )


def read_cameras(visit: Visit, selection: CameraSelection, limit: int) -> list[CameraState]:
    """Cameras, those that are down first."""
    with visit.database.as_viewer(visit.scope) as tx:
        return camera_health.cameras(tx, selection, limit)


def read_poor_sights(visit: Visit) -> list[PoorSight]:
    """Cameras whose pictures are no good, the latest first."""
    with visit.database.as_viewer(visit.scope) as tx:
        return camera_sights.poor(tx)
