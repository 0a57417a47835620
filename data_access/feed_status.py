"""How feeds are doing, as the worker writes it; outages and camera-hours follow from it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import text

from data_access.database import Transaction
from data_access.domain.feeds import FeedState, FeedStatus
from data_access.event_rows import as_json

_GIVEN = """
    jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(
        camera_id bigint, state text, reason text, detector text, fps float8,
        analysed_fps float8, dropped bigint, latency_ms float8, width_px bigint,
        height_px bigint, rules_off text[], last_frame_at timestamptz, since_at timestamptz,
        updated_at timestamptz, decoder text, turns boolean)
    JOIN cameras camera ON camera.id = given.camera_id
"""

_STATUS = text(f"""
    INSERT INTO feed_status (camera_id, district_id, state, reason, detector, fps, analysed_fps,
                             dropped, latency_ms, width_px, height_px, rules_off, last_frame_at,
                             since_at, updated_at, decoder, turns)
    SELECT given.camera_id, camera.district_id, given.state, given.reason, given.detector,
           given.fps, given.analysed_fps, given.dropped, given.latency_ms, given.width_px,
           given.height_px, given.rules_off, given.last_frame_at, given.since_at,
           given.updated_at, given.decoder, given.turns
    FROM {_GIVEN} ORDER BY given.camera_id
    ON CONFLICT (camera_id) DO UPDATE
    SET (district_id, state, reason, detector, fps, analysed_fps, dropped, latency_ms, width_px,
         height_px, rules_off, last_frame_at, since_at, updated_at, decoder, turns)
      = (excluded.district_id, excluded.state, excluded.reason, excluded.detector, excluded.fps,
         excluded.analysed_fps, excluded.dropped, excluded.latency_ms, excluded.width_px,
         excluded.height_px, excluded.rules_off,
         coalesce(excluded.last_frame_at, feed_status.last_frame_at), excluded.since_at,
         excluded.updated_at, excluded.decoder, excluded.turns)
""")  # noqa: S608 - constants of this module

_END_OUTAGES = text(f"""
    UPDATE feed_outages outage SET ended_at = greatest(outage.started_at, given.since_at)
    FROM {_GIVEN}
    WHERE outage.camera_id = given.camera_id AND outage.ended_at IS NULL
      AND given.state = ANY (:over)
""")  # noqa: S608 - constants of this module

_BEGIN_OUTAGES = text(f"""
    INSERT INTO feed_outages (camera_id, district_id, started_at, state, reason)
    SELECT given.camera_id, camera.district_id, given.since_at, given.state, given.reason
    FROM {_GIVEN}
    WHERE given.state = ANY (:down) AND NOT EXISTS (
        SELECT FROM feed_outages outage
        WHERE outage.camera_id = given.camera_id AND outage.ended_at IS NULL)
    ON CONFLICT (camera_id, started_at) DO UPDATE SET ended_at = NULL
""")  # noqa: S608 - constants of this module

_CAMERA_HOURS = text("""
    INSERT INTO camera_hours_daily (day, site_id, district_id, cameras, online_hours)
    SELECT :day, camera.site_id, site.district_id,
           (SELECT count(*) FROM cameras other WHERE other.site_id = camera.site_id
                                                 AND other.enabled),
           sum(given.online_s) / 3600
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(camera_id bigint, online_s float8)
    JOIN cameras camera ON camera.id = given.camera_id
    JOIN sites site ON site.id = camera.site_id
    GROUP BY camera.site_id, site.district_id ORDER BY camera.site_id
    ON CONFLICT (day, site_id) DO UPDATE
    SET online_hours = camera_hours_daily.online_hours + excluded.online_hours,
        cameras = excluded.cameras
""")

DOWN = (FeedState.STALLED, FeedState.OFFLINE, FeedState.BROKEN)
"""States of a camera that should give a picture and gives none: an outage."""

OVER = (FeedState.LIVE, FeedState.ENDED, FeedState.OFF)
"""States that end an outage; one that is connecting may still fail."""


def write(tx: Transaction, statuses: Sequence[FeedStatus]) -> None:
    """Write the statuses, and begin and end the outages that follow from them.

    Cameras that are no longer in the database are passed over.
    """
    if statuses:
        rows = as_json(map(_row, statuses))
        tx.execute(_STATUS, {"rows": rows})
        tx.execute(_END_OUTAGES, {"rows": rows, "over": [str(state) for state in OVER]})
        tx.execute(_BEGIN_OUTAGES, {"rows": rows, "down": [str(state) for state in DOWN]})


def add_online(tx: Transaction, day: date, online_s: Mapping[int, float]) -> None:
    """Add the seconds that each camera was live on a local day to its site's camera-hours."""
    rows = [{"camera_id": camera, "online_s": seconds} for camera, seconds in online_s.items()]
    if rows:
        tx.execute(_CAMERA_HOURS, {"day": day, "rows": as_json(rows)})


def _row(status: FeedStatus) -> dict[str, object]:
    last_at = status.last_frame_at
    return {
        "camera_id": status.camera_id,
        "state": status.state,
        "reason": status.reason,
        "detector": status.detector,
        "fps": status.fps,
        "analysed_fps": status.analysed_fps,
        "dropped": status.dropped,
        "latency_ms": status.latency_ms,
        "width_px": status.width_px,
        "height_px": status.height_px,
        "rules_off": list(status.rules_off),
        "last_frame_at": last_at.isoformat() if last_at else None,
        "since_at": status.since_at.isoformat(),
        "updated_at": status.updated_at.isoformat(),
        "decoder": status.decoder,
        "turns": status.turns,
    }
