"""A comment on every column.

The words are those of the models as they are today: a comment is no structure, so the newest
wording is right at any revision. Whoever changes one lets a new revision call ``comment`` again.
"""

from alembic import op
from sqlalchemy import Connection

from data_access.tables.comments import COMMON, OWN

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COLUMNS = """
SELECT c.relname, a.attname, col_description(c.oid, a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
"""


def upgrade() -> None:
    comment(op.get_bind())


def downgrade() -> None:
    ours = {words for words in (*COMMON.values(), *OWN.values())}
    rows = op.get_bind().exec_driver_sql(_COLUMNS).all()
    _say(op.get_bind(), {(row[0], row[1]): "NULL" for row in rows if row[2] in ours})


def comment(connection: Connection) -> None:
    """Give each column that has no comment the one of the models."""
    words = {}
    for table, column, there in connection.exec_driver_sql(_COLUMNS).all():
        own = OWN.get(f"{table}.{column}") or COMMON.get(column)
        if own and not there and not table.startswith("alembic"):
            words[table, column] = "'" + own.replace("'", "''") + "'"
    _say(connection, words)


def _say(connection: Connection, words: dict[tuple[str, str], str]) -> None:
    lines = [f'COMMENT ON COLUMN "{t}"."{c}" IS {said}' for (t, c), said in words.items()]
    if lines:
        connection.exec_driver_sql(";\n".join(lines))
