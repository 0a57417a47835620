"""Serve the screens: the map, the live wall, the violations and the rest."""

import argparse
import socket

import uvicorn

from cli.failure import CommandFailure
from cli.stopping import stop_on_signals
from data_access.errors import DataAccessError
from data_access.settings import Settings

FAREWELL_S = 3
"""How long open pictures and sockets may take to end when the app is stopped."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words this command takes."""
    parser.add_argument("--port", type=int, default=8501, help="port of the screens")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ``CommandFailure`` where the port or address is not free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        raise CommandFailure(
            f"the app cannot listen at {host}:{port} ({error}). Stop what uses the port, "
            "or give another with --port."
        ) from error
    return listener


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    listener = listen(arguments.host, arguments.port)
    serving = _server(settings)
    stop_on_signals()  # uvicorn hands a signal on when it is done: it must not end us twice
    print(f"Qala: http://{arguments.host}:{listener.getsockname()[1]}", flush=True)
    serving.run(sockets=[listener])
    return 0


def _server(settings: Settings) -> uvicorn.Server:
    # Imported late: Streamlit takes seconds, and a port that is taken should be said at once.
    from server import make_app

    try:
        app = make_app(settings)
    except DataAccessError as error:
        raise CommandFailure(str(error)) from error
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            ws="websockets-sansio",
            server_header=False,
            timeout_graceful_shutdown=FAREWELL_S,
        )
    )
