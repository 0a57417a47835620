"""Columns of text put together from other columns, a million rows at a time."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Texts: TypeAlias = Any
"""An Arrow array of texts (Arrow has no types of its own for mypy)."""

Part: TypeAlias = str | npt.NDArray[Any] | Texts | list[str]


def joined(*parts: Part) -> Texts:
    """The parts of each row put together; a plain text is the same in each row."""
    return pc.binary_join_element_wise(*(_texts(part) for part in parts), "")


def chosen(texts: list[str], indices: npt.NDArray[np.integer[Any]]) -> Texts:
    """For each row the text that its index names."""
    return pa.array(texts, type=pa.string()).take(pa.array(indices))


def repeated(text: str, rows: int) -> Texts:
    """The same text in each row."""
    return pa.repeat(pa.scalar(text, pa.string()), rows)


def only_where(flags: npt.NDArray[np.bool_], texts: Texts) -> Texts:
    """The texts where the flag is up, nothing elsewhere."""
    return pc.if_else(pa.array(flags), texts, pa.scalar(None, pa.string()))


def together(columns: list[Texts]) -> Texts:
    """Columns of texts one below the other."""
    return pa.concat_arrays(columns)


def document(**values: Part) -> Texts:
    """A JSON document a row; texts are put in quotes, numbers stand as they are."""
    parts: list[Part] = []
    for name, value in values.items():
        quote = "" if isinstance(value, np.ndarray) and value.dtype.kind in "iuf" else '"'
        parts += [f'{", " if parts else "{"}"{name}": {quote}', value, quote]
    return joined(*parts, "}")


def _texts(part: Part) -> Any:
    if isinstance(part, str):
        return part
    if isinstance(part, pa.Array):
        return part
    if isinstance(part, list):
        return pa.array(part, type=pa.string())
    if part.dtype.kind == "S":
        return pa.array(part).cast(pa.string())
    return pa.array(part).cast(pa.string())
