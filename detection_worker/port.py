"""The worker's own HTTP port: live pictures for the app, health, and what others send.

It listens on this computer alone unless told otherwise, and answers live pictures only to who
knows the installation's key.
"""

import errno
import socket
import threading

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from detection_worker.errors import WorkerError
from detection_worker.health.metrics import make_registry
from detection_worker.health.report import HealthReport, MakeReport
from detection_worker.intake.desk import IntakeDesk
from detection_worker.intake.routes import IntakeKeys
from detection_worker.intake.routes import make_routes as make_intake_routes
from detection_worker.live_pictures import LivePictures
from detection_worker.live_routes import make_routes as make_live_routes
from detection_worker.onvif.turning import OnvifUrl
from detection_worker.onvif.turning import make_routes as make_turning_routes

STOP_WITHIN_S = 1
"""How long answers that are being sent may take when the worker stops."""


class PortTaken(WorkerError):
    """The port cannot be listened on."""


def make_app(
    live: LivePictures,
    report: MakeReport,
    desk: IntakeDesk,
    key: str,
    intake_keys: IntakeKeys,
    onvif_url: OnvifUrl = lambda camera_id: None,
) -> Starlette:
    """What the port answers; ``key`` opens the live pictures and turns cameras."""
    routes: list[BaseRoute] = [
        *_health_routes(report),
        *make_live_routes(live, key),
        *make_turning_routes(onvif_url, key),
        *make_intake_routes(desk, intake_keys),
    ]
    return Starlette(routes=routes)


def _health_routes(make_report: MakeReport) -> list[BaseRoute]:
    registry = make_registry(make_report)

    async def tell_health(request: Request) -> Response:
        report = await run_in_threadpool(make_report)
        return JSONResponse(_health(report), 200 if report.is_well else 503)

    async def tell_measures(request: Request) -> Response:
        words = await run_in_threadpool(generate_latest, registry)
        return Response(words, media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", tell_health), Route("/metrics", tell_measures)]


def _health(report: HealthReport) -> dict[str, object]:
    return {
        "well": report.is_well,
        "ready": report.ready,
        "detector": report.detector,
        "model": report.model,
        "cameras": len(report.feeds),
        "live": report.live,
        "outbox_waiting": report.outbox_waiting,
        "set_aside": report.set_aside,
        "writer_stuck": report.writer_stuck,
        "analysed_share": report.analysed_share,
        "hardware": sorted({feed.decoder for feed in report.feeds if feed.decoder}),
        "troubles": list(report.troubles),
    }


class Port:
    """A server in a thread; the address is taken when it is made, or given as ``listening``."""

    def __init__(self, host: str, port: int, listening: socket.socket | None = None) -> None:
        self._socket = listening or _listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, app: Starlette) -> None:
        """Begin to answer; once."""
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="on",
            server_header=False,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            ws_max_size=65_536,
            timeout_graceful_shutdown=STOP_WITHIN_S,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="port", daemon=True
        )
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Take no more requests; returns at once."""
        if self._server is not None:
            self._server.should_exit = True

    def stop(self, within_s: float = STOP_WITHIN_S + 1.0) -> None:
        """Stop answering and let the port go."""
        self.ask_to_stop()
        if self._thread is not None:
            self._thread.join(within_s)
        self._socket.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        raise PortTaken(_why(host, port, error)) from None
    return listening


def _why(host: str, port: int, error: OSError | OverflowError) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken by another program. Stop that one, or choose another "
            "port with --port."
        )
    return f"The worker cannot listen on {host}:{port} ({error}). Check --host and --port."
