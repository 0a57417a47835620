"""Footage and models that lie beside the project and are never copied into it."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def shared(name: str) -> Path:
    """The file ``name`` in QALA_SHARED, or in ``../shared``; raises FileNotFoundError."""
    folder = Path(os.environ.get("QALA_SHARED") or PROJECT.parent / "shared")
    path = folder / name
    if not path.exists():
        raise FileNotFoundError(
            f"There is no {path}: put it there, or let QALA_SHARED name the folder that has it."
        )
    return path
