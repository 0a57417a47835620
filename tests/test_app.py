"""Every screen for every role: opened where it is theirs, refused where it is not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from components.screens import PAGES
from data_access import city
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.words import Language
from data_access.tables.people import Worker
from data_access.viewers import remember, sign_out, viewer_of
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens

__all__ = ["screens", "shared_city", "shared_city_owner", "shared_screens"]

REFUSAL = "Этот экран вам не доступен"
SIGNED_OUT = "Вы вышли из системы"
TITLES = {
    Language.RUSSIAN: "Кто вошёл в систему",
    Language.KAZAKH: "Жүйеге кім кірді",
    Language.ENGLISH: "Who is signed in",
}


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.header]


def header_html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("role", Role)
def test_every_screen_opens_for_a_role_that_has_it(shared_screens: Screens, role: Role) -> None:
    app = shared_screens.open(role)
    for page_id in pages_of(role):
        shared_screens.go(app, page_id)
        assert not app.exception, (page_id, [problem.message for problem in app.exception])
        assert REFUSAL not in headings(app), page_id


@pytest.mark.parametrize("role", Role)
def test_every_other_screen_refuses_it(shared_screens: Screens, role: Role) -> None:
    app = shared_screens.open(role)
    for page_id in set(PAGES) - set(pages_of(role)):
        assert headings(shared_screens.go(app, page_id)) == [REFUSAL], page_id


def pages_of(role: Role) -> list[str]:
    return [page_id for page_id, screen in PAGES.items() if role in screen.roles]


def test_a_page_run_at_its_direct_address_asks_for_the_session(shared_screens: Screens) -> None:
    for page_id in PAGES:
        assert headings(shared_screens.open_alone(None, page_id)) == [SIGNED_OUT], page_id


def test_a_page_run_at_its_direct_address_asks_for_the_role(shared_screens: Screens) -> None:
    for page_id in set(PAGES) - set(pages_of(Role.PATROL)):
        assert headings(shared_screens.open_alone(Role.PATROL, page_id)) == [REFUSAL], page_id


def test_without_a_session_the_app_leads_to_the_sign_in(shared_screens: Screens) -> None:
    app = shared_screens.open(None)
    assert headings(app) == [SIGNED_OUT]
    assert not app.exception


def test_a_token_that_nobody_gave_out_is_no_session(shared_screens: Screens) -> None:
    shared_screens.look_with("a" * 43)
    assert headings(shared_screens.app().run()) == [SIGNED_OUT]


def test_a_session_that_was_ended_elsewhere_ends_the_screen(shared_screens: Screens) -> None:
    token = shared_screens.session_of(Role.OPERATOR)
    shared_screens.look_with(token)
    app = shared_screens.app().run()
    assert SIGNED_OUT not in headings(app)
    sign_out(shared_screens.database, token)
    assert headings(app.run()) == [SIGNED_OUT]


def test_screens_that_renew_themselves_do_not_keep_a_session_alive(screens: Screens) -> None:
    token = screens.session_of(Role.OPERATOR)
    screens.look_with(token)
    screens.app().run()
    late = datetime.now(UTC) + timedelta(minutes=25)
    assert viewer_of(screens.database, token, late, active=False) is not None
    later = datetime.now(UTC) + timedelta(minutes=35)
    assert viewer_of(screens.database, token, later, active=False) is None


@pytest.mark.parametrize(("language", "title"), TITLES.items())
def test_the_screens_speak_the_language_that_was_chosen(
    screens: Screens, language: Language, title: str
) -> None:
    chief = screens.city.viewers[Role.CHIEF]
    remember(screens.database, chief.id, language)
    app = screens.open(Role.CHIEF)
    assert title in header_html(app)


def test_the_header_names_the_city_its_cameras_and_the_worker(
    screens: Screens, owner: Database
) -> None:
    with owner.as_owner() as tx:
        city.put(tx, "city", {"ru": "Қосшы", "kk": "Қосшы", "en": "Kosshy"})
        city.put(tx, "demonstration", "kosshy")
    line = header_html(screens.open(Role.CHIEF))
    assert "Қосшы" in line
    assert "<b>0</b> из 3 камер на связи" in line, "the chief's scope is the West alone"
    assert "обработчик не отвечает" in line
    assert "демонстрационные данные" in line


@pytest.mark.parametrize(
    ("detector", "model", "said"),
    [
        ("onnx", "yolo26n", "детектор: yolo26n"),
        ("onnx", "<b>x", "детектор: &lt;b&gt;x"),
        ("motion", "MOG2", "детектор: только движение, без модели"),
    ],
)
def test_the_header_says_what_looks_at_the_pictures(
    screens: Screens, owner: Database, detector: str, model: str, said: str
) -> None:
    at = datetime.now(UTC) + timedelta(hours=1)  # however long a busy machine takes to look
    row = {"name": "w", "detector": detector, "model": model, "started_at": at, "updated_at": at}
    with owner.as_owner() as tx:
        tx.execute(insert(Worker).values(row))
    assert said in header_html(screens.open(Role.OPERATOR))


def test_a_real_city_has_no_mark_of_demonstration(screens: Screens) -> None:
    assert "демонстрационные данные" not in header_html(screens.open(Role.OPERATOR))


def test_a_name_with_markup_is_shown_as_it_was_written(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        city.put(tx, "city", dict.fromkeys(("ru", "kk", "en"), "<script>alert(1)</script>"))
    assert "&lt;script&gt;" in header_html(screens.open(Role.OPERATOR))


def test_without_a_database_the_screen_says_so_and_does_not_break(
    screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    screens.look_as(Role.OPERATOR)
    monkeypatch.setenv("QALA_APP_DATABASE_URL", "postgresql://qala_app:x@127.0.0.1:9/nowhere")
    app = screens.app().run()
    assert headings(app) == ["База данных не отвечает"]
    assert not app.exception
