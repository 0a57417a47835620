"""``./qala db``: what it prints, what it does, how it fails."""

from pathlib import Path

import psycopg
import pytest

from cli import db
from cli.failure import CommandFailure
from data_access.migrate import newest_revision
from data_access.settings import Settings, read_settings
from tests.cli.commands import run


@pytest.fixture
def settings(owner_url: str, tmp_path: Path) -> Settings:
    # The roles' addresses are given, so that no command changes their passwords for others.
    names = ("QALA_DATABASE_URL", "QALA_APP_DATABASE_URL", "QALA_WORKER_DATABASE_URL")
    return read_settings(dict.fromkeys(names, owner_url) | {"QALA_HOME": str(tmp_path)})


def test_the_address_is_one_that_postgresqls_own_programs_take(
    settings: Settings, owner_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, settings, "url") == 0
    printed = capsys.readouterr().out.strip()
    assert printed == owner_url
    psycopg.connect(printed).close()


def test_the_address_of_a_database_that_does_not_run_says_what_to_start(tmp_path: Path) -> None:
    settings = read_settings({"QALA_HOME": str(tmp_path / "home")})
    with pytest.raises(CommandFailure, match=r"is not running\. Start it with \./qala up"):
        run(db, settings, "url")
    assert not (tmp_path / "home").exists()


def test_migrations_are_taken_back_and_brought_again(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--to", "base"], [], ["--to", "0001"], ["--down", "1"], ["--to", "0001"]):
        assert run(db, settings, "migrate", *words) == 0
    assert capsys.readouterr().out.splitlines() == [
        "No tables are left.",
        f"The database stands at revision {newest_revision()}.",
        "The database stands at revision 0001.",
        "No tables are left.",
        "The database stands at revision 0001.",
    ]


@pytest.mark.parametrize(
    "words", [["--down", "0"], ["--down", "x"], ["--down", "1", "--to", "0001"], ["--up"]]
)
def test_wrong_words_end_with_two(words: list[str], settings: Settings) -> None:
    with pytest.raises(SystemExit) as ended:
        run(db, settings, "migrate", *words)
    assert ended.value.code == 2


def test_an_unknown_revision_is_one_sentence(settings: Settings) -> None:
    with pytest.raises(CommandFailure, match="There is no revision 77"):
        run(db, settings, "migrate", "--to", "77")


@pytest.mark.usefixtures("small_city")
def test_a_city_is_not_mixed_with_a_demonstration(settings: Settings) -> None:
    with pytest.raises(CommandFailure, match="has a city already"):
        run(db, settings, "seed", "--city", "shakhtinsk")
