"""Columns of many rows into a table by ``COPY``: how the demonstration city is loaded.

``COPY`` writes twenty times faster than single inserts. The columns are NumPy or Arrow
arrays; Arrow writes them as CSV, where an empty text is ``""`` and a missing value is nothing,
which is how PostgreSQL reads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg
import pyarrow as pa
import pyarrow.csv
from psycopg import sql
from sqlalchemy import text

from data_access.database import Transaction

Column = npt.NDArray[Any] | Sequence[Any] | pa.Array
"""One value a row: NaN, NaT and None become NULL; ``datetime64[us]`` is UTC."""

BATCH_ROWS = 50_000

_FOREIGN_KEYS = text(
    "SELECT conrelid::regclass::text AS table_name, conname, pg_get_constraintdef(oid) AS words"
    " FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"
    " AND conrelid = ANY (CAST(:tables AS regclass[])) ORDER BY 1, 2"
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
        for batch in rows.to_batches(max_chunksize=BATCH_ROWS):
            copy.write(_csv(batch))
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


@contextmanager
def references_checked_at_the_end(tx: Transaction, *tables: str) -> Iterator[None]:
    """Put the references of ``tables`` aside while they are filled, and check them all at once.

    A check a row costs more than the copying itself. The owner alone may do it, and it locks
    the tables until the transaction ends: for filling an empty database. An exception rolls
    the references back together with the rows.
    """
    found = tx.execute(_FOREIGN_KEYS, {"tables": list(tables)}).all()
    for row in found:
        tx.exec_driver_sql(f'ALTER TABLE {row.table_name} DROP CONSTRAINT "{row.conname}"')
    yield
    for row in found:
        tx.exec_driver_sql(
            f'ALTER TABLE {row.table_name} ADD CONSTRAINT "{row.conname}" {row.words}'
        )


def _arrow(column: Column) -> pa.Array:
    if isinstance(column, pa.Array | pa.ChunkedArray):
        return column
    if isinstance(column, np.ndarray) and column.dtype.kind == "M" and column.dtype != "M8[D]":
        moments = column.astype("datetime64[us]")
        return pa.array(moments, type=pa.timestamp("us", tz="UTC"))
    return pa.array(column, from_pandas=True)


def _csv(batch: pa.RecordBatch) -> memoryview:
    written = BytesIO()
    pyarrow.csv.write_csv(batch, written, pyarrow.csv.WriteOptions(include_header=False))
    return written.getbuffer()


def _psycopg(tx: Transaction) -> psycopg.Connection[Any]:
    connection = tx.connection.driver_connection
    if not isinstance(connection, psycopg.Connection):
        raise TypeError(f"COPY needs a psycopg connection, not {type(connection).__name__}")
    return connection
