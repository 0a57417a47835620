"""A PostgreSQL of the system, as an administrator would give it: loopback, password, own home."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.free_ports import free_port
from data_access.errors import EmbeddedServerError
from data_access.migrate import OLDEST_SERVER
from data_access.postgres_programs import Programs, find_programs
from data_access.server_account import account_for, give, open_way
from tests.postgres import FAST

OWNER, PASSWORD = "city_owner", "s3cret-of-the-server"


def oldest_of_the_system() -> Programs | None:
    """The programs of the oldest version on this machine that Qala takes, the wheel's apart."""
    places = Path("/usr/lib/postgresql").glob("*/bin")
    for folder in sorted(places, key=lambda place: int(place.parent.name)):
        try:
            found = find_programs(None, [folder])
        except EmbeddedServerError:
            continue
        if found.major >= OLDEST_SERVER:
            return found
    return None


@contextmanager
def served(programs: Programs, folder: Path) -> Iterator[str]:
    """Run a server of these programs in ``folder``; gives its owner's address over TCP."""
    folder.mkdir()
    account = account_for(folder)
    open_way(folder, account)
    give(folder, account)
    secret, data, port = folder / "password", folder / "data", free_port()
    secret.write_text(PASSWORD)
    give(secret, account)
    made = ["initdb", "-D", str(data), "-U", OWNER, f"--pwfile={secret}", "--auth=scram-sha-256"]
    _require(programs.run([*made, "--encoding=UTF8", "--locale=C.UTF-8"], account))
    settings = FAST | {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    begun = ["pg_ctl", "start", "-D", str(data), "-l", str(folder / "log"), "-w"]
    _require(programs.run([*begun, "-o", f"-p {port} {options}"], account))
    try:
        yield f"postgresql://{OWNER}:{PASSWORD}@127.0.0.1:{port}/postgres"
    finally:
        _require(programs.run(["pg_ctl", "stop", "-D", str(data), "-m", "fast", "-w"], account))


def _require(ended: subprocess.CompletedProcess[str]) -> None:
    assert ended.returncode == 0, f"{ended.args}: {ended.stderr}{ended.stdout}"
