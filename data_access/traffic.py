"""Traffic counts as the worker adds them: by minute, with their hourly and daily sums."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import text

from data_access.database import Transaction
from data_access.domain.events import TrafficCount
from data_access.domain.words import N_
from data_access.errors import RowRefused
from data_access.event_rows import as_json

_GIVEN = """
    jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(
        minute_at timestamptz, camera_id bigint, zone_id bigint, label text, direction text,
        count bigint)
    JOIN cameras camera ON camera.id = given.camera_id
"""

_MINUTES = text(f"""
    INSERT INTO traffic_counts (minute_at, camera_id, zone_id, district_id, label, direction, count)
    SELECT minute_at, camera_id, zone_id, district_id, label, direction, count FROM {_GIVEN}
    ORDER BY camera_id, minute_at, zone_id, label, direction
    ON CONFLICT (camera_id, minute_at, zone_id, label, direction)
    DO UPDATE SET count = traffic_counts.count + excluded.count
    RETURNING camera_id
""")  # noqa: S608 - constants of this module

_HOURLY = text(f"""
    INSERT INTO traffic_hourly (hour_at, camera_id, label, direction, district_id, count)
    SELECT date_trunc('hour', minute_at, 'UTC'), camera_id, label, direction, district_id,
           sum(count)
    FROM {_GIVEN} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4
    ON CONFLICT (hour_at, camera_id, label, direction)
    DO UPDATE SET count = traffic_hourly.count + excluded.count
""")  # noqa: S608 - constants of this module

_DAILY = text(f"""
    INSERT INTO traffic_daily (day, camera_id, label, direction, district_id, count)
    SELECT CAST(minute_at AT TIME ZONE 'Asia/Almaty' AS date), camera_id, label, direction,
           district_id, sum(count)
    FROM {_GIVEN} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4
    ON CONFLICT (day, camera_id, label, direction)
    DO UPDATE SET count = traffic_daily.count + excluded.count
""")  # noqa: S608 - constants of this module


def add(tx: Transaction, counts: Sequence[TrafficCount]) -> None:
    """Add counts to the minutes, hours and days they belong to.

    Adding twice counts twice: whoever may repeat himself goes through ``outbox_batches``.
    Raises ``RowRefused`` for a camera that is not known; nothing is added then.
    """
    summed = _summed(counts)
    if not summed:
        return
    rows = {"rows": as_json(map(_row, summed))}
    written = {row.camera_id for row in tx.execute(_MINUTES, rows)}
    if missing := {count.camera_id for count in summed} - written:
        raise RowRefused(
            N_("Traffic was counted by camera {camera}, which is not in the database."),
            camera=min(missing),
        )
    tx.execute(_HOURLY, rows)
    tx.execute(_DAILY, rows)


def _summed(counts: Sequence[TrafficCount]) -> list[TrafficCount]:
    """One count a minute, line, class and direction.

    Each is looked at before they are summed: the neighbours of an impossible one would hide it.
    """
    if any(count.count < 1 for count in counts):
        raise RowRefused(N_("A traffic count is below one; nothing can have crossed so often."))
    sums: Counter[TrafficCount] = Counter()
    for count in counts:
        sums[replace(count, count=0)] += count.count
    return [replace(key, count=total) for key, total in sums.items()]


def _row(count: TrafficCount) -> dict[str, object]:
    return {
        "minute_at": count.minute_at.isoformat(),
        "camera_id": count.camera_id,
        "zone_id": count.zone_id,
        "label": count.label,
        "direction": count.direction,
        "count": count.count,
    }
