"""What the roles of the app and of the worker may do at all, before any policy.

The app reads the city, and writes what its screens change: no more columns than that. It
never reads a feed's address, never changes an audit record, and touches no partition. The
worker writes what it sees, and knows no viewer, session or audit record.
"""

from alembic import op

_APP_READS = (
    "districts, streets, programmes, sites, cameras, camera_programmes, linear_sections, zones, "
    "calibrations, camera_health, feed_status, feed_outages, sos_buttons, units, events, "
    "event_states, evidence, "
    "plate_reads, traffic_counts, sos_presses, calls, violations, incidents, "
    "work_orders, monthly_index, fines_schedule, events_hourly, events_daily, traffic_hourly, "
    "traffic_daily, camera_hours_daily, viewers, viewer_passwords, viewer_districts, sessions, "
    "sign_in_failures, audit_records, settings, workers"
)
_APP_EDITS = (
    "sites, cameras, linear_sections, zones, calibrations, sos_buttons, units, calls, "
    "monthly_index, fines_schedule, viewers, viewer_passwords, sessions, "
    "sign_in_failures, settings"
)
_APP_DELETES = (
    "camera_programmes, zones, calibrations, viewer_districts, sessions, sign_in_failures"
)
_APP_COLUMNS = {
    "events": "UPDATE (state)",
    "violations": "UPDATE (article, plate, mci_count, mci_tenge, fine_tenge, reviewed_at, "
    "reviewer_id, issued_at, paid_at, paid_tenge, contested_at, cancelled_at)",
    "incidents": "UPDATE (unit_id, acknowledged_at, acknowledged_by, dispatched_at, on_scene_at, "
    "resolved_at, closed_at)",
    "work_orders": "UPDATE (unit_id, deadline_at, assigned_at, done_at, verified_at, "
    "before_evidence_id, after_evidence_id)",
    "camera_feeds": "SELECT (camera_id), INSERT, UPDATE",
    "event_states": "INSERT",
    "audit_records": "INSERT",
    "camera_programmes": "INSERT",
    "viewer_districts": "INSERT",
}

_WORKER_READS = (
    "districts, programmes, sites, cameras, camera_feeds, camera_programmes, linear_sections, "
    "zones, calibrations, sos_buttons, units, settings, monthly_index, fines_schedule"
)
_WORKER_WRITES = (
    "camera_health, feed_status, feed_outages, workers, outboxes, events, event_states, evidence, violations, "
    "incidents, work_orders, plate_reads, traffic_counts, sos_presses, calls, events_hourly, "
    "events_daily, traffic_hourly, traffic_daily, camera_hours_daily"
)
_WORKER_COLUMNS = {"units": "UPDATE (state, latitude, longitude, seen_at)"}


def up() -> None:
    op.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    op.execute("GRANT USAGE ON SCHEMA public TO qala_app, qala_worker")
    _app()
    _worker()


def _app() -> None:
    op.execute(f"GRANT SELECT ON {_APP_READS} TO qala_app")
    op.execute(f"GRANT INSERT, UPDATE ON {_APP_EDITS} TO qala_app")
    op.execute(f"GRANT DELETE ON {_APP_DELETES} TO qala_app")
    for table, rights in _APP_COLUMNS.items():
        op.execute(f"GRANT {rights} ON {table} TO qala_app")


def _worker() -> None:
    op.execute(f"GRANT SELECT ON {_WORKER_READS} TO qala_worker")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {_WORKER_WRITES} TO qala_worker")
    for table, rights in _WORKER_COLUMNS.items():
        op.execute(f"GRANT {rights} ON {table} TO qala_worker")
    op.execute("GRANT EXECUTE ON FUNCTION qala_make_partitions(date, date) TO qala_worker")


def down() -> None:
    op.execute("REVOKE USAGE ON SCHEMA public FROM qala_app, qala_worker")
