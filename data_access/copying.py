"""Columns of many rows into a table by ``COPY``: how the demonstration city is loaded.

``COPY`` writes twenty times faster than single inserts. The columns are NumPy or Arrow
arrays; Arrow writes them as CSV, where an empty text is ``""`` and a missing value is nothing,
which is how PostgreSQL reads it.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import psycopg
import pyarrow as pa
import pyarrow.csv
from psycopg import sql
from sqlalchemy import text

from data_access.database import Transaction

ArrowArray: TypeAlias = Any
"""``pyarrow.Array``, which has no types for mypy."""

Column: TypeAlias = npt.NDArray[Any] | Sequence[Any] | ArrowArray
"""One value a row: NaN, NaT and None become NULL; ``datetime64[us]`` is UTC."""

BATCH_ROWS = 10_000
BATCHES_AHEAD = 4

_REFERENCES = text(
    "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,"
    " format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,"
    "        pg_get_constraintdef(oid)) AS back"
    " FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"
    " AND conrelid = ANY (CAST(:tables AS regclass[])) ORDER BY 1"
)
_INDEXES = text(
    "SELECT format('DROP INDEX %s', indexrelid::regclass) AS away,"
    " replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS back"
    " FROM pg_index WHERE NOT indisunique AND indrelid = ANY (CAST(:tables AS regclass[]))"
    " ORDER BY 1"
)


def copy_columns(tx: Transaction, table: str, columns: Mapping[str, Column]) -> int:
    """Write the rows that ``columns`` make side by side into ``table``; how many they were.

    All columns have one length. Documents and PostgreSQL arrays are given as their text.
    Raises ``psycopg.Error`` in the usual way where a row is refused: nothing is kept then.
    """
    rows = pa.table({name: _arrow(column) for name, column in columns.items()})
    words = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    )
    with _psycopg(tx).cursor() as cursor, cursor.copy(words) as copy:
        for octets in _encoded(rows.to_batches(max_chunksize=BATCH_ROWS)):
            copy.write(octets)
    return int(rows.num_rows)


def continue_numbering(tx: Transaction, *tables: str) -> None:
    """Let the next ``id`` of each table follow the highest one that was copied into it."""
    for table in tables:
        name = sql.Identifier(table).as_string()
        tx.execute(
            text(
                "SELECT setval(pg_get_serial_sequence(:table, 'id'), max(id))"  # noqa: S608
                f" FROM {name} HAVING max(id) IS NOT NULL"
            ),
            {"table": table},
        )


def learn_sizes(tx: Transaction, *tables: str) -> None:
    """Let the planner look at tables that were just filled: the first questions are quick too.

    It looks at fewer rows than it will when autovacuum comes round, for it looks now.
    """
    names = ", ".join(sql.Identifier(table).as_string() for table in tables)
    tx.exec_driver_sql("SET LOCAL default_statistics_target = 30")
    tx.exec_driver_sql(f"ANALYZE {names}")


@contextmanager
def filled_in_bulk(tx: Transaction, *tables: str) -> Iterator[None]:
    """Put the references and the plain indexes of ``tables`` aside while they are filled.

    Checking all references at the end and building whole indexes costs a fraction of doing it
    row by row. For filling an empty database: the owner alone may do it, and it locks the
    tables until the transaction ends. An exception rolls everything back together.
    """
    aside = [
        row
        for query in (_REFERENCES, _INDEXES)
        for row in tx.execute(query, {"tables": list(tables)}).all()
    ]
    for row in aside:
        tx.exec_driver_sql(row.away)
    yield
    for row in reversed(aside):
        tx.exec_driver_sql(row.back)


def _arrow(column: Column) -> ArrowArray:
    if isinstance(column, pa.Array | pa.ChunkedArray):
        return column
    if isinstance(column, np.ndarray) and column.dtype.kind == "M" and column.dtype != "M8[D]":
        moments = column.astype("datetime64[us]")
        return pa.array(moments, type=pa.timestamp("us", tz="UTC"))
    return pa.array(column, from_pandas=True)


def _encoded(batches: Sequence[ArrowArray]) -> Iterator[memoryview]:
    """The batches as CSV; the next ones are made while PostgreSQL takes the one before."""
    with ThreadPoolExecutor(max_workers=1) as encoder:
        coming: deque[Future[memoryview]] = deque()
        for batch in batches:
            coming.append(encoder.submit(_csv, batch))
            if len(coming) > BATCHES_AHEAD:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def _csv(batch: ArrowArray) -> memoryview:
    written = BytesIO()
    pyarrow.csv.write_csv(batch, written, pyarrow.csv.WriteOptions(include_header=False))
    return written.getbuffer()


def _psycopg(tx: Transaction) -> psycopg.Connection[Any]:
    connection = tx.connection.driver_connection
    if not isinstance(connection, psycopg.Connection):
        raise TypeError(f"COPY needs a psycopg connection, not {type(connection).__name__}")
    return connection
