"""``./qala users``: people are added, listed, switched off, and get new passwords."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from cli import users
from cli.failure import CommandFailure
from data_access import viewers
from data_access.database import Database
from data_access.errors import SignInRefused
from data_access.settings import Settings, read_settings
from tests.cli.commands import run

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("small_city")


@pytest.fixture
def settings(owner_url: str, tmp_path: Path) -> Settings:
    return read_settings({"QALA_DATABASE_URL": owner_url, "QALA_HOME": str(tmp_path)})


def printed_password(capsys: pytest.CaptureFixture[str]) -> str:
    line = next(line for line in capsys.readouterr().out.splitlines() if "Password" in line)
    return line.split()[1]


def test_a_person_is_added_with_a_password_that_is_printed_once_and_works(
    settings: Settings, app_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["Aigul", "--name", "Айгүл С.", "--role", "chief", "--district", "west"]
    assert run(users, settings, "add", *words) == 0
    password = printed_password(capsys)
    viewer = viewers.sign_in(app_database, "aigul", password, NOW, None, "").viewer
    assert (viewer.name, viewer.role, viewer.scope.key) == ("Айгүл С.", "chief", "1")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["new", "--name", "N", "--role", "chief", "--district", "north"], "no district north. Known are: east, west"),
        (["chief", "--name", "N", "--role", "chief"], "login chief is taken"),
        (["two words", "--name", "N", "--role", "chief"], "cannot be a login"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_one_sentence(
    words: list[str], sentence: str, settings: Settings
) -> None:
    with pytest.raises(CommandFailure, match=sentence):
        run(users, settings, "add", *words)


def test_the_list_shows_who_sees_what(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    run(users, settings, "disable", "patrol")
    capsys.readouterr()
    run(users, settings, "list")
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert len(lines) == 6
    assert "whole city" in lines["akim"]
    assert "east, west" in lines["municipal"]
    assert "(switched off)" in lines["patrol"]


def test_an_account_is_switched_off_and_on_again(
    settings: Settings, app_database: Database, small_city: object
) -> None:
    password = small_city.password  # type: ignore[attr-defined]
    run(users, settings, "disable", "chief")
    with pytest.raises(SignInRefused):
        viewers.sign_in(app_database, "chief", password, NOW, None, "")
    run(users, settings, "enable", "chief")
    assert viewers.sign_in(app_database, "chief", password, NOW, None, "").token


def test_a_new_password_replaces_the_old(
    settings: Settings, app_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    run(users, settings, "password", "CHIEF")
    password = printed_password(capsys)
    assert viewers.sign_in(app_database, "chief", password, NOW, None, "").token


@pytest.mark.parametrize("action", ["disable", "enable", "password"])
def test_a_login_that_nobody_has_is_named(action: str, settings: Settings) -> None:
    with pytest.raises(CommandFailure, match="no account ghost"):
        run(users, settings, action, "ghost")


def test_each_change_is_in_the_audit_log(settings: Settings, owner: Database) -> None:
    run(users, settings, "disable", "chief")
    run(users, settings, "password", "chief")
    with owner.as_owner() as tx:
        rows = tx.execute(text("SELECT login, action, subject FROM audit_records ORDER BY id"))
        assert [tuple(row) for row in rows] == [
            ("./qala users", "account.disable", "account chief"),
            ("./qala users", "account.password", "account chief"),
        ]
