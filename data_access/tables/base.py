"""What the table modules share: the base class and the column kinds."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

number = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
uuid_key = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
at = Annotated[datetime, mapped_column(DateTime(timezone=True))]
document = Annotated[dict[str, Any], mapped_column(JSONB)]
array = Annotated[list[Any], mapped_column(JSONB)]
district = Annotated[int, mapped_column(ForeignKey("districts.id"), index=True)]


class Base(DeclarativeBase):
    """All tables of Qala."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, int: BigInteger, datetime: DateTime(timezone=True)}


def one_of(column: str, values: type | list[str]) -> str:
    """A CHECK expression that holds ``column`` to the values of an enum or a list."""
    names = values if isinstance(values, list) else [str(value) for value in values]  # type: ignore[attr-defined]
    return f"{column} IN ({', '.join(repr(str(name)) for name in names)})"


PLACE = "latitude BETWEEN -85 AND 85 AND longitude BETWEEN -180 AND 180"
"""A CHECK expression; unlike ``>=`` alone, BETWEEN refuses NaN, PostgreSQL's greatest number."""


def pairs(column: str, low: int, high: int, each: int = 2) -> str:
    """A CHECK expression: JSON that is a list of lists of ``each`` numbers from low to high."""
    row = f'!(@.type() == "array" && @.size() == {each})'
    value = f'!(@.type() == "number" && @ >= {low} && @ <= {high})'
    return (
        f"jsonb_typeof({column}) = 'array' AND NOT {column} @? 'strict $[*] ? ({row})'"
        f" AND NOT {column} @? 'strict $[*][*] ? ({value})'"
    )
