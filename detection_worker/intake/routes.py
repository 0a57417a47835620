"""``POST /intake/sos``, ``calls``, ``telemetry`` and ``signals``, with a key each."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from detection_worker.intake.desk import IntakeDesk, Taken
from detection_worker.intake.forms import (
    FormError,
    Read,
    read_call,
    read_position,
    read_press,
    read_signal,
)
from detection_worker.request_keys import KEY_HEADER, is_key

MOST_BYTES = 16_384
"""A call of 2,000 characters weighs at most 12 kB of JSON."""


@dataclass(frozen=True, slots=True)
class IntakeKeys:
    """The key of each sender; kept in the installation's ``keys`` folder."""

    sos: str
    calls: str
    telemetry: str
    signals: str


class _TooLarge(Exception):
    """The body is longer than ``MOST_BYTES``."""


def make_routes(desk: IntakeDesk, keys: IntakeKeys) -> list[BaseRoute]:
    """The addresses at which the worker takes what others send."""
    return [
        _route("sos", keys.sos, read_press, desk),
        _route("calls", keys.calls, read_call, desk),
        _route("telemetry", keys.telemetry, read_position, desk),
        _route("signals", keys.signals, read_signal, desk),
    ]


def _route(name: str, key: str, read: Read, desk: IntakeDesk) -> BaseRoute:
    async def take(request: Request) -> Response:
        if not is_key(request.headers.get(KEY_HEADER), key):
            return _refusal(401, [f"Send the key intake-{name} in the header {KEY_HEADER}."])
        try:
            sent = read(await _json(request), datetime.now(UTC))
            taken = await run_in_threadpool(desk.take, sent)
        except _TooLarge:
            return _refusal(413, [f"Send at most {MOST_BYTES} bytes."])
        except FormError as error:
            return _refusal(422, error.faults)
        return _answer(taken)

    return Route(f"/intake/{name}", take, methods=["POST"])


async def _json(request: Request) -> object:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise _TooLarge
    try:
        sent = json.loads(body)
        json.dumps(sent, ensure_ascii=False).encode()  # half a sign, as in "\\ud800", is no text
        return sent
    except (ValueError, RecursionError):
        raise FormError(["The body is no JSON in UTF-8."]) from None


def _answer(taken: Taken) -> Response:
    event = str(taken.event_id) if taken.event_id else None
    return JSONResponse({"written": taken.written, "event": event}, 201 if taken.written else 202)


def _refusal(status: int, faults: list[str]) -> Response:
    return JSONResponse({"errors": faults}, status)
