"""Accounts of viewers: what can be one, and what becomes of it."""

from datetime import UTC, datetime

import pytest

from data_access import accounts, viewers
from data_access.database import Database
from data_access.domain.people import Role
from data_access.errors import AlreadyThere, InvalidAccount, SignInRefused
from tests.small_city import PASSWORD

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("small_city")


def test_an_account_that_was_added_signs_in_with_its_districts(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        viewers.add(tx, "A.Serik@qala", "Серік Ә.", Role.CHIEF, {2}, PASSWORD)
    viewer = viewers.sign_in(app_database, "a.serik@qala", PASSWORD, NOW, None, "").viewer
    assert (viewer.name, viewer.scope.districts) == ("Серік Ә.", frozenset({2}))


def test_the_administrator_adds_accounts_from_the_app(app_database: Database) -> None:
    with app_database.as_sign_in() as tx:
        with pytest.raises(InvalidAccount, match="no district 1"):
            viewers.add(tx, "new", "New", Role.CHIEF, {1}, PASSWORD)
        viewers.add(tx, "new", "New", Role.AKIM, None, PASSWORD)
    assert viewers.sign_in(app_database, "new", PASSWORD, NOW, None, "").viewer.name == "New"


@pytest.mark.parametrize(
    "login", ["", "a", "with blank", "<script>", "x" * 65, "'; DROP", "a\nb", "🚗🚗"]
)
def test_what_cannot_be_a_login_is_refused(login: str, owner: Database) -> None:
    with pytest.raises(InvalidAccount, match="cannot be a login"), owner.as_owner() as tx:
        viewers.add(tx, login, "Name", Role.AKIM, None, PASSWORD)


@pytest.mark.parametrize(
    ("name", "districts", "password", "sentence"),
    [
        ("  ", None, PASSWORD, "needs a person's name"),
        ("N", set(), PASSWORD, "would see nothing"),
        ("N", {1, 99}, PASSWORD, "no district 99"),
        ("N", None, "123456789", "10 characters or more"),
        ("N", None, "x" * 1001, "1000 at most"),
    ],
)
def test_what_cannot_be_an_account_is_refused_with_the_reason(
    name: str, districts: set[int] | None, password: str, sentence: str, owner: Database
) -> None:
    with pytest.raises(InvalidAccount, match=sentence), owner.as_owner() as tx:
        viewers.add(tx, "new", name, Role.CHIEF, districts, password)


def test_a_login_that_is_taken_is_refused_whatever_its_capitals(owner: Database) -> None:
    with pytest.raises(AlreadyThere, match="login chief is taken"), owner.as_owner() as tx:
        viewers.add(tx, "CHIEF", "Name", Role.CHIEF, None, PASSWORD)


def test_a_name_with_quotes_and_tags_is_kept_as_it_is(owner: Database) -> None:
    name = '<script>alert("1")</script> O\'Neil'
    with owner.as_owner() as tx:
        viewers.add(tx, "odd", name, Role.AKIM, None, PASSWORD)
        assert name in [account.name for account in accounts.accounts(tx)]


def test_the_list_names_districts_by_their_codes(owner: Database) -> None:
    with owner.as_owner() as tx:
        listed = {account.login: account.districts for account in accounts.accounts(tx)}
    assert listed["chief"] == ("west",)
    assert listed["municipal"] == ("east", "west")
    assert listed["akim"] is None


def test_a_new_password_opens_a_closed_login_and_ends_its_sessions(
    owner: Database, app_database: Database
) -> None:
    token = viewers.sign_in(app_database, "chief", PASSWORD, NOW, None, "").token
    for _ in range(5):
        with pytest.raises(SignInRefused):
            viewers.sign_in(app_database, "chief", "wrong", NOW, None, "")
    with owner.as_owner() as tx:
        accounts.set_password(tx, "chief", "brand new password", NOW)
    assert viewers.viewer_of(app_database, token, NOW) is None
    assert viewers.sign_in(app_database, "chief", "brand new password", NOW, None, "").token


def test_an_account_that_was_switched_on_again_signs_in(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        accounts.set_disabled(tx, "chief", True)
        accounts.set_disabled(tx, "chief", False)
    assert viewers.sign_in(app_database, "chief", PASSWORD, NOW, None, "").token


def test_an_account_that_is_not_there_is_named(owner: Database) -> None:
    with pytest.raises(InvalidAccount, match="no account ghost"), owner.as_owner() as tx:
        accounts.set_disabled(tx, "ghost", True)
