"""What a comparison of the models with a database leaves out: the monthly partitions."""

import re
from typing import Any

from sqlalchemy import ForeignKeyConstraint

from data_access.partitions import PARTITIONED

_PARTITION = re.compile(rf"({'|'.join(PARTITIONED)})_(default|\d{{4}}_\d{{2}})")


def in_models(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Alembic's ``include_object``: everything but partitions and what belongs to them.

    A reference to a partitioned table stands in the catalogue once more for each partition.
    """
    tables = [name if kind == "table" else getattr(getattr(item, "table", None), "name", None)]
    if isinstance(item, ForeignKeyConstraint):
        tables.append(item.elements[0].target_fullname.rpartition(".")[0])
    return not any(table and _PARTITION.fullmatch(table) for table in tables)
