"""What rules measured as JSON: NumPy's numbers as Python's own, no NaN and no infinity."""

import json
import math
from typing import Any


def as_json(document: dict[str, Any]) -> str:
    """The document as JSON that every reader knows, PostgreSQL too."""
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False, default=_plain)
    except ValueError:
        return json.dumps(_without_nan(document), ensure_ascii=False, default=_plain)


def as_plain(document: dict[str, Any]) -> dict[str, Any]:
    """The document with values that JSON has: what ``as_json`` would be read as."""
    plain: dict[str, Any] = json.loads(as_json(document))
    return plain


def _plain(value: Any) -> Any:
    """NumPy's numbers and arrays as Python's own; everything else as text."""
    to_list = getattr(value, "tolist", None)
    return to_list() if to_list is not None else str(value)


def _without_nan(value: Any) -> Any:
    """The same without NaN and infinity, which JSON and PostgreSQL do not know."""
    if isinstance(value, dict):
        return {key: _without_nan(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(part) for part in value]
    if hasattr(value, "tolist"):
        return _without_nan(value.tolist())
    return None if isinstance(value, float) and not math.isfinite(value) else value
