"""Whether a port can be had, said before anything is started."""

import socket

from cli.failure import CommandFailure


def require_free_port(host: str, port: int, option: str) -> None:
    """Raise a sentence if nothing can listen on ``host:port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as refusal:
            raise CommandFailure(
                f"port {port} on {host} cannot be used: {refusal}. "
                f"Stop what listens there or choose another with {option}."
            ) from None
