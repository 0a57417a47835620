"""Frames of the screen of health: cameras, districts, sites, outages, workers, storage."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import pandas as pd

from components.camera_words import camera_address
from components.formats import ago, clock, day, number, short_day
from components.health_reading import HealthPicture
from components.health_words import (
    detector_words,
    sentences,
    size_words,
    span_words,
    state_name,
)
from components.table_files import Cell
from components.violation_table import kind_name
from data_access.camera_health import CameraState, DistrictHealth, Outage, SiteDown
from data_access.database_health import days_ahead
from data_access.domain.words import N_, Language
from data_access.language import Translate
from data_access.rule_checks import PAUSED

SHORT_AHEAD_DAYS = 14
"""Fewer days of partitions ahead than this is worth a look (the worker makes 92)."""

TABLE_NAMES: dict[str, str] = {
    "events": N_("Events"),
    "plate_reads": N_("Plate reads"),
    "traffic_counts": N_("Traffic counts"),
}


def _columns(names: Sequence[str], rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(names))


CAMERA_COLUMNS = (
    "state",
    "code",
    "name",
    "since",
    "reason",
    "site",
    "district",
    "fps",
    "analysed_fps",
    "dropped",
    "latency_ms",
    "rules_off",
    "updated",
)


def build_cameras(
    cameras: Sequence[CameraState], now: datetime, language: Language, _: Translate
) -> pd.DataFrame:
    """One row a camera; numbers of a camera without a picture are empty, not zero.

    ``code`` is the address of the camera's own screen with its number behind ``#``.
    """
    rows: list[dict[str, object]] = []
    for one in cameras:
        live = one.state == "live"
        rows.append(
            {
                "state": state_name(one.state, _),
                "code": f"{camera_address(one.camera_id)}#{quote(one.code)}",
                "name": one.names.in_language(language),
                "since": "" if one.since_at is None else span_words(one.since_at, now, _),
                "reason": " ".join(sentences(one.reason, _)),
                "site": one.site.in_language(language),
                "district": one.district.in_language(language),
                "fps": one.fps if live else None,
                "analysed_fps": one.analysed_fps if live else None,
                "dropped": one.dropped if live else None,
                "latency_ms": one.latency_ms if live else None,
                "rules_off": rules_off_words(one, _),
                "updated": "" if one.updated_at is None else ago(one.updated_at, now, _),
            }
        )
    return _columns(CAMERA_COLUMNS, rows)


def camera_titles(_: Translate) -> dict[str, str]:
    """The titles of the columns of cameras, in their order."""
    return {
        "state": _("State"),
        "code": _("Number"),
        "name": _("Camera"),
        "since": _("Lasting"),
        "reason": _("Reason"),
        "site": _("Place"),
        "district": _("District"),
        "fps": _("Frames a second"),
        "analysed_fps": _("Analysed a second"),
        "dropped": _("Frames dropped"),
        "latency_ms": _("Delay, ms"),
        "rules_off": _("Rules switched off"),
        "updated": _("Reported"),
    }


def rules_off_words(one: CameraState, _: Translate) -> str:
    """The rules that are switched off at a camera, those that are paused with the reason."""
    pauses = {pause.rule: pause for pause in one.pauses}
    names = [kind_name(rule, _) for rule in one.rules_off if rule not in pauses]
    reasons = [
        f"{kind_name(rule, _)} ({_(PAUSED).format(**pause.values)})"
        for rule, pause in pauses.items()
    ]
    return ", ".join([*names, *reasons])


def camera_file_row(one: CameraState, language: Language, _: Translate) -> list[Cell]:
    """One camera as a row of a file: moments instead of "ago"."""
    return [
        state_name(one.state, _)[2:],
        one.code,
        one.names.in_language(language),
        one.since_at,
        " ".join(sentences(one.reason, _)),
        one.site.in_language(language),
        one.district.in_language(language),
        round(one.fps, 1),
        round(one.analysed_fps, 1),
        one.dropped,
        round(one.latency_ms),
        rules_off_words(one, _),
        one.updated_at,
    ]


def build_districts(districts: Sequence[DistrictHealth], language: Language) -> pd.DataFrame:
    """One row a district; ``share`` is of the cameras that are switched on, in percent."""
    rows: list[dict[str, object]] = []
    for one in districts:
        on = one.cameras - one.switched_off
        rows.append(
            {
                "district": one.names.in_language(language),
                "share": 100 * one.live / on if on else None,
                "down": one.down,
                "never": one.never,
                "switched_off": one.switched_off,
                "cameras": one.cameras,
            }
        )
    names = ("district", "share", "down", "never", "switched_off", "cameras")
    return _columns(names, rows)


def build_sites(sites: Sequence[SiteDown], language: Language, _: Translate) -> pd.DataFrame:
    """Sites with cameras down, most first."""
    rows: list[dict[str, object]] = [
        {
            "site": one.names.in_language(language),
            "district": one.district.in_language(language),
            "down": _("{down} of {all}").format(down=one.down, all=one.cameras),
        }
        for one in sites
    ]
    return _columns(("site", "district", "down"), rows)


def build_outages(
    outages: Sequence[Outage], now: datetime, language: Language, _: Translate
) -> pd.DataFrame:
    """Outages of the last day, the latest first; those that last say so."""
    rows: list[dict[str, object]] = [
        {
            "started": f"{short_day(one.started_at, language)} {clock(one.started_at)}",
            "lasted": span_words(one.started_at, one.ended_at or now, _),
            "ended": _("still lasting") if one.ended_at is None else clock(one.ended_at),
            "state": state_name(one.state, _),
            "camera": one.code,
            "name": one.names.in_language(language),
            "district": one.district.in_language(language),
            "reason": " ".join(sentences(one.reason, _)),
        }
        for one in outages
    ]
    names = ("started", "ended", "lasted", "state", "camera", "name", "district", "reason")
    return _columns(names, rows)


def build_workers(picture: HealthPicture, _: Translate) -> pd.DataFrame:
    """One row a worker; one that has fallen silent is marked."""
    rows: list[dict[str, object]] = [
        {
            "worker": one.name,
            "state": _("● works") if one in picture.working else _("✕ silent"),
            "detector": detector_words(one, _),
            "cameras": one.cameras,
            "inference_ms": one.inference_ms,
            "outbox": one.outbox_waiting,
            "reported": ago(one.updated_at, picture.at, _),
            "runs": span_words(one.started_at, one.updated_at, _),
        }
        for one in picture.workers
    ]
    names = ("worker", "state", "detector", "cameras", "inference_ms", "outbox", "reported", "runs")
    return _columns(names, rows)


def build_storage(picture: HealthPicture, language: Language, _: Translate) -> pd.DataFrame:
    """Tables that are kept by months: their size, and how far ahead months are made."""
    rows: list[dict[str, object]] = []
    for table in picture.tables:
        ahead = days_ahead(table, picture.at)
        short = ahead is None or ahead < SHORT_AHEAD_DAYS
        words = _("none") if ahead is None else _("{days} d").format(days=number(max(ahead, 0)))
        rows.append(
            {
                "table": _(TABLE_NAMES.get(table.name, table.name)),
                "size": size_words(table.size_bytes, language, _),
                "months": table.partitions,
                "ahead": f"◆ {words}" if short else words,
            }
        )
    return _columns(("table", "size", "months", "ahead"), rows)


def build_freshness(picture: HealthPicture, language: Language, _: Translate) -> pd.DataFrame:
    """How old the newest of each figure is."""
    fresh = picture.freshness
    moments = (
        (_("Reports of the workers"), fresh.worker_at),
        (_("States of the cameras"), fresh.feeds_at),
        (_("Newest event"), fresh.event_at),
        (_("Traffic, hour of"), fresh.traffic_at),
    )
    days = (
        (_("Daily sums of events"), fresh.events_day),
        (_("Camera-hours"), fresh.camera_hours_day),
    )
    rows: list[dict[str, object]] = [
        {"figure": name, "newest": "—" if at is None else ago(at, picture.at, _)}
        for name, at in moments
    ]
    rows += [
        {"figure": name, "newest": "—" if at is None else day(at, language)} for name, at in days
    ]
    return _columns(("figure", "newest"), rows)
