"""Checks that older rows may break: proved where none does, else the rows are named.

A check that is made NOT VALID holds for every row written from then on; rows from before stay as
they are until somebody corrects them.
"""

from sqlalchemy import Connection, Row, text

MOST_NAMED = 10

_UNPROVED = text("""
    SELECT conrelid::regclass::text AS of_table, conname AS name,
           pg_get_expr(conbin, conrelid) AS says,
           (SELECT array_agg(quote_ident(attname) ORDER BY attnum)
            FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
            WHERE indrelid = conrelid AND indisprimary) AS keys
    FROM pg_constraint
    WHERE contype = 'c' AND NOT convalidated AND conparentid = 0
      AND connamespace = 'public'::regnamespace
    ORDER BY 1, 2
""")


def prove(connection: Connection) -> list[str]:
    """Prove what can be; a sentence for each check that some rows break, with their keys."""
    said = (_proved(connection, one) for one in connection.execute(_UNPROVED).all())
    return [sentence for sentence in said if sentence]


def _proved(connection: Connection, check: Row[tuple[str, str, str, list[str]]]) -> str:
    rows = _breaking(connection, check)
    if not rows:
        connection.exec_driver_sql(f"ALTER TABLE {check.of_table} VALIDATE CONSTRAINT {check.name}")
        return ""
    more = " and others" if len(rows) > MOST_NAMED else ""
    named = "; ".join(rows[:MOST_NAMED]) + more
    return (
        f"The table {check.of_table} has rows from before that break {check.name}: {named}. "
        "They are kept as they are and nothing is measured by them; correct them and run "
        f"./qala db migrate. The check is {check.says}."
    )


def _breaking(connection: Connection, check: Row[tuple[str, str, str, list[str]]]) -> list[str]:
    """The keys of some rows that break it, like ``id 3``."""
    query = (
        f"SELECT {', '.join(check.keys)} FROM {check.of_table}"  # noqa: S608 - catalogue's names
        f" WHERE NOT ({check.says}) ORDER BY {', '.join(check.keys)} LIMIT {MOST_NAMED + 1}"
    )
    found = connection.exec_driver_sql(query).all()
    return [
        ", ".join(f"{key} {value}" for key, value in zip(check.keys, row, strict=True))
        for row in found
    ]
