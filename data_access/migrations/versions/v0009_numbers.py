"""Numbers that are none, or know no bound, are refused by the tables themselves.

To PostgreSQL NaN is greater than every number: a check that asks for ``> 0`` lets it pass, and
``BETWEEN`` does not. JSON has no NaN, but knows 1e400, which a program reads as infinite. One such
row would stop whatever reads all of them.

What is there already is never thrown away. Readings that the next report replaces, and positions
and rates that say nothing, become their default, and the audit log keeps what they were. What
people decide (measures, fines, shapes) stays as it is: those checks hold for every row that is
written from now on, and ``data_access.row_checks`` names the rows that break them.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def pairs(column: str, low: int, high: int, each: int = 2) -> str:
    """JSON that is a list of lists of ``each`` numbers from ``low`` to ``high``."""
    row = f'!(@.type() == "array" && @.size() == {each})'
    value = f'!(@.type() == "number" && @ >= {low} && @ <= {high})'
    return (
        f"jsonb_typeof({column}) = 'array' AND NOT {column} @? 'strict $[*] ? ({row})'"
        f" AND NOT {column} @? 'strict $[*][*] ? ({value})'"
    )


PLACE = "latitude BETWEEN -85 AND 85 AND longitude BETWEEN -180 AND 180"

CHECKS = {
    "linear_sections": (
        "length_m <= 1000000 AND clock_offset_s BETWEEN -86400 AND 86400"
        f" AND clock_error_s <= 86400 AND length_error_m <= 1000000 AND {pairs('path', -180, 180)}"
    ),
    "fines_schedule": "mci_count <= 999999.99",
    "violations": "mci_count BETWEEN 0 AND 999999.99",
    "districts": pairs("boundary", -180, 180),
    "streets": pairs("path", -180, 180),
    "zones": pairs("points", 0, 1),
    "calibrations": pairs("pairs", -1_000_000, 1_000_000, each=4),
    "units": f"{PLACE} AND (latitude IS NULL) = (longitude IS NULL)",
    "calls": PLACE,
    "camera_feeds": "analysed_fps BETWEEN 0 AND 1000",
    "camera_hours_daily": "online_hours <= 24000000",
    "feed_status": (
        "fps >= 0 AND fps < 'Infinity' AND analysed_fps >= 0 AND analysed_fps < 'Infinity'"
        " AND latency_ms > '-Infinity' AND latency_ms < 'Infinity'"
    ),
    "workers": "inference_ms >= 0 AND inference_ms < 'Infinity'",
    "rule_trials": "seconds >= 0 AND seconds < 'Infinity'",
}
"""By table: what ``ck_…_numbers`` asks of each row. Bounds of sections are those of the form;
no site has a million cameras with 24 hours each; numeric(8,2) ends at 999999.99."""

MENDS = {
    "units": ("id", {"latitude": "NULL", "longitude": "NULL"}),
    "calls": ("id", {"latitude": "NULL", "longitude": "NULL"}),
    "camera_feeds": ("camera_id", {"analysed_fps": "10"}),
    "camera_hours_daily": ("site_id || ' ' || day", {"online_hours": "0"}),
    "feed_status": ("camera_id", {"fps": "0", "analysed_fps": "0", "latency_ms": "0"}),
    "workers": ("name", {"inference_ms": "0"}),
    "rule_trials": ("id", {"seconds": "0"}),
}
"""By table: what names a row, and what its columns become where one of them is no number."""


def upgrade() -> None:
    for table, (key, columns) in MENDS.items():
        _mend(table, key, columns)
    for table, check in CHECKS.items():
        op.create_check_constraint(
            op.f(f"ck_{table}_numbers"), table, check, postgresql_not_valid=True
        )


def downgrade() -> None:
    for table in CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_numbers"), table, type_="check")


def _mend(table: str, key: str, columns: dict[str, str]) -> None:
    wrong = f"NOT ({CHECKS[table]})"
    kept = ", ".join(f"'{column}', {column}::text" for column in columns)
    op.execute(
        "INSERT INTO audit_records (login, action, subject, detail)"
        f" SELECT './qala db migrate', 'numbers.mend', '{table} ' || {key},"
        f" jsonb_build_object({kept}) FROM {table} WHERE {wrong}"
    )
    written = ", ".join(f"{column} = {value}" for column, value in columns.items())
    op.execute(f"UPDATE {table} SET {written} WHERE {wrong}")
