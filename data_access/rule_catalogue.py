"""The rules that the workers know, as they say it themselves: the app never asks their code."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import text

from data_access.database import Transaction
from data_access.domain.rule_faces import RuleFace, RuleSetting
from data_access.domain.watch import ZoneShape

_SAY = text("UPDATE workers SET rules = CAST(:rules AS jsonb) WHERE name = :name")

_NEWEST = text("""
    SELECT rules FROM workers WHERE jsonb_array_length(rules) > 0
    ORDER BY updated_at DESC LIMIT 1
""")


def say(tx: Transaction, worker: str, faces: Iterable[RuleFace]) -> None:
    """Write which rules a worker knows; it must have reported before."""
    tx.execute(_SAY, {"name": worker, "rules": json.dumps([_document(face) for face in faces])})


def catalogue(tx: Transaction) -> dict[str, RuleFace]:
    """The rules of the worker that reported last, by id; empty where none ever did."""
    found = tx.scalar(_NEWEST) or []
    return {face.id: face for face in map(_face, found)}


def _document(face: RuleFace) -> dict[str, Any]:
    settings = [
        {"name": one.name, "usual": one.usual, "choices": list(one.choices)}
        for one in face.settings
    ]
    return {
        "id": face.id, "shape": face.shape, "settings": settings, "calibrated": face.calibrated,
    }  # fmt: skip


def _face(document: dict[str, Any]) -> RuleFace:
    settings = tuple(
        RuleSetting(one["name"], one["usual"], tuple(one["choices"]))
        for one in document["settings"]
    )
    shape = ZoneShape(document["shape"])
    return RuleFace(document["id"], shape, settings, document["calibrated"])
