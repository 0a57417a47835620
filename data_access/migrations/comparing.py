"""What a comparison of the models with a database leaves out: the monthly partitions."""

import re
from typing import Any

from data_access.partitions import PARTITIONED

_PARTITION = re.compile(rf"({'|'.join(PARTITIONED)})_(default|\d{{4}}_\d{{2}})")


def in_models(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Alembic's ``include_object``: everything but partitions and what belongs to them."""
    table = name if kind == "table" else getattr(getattr(item, "table", None), "name", None)
    return not (table and _PARTITION.fullmatch(table))
