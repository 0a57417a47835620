"""Watch the cameras of the database, write what is found, and serve the live pictures."""

import argparse
import logging
import socket
import sys
import threading

from cli.failure import CommandFailure
from cli.process_count import process_count
from cli.stopping import stop_on_signals
from data_access.connections import worker_database, worker_url
from data_access.domain.watch import WatchedCamera
from data_access.errors import DataAccessError
from data_access.keys import installation_key
from data_access.settings import Settings
from detection_worker.allocation import keep_together
from detection_worker.cores import one_core_a_picture
from detection_worker.detection import choose_detector
from detection_worker.errors import WorkerError
from detection_worker.feeds import FEEDS, opener
from detection_worker.feeds.drawn import DrawnFeed
from detection_worker.feeds.source import FeedSource
from detection_worker.intake.routes import IntakeKeys
from detection_worker.processes.fleet import Fleet, FleetPlan, outbox_name, process_name
from detection_worker.processes.share import Share
from detection_worker.worker import Worker
from detection_worker.worker_plan import Part, WorkerPlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``worker`` understands."""
    parser.add_argument("--host", default="127.0.0.1", help="where the worker's port listens")
    parser.add_argument("--port", type=int, default=8601, help="the worker's port")
    parser.add_argument("--name", default="worker", help="what health calls this worker")
    parser.add_argument(
        "--processes",
        type=process_count,
        default=1,
        metavar="N",
        help="spread the cameras over so many",
    )
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--socket", type=int, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Work until Ctrl-C or SIGTERM."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    stopping = stop_on_signals()
    keep_together()
    one_core_a_picture()
    try:
        worker_url(settings)  # said at once where there is none; later it is tried again
        if arguments.part is not None:
            Worker(_plan(arguments, settings, _part(arguments, stopping))).run(stopping)
        elif arguments.processes > 1:
            Fleet(_fleet_plan(arguments, settings)).run(stopping)
        else:
            Worker(_plan(arguments, settings, None)).run(stopping)
    except (WorkerError, DataAccessError) as error:
        raise CommandFailure(str(error)) from None
    return 0


def _open_scene(camera: WatchedCamera) -> FeedSource:
    # Imported here: a city with cameras of its own has no scenes, and need not wait for them.
    from demo.scenes.feed import open_scene

    return DrawnFeed(open_scene(camera))


def _fleet_plan(arguments: argparse.Namespace, settings: Settings) -> FleetPlan:
    def command(number: int, socket_number: int) -> list[str]:
        name = process_name(arguments.name, number)
        own = ["--part", str(number), "--socket", str(socket_number), "--name", name]
        safe = ["-P"] if sys.flags.safe_path else []  # as this process itself was started
        return [*safe, "-m", "cli", "worker", *own]

    return FleetPlan(
        name=arguments.name,
        host=arguments.host,
        port=arguments.port,
        home=settings.home,
        media_dir=settings.media_dir,
        processes=arguments.processes,
        connect=lambda: worker_database(settings),
        command=command,
        key=settings.worker_key or installation_key(settings.home, "worker"),
    )


def _part(arguments: argparse.Namespace, stopping: threading.Event) -> Part:
    share = Share()
    share.follow(sys.stdin.buffer, stopping)
    listening = socket.socket(fileno=arguments.socket)
    return Part(share, listening, outbox_name(arguments.part), leads=arguments.part == 0)


def _plan(arguments: argparse.Namespace, settings: Settings, part: Part | None) -> WorkerPlan:
    home = settings.home
    return WorkerPlan(
        name=arguments.name,
        host=arguments.host,
        port=arguments.port,
        home=home,
        media_dir=settings.media_dir,
        connect=lambda: worker_database(settings),
        open_detector=lambda name: choose_detector(name, settings.models_dir),
        detector=settings.detector,
        open_feed=opener({**FEEDS, "scene": _open_scene}),
        key=settings.worker_key or installation_key(home, "worker"),
        intake_keys=IntakeKeys(
            sos=installation_key(home, "intake-sos"),
            calls=installation_key(home, "intake-calls"),
            telemetry=installation_key(home, "intake-telemetry"),
            signals=installation_key(home, "intake-signals"),
        ),
        part=part,
    )
