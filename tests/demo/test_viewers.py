"""Who can sign in to a demonstration, and where their passwords are."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from data_access.database import Database
from data_access.domain.people import Role, Viewer
from data_access.errors import AlreadyThere, HomeError
from data_access.viewers import sign_in
from demo.bare import make_bare_city
from demo.viewers import FILE, SignIn, add_administrator, add_viewers, read_sign_ins

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def bare(owner: Database) -> Database:
    make_bare_city(owner)
    return owner


def enter(app: Database, person: SignIn) -> Viewer:
    return sign_in(app, person.login, person.password, NOW, "127.0.0.1", "a browser").viewer


def test_there_is_one_viewer_of_each_role(bare: Database, tmp_path: Path) -> None:
    people = add_viewers(bare, tmp_path)

    assert {person.role for person in people} == {str(role) for role in Role}
    assert len({person.password for person in people}) == len(people)


def test_everybody_can_sign_in_and_sees_what_they_should(
    bare: Database, app_database: Database, tmp_path: Path
) -> None:
    scopes = {
        person.login: enter(app_database, person).scope.districts
        for person in add_viewers(bare, tmp_path)
    }

    assert scopes["chief"] == scopes["patrol"] == frozenset({1})
    assert [login for login, seen in scopes.items() if seen is None] == [
        "akim", "operator", "municipal", "admin",
    ]  # fmt: skip


def test_the_akim_begins_in_the_light_theme(
    bare: Database, app_database: Database, tmp_path: Path
) -> None:
    people = {person.login: person for person in add_viewers(bare, tmp_path)}

    assert enter(app_database, people["akim"]).theme == "light"
    assert enter(app_database, people["operator"]).theme == "dark"


def test_the_file_is_its_owners_alone_and_is_read_again(bare: Database, tmp_path: Path) -> None:
    people = add_viewers(bare, tmp_path / "home")

    assert stat.S_IMODE((tmp_path / "home" / FILE).stat().st_mode) == 0o600
    assert read_sign_ins(tmp_path / "home") == people
    assert [path.name for path in (tmp_path / "home").iterdir()] == [FILE]


def test_who_somebody_is_is_said_without_their_password(bare: Database, tmp_path: Path) -> None:
    people = {person.login: person for person in add_viewers(bare, tmp_path)}

    assert people["chief"].meaning == "District police chief, City"
    assert people["operator"].meaning == "Operator, the whole city"
    assert people["chief"].password not in repr(people)


def test_an_empty_system_has_its_administrator_alone(bare: Database, tmp_path: Path) -> None:
    (person,) = add_administrator(bare, tmp_path)

    assert person.role == Role.ADMINISTRATOR
    assert read_sign_ins(tmp_path) == [person]


def test_a_login_that_is_taken_adds_nobody(bare: Database, tmp_path: Path) -> None:
    add_administrator(bare, tmp_path)
    with pytest.raises(AlreadyThere):
        add_viewers(bare, tmp_path)

    with bare.as_owner() as tx:
        assert tx.scalar(text("SELECT count(*) FROM viewers")) == 1
    assert len(read_sign_ins(tmp_path)) == 1


def test_nobody_is_added_where_the_file_cannot_be_written(bare: Database, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    with pytest.raises(HomeError):
        add_viewers(bare, tmp_path / "home")

    with bare.as_owner() as tx:
        assert tx.scalar(text("SELECT count(*) FROM viewers")) == 0


@pytest.mark.parametrize("content", ["", "{", '{"login": 1}', "[1]"])
def test_a_file_that_is_not_ours_names_nobody(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)

    assert read_sign_ins(tmp_path) == []
