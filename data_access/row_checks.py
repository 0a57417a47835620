"""Checks that older rows may break: proved where none does, else the rows are named.

A check that is made NOT VALID holds for every row written from then on; rows from before stay as
they are until somebody corrects them.
"""

from sqlalchemy import Connection, Row, text

_Check = Row[tuple[str, str, str, list[str], list[str]]]

MOST_NAMED = 10
LONGEST = 60
"""Signs of a value that are shown."""

_UNPROVED = text("""
    SELECT conrelid::regclass::text AS of_table, conname AS name,
           pg_get_expr(conbin, conrelid) AS says,
           (SELECT array_agg(quote_ident(attname) ORDER BY attnum)
            FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
            WHERE indrelid = conrelid AND indisprimary) AS keys,
           (SELECT array_agg(quote_ident(attname) ORDER BY attnum)
            FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
    FROM pg_constraint
    WHERE contype = 'c' AND NOT convalidated AND conparentid = 0
      AND connamespace = 'public'::regnamespace
    ORDER BY 1, 2
""")


def prove(connection: Connection) -> list[str]:
    """Prove what can be; a sentence for each check that some rows break, with their keys."""
    said = (_proved(connection, one) for one in connection.execute(_UNPROVED).all())
    return [sentence for sentence in said if sentence]


def _proved(connection: Connection, check: _Check) -> str:
    rows = _breaking(connection, check)
    if not rows:
        connection.exec_driver_sql(f"ALTER TABLE {check.of_table} VALIDATE CONSTRAINT {check.name}")
        return ""
    more = " and others" if len(rows) > MOST_NAMED else ""
    named = "; ".join(rows[:MOST_NAMED]) + more
    return (
        f"The table {check.of_table} has rows from before that break {check.name}: {named}. "
        "They are kept as they are; correct them, then run ./qala db migrate."
    )


def _breaking(connection: Connection, check: _Check) -> list[str]:
    """The keys of some rows that break it, with what it looks at: ``id 3 (length_m NaN)``."""
    keys, columns = _shown(check.keys), _shown(check.columns)
    query = (
        f"SELECT {keys} || ' (' || {columns} || ')' FROM {check.of_table}"  # noqa: S608
        f" WHERE NOT ({check.says}) ORDER BY {', '.join(check.keys)} LIMIT {MOST_NAMED + 1}"
    )
    return [str(words) for words in connection.exec_driver_sql(query).scalars()]


def _shown(columns: list[str]) -> str:
    """SQL for the names and values of columns; the names are the catalogue's own."""
    values = (f"'{one} ' || left(coalesce({one}::text, 'NULL'), {LONGEST})" for one in columns)
    return " || ', ' || ".join(values)
