"""Signing in: who is let in, who is not, and what it tells those who try."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from data_access import accounts, viewers
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.words import Language
from data_access.errors import InvalidAccount, SignInRefused
from data_access.viewers import SignedIn
from tests.small_city import PASSWORD, SmallCity

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("small_city")


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def enter(
    database: Database, login: str = "chief", password: str = PASSWORD, at: datetime = NOW
) -> SignedIn:
    return viewers.sign_in(database, login, password, at, "127.0.0.1", "Firefox")


def refused(
    database: Database, login: str = "chief", password: str = "wrong", at: datetime = NOW
) -> SignInRefused:
    with pytest.raises(SignInRefused) as caught:
        enter(database, login, password, at)
    return caught.value


def records(owner: Database) -> list[tuple[str, str, dict[str, str]]]:
    with owner.as_owner() as tx:
        rows = tx.execute(text("SELECT login, action, detail FROM audit_records ORDER BY id"))
        return [(row.login, row.action, row.detail) for row in rows]


def test_who_signs_in_has_the_role_the_scope_and_the_choices_of_the_account(
    app_database: Database, small_city: SmallCity
) -> None:
    for role, viewer in small_city.viewers.items():
        assert enter(app_database, role.value).viewer == viewer


def test_blanks_and_capitals_do_not_matter_in_a_login(app_database: Database) -> None:
    assert enter(app_database, "  Chief ").viewer.login == "chief"


def test_the_token_opens_the_session_and_nothing_like_it_is_kept(
    app_database: Database, owner: Database
) -> None:
    signed_in = enter(app_database)
    assert viewers.viewer_of(app_database, signed_in.token, NOW) == signed_in.viewer
    assert viewers.viewer_of(app_database, signed_in.token + "x", NOW) is None
    with owner.as_owner() as tx:
        kept = str(tx.execute(text("SELECT * FROM sessions")).all())
    assert signed_in.token not in kept
    assert len(signed_in.token) == 43
    assert signed_in.token not in repr(signed_in)


def test_an_unknown_login_and_a_wrong_password_are_refused_in_the_same_words(
    app_database: Database,
) -> None:
    unknown, wrong = refused(app_database, "nobody"), refused(app_database, "chief")
    assert (str(unknown), unknown.reason) == (str(wrong), wrong.reason)
    assert wrong.reason == "wrong"


def test_an_unknown_login_takes_as_long_as_a_wrong_password(app_database: Database) -> None:
    """Argon2 takes tens of milliseconds; without it the answer would come in one or two.

    What the processor worked is measured: how long it took says how busy the machine is.
    """

    def worked_s(login: str) -> float:
        begin = time.process_time()
        refused(app_database, login)
        return time.process_time() - begin

    refused(app_database, "warm")
    known = min(worked_s(role.value) for role in Role)
    unknown = min(worked_s(f"nobody{number}") for number in range(6))
    assert unknown > known / 3


@pytest.mark.parametrize("login", ["chief", "nobody"])
def test_five_failures_close_a_login_for_ten_minutes_whether_or_not_anybody_has_it(
    login: str, app_database: Database
) -> None:
    reasons = [refused(app_database, login).reason for _ in range(5)]
    assert reasons == ["wrong"] * 4 + ["locked"]
    closed = refused(app_database, login, PASSWORD, NOW + minutes(9.9))
    assert (closed.reason, closed.until) == ("locked", NOW + minutes(10))
    assert str(closed) == "Too many wrong passwords. Sign-in opens again at 14:10."


def test_the_login_opens_again_after_ten_minutes_and_counts_from_zero(
    app_database: Database,
) -> None:
    for _ in range(5):
        refused(app_database)
    later = NOW + minutes(10)
    assert refused(app_database, at=later).reason == "wrong"
    assert enter(app_database, at=later).viewer.login == "chief"


def test_the_right_password_sets_the_count_to_zero(app_database: Database) -> None:
    for _ in range(4):
        refused(app_database)
    enter(app_database)
    assert [refused(app_database).reason for _ in range(4)] == ["wrong"] * 4


def test_many_attempts_at_once_get_no_more_than_five(app_url: str) -> None:
    database = Database(app_url, pool_size=8)
    reasons: list[str] = []
    attempts = [
        threading.Thread(target=lambda: reasons.append(refused(database).reason)) for _ in range(8)
    ]
    for attempt in attempts:
        attempt.start()
    for attempt in attempts:
        attempt.join()
    database.close()
    assert sorted(reasons) == ["locked"] * 4 + ["wrong"] * 4


def test_thirty_idle_minutes_sign_out_and_use_prolongs(app_database: Database) -> None:
    token = enter(app_database).token
    assert viewers.viewer_of(app_database, token, NOW + minutes(29)) is not None
    assert viewers.viewer_of(app_database, token, NOW + minutes(58)) is not None
    assert viewers.viewer_of(app_database, token, NOW + minutes(89)) is None
    assert viewers.viewer_of(app_database, token, NOW + minutes(59)) is None


def test_what_a_screen_asks_by_itself_does_not_prolong_the_session(app_database: Database) -> None:
    token = enter(app_database).token
    for minute in range(0, 30, 5):
        at = NOW + minutes(minute)
        assert viewers.viewer_of(app_database, token, at, active=False) is not None
    assert viewers.viewer_of(app_database, token, NOW + minutes(31), active=False) is None


def test_a_clock_that_goes_back_signs_nobody_out(app_database: Database) -> None:
    token = enter(app_database).token
    assert viewers.viewer_of(app_database, token, NOW - minutes(120)) is not None
    assert viewers.viewer_of(app_database, token, NOW) is not None


def test_signing_out_ends_that_session_alone(app_database: Database) -> None:
    first, second = enter(app_database).token, enter(app_database).token
    viewers.sign_out(app_database, first)
    viewers.sign_out(app_database, "never there")
    seen = [viewers.viewer_of(app_database, token, NOW) is not None for token in (first, second)]
    assert seen == [False, True]


def test_a_disabled_account_is_signed_out_at_once_and_hears_why_only_with_its_password(
    app_database: Database, owner: Database
) -> None:
    token = enter(app_database).token
    with owner.as_owner() as tx:
        accounts.set_disabled(tx, "chief", True)
    assert viewers.viewer_of(app_database, token, NOW) is None
    assert refused(app_database).reason == "wrong"
    assert refused(app_database, password=PASSWORD).reason == "disabled"


def test_each_sign_in_refusal_and_sign_out_is_in_the_audit_log(
    app_database: Database, owner: Database
) -> None:
    viewers.sign_out(app_database, enter(app_database).token)
    refused(app_database, "<script>alert('1')</script>")
    assert records(owner) == [
        ("chief", "sign_in", {}),
        ("chief", "sign_out", {}),
        ("<script>alert('1')</script>", "sign_in.refused", {"reason": "wrong"}),
    ]


@pytest.mark.parametrize("address", [None, "", "testclient", "::1", "10.0.0.1"])
def test_an_address_that_is_none_keeps_nobody_out(
    address: str | None, app_database: Database
) -> None:
    assert viewers.sign_in(app_database, "chief", PASSWORD, NOW, address, "x" * 5000).token


@pytest.mark.parametrize("password", ["", "\x00", "п" * 100_000, PASSWORD + " ", "🚗", "\ud83d"])
def test_strange_passwords_are_only_wrong(password: str, app_database: Database) -> None:
    assert refused(app_database, password=password).reason == "wrong"


@pytest.mark.parametrize("login", ["chief\x00", "\ud83d", "", "x" * 100_000, "' OR 1=1 --"])
def test_strange_logins_are_only_wrong(login: str, app_database: Database) -> None:
    assert refused(app_database, login).reason == "wrong"


def test_a_new_password_replaces_the_old_and_ends_the_other_sessions(
    app_database: Database, owner: Database
) -> None:
    here, elsewhere = enter(app_database).token, enter(app_database).token
    viewers.change_password(app_database, here, PASSWORD, "a better one, longer", NOW)
    assert viewers.viewer_of(app_database, here, NOW) is not None
    assert viewers.viewer_of(app_database, elsewhere, NOW) is None
    assert refused(app_database, password=PASSWORD).reason == "wrong"
    assert enter(app_database, password="a better one, longer").viewer.login == "chief"
    assert "password.change" in [action for _, action, _ in records(owner)]


def test_a_password_is_changed_only_with_the_old_one_and_a_session(app_database: Database) -> None:
    token = enter(app_database).token
    with pytest.raises(SignInRefused, match="wrong"):
        viewers.change_password(app_database, token, "guessed it", "a better one", NOW)
    with pytest.raises(SignInRefused, match="no longer signed in"):
        viewers.change_password(app_database, "no token", PASSWORD, "a better one", NOW)
    with pytest.raises(InvalidAccount, match="10 characters or more"):
        viewers.change_password(app_database, token, PASSWORD, "short", NOW)


def test_language_and_theme_are_remembered(app_database: Database) -> None:
    viewer = enter(app_database).viewer
    viewers.remember(app_database, viewer.id, language=Language.KAZAKH)
    viewers.remember(app_database, viewer.id, theme="light")
    again = enter(app_database).viewer
    assert (again.language, again.theme) == ("kk", "light")
    with pytest.raises(InvalidAccount):
        viewers.remember(app_database, viewer.id, theme="pink")
