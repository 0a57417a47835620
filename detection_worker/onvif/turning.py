"""Turning the cameras that a worker watches: ``GET`` and ``POST /ptz/{camera}`` on its port.

``GET`` gives ``{"presets": [{"token": "1", "name": "Gate"}]}``. ``POST`` takes ``{"do": "go",
"preset": "1"}``, ``{"do": "save", "name": "Gate"}``, ``{"do": "stop"}`` or ``{"do": "move",
"right": 0.1, "up": 0, "closer": 0}`` (shares of the whole range, from -1 to 1).
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from detection_worker.request_keys import KEY_HEADER, is_key

if TYPE_CHECKING:
    from detection_worker.onvif.device import Device

OnvifUrl = Callable[[int], str | None]
"""The ONVIF address of a camera that is watched and can be turned; else None."""

MOST_BYTES = 2_048
MOST_NAME = 64


class BadTurn(ValueError):
    """The request is no turn; the message says what one looks like."""


def make_routes(onvif_url: OnvifUrl, key: str) -> list[BaseRoute]:
    """The routes, for who sends ``key``; one camera does one thing at a time."""
    turns: dict[int, asyncio.Lock] = {}

    async def answer(request: Request, ask: "Ask") -> Response:
        if not is_key(request.headers.get(KEY_HEADER), key):
            return _refusal(401, f"Send the worker's key in the header {KEY_HEADER}.")
        camera_id = int(request.path_params["camera_id"])
        url = onvif_url(camera_id)
        if url is None:
            return _refusal(
                404, f"Camera {camera_id} is not watched here, or has no ONVIF address."
            )
        async with turns.setdefault(camera_id, asyncio.Lock()):
            return await _answered(url, ask)

    async def tell(request: Request) -> Response:
        return await answer(request, _tell)

    async def turn(request: Request) -> Response:
        try:
            ask = read_turn(await _json(request))
        except BadTurn as error:
            return _refusal(422, str(error))
        return await answer(request, ask)

    return [
        Route("/ptz/{camera_id:int}", tell, methods=["GET"]),
        Route("/ptz/{camera_id:int}", turn, methods=["POST"]),
    ]


Ask = Callable[["Device"], Awaitable[dict[str, Any]]]


def read_turn(sent: object) -> Ask:
    """What is asked of the camera; raises ``BadTurn``."""
    if not isinstance(sent, dict):
        raise BadTurn('Send {"do": "go", "preset": "1"}, or save, move, stop.')
    match sent:
        case {"do": "go", "preset": str(token)} if 0 < len(token) <= MOST_NAME:
            return lambda device: _done(device.go_to(token))
        case {"do": "save", "name": str(name)} if 0 < len(name.strip()) <= MOST_NAME:
            return lambda device: _saved(device, name.strip())
        case {"do": "stop"}:
            return lambda device: _done(device.stop())
        case {"do": "move"}:
            right, up, closer = (_share(sent.get(name, 0)) for name in ("right", "up", "closer"))
            return lambda device: _done(device.move(right, up, closer))
    raise BadTurn('Send {"do": "go", "preset": "1"}, or save, move, stop.')


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1 <= value <= 1:
        raise BadTurn("right, up and closer are numbers from -1 to 1.")
    return float(value)


async def _answered(url: str, ask: Ask) -> Response:
    # Imported here: SOAP takes a second to import, and most workers turn nothing.
    from detection_worker.onvif.device import OnvifError, OnvifUnable, talk

    try:
        async with talk(url) as device:
            return JSONResponse(await ask(device), headers={"Cache-Control": "no-store"})
    except OnvifError as error:
        return _refusal(409 if isinstance(error, OnvifUnable) else 502, error.reason)


async def _tell(device: "Device") -> dict[str, Any]:
    return {"presets": [asdict(preset) for preset in await device.presets()]}


async def _done(step: Awaitable[None]) -> dict[str, Any]:
    await step
    return {"done": True}


async def _saved(device: "Device", name: str) -> dict[str, Any]:
    return {"done": True, "preset": await device.save(name)}


async def _json(request: Request) -> object:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise BadTurn(f"Send at most {MOST_BYTES} bytes.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadTurn("The body is no JSON in UTF-8.") from None


def _refusal(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status, {"Cache-Control": "no-store"})
