"""The administrator's settings: trust in rules, days of evidence, linear sections."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.sections_view import Wanted, build_sections, build_wanted
from data_access import city, rule_checks
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.words import Names
from data_access.evidence_deletion import SETTING
from data_access.linear_sections import Measures, SectionRow
from data_access.partitions import make_partitions
from data_access.tables.people import AuditRecord
from tests.data_access.sections import add_section
from tests.data_access.test_rule_checks import put_checks
from tests.pages.looking import is_refused, look, table_with, words_of
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens
from tests.support.violation_rows import put_evidence, put_violation
from tests.support.visits import a_visit

__all__ = ["screens", "shared_city", "shared_city_owner", "shared_screens"]

NOW = datetime.now(UTC)


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [one for one in app.button if one.label == label]
    app = button.click().run()
    assert not app.exception
    return app


def audited(owner: Database) -> list[tuple[str, dict[str, Any]]]:
    with owner.as_owner() as tx:
        rows = tx.execute(select(AuditRecord.action, AuditRecord.detail).order_by(AuditRecord.id))
        return [(action, detail) for action, detail in rows]


@pytest.mark.parametrize("role", list(Role))
def test_settings_are_the_administrators(role: Role, shared_screens: Screens) -> None:
    refused = is_refused(shared_screens, role, "settings")
    assert refused is (role is not Role.ADMINISTRATOR)


@pytest.mark.parametrize("section", ["rules", "evidence", "sections"])
def test_each_section_says_what_is_missing(section: str, shared_screens: Screens) -> None:
    shown = words_of(look(shared_screens, Role.ADMINISTRATOR, "settings", section=section))
    missing = {
        "rules": "Порог не задан", "evidence": "Доказательств пока нет",
        "sections": "Линейных участков нет",
    }  # fmt: skip
    assert missing[section] in shown


def test_a_bar_is_set_and_taken_away(screens: Screens, owner: Database) -> None:
    app = look(screens, Role.ADMINISTRATOR, "settings")
    app.selectbox(key="bar_rule").select("red_light")
    app.text_input(key="bar_percent").set_value("95")
    app.text_input(key="bar_least").set_value("50")
    app = press(app, "Задать")
    assert "подтверждено не меньше 95 %, когда проверено 50" in words_of(app)
    assert audited(owner)[-1] == (
        "rule.precision", {"precision_percent": 95.0, "least_checks": 50},
    )  # fmt: skip
    assert "Порог не задан" in words_of(press(app, "Убрать"))


@pytest.mark.parametrize(
    ("percent", "least", "sentence"),
    [
        ("9e1", "50", "Подтверждено не меньше, %: «9e1» — не число"),
        ("95", "50,5", "«50,5» — не целое число"),
        ("95", "", "Одного из чисел нет"),
        ("-95", "50", "от 1 до 100"),
        ("950", "50", "от 1 до 100"),
    ],
)
def test_a_bar_that_cannot_be_is_refused(
    percent: str, least: str, sentence: str, shared_screens: Screens
) -> None:
    app = look(shared_screens, Role.ADMINISTRATOR, "settings")
    app.text_input(key="bar_percent").set_value(percent)
    app.text_input(key="bar_least").set_value(least)
    app = press(app, "Задать")
    assert sentence in app.warning[0].value.replace("\\", "")
    assert "Порог не задан" in words_of(app)


def test_a_paused_rule_stands_first_with_its_share(screens: Screens, owner: Database) -> None:
    yesterday = NOW - timedelta(days=1)
    put_checks(owner, 2, 8, at=yesterday)
    put_checks(owner, 9, 1, camera_id=2, at=yesterday)
    with owner.as_owner() as tx:
        city.put(tx, rule_checks.KEY, {"bars": {"*": {"precision_percent": 80, "least_checks": 5}}})
    frame = table_with(look(screens, Role.ADMINISTRATOR, "settings"), "confirmed")
    assert list(frame["state"]) == ["◆ Остановлено", "● Работает"]
    first = frame.iloc[0]
    assert first["camera"] == "/camera?camera=1#C-0001"
    assert (first["checked"], first["confirmed"], first["percent"]) == (10, 2, 20.0)


def test_a_few_checks_have_no_share(screens: Screens, owner: Database) -> None:
    yesterday = NOW - timedelta(days=1)
    put_checks(owner, 0, 1, at=yesterday)
    put_checks(owner, 15, 5, camera_id=2, at=yesterday)
    frame = table_with(look(screens, Role.ADMINISTRATOR, "settings"), "confirmed")
    assert list(frame["checked"]) == [20, 1]
    assert frame["percent"].iloc[0] == 75.0
    assert pd.isna(frame["percent"].iloc[1])


def type_days(app: AppTest, **days: str) -> None:
    """Type days into the fields of the form, by what they are for."""
    for name, words in days.items():
        (field,) = [one for one in app.text_input if str(one.key).startswith(f"days_{name}_")]
        field.set_value(words)


def kept_days(owner: Database) -> Any:
    with owner.as_owner() as tx:
        return city.value(tx, SETTING)


def test_days_are_set_by_response_and_recorded(screens: Screens, owner: Database) -> None:
    app = look(screens, Role.ADMINISTRATOR, "settings", section="evidence")
    type_days(app, all="120", violation="365")
    press(app, "Сохранить сроки")
    assert kept_days(owner) == {"days": 120, "responses": {"violation": 365}, "kinds": {}}
    action, detail = audited(owner)[-1]
    assert (action, detail["before"]["days"], detail["after"]["days"]) == (
        "evidence.retention", 90, 120,
    )  # fmt: skip


def test_days_that_cannot_be_are_refused_stay_typed_and_keep_nothing(
    screens: Screens, owner: Database
) -> None:
    app = look(screens, Role.ADMINISTRATOR, "settings", section="evidence")
    type_days(app, all="120", violation="-5", incident="1e9")
    app = press(app, "Сохранить сроки")
    (said,) = app.warning
    assert "Правонарушение\\: Доказательства хранятся от 1 до 36500 дней" in said.value
    assert "Происшествие\\: «1e9» — не число" in said.value
    assert {"120", "-5", "1e9"} <= {one.value for one in app.text_input}
    assert kept_days(owner) is None


def test_days_that_delete_earlier_are_kept_only_once_that_was_said_and_agreed_to(
    screens: Screens, owner: Database
) -> None:
    for days, state in OLD:
        put_old(owner, days, state)
    app = look(screens, Role.ADMINISTRATOR, "settings", section="evidence")
    type_days(app, violation="30")
    app = press(app, "Сохранить сроки")
    (said,) = app.warning
    # Of two that are rejected one is over its 90 days already; one goes at once.
    assert "Сразу удалятся доказательства по событиям\\: 1; вернуть их нельзя" in said.value
    assert kept_days(owner) is None
    app = press(app, "Удалять раньше")
    assert "Сохранено" in app.success[0].value
    assert kept_days(owner) == {"days": 90, "responses": {"violation": 30}, "kinds": {}}


def test_days_that_were_changed_after_the_question_are_asked_about_anew(
    screens: Screens, owner: Database
) -> None:
    app = look(screens, Role.ADMINISTRATOR, "settings", section="evidence")
    type_days(app, all="30")
    app = press(app, "Сохранить сроки")
    type_days(app, all="3")
    app = press(app, "Удалять раньше")
    assert "через 3 дн" in app.warning[0].value
    assert kept_days(owner) is None


def test_what_was_asked_can_be_left(screens: Screens, owner: Database) -> None:
    app = look(screens, Role.ADMINISTRATOR, "settings", section="evidence")
    type_days(app, all="30")
    app = press(press(app, "Сохранить сроки"), "Оставить прежние сроки")
    assert not app.warning
    assert "90" in {one.value for one in app.text_input}
    assert kept_days(owner) is None


def test_what_is_kept_says_what_goes_and_what_is_held(screens: Screens, owner: Database) -> None:
    for days, state in OLD:
        put_old(owner, days, state)
    app = look(screens, Role.ADMINISTRATOR, "settings", section="evidence")
    row = table_with(app, "held").iloc[0]
    assert (row["events"], row["soon"], row["held"], row["days"]) == (4, 2, 1, 90)


OLD = ((100, "detected"), (100, "rejected"), (85, "rejected"), (1, "detected"))


def put_old(owner: Database, days: int, state: str) -> None:
    """A violation of so many days ago with a snapshot."""
    at = NOW - timedelta(days=days)
    with owner.as_owner() as tx:
        make_partitions(tx, at.date(), at.date())
        put_evidence(tx, put_violation(tx, at=at, state=state), "snapshot", "image/jpeg", at)


def test_sections_show_what_they_are_measured_by(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        add_section(tx, clock_offset_s=1.25)
    frame = table_with(look(screens, Role.ADMINISTRATOR, "settings", section="sections"), "entry")
    row = frame.iloc[0]
    assert (row["name"], row["entry"], row["exit"]) == ("Объездная", "C-0001", "C-0002")
    assert (row["length_m"], row["limit_kmh"], row["clock_offset_s"]) == (
        "1\u202f000,0", "60", "1,25",
    )  # fmt: skip


TYPED = {2: {"length_m": "abc", "limit_kmh": "80"}, 3: {"clock_error_s": "0,5"}}


def rows_of(numbers: Collection[int]) -> list[SectionRow]:
    measures = Measures(1000.0, 60, 0.0, 0.2, 3.0)
    return [
        SectionRow(one, Names(f"Участок *{one}*", "", ""), "1", "2", measures) for one in numbers
    ]


def typed_over(found: list[SectionRow], typed: dict[int, dict[str, str]]) -> Wanted:
    """What the sections' table says after figures were typed over."""
    visit = a_visit(language="ru")
    edited = build_sections(found, visit)
    for number, figures in typed.items():
        for name, words in figures.items():
            edited.loc[number, name] = words
    return build_wanted(visit, found, edited)


def test_a_refused_figure_is_named_with_its_section_and_keeps_its_row_as_it_is() -> None:
    wanted = typed_over(rows_of((1, 2, 3)), TYPED)
    assert wanted.refused == [
        "**Участок \\*2\\*.** Длина, м\\: «abc» — не число\\. Запишите его цифрами, "
        "например 939,7\\."
    ]
    assert wanted.measures == {3: Measures(1000.0, 60, 0.0, 0.5, 3.0)}


def test_what_is_wiped_out_of_a_row_is_asked_for() -> None:
    found = rows_of((1,))
    visit = a_visit(language="ru")
    edited = build_sections(found, visit)
    edited.loc[1, "limit_kmh"] = None  # as the table gives an emptied cell
    assert "Одного из чисел нет" in build_wanted(visit, found, edited).refused[0]
