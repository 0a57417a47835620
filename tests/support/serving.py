"""An ASGI application on a free port of this machine, for as long as a ``with`` lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket
from threading import Thread
from time import sleep

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def served(application: ASGIApp) -> Iterator[str]:
    """Serve it on a thread; gives its address without a scheme (``127.0.0.1:40123``)."""
    listener = socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        application, log_config=None, ws="websockets-sansio", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.01)
    try:
        yield "{}:{}".format(*listener.getsockname())
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
