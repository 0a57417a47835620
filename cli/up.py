"""Start PostgreSQL, the worker and the app, and show the city; Ctrl-C stops everything."""

import argparse
import contextlib
import fcntl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from cli.children import Child, stop_all
from cli.failure import CommandFailure
from cli.installation import Installation, open_installation
from cli.ports import port_number, require_free_port, require_two_ports
from cli.process_count import process_count
from cli.stopping import stop_on_signals
from data_access.settings import Settings
from demo.profiles import PROFILES

READY_WITHIN_S = 90.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``up`` understands."""
    parser.add_argument(
        "--city",
        choices=sorted(PROFILES),
        default="kosshy",
        help="the demonstration city of an empty database",
    )
    parser.add_argument(
        "--feed",
        action="append",
        default=[],
        metavar="FILE_OR_URL",
        help="your own recording or camera; may be given again",
    )
    parser.add_argument("--host", default="127.0.0.1", help="where the screens are served")
    parser.add_argument("--port", type=port_number, default=8501, help="port of the screens")
    parser.add_argument("--worker-port", type=port_number, default=8601, help="port of the worker")
    parser.add_argument(
        "--processes",
        type=process_count,
        default=1,
        metavar="N",
        help="spread the cameras over so many processes of the worker",
    )
    parser.add_argument("--no-demo", action="store_true", help="begin with an empty system")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring everything up and stay until Ctrl-C or SIGTERM."""
    stopping = stop_on_signals()
    with contextlib.ExitStack() as stack:
        stack.enter_context(_only_one(settings.home, arguments.port))
        require_two_ports(arguments.port, arguments.worker_port)
        require_free_port(arguments.host, arguments.port, "--port")
        require_free_port("127.0.0.1", arguments.worker_port, "--worker-port")
        installation = stack.enter_context(open_installation(settings))
        installation.fill(arguments.city, arguments.no_demo, arguments.feed)
        children = _children(arguments, installation)
        stack.callback(stop_all, children)
        for child in children:
            child.start()
        _wait_until_ready(children, arguments, stopping)
        if not stopping.is_set():
            _welcome(arguments, installation)
        _watch(installation, children, stopping)
        print("qala: stopping", flush=True)
    return 0


@contextlib.contextmanager
def _only_one(home: Path, port: int) -> Iterator[None]:
    """Hold the home folder, so that two ``up`` never share one database and media folder."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = (home / "up.lock").open("a+")
    except OSError as refusal:
        raise CommandFailure(
            f"{home} cannot be written: {refusal.strerror}. Choose another with QALA_HOME."
        ) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CommandFailure(
                f"Qala is already up from {home}: see {file.read().strip()}. "
                "Stop it there first, or give this one a home of its own with QALA_HOME."
            ) from None
        file.truncate(0)
        file.write(f"http://127.0.0.1:{port}")
        file.flush()
        yield


def _children(arguments: argparse.Namespace, installation: Installation) -> list[Child]:
    logs = installation.settings.home / "logs"
    worker_words = ["worker", "--port", str(arguments.worker_port)]
    worker_words += ["--processes", str(arguments.processes)]
    app_words = ["app", "--port", str(arguments.port), "--host", arguments.host]
    return [
        Child("worker", worker_words, installation.worker_environment(), logs / "worker.log"),
        Child(
            "app", app_words, installation.app_environment(arguments.worker_port), logs / "app.log"
        ),
    ]


def _wait_until_ready(
    children: list[Child], arguments: argparse.Namespace, stopping: threading.Event
) -> None:
    """Wait for both ports to answer; neither has to be healthy yet, only there."""
    waiting = {
        "worker": f"http://127.0.0.1:{arguments.worker_port}/healthz",
        "app": f"http://127.0.0.1:{arguments.port}/healthz",
    }
    until = time.monotonic() + READY_WITHIN_S
    while waiting and not stopping.wait(0.2):
        for child in children:
            child.keep_alive()
            if child.name in waiting and _answers(waiting[child.name]):
                del waiting[child.name]
        if time.monotonic() > until:
            late = " and ".join(sorted(waiting))
            raise CommandFailure(
                f"the {late} did not answer within {READY_WITHIN_S:.0f} s; "
                f"see the folder {children[0].log.parent}"
            )


def _answers(url: str) -> bool:
    try:
        httpx.get(url, timeout=2, trust_env=False)
    except httpx.TransportError:
        return False
    return True


def _watch(installation: Installation, children: list[Child], stopping: threading.Event) -> None:
    while not stopping.wait(0.5):
        installation.keep_alive()
        for child in children:
            child.keep_alive()


def _welcome(arguments: argparse.Namespace, installation: Installation) -> None:
    print(f"\nQala is up: http://{arguments.host}:{arguments.port}\n")
    people = installation.sign_ins()
    if people:
        print("Who can sign in:")
        width = max(len(person.login) for person in people)
        for person in people:
            print(f"  {person.login:<{width}}  {person.password}  {person.meaning}")
    print(f"\nLogs: {installation.settings.home / 'logs'}   Stop: Ctrl-C\n", flush=True)
