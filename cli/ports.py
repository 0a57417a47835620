"""Whether a port can be had, said before anything is started."""

import argparse
import socket

from cli.failure import CommandFailure

LAST_PORT = 65535


def port_number(text: str) -> int:
    """The port that a word names; raises ``ArgumentTypeError`` for what can be none."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no port: give a number from 1 to {LAST_PORT}"
        )
    return int(text)


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


def require_two_ports(port: int, worker_port: int) -> None:
    """Raise a sentence if the screens and the worker were given one port together."""
    if port == worker_port:
        raise CommandFailure(
            f"--port and --worker-port are both {port}: the screens and the worker need one each."
        )
