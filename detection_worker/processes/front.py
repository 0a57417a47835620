"""The port in front of all processes: each request goes to the one that watches the camera."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

import httpx
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from detection_worker.processes.front_wall import make_wall
from detection_worker.request_keys import KEY_HEADER

PATIENCE = httpx.Timeout(5.0, connect=2.0)
MOST_BYTES = 16_384
"""What is sent to the worker is small: a call, a press, a turn."""

PASSED_BACK = ("content-type", "cache-control", "x-captured-at")


class Process(Protocol):
    """A process as its front sees it."""

    number: int
    name: str
    port: int
    restarts: int

    @property
    def runs(self) -> bool:
        """Whether it runs now."""
        ...

    @property
    def pid(self) -> int | None:
        """Its number in the operating system."""
        ...


class Fleet(Protocol):
    """All processes, and who watches which camera."""

    @property
    def processes(self) -> Sequence[Process]:
        """All of them."""
        ...

    @property
    def watches(self) -> Mapping[int, int]:
        """The number of the process of each camera."""
        ...

    @property
    def troubles(self) -> Sequence[str]:
        """Sentences of the catalogues about the processes themselves."""
        ...


class Front:
    """Answers for all processes of ``fleet``; ``key`` opens what the processes' own key opens."""

    def __init__(self, fleet: Fleet, key: str) -> None:
        self._fleet, self._key = fleet, key
        self._client: httpx.AsyncClient | None = None

    def app(self) -> Starlette:
        """What the port answers."""
        return Starlette(
            lifespan=self._open,
            routes=[
                Route("/healthz", self.tell_health),
                Route("/metrics", self.tell_measures),
                WebSocketRoute("/live/wall", make_wall(self._fleet, self._key)),
                Route("/live/{camera_id:int}.{kind}", self.pass_by_camera),
                Route("/ptz/{camera_id:int}", self.pass_by_camera, methods=["GET", "POST"]),
                Route("/intake/signals", self.pass_to_all, methods=["POST"]),
                Route("/intake/{name}", self.pass_to_any, methods=["POST"]),
            ],
        )

    async def pass_by_camera(self, request: Request) -> Response:
        """To the process that watches the camera."""
        number = self._fleet.watches.get(int(request.path_params["camera_id"]))
        if number is None:
            return _refusal(404, "No camera of this number is watched.")
        body = await _body(request)
        if body is None:
            return _too_large()
        return await self._pass_on(request, body, self._fleet.processes[number])

    async def pass_to_any(self, request: Request) -> Response:
        """To the first process that answers: what is sent belongs to no camera."""
        body = await _body(request)
        if body is None:
            return _too_large()
        for process in self._fleet.processes:
            answer = await self._pass_on(request, body, process)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                return answer
        return _nobody()

    async def pass_to_all(self, request: Request) -> Response:
        """To every process: cameras of any of them may see the signal, and cameras move."""
        body = await _body(request)
        if body is None:
            return _too_large()
        each = (self._pass_on(request, body, process) for process in self._fleet.processes)
        answers = await asyncio.gather(*each)
        given = min(answers, key=lambda answer: answer.status_code, default=_nobody())
        for answer in answers:
            if answer is not given and isinstance(answer, _Passed):
                await answer.let_go()
        return given

    async def tell_health(self, request: Request) -> Response:
        """The health of all, and of each."""
        each = [await self._health(process) for process in self._fleet.processes]
        whole = summed(each, self._fleet.troubles)
        return JSONResponse(whole, 200 if whole["well"] else 503)

    async def tell_measures(self, request: Request) -> Response:
        """The measures of all processes, each with its name."""
        texts = {one.name: await self._text(one, "/metrics") for one in self._fleet.processes}
        return Response(merged(texts), media_type="text/plain; version=0.0.4")

    async def _pass_on(self, request: Request, body: bytes, process: Process) -> Response:
        if not process.runs:
            return _refusal(503, f"{process.name} is being started again. Try again in a moment.")
        headers = {KEY_HEADER: request.headers.get(KEY_HEADER, "")}
        url = f"http://127.0.0.1:{process.port}{request.url.path}"
        asked = self._http().build_request(
            request.method, url, params=request.query_params, content=body, headers=headers
        )
        try:
            answer = await self._http().send(asked, stream=True)
        except httpx.HTTPError:
            return _refusal(503, f"{process.name} does not answer. Try again in a moment.")
        return _Passed(answer)

    async def _health(self, process: Process) -> dict[str, Any]:
        told: dict[str, Any] = {"well": False, "ready": False}
        with suppress(httpx.HTTPError, ValueError):
            if process.runs:
                url = f"http://127.0.0.1:{process.port}/healthz"
                told = (await self._http().get(url)).json()
        return {
            **told,
            "name": process.name,
            "pid": process.pid,
            "runs": process.runs,
            "restarts": process.restarts,
        }

    async def _text(self, process: Process, path: str) -> str:
        with suppress(httpx.HTTPError):
            if process.runs:
                return (await self._http().get(f"http://127.0.0.1:{process.port}{path}")).text
        return ""

    @asynccontextmanager
    async def _open(self, _: Starlette) -> AsyncIterator[None]:
        yield
        if self._client is not None:
            await self._client.aclose()

    def _http(self) -> httpx.AsyncClient:
        """Made at its first use, so that it belongs to the running loop."""
        if self._client is None:
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
            self._client = httpx.AsyncClient(timeout=PATIENCE, trust_env=False, limits=limits)
        return self._client


class _Passed(StreamingResponse):
    """An answer that is passed on as it comes, and let go when the reader has gone."""

    def __init__(self, answer: httpx.Response) -> None:
        kept = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
        super().__init__(answer.aiter_raw(), answer.status_code, kept)
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with suppress(httpx.HTTPError):  # the process died in the middle
                await super().__call__(scope, receive, send)
        finally:
            await self.let_go()

    async def let_go(self) -> None:
        """Pass nothing on, or no more."""
        await self._answer.aclose()


def summed(each: Sequence[Mapping[str, Any]], troubles: Sequence[str]) -> dict[str, Any]:
    """One health from those of the processes: well where all are, and nothing troubles."""
    first = next((one for one in each if one.get("detector")), {})
    said = [sentence for one in each for sentence in one.get("troubles", ())]
    numbers = ("cameras", "live", "outbox_waiting", "set_aside")
    whole = {name: sum(one.get(name, 0) for one in each) for name in numbers}
    working = all(one.get("ready") and not one.get("writer_stuck") for one in each)
    return {
        "well": bool(working and (whole["live"] or not whole["cameras"])),
        "ready": all(one.get("ready") for one in each),
        "detector": first.get("detector", ""),
        "model": first.get("model", ""),
        **whole,
        "writer_stuck": any(one.get("writer_stuck") for one in each),
        "analysed_share": min((one.get("analysed_share", 1.0) for one in each), default=1.0),
        "troubles": list(dict.fromkeys([*troubles, *said])),
        "processes": list(each),
    }


def merged(texts: Mapping[str, str]) -> str:
    """The measures of many processes in one text, each line with its ``process``."""
    lines: dict[str, list[str]] = {}
    for process, text in texts.items():
        for family in text_string_to_metric_families(text):
            head = [
                f"# HELP {family.name} {family.documentation}",
                f"# TYPE {family.name} {family.type}",
            ]
            kept = lines.setdefault(family.name, head)
            for sample in family.samples:
                labels = ",".join(
                    f'{k}="{v}"' for k, v in {**sample.labels, "process": process}.items()
                )
                kept.append(f"{sample.name}{{{labels}}} {sample.value}")
    return "".join(f"{line}\n" for family_lines in lines.values() for line in family_lines)


async def _body(request: Request) -> bytes | None:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return body


def _too_large() -> Response:
    return _refusal(413, f"Send at most {MOST_BYTES} bytes.")


def _nobody() -> Response:
    return _refusal(503, "No process of the worker answers. Send it again.")


def _refusal(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status, {"Cache-Control": "no-store"})
