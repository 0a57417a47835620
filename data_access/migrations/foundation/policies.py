"""Row-level security: which rows a transaction of the app sees and may write.

A transaction carries ``qala.scope``: ``all``, district numbers with commas, or ``sign_in``
(accounts, sessions and settings, and no district); unset, it sees nothing. The settings stand
in uncorrelated subselects, which PostgreSQL evaluates once a query, not once a row.
"""

from alembic import op

_SCOPE = "(SELECT current_setting('qala.scope', true))"
VIEWER = "(SELECT nullif(current_setting('qala.viewer', true), '')::bigint)"
# Anything but numbers gives NULL here, and NULL shows no row. The second cast does nothing but
# keep ANY from taking the subselect for a list of rows.
_DISTRICTS = (
    "(SELECT string_to_array(substring(current_setting('qala.scope', true)"
    " FROM '^[0-9]+(?:,[0-9]+)*$'), ',')::bigint[])::bigint[]"
)

WHOLE_CITY = f"{_SCOPE} = 'all'"
SIGN_IN = f"{_SCOPE} = 'sign_in'"
ANY_SCOPE = f"{_SCOPE} <> ''"


def in_scope(column: str = "district_id") -> str:
    return f"{WHOLE_CITY} OR {column} = ANY ({_DISTRICTS})"


_BY_DISTRICT = [
    "sites",
    "camera_programmes",
    "cameras",
    "linear_sections",
    "zones",
    "calibrations",
    "camera_health",
    "feed_status",
    "feed_outages",
    "sos_buttons",
    "units",
    "events",
    "event_states",
    "evidence",
    "plate_reads",
    "traffic_counts",
    "sos_presses",
    "calls",
    "violations",
    "incidents",
    "work_orders",
    "events_hourly",
    "events_daily",
    "traffic_hourly",
    "traffic_daily",
    "camera_hours_daily",
]

_FOR_ALL = ["streets", "programmes", "monthly_index", "fines_schedule", "workers"]
"""What has no district and tells nothing of one: read under every scope."""

_CITY_WRITES = ["monthly_index", "fines_schedule"]

_ACCOUNTS = ["viewers", "viewer_passwords", "viewer_districts", "sessions", "sign_in_failures"]
"""Written under the scope ``sign_in`` alone, which sees no district."""

_PARENTS = {
    "cameras": "SELECT FROM sites p WHERE p.id = cameras.site_id"
    " AND p.district_id = cameras.district_id",
    "event_states": "SELECT FROM events p WHERE p.id = event_states.event_id"
    " AND p.started_at = event_states.event_started_at"
    " AND p.district_id = event_states.district_id",
} | {
    table: f"SELECT FROM cameras p WHERE p.id = {table}.camera_id"
    f" AND p.district_id = {table}.district_id"
    for table in ("zones", "calibrations", "camera_programmes")
}
"""What a row hangs on must stand in the same district, or a viewer could write to another's."""

_WORKER_ALONE = ["outboxes"]
"""No policy of the app's names it."""

_WORKER_TABLES = (
    *_BY_DISTRICT,
    *_FOR_ALL,
    *_WORKER_ALONE,
    "districts",
    "camera_feeds",
    "settings",
)


def up() -> None:
    for table in _BY_DISTRICT:
        _by_district(table)
    for table in _FOR_ALL:
        _secure(table)
        _policy(table, "reads", "SELECT", using=ANY_SCOPE)
    for table in _CITY_WRITES:
        _policy(table, "adds", "INSERT", check=WHOLE_CITY)
        _policy(table, "changes", "UPDATE", using=WHOLE_CITY, check=WHOLE_CITY)
    for table in _WORKER_ALONE:
        _secure(table)
    _places()
    _accounts()
    _audit()
    for table in _WORKER_TABLES:
        op.execute(f"CREATE POLICY worker ON {table} TO qala_worker USING (true) WITH CHECK (true)")


def down() -> None:
    """The others go with their tables; these look at another table."""
    op.execute("DROP POLICY colleagues ON viewers")
    for table in _PARENTS:
        op.execute(f"DROP POLICY scope ON {table}")


def _by_district(table: str) -> None:
    _secure(table)
    parent = _PARENTS.get(table)
    check = f"({in_scope()}) AND EXISTS ({parent})" if parent else in_scope()
    _policy(table, "scope", "ALL", using=in_scope(), check=check)


def _places() -> None:
    _secure("districts")
    _policy("districts", "scope", "SELECT", using=in_scope("id"))
    _secure("camera_feeds")
    _policy("camera_feeds", "city", "ALL", using=WHOLE_CITY, check=WHOLE_CITY)
    _secure("settings")
    _policy("settings", "reads", "SELECT", using=ANY_SCOPE)
    _policy("settings", "adds", "INSERT", check=WHOLE_CITY)
    _policy("settings", "changes", "UPDATE", using=WHOLE_CITY, check=WHOLE_CITY)


def _accounts() -> None:
    for table in _ACCOUNTS:
        _secure(table)
        _policy(table, "sign_in", "ALL", using=SIGN_IN, check=SIGN_IN)
    _policy("viewer_districts", "scope", "SELECT", using=in_scope())
    colleague = (
        "id = " + VIEWER + " OR whole_city OR EXISTS"
        " (SELECT FROM viewer_districts d WHERE d.viewer_id = viewers.id)"
    )
    _policy(
        "viewers", "colleagues", "SELECT", using=f"{ANY_SCOPE} AND ({WHOLE_CITY} OR {colleague})"
    )


def _audit() -> None:
    own = f"{ANY_SCOPE} AND viewer_id = {VIEWER}"
    _secure("audit_records")
    _policy("audit_records", "reads", "SELECT", using=f"{WHOLE_CITY} OR ({own})")
    _policy("audit_records", "adds", "INSERT", check=f"{SIGN_IN} OR ({own})")


def _secure(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def _policy(table: str, name: str, command: str, using: str = "", check: str = "") -> None:
    clauses = (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
    op.execute(f"CREATE POLICY {name} ON {table} FOR {command} TO qala_app{clauses}")
